"""A plan that is made just now gets what its playbook has."""

from datetime import date

from accord.core.errors import NotFoundError
from accord.core.identity import Role
from accord.core.ids import ConnectionId, MemberId, PlaybookId, new_id
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.copying import add_new_stages
from accord.workspace.plans.criteria.store import load_criteria
from accord.workspace.plans.criteria.values.store import put_value
from accord.workspace.plans.elements.store import add_resource
from accord.workspace.plans.model import CriterionKind, CriterionValue, Plan, Resource
from accord.workspace.plans.playbooks import store
from accord.workspace.plans.playbooks.model import Playbook
from accord.workspace.plans.playbooks.rules import stages_from


def get_for_plan(
    session: WorkspaceSession, connection_id: ConnectionId, playbook_id: PlaybookId, *, role: Role | None = None
) -> Playbook:
    """The playbook that a plan is to begin with. Raises NotFoundError, for a user also where it is not offered."""
    for one in store.load(session, connection_id):
        if one.id == playbook_id and (one.is_offered or role is not Role.USER):
            return one
    raise NotFoundError("playbook")


def begin(session: WorkspaceSession, plan: Plan, of: Playbook, *, today: date, by: MemberId | None) -> None:
    """Gives a plan, which is stored and has no parts yet, those of the playbook: days are counted from `today`.

    What an open step has for a criterion tells nothing yet, so nothing of it is an event. Raises NotFoundError.
    """
    content = store.load_content(session, of.id)
    steps = add_new_stages(session, plan, stages_from(content, today), today=today)
    for one in content.resources:
        found = (one.title, one.url, one.is_internal, by, False, plan.created_at)
        add_resource(session, Resource(new_id(plan.created_at), plan.id, *found))
    about = {key: step.mark.id for step, one in zip(steps, content.steps, strict=True) for key in one.criteria}
    for criterion in load_criteria(session, plan.connection_id) if about else ():
        if criterion.kind is CriterionKind.STEP and criterion.key in about:
            value = CriterionValue(step_id=about[criterion.key])
            put_value(session, plan.id, criterion.id, value, new_value_id=new_id(plan.created_at))
