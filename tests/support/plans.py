"""Builders of plans: a test names what it depends on and nothing else."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from accord.core.ids import ConnectionId, CriterionId, PlanId, RecordId, StageId, StepId
from accord.workspace.plans.model import (
    Criterion,
    CriterionKind,
    CriterionValue,
    Plan,
    PlanFacts,
    Stage,
    StepMark,
)
from support.builders import NOON

TODAY = NOON.date()
DEAL = RecordId("006000000000001AAA")
PLAN = PlanId("p")


def a_plan(**facts: Any) -> Plan:
    """A published plan of a deal."""
    usual = {"opportunity_id": DEAL, "title": "Go-live", "created_by": None, "created_at": NOON, "published_at": NOON}
    return Plan(id=PLAN, connection_id=ConnectionId("c"), **{**usual, **facts})


def a_stage(number: int, **facts: Any) -> Stage:
    return Stage(StageId(f"stage {number}"), PLAN, number, f"Stage {number}", **facts)


def a_step(number: int, *, stage: int = 0, due: date | None = None, done: bool = False, **facts: Any) -> StepMark:
    """An open step, or one that was completed today."""
    completed = {"completed_at": NOON, "completed_on": TODAY} if done else {}
    found = {"due_date": due, **completed, **facts}
    return StepMark(StepId(f"step {number}"), PLAN, StageId(f"stage {stage}"), number, **found)


def steps(*, total: int, done: int = 0) -> tuple[StepMark, ...]:
    return tuple(a_step(number, done=number < done) for number in range(total))


def overdue(days: int) -> StepMark:
    """An open step that was due so many days ago."""
    return a_step(99, due=TODAY - timedelta(days=days))


def a_criterion(number: int, kind: CriterionKind = CriterionKind.TEXT) -> Criterion:
    return Criterion(CriterionId(f"criterion {number}"), f"key_{number}", kind, f"Criterion {number}", number)


def facts_of(
    *marks: StepMark,
    stages: Sequence[Stage] = (),
    values: Mapping[CriterionId, CriterionValue] | None = None,
    plan: Plan | None = None,
    **facts: Any,
) -> PlanFacts:
    return PlanFacts(plan or a_plan(), stages=tuple(stages), steps=tuple(marks), values=values or {}, **facts)
