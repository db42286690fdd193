"""What the page of values on both sides is answered in a browser."""

from typing import Any

from support.panel_stub import DEAL


def two_way(**facts: Any) -> dict[str, Any]:
    counts = {"not_read": 0, "equal": 212, "on_its_way": 1, "conflict": 0, "frozen": 0, "apart": 0}
    link = {"enabled": True, "policy": "salesforce", "ask_days": 3, "ask_default": "salesforce", "counts": counts}
    return {
        "close_date": {**link, "policy": "ask", "counts": {**counts, "conflict": 1}},
        "amount": {**link, "counts": {**counts, "frozen": 1}},
        "org_currency": None, "known_currency": None, "is_default": False, "changed_at": None, "changed_by": None,
        **facts,
    }  # fmt: skip


def _problem(plan: str, linked: str, standing: str, sentence: str, since: str) -> dict[str, Any]:
    facts = {"linked": linked, "standing": standing, "sentence": sentence, "since": since}
    return {"plan_id": plan, "opportunity_id": DEAL, **facts}


PROBLEMS = [
    _problem(
        "p1", "amount", "frozen", "It went back and forth more than three times in ten minutes.", "2026-11-22T09:40:00Z"
    ),
    _problem(
        "p2",
        "close_date",
        "conflict",
        "Both sides were changed. The owner of the deal is asked.",
        "2026-11-22T08:15:00Z",
    ),
]


def two_way_answers(settings: str) -> dict[str, Any]:
    """By method and path; `settings` is where the paths of settings begin."""
    return {
        f"GET {settings}/two-way": two_way(),
        f"GET {settings}/two-way/problems": {"problems": PROBLEMS, "next_after": None},
    }
