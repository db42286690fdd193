"""The plans of the demo: deals at different stages, one of them at risk and one stalled. Days count from today."""

from datetime import date, timedelta
from typing import Any

DONE = True
# title of a step, its due date in days from today, and whether it is completed
Step = tuple[str, int | None, bool]
BRIGHTWATER: tuple[tuple[str, tuple[Step, ...]], ...] = (
    (
        "Discovery",
        (("Kick-off call", -21, DONE), ("Goals agreed", -18, DONE), ("Stakeholders named", -14, DONE)),
    ),
    (
        "Mutual evaluation",
        (
            ("Demonstration on your data", -7, DONE),
            ("Security questions answered", -3, DONE),
            ("Trial with five users", 4, False),
            ("Business case", 9, False),
        ),
    ),
    (
        "Decision",
        (
            ("Legal review", 16, False),
            ("Procurement", 21, False),
            ("Contract signed", 28, False),
            ("Go-live plan", 35, False),
            ("Handover to service", 42, False),
        ),
    ),
)
AT_RISK: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("Proposal", (("Scope", -20, DONE), ("Price", -15, DONE), ("Proposal presented", -8, DONE))),
    (
        "Legal and procurement",
        (("Redline", -2, DONE), ("Data agreement", -3, False), ("Purchase order", 6, False), ("Signature", 10, False)),
    ),
)
STALLED: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("Evaluation", (("Kick-off call", -40, DONE), ("Technical questions", -20, False), ("Trial", -10, False))),
    ("Decision", (("Contract", 20, False),)),
)
NOT_STARTED: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("Discovery", (("Kick-off call", None, False), ("Goals agreed", None, False))),
    ("Evaluation", (("Trial", None, False),)),
)
PLANS = (BRIGHTWATER, AT_RISK, STALLED, NOT_STARTED)


def stages_of(number: int, today: date) -> list[dict[str, Any]]:
    """The stages of a plan, as our API takes them."""
    return [
        {"title": title, "steps": [_step(*step, today) for step in steps]}
        for title, steps in PLANS[number % len(PLANS)]
    ]


def _step(title: str, days: int | None, is_done: bool, today: date) -> dict[str, Any]:  # noqa: FBT001 - a row above
    due = None if days is None else (today + timedelta(days=days)).isoformat()
    return {"title": title, "due_date": due, "is_completed": is_done}
