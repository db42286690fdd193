"""Where plans are kept."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, Row, String, UniqueConstraint, select

from accord.core.ids import ConnectionId, MemberId, PlanId, RecordId
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.plans.model import Plan

plan = tenant_table(
    "plan",
    *belongs_to_connection(),
    Column("opportunity_id", String(18), nullable=False),
    Column("texts", LargeBinary, nullable=False),  # sealed: the titles
    Column("steps_total", Integer, nullable=False),
    Column("steps_done", Integer, nullable=False),
    Column("created_by", String(36)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("creation_key", String(64)),
    UniqueConstraint("workspace_id", "connection_id", "opportunity_id"),
)


def add(session: WorkspaceSession, new: Plan) -> bool:
    """Stores the plan unless its deal has one already. True when it was stored."""
    return session.insert_once(
        plan,
        {
            "id": new.id,
            "connection_id": new.connection_id,
            "opportunity_id": new.opportunity_id,
            "texts": session.seal(plan, new.id, {"title": new.title, "stage_title": new.stage_title}),
            "steps_total": new.steps_total,
            "steps_done": new.steps_done,
            "created_by": new.created_by,
            "created_at": new.created_at,
            "creation_key": new.creation_key,
        },
    )


def find(session: WorkspaceSession, connection_id: ConnectionId, plan_id: PlanId) -> Plan | None:
    row = session.first(select(plan).where(plan.c.connection_id == connection_id, plan.c.id == plan_id))
    return None if row is None else _plan(session, row)


def find_for_deal(session: WorkspaceSession, connection_id: ConnectionId, opportunity_id: RecordId) -> Plan | None:
    return find_for_deals(session, connection_id, [opportunity_id]).get(opportunity_id)


def find_for_deals(
    session: WorkspaceSession, connection_id: ConnectionId, opportunity_ids: Sequence[RecordId]
) -> dict[RecordId, Plan]:
    """The plans of those of the deals that have one. At most some hundred deals."""
    wanted = select(plan).where(plan.c.connection_id == connection_id, plan.c.opportunity_id.in_(opportunity_ids))
    return {RecordId(row.opportunity_id): _plan(session, row) for row in session.rows(wanted)}


def _plan(session: WorkspaceSession, row: Row[Any]) -> Plan:
    texts = session.open(plan, row.id, row.texts)
    return Plan(
        id=PlanId(row.id),
        connection_id=ConnectionId(row.connection_id),
        opportunity_id=RecordId(row.opportunity_id),
        title=texts["title"],
        stage_title=texts["stage_title"],
        steps_total=row.steps_total,
        steps_done=row.steps_done,
        created_by=MemberId(row.created_by) if row.created_by else None,
        created_at=row.created_at,
        creation_key=row.creation_key,
    )
