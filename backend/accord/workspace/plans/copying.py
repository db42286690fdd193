"""Parts of a plan made again for another one: the same stages, steps and resources, with nothing done, due or owned."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from accord.core.ids import PlanId, StageId, StepId, new_id
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.model import PlanFacts, StepMark


def copy_parts(session: WorkspaceSession, source: PlanFacts, made: PlanId, *, now: datetime) -> None:
    """Gives the plan `made`, which is stored and has no parts yet, those of another one."""
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
