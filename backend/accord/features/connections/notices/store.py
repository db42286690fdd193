"""Notices of a connection: one row for each cause."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Column, Integer, String, UniqueConstraint, delete, select

from accord.core.ids import ConnectionId, new_id
from accord.features.connections.notices.model import End, Ending, Notice
from accord.features.connections.tables import connection
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection

notice = tenant_table(
    "notice",
    Column("kind", String(40), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("days", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    *belongs_to_connection(),
    UniqueConstraint("workspace_id", "connection_id", "kind", "subject"),
)


def load(session: WorkspaceSession, connection_id: ConnectionId) -> Mapping[tuple[Ending, str], Notice]:
    """By cause, the nearest end first."""
    of_connection = select(notice).where(notice.c.connection_id == connection_id)
    return {
        (Ending(row.kind), row.subject): Notice(End(Ending(row.kind), row.subject, row.ends_at), row.days, row.since)
        for row in session.rows(of_connection.order_by(notice.c.ends_at, notice.c.kind, notice.c.subject))
    }


def lock(session: WorkspaceSession, connection_id: ConnectionId) -> None:
    """Until the end of the transaction: two who replace the notices at once would meet at their unique causes."""
    # rows that point at the connection may still come and go
    session.rows(select(connection.c.id).where(connection.c.id == connection_id).with_for_update(key_share=True))


def replace(session: WorkspaceSession, connection_id: ConnectionId, notices: Sequence[Notice]) -> None:
    """These and no others: what was mended is gone."""
    session.execute(delete(notice).where(notice.c.connection_id == connection_id))
    session.insert(
        notice,
        [
            {
                "id": new_id(each.since),
                "connection_id": connection_id,
                "kind": each.end.kind.value,
                "subject": each.end.subject,
                "ends_at": each.end.ends_at,
                "days": each.days,
                "since": each.since,
            }
            for each in notices
        ],
    )
