"""The last calls of each org's Flows."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Column, Index, Integer, String, delete, select

from accord.core.ids import ConnectionId, new_id
from accord.features.automation.model import FlowCall
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
    Index("ix_flow_call_newest", "workspace_id", "connection_id", "at", "place"),
)


def add_calls(session: WorkspaceSession, connection_id: ConnectionId, calls: Sequence[FlowCall]) -> None:
    """Remembers the items of one call, and forgets what is older than the last 500 of this connection."""
    session.insert(
        flow_call,
        [
            {"id": new_id(call.at), "connection_id": connection_id, "place": place, **asdict(call)}
            for place, call in enumerate(calls)
        ],
    )
    of_connection = flow_call.c.connection_id == connection_id
    newest_first = (flow_call.c.at.desc(), flow_call.c.place.desc(), flow_call.c.id.desc())
    old = session.rows(select(flow_call.c.id).where(of_connection).order_by(*newest_first).offset(KEPT).limit(KEPT))
    if old:
        session.execute(delete(flow_call).where(flow_call.c.id.in_([row.id for row in old])))


def find_calls(
    session: WorkspaceSession, connection_id: ConnectionId, *, reference: str | None, record_id: str | None
) -> list[FlowCall]:
    """The calls with this reference, this record (18 characters), or all; the newest first."""
    wanted = select(flow_call).where(flow_call.c.connection_id == connection_id)
    if reference is not None:
        wanted = wanted.where(flow_call.c.reference_id == reference)
    if record_id is not None:
        wanted = wanted.where(flow_call.c.record_id == record_id)
    rows = session.rows(wanted.order_by(flow_call.c.at.desc(), flow_call.c.place.desc(), flow_call.c.id.desc()))
    return [
        FlowCall(
            at=row.at,
            action=row.action,
            record_id=row.record_id,
            reference_id=row.reference_id,
            outcome=row.outcome,
            error_code=row.error_code,
            milliseconds=row.milliseconds,
            items=row.items,
        )
        for row in rows
    ]
