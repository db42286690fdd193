"""What the pages of execution criteria and of the score are answered in a browser, and the section of a plan."""

from typing import Any


def a_criterion(key: str, kind: str, title: str, **facts: Any) -> dict[str, Any]:
    """As the page of the settings has it."""
    return {"id": f"c-{key}", "key": key, "kind": kind, "title": title, "stages": [], "plans": 0, **facts}


CRITERIA = [
    a_criterion("sponsor", "role", "Executive sponsor", plans=38),
    a_criterion("business_case", "resource", "Business case", plans=12),
    a_criterion("security", "checkbox", "Security approved", stages=["Proposal/Price Quote", "Negotiation/Review"]),
    a_criterion("kick_off", "step", "Kick-off done", plans=41),
]
WEIGHTS = {"criteria": 40, "progress": 25, "customers_invited": 10, "customers_accepted": 15, "deal_stage": 10}


def criteria_answers(settings: str) -> dict[str, Any]:
    """By method and path; `settings` is where the paths of settings begin."""
    by = {"is_default": False, "changed_at": "2026-11-20T09:00:00Z", "changed_by": "Ada Lindqvist"}
    return {
        f"GET {settings}/criteria": {"criteria": CRITERIA, **by},
        f"GET {settings}/score": {"weights": WEIGHTS, "version": 2, "customers_for_all": 3, **by},
    }


def of_plan(key: str, kind: str, title: str, **facts: Any) -> dict[str, Any]:
    """As a plan has it."""
    nothing = {"step_id": None, "text": None, "is_checked": False, "about_id": None}
    standing = {"is_fulfilled": False, "is_required": True}
    return {"id": f"c-{key}", "key": key, "kind": kind, "title": title, **nothing, **standing, **facts}


def criteria_of_plan() -> list[dict[str, Any]]:
    return [
        of_plan("sponsor", "role", "Executive sponsor"),
        of_plan("business_case", "resource", "Business case", text="https://files.example/case", is_fulfilled=True),
        of_plan("security", "checkbox", "Security approved"),
        of_plan("kick_off", "step", "Kick-off done", step_id="s1", is_fulfilled=True, is_required=False),
    ]
