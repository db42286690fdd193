"""People of plans: who is named there, and taking his name away. His place in the plan stays, for what he did."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Table, and_, select, update

from accord.core.ids import ConnectionId
from accord.features.privacy.forgetting.model import PlanPerson
from accord.infra.db import WorkspaceSession, metadata
from accord.workspace.plans.tables import plan, plan_member, plan_stakeholder

NAMELESS: Final = "Forgotten member"


def load_people(session: WorkspaceSession, connection_id: ConnectionId) -> Iterator[PlanPerson]:
    """Everybody in the plans of an org: members, and stakeholders who are only known."""
    for row in session.rows(_of_plans(plan_member, connection_id)):
        person = session.open(plan_member, row.id, row.person)
        name, email = person["name"] or "", person["email"] or ""
        known = {"contact_id": row.contact_id, "member_id": row.member_id, "deal_id": row.opportunity_id}
        yield PlanPerson("plan_member", row.id, row.plan_id, name, email, **known)
    for row in session.rows(_of_plans(plan_stakeholder, connection_id)):
        texts = session.open(plan_stakeholder, row.id, row.texts)
        name, email = texts["name"] or "", texts["email"] or ""
        yield PlanPerson("plan_stakeholder", row.id, row.plan_id, name, email, deal_id=row.opportunity_id)


def find_folds(session: WorkspaceSession, connection_id: ConnectionId, people: Sequence[PlanPerson]) -> set[str]:
    """The lines that count repeats on the deals of their plans: they may name them too."""
    deals = {one.deal_id for one in people if one.deal_id is not None}
    folds = metadata.tables["task_fold"].c
    theirs = select(folds.id).where(folds.connection_id == connection_id, folds.opportunity_id.in_(deals))
    return {row.id for row in session.rows(theirs)}


def find_awaiting(session: WorkspaceSession, connection_id: ConnectionId, people: Sequence[PlanPerson]) -> set[str]:
    """Tasks that would be linked to them when they become Contacts."""
    awaited = metadata.tables["awaited_contact"].c
    theirs = awaited.plan_member_id.in_([one.id for one in people])
    return {row.id for row in session.rows(select(awaited.id).where(awaited.connection_id == connection_id, theirs))}


def empty_people(session: WorkspaceSession, people: Sequence[PlanPerson]) -> None:
    """Takes name, address and Contact away."""
    for one in people:
        if one.table == "plan_member":
            sealed = session.seal(plan_member, one.id, {"name": NAMELESS, "email": ""})
            values = {"person": sealed, "contact_id": None}
            session.execute(update(plan_member).where(plan_member.c.id == one.id).values(values))
        else:
            sealed = session.seal(plan_stakeholder, one.id, {"name": NAMELESS, "title": "", "email": ""})
            session.execute(update(plan_stakeholder).where(plan_stakeholder.c.id == one.id).values(texts=sealed))


def _of_plans(table: Table, connection_id: ConnectionId) -> Any:
    same_plan = and_(plan.c.workspace_id == table.c.workspace_id, plan.c.id == table.c.plan_id)
    return select(*table.c, plan.c.opportunity_id).join(plan, same_plan).where(plan.c.connection_id == connection_id)
