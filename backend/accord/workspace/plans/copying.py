"""Parts of a plan that is made just now: as somebody gives them, or those of another plan made again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from accord.core.ids import PlanId, StageId, StepId, new_id
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.model import NewStage, Plan, PlanFacts, Stage, Step, StepMark


def copy_parts(session: WorkspaceSession, source: PlanFacts, made: PlanId, *, now: datetime) -> None:
    """Gives the plan `made`, which is stored and has no parts yet, those of another one: the same stages, steps and
    resources, with nothing done, due or owned.
    """
    stages = {one.id: StageId(new_id(now)) for one in source.stages}
    elements.add_stages(
        session,
        [replace(one, id=stages[one.id], plan_id=made, completed_at=None, version=1) for one in source.stages],
    )
    elements.add_steps(
        session,
        [
            replace(one, mark=_fresh(one.mark, made, stages, now), owner=None, completed_by=None, version=1)
            for one in elements.load_steps(session, source.plan.id)
        ],
    )
    for one in elements.load_resources(session, source.plan.id):
        elements.add_resource(session, replace(one, id=new_id(now), plan_id=made))


def _fresh(mark: StepMark, plan_id: PlanId, stages: Mapping[StageId, StageId], now: datetime) -> StepMark:
    """The same step in a copy of its plan, with nothing done and nothing due."""
    new = StepMark(StepId(new_id(now)), plan_id, stages[mark.stage_id], mark.position)
    return replace(new, is_internal=mark.is_internal)


def add_new_stages(session: WorkspaceSession, plan: Plan, given: Sequence[NewStage], *, today: date) -> list[Step]:
    """Gives a plan, which is stored and has no parts yet, these stages; what of them is done was done `today`. Gives
    the steps in their order.
    """
    now = plan.created_at
    stages, steps = [], []
    for number, new in enumerate(given):
        is_done = bool(new.steps) and all(step.is_done for step in new.steps)
        stage = Stage(StageId(new_id(now)), plan.id, number, new.title.strip(), is_internal=new.is_internal)
        stages.append(replace(stage, completed_at=now if is_done else None))
        for line, one in enumerate(new.steps):
            mark = StepMark(
                StepId(new_id(now)), plan.id, stage.id, line, due_date=one.due_date, is_internal=one.is_internal
            )
            if one.is_done:
                mark = replace(mark, completed_at=now, completed_on=today)
            steps.append(Step(mark, one.title.strip(), one.description.strip(), one.key))
    elements.add_stages(session, stages)
    elements.add_steps(session, steps)
    return steps
