"""Where activities are remembered, so that a repeat is recognised."""

from datetime import datetime

from sqlalchemy import Column, String, UniqueConstraint, delete, select, tuple_

from accord.core.ids import ConnectionId
from accord.features.activities.model import Activity, KeyHolder
from accord.infra.db import SystemSession, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection

activity = tenant_table(
    "activity",
    *belongs_to_connection(),
    Column("idempotency_key", String(80), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("opportunity_id", String(18), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    UniqueConstraint("workspace_id", "connection_id", "idempotency_key"),
    system_columns=frozenset({"received_at"}),
    system_deletes=True,
)


def take_key(
    session: WorkspaceSession, connection_id: ConnectionId, new: Activity, *, now: datetime, over: datetime
) -> KeyHolder:
    """Takes the activity's key unless another has it, and gives who has it now.

    One taken at `over` or before counts no more. Whoever comes at the same time waits here until this transaction ends.
    """
    values = {
        "id": new.id,
        "connection_id": connection_id,
        "idempotency_key": new.idempotency_key,
        "content_hash": new.content_hash,
        "opportunity_id": new.opportunity_id,
        "kind": str(new.kind),
        "occurred_at": new.occurred_at,
        "received_at": now,
    }
    mine = (activity.c.connection_id == connection_id, activity.c.idempotency_key == new.idempotency_key)
    while not session.insert_once(activity, values):
        session.execute(delete(activity).where(*mine, activity.c.received_at <= over))
        row = session.first(select(activity.c.id, activity.c.content_hash).where(*mine))
        if row is not None:
            return KeyHolder(row.id, row.content_hash)
    return KeyHolder(new.id, new.content_hash)


def forget_taken(session: SystemSession, over: datetime) -> int:
    """Deletes the keys taken at `over` or before; says how many.

    One that a call is just now taking anew is left to it: waiting for it could be waiting for each other.
    """
    old = select(activity.c.workspace_id, activity.c.id).where(activity.c.received_at <= over)
    free = old.with_for_update(skip_locked=True)
    return session.execute(delete(activity).where(tuple_(activity.c.workspace_id, activity.c.id).in_(free))).rowcount
