"""The last calls of each org's Flows. What a Flow gave lies sealed, its name too."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Index, Integer, LargeBinary, Row, String, delete, select

from accord.core.ids import ConnectionId
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection

KEPT = 500

flow_call = tenant_table(
    "flow_call",
    *belongs_to_connection(),
    Column("at", UtcDateTime, nullable=False),
    Column("place", Integer, nullable=False),  # among the items of one call
    Column("action", String(80), nullable=False),
    Column("record_id", String(18)),
    Column("reference_id", String(36)),
    Column("outcome", String(20), nullable=False),
    Column("error_code", String(120)),
    Column("milliseconds", Integer, nullable=False),
    Column("items", Integer, nullable=False),
    Column("user_id", String(18)),
    Column("sealed_request", LargeBinary),
    Index("ix_flow_call_newest", "workspace_id", "connection_id", "at", "place"),
    Index("ix_flow_call_reference", "workspace_id", "connection_id", "reference_id"),
)
_NEWEST_FIRST = (flow_call.c.at.desc(), flow_call.c.place.desc(), flow_call.c.id.desc())


def add_calls(session: WorkspaceSession, connection_id: ConnectionId, rows: Sequence[Mapping[str, Any]]) -> None:
    """Remembers the items of one call, and forgets what is older than the last 500 of this connection."""
    session.insert(
        flow_call, [{"connection_id": connection_id, "place": place, **row} for place, row in enumerate(rows)]
    )
    of_connection = flow_call.c.connection_id == connection_id
    old = session.rows(select(flow_call.c.id).where(of_connection).order_by(*_NEWEST_FIRST).offset(KEPT).limit(KEPT))
    if old:
        session.execute(delete(flow_call).where(flow_call.c.id.in_([row.id for row in old])))


def find_calls(
    session: WorkspaceSession, connection_id: ConnectionId, *, reference: str | None, record_id: str | None
) -> Sequence[Row[Any]]:
    """The calls with this reference, this record (18 characters), or all; the newest first."""
    wanted = select(flow_call).where(flow_call.c.connection_id == connection_id)
    if reference is not None:
        wanted = wanted.where(flow_call.c.reference_id == reference)
    if record_id is not None:
        wanted = wanted.where(flow_call.c.record_id == record_id)
    return session.rows(wanted.order_by(*_NEWEST_FIRST))


def find_call(session: WorkspaceSession, connection_id: ConnectionId, call_id: str) -> Row[Any] | None:
    return session.first(select(flow_call).where(flow_call.c.connection_id == connection_id, flow_call.c.id == call_id))


def find_references(session: WorkspaceSession, connection_id: ConnectionId, references: Sequence[str]) -> set[str]:
    """Those of the references that one of the last calls was answered with."""
    known = select(flow_call.c.reference_id).where(
        flow_call.c.connection_id == connection_id, flow_call.c.reference_id.in_(references)
    )
    return {row.reference_id for row in session.rows(known)}
