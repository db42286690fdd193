"""Where activities are remembered, so that a repeat is recognised."""

from datetime import datetime

from sqlalchemy import Column, String, UniqueConstraint, select

from accord.core.ids import ConnectionId
from accord.features.activities.model import Activity
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
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
)


def claim_key(session: WorkspaceSession, connection_id: ConnectionId, new: Activity, *, now: datetime) -> bool:
    """Takes the activity's key. False when an earlier call has it."""
    return session.insert_once(
        activity,
        {
            "id": new.id,
            "connection_id": connection_id,
            "idempotency_key": new.idempotency_key,
            "content_hash": new.content_hash,
            "opportunity_id": new.opportunity_id,
            "kind": str(new.kind),
            "occurred_at": new.occurred_at,
            "received_at": now,
        },
    )


def holder_of(session: WorkspaceSession, connection_id: ConnectionId, key: str) -> tuple[str, str]:
    """(activity id, content hash) of the call that took the key first."""
    row = session.first(
        select(activity.c.id, activity.c.content_hash).where(
            activity.c.connection_id == connection_id, activity.c.idempotency_key == key
        )
    )
    assert row is not None  # the key is taken: that is why we ask
    return row.id, row.content_hash
