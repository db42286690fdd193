"""The inbox: events that have arrived, each once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, String, UniqueConstraint, delete, or_, select

from accord.core.ids import ConnectionId
from accord.features.automation.events.model import Taken
from accord.infra.db import SystemSession, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection

event_inbox = tenant_table(
    "event_inbox",
    *belongs_to_connection(),
    Column("event_uuid", String(36), nullable=False),
    Column("request_id", String(36)),
    Column("outcome", String(20), nullable=False),
    Column("error_code", String(120)),
    Column("reference_id", String(36), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    UniqueConstraint("workspace_id", "connection_id", "event_uuid"),
    Index("ix_event_inbox_request", "workspace_id", "connection_id", "request_id"),
    system_columns=frozenset({"received_at"}),
    system_deletes=True,
)


def load_known(
    session: WorkspaceSession, connection_id: ConnectionId, event_uuids: Sequence[str]
) -> Mapping[str, Taken]:
    """Those of the events that have arrived before."""
    wanted = select(event_inbox).where(
        event_inbox.c.connection_id == connection_id, event_inbox.c.event_uuid.in_(event_uuids)
    )
    return {
        row.event_uuid: Taken(row.event_uuid, row.outcome, row.error_code, row.reference_id, is_known=True)
        for row in session.rows(wanted)
    }


def add_taken(session: WorkspaceSession, connection_id: ConnectionId, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes events down; one that somebody else has written down meanwhile stays as it is."""
    session.insert_new(event_inbox, [{"connection_id": connection_id, **row} for row in rows])


def find_requests(session: WorkspaceSession, connection_id: ConnectionId, references: Sequence[str]) -> dict[str, str]:
    """By the reference that an action inside the org answered (or ours): the reference of what it became here."""
    wanted = select(event_inbox).where(
        event_inbox.c.connection_id == connection_id,
        or_(event_inbox.c.request_id.in_(references), event_inbox.c.reference_id.in_(references)),
    )
    found = {}
    for row in session.rows(wanted):
        found[row.reference_id] = row.reference_id
        if row.request_id is not None:
            found[row.request_id] = row.reference_id
    return {reference: found[reference] for reference in references if reference in found}


def forget_received(session: SystemSession, over: datetime) -> int:
    """Deletes what arrived at `over` or before; says how many."""
    return session.execute(delete(event_inbox).where(event_inbox.c.received_at <= over)).rowcount
