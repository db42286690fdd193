"""Who follows which plan."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select

from accord.core.ids import ConnectionId, MemberId, PlanId, new_id
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.tables import plan_follower


def add(
    session: WorkspaceSession, connection_id: ConnectionId, plan_id: PlanId, member_id: MemberId, *, now: datetime
) -> None:
    """A second time changes nothing."""
    row = {"id": new_id(now), "connection_id": connection_id, "plan_id": plan_id, "member_id": member_id}
    session.insert_once(plan_follower, row)


def remove(session: WorkspaceSession, plan_id: PlanId, member_id: MemberId) -> None:
    c = plan_follower.c
    session.execute(delete(plan_follower).where(c.plan_id == plan_id, c.member_id == member_id))


def load_followers(session: WorkspaceSession, plan_ids: Iterable[PlanId]) -> Mapping[PlanId, frozenset[MemberId]]:
    """The followers of each of these plans; empty for one that nobody follows. At most some hundred plans."""
    c = plan_follower.c
    found: dict[PlanId, set[MemberId]] = defaultdict(set)
    for row in session.rows(select(c.plan_id, c.member_id).where(c.plan_id.in_(list(plan_ids)))):
        found[PlanId(row.plan_id)].add(MemberId(row.member_id))
    return defaultdict(frozenset, {plan_id: frozenset(members) for plan_id, members in found.items()})
