"""What the settings tab's pages of safety and privacy are answered in a browser."""

from typing import Any

from support.settings_stub import CONNECTION

SAFETY = "/api/v1/safety"
STOPPED = {"since": "2026-11-22T10:04:00Z", "until": None, "by": "Ada Lindqvist"}
OBSERVED = {"since": "2026-11-22T10:00:00Z", "until": "2026-11-29T10:00:00Z", "by": None}
WAITING = {
    "count": 143,
    "calls": 4,
    "writes": [
        {"sobject": "Opportunity", "kind": "fields_after_step_completed", "creates": False, "count": 98},
        {"sobject": "Task", "kind": "step_updated", "creates": True, "count": 45},
    ],
}


def brakes(**facts: Any) -> dict[str, Any]:
    org = {"name": "Halden Instruments", "is_sandbox": False}
    free = {"stopped": None, "observed": None, "quiet": None, "under_way": 0}
    return {"org": org, **free, "waiting": {"count": 0, "calls": 0, "writes": []}, **facts}


def answers() -> dict[str, Any]:
    """An org that is observed, and everything else of these pages, by method and path."""
    return {
        "GET /api/v1/connection": {**CONNECTION, "is_sandbox": False},
        f"GET {SAFETY}": brakes(observed=OBSERVED, waiting=WAITING),
        f"POST {SAFETY}/stop": brakes(stopped=STOPPED, observed=OBSERVED, waiting=WAITING),
    }
