"""Decisions about plans: values in, values out."""

from accord.core.errors import Problem
from accord.core.text import is_clean
from accord.workspace.plans.model import NewPlan, Plan, Status

TITLE_LENGTH = 255
MOST_STEPS = 1000


def progress(plan: Plan) -> int:
    """The percent of steps completed (A47), 0 to 100; a plan without steps has 0. Rounded down: 100 means all."""
    return 0 if plan.steps_total == 0 else plan.steps_done * 100 // plan.steps_total


def status(plan: Plan) -> Status:
    """Not Started until a step is completed (B1). Steps have no due dates yet, so none can be overdue."""
    return Status.ON_TRACK if plan.steps_done else Status.NOT_STARTED


def problems_of(new: NewPlan) -> tuple[Problem, ...]:
    """Everything that is wrong with a plan to be made."""
    found: list[Problem] = []

    def wrong(field: str, message: str) -> None:
        found.append(Problem(code="INVALID_VALUE", field=field, key=field, message=message))

    for field, what, text in (("title", "title", new.title), ("stage_title", "stage title", new.stage_title)):
        fault = _fault(what, text)
        if fault is not None:
            wrong(field, fault)
    if not 0 <= new.steps_total <= MOST_STEPS:
        wrong("steps_total", f"The number of steps is from 0 to {MOST_STEPS}.")
    elif not 0 <= new.steps_done <= new.steps_total:
        wrong("steps_done", "The steps completed cannot be more than the steps there are.")
    if not new.opportunity_id.startswith("006"):
        wrong("opportunity_id", "A plan is connected to an Opportunity; this is the id of something else.")
    return tuple(found)


def _fault(what: str, text: str) -> str | None:
    if not is_clean(text):
        return f"The {what} holds a character that cannot be stored. Type it anew."
    if not text.strip():
        return f"Give the plan a {what}."
    if len(text) > TITLE_LENGTH:
        return f"The {what} may have {TITLE_LENGTH} characters; it has {len(text)}."
    return None
