"""Decisions about plans: values in, values out."""

from accord.core.errors import Problem
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

    if not new.title.strip():
        wrong("title", "Give the plan a title.")
    if len(new.title) > TITLE_LENGTH:
        wrong("title", f"The title may have {TITLE_LENGTH} characters; it has {len(new.title)}.")
    if not new.stage_title.strip():
        wrong("stage_title", "Give the plan's current stage a title.")
    if len(new.stage_title) > TITLE_LENGTH:
        wrong("stage_title", f"The stage title may have {TITLE_LENGTH} characters; it has {len(new.stage_title)}.")
    if not 0 <= new.steps_total <= MOST_STEPS:
        wrong("steps_total", f"The number of steps is from 0 to {MOST_STEPS}.")
    elif not 0 <= new.steps_done <= new.steps_total:
        wrong("steps_done", "The steps completed cannot be more than the steps there are.")
    if not new.opportunity_id.startswith("006"):
        wrong("opportunity_id", "A plan is connected to an Opportunity; this is the id of something else.")
    return tuple(found)
