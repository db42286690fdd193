"""Where the tries of saves are kept: the values sealed, for three months."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, Index, LargeBinary, Row, String, delete, select

from accord.core.ids import ConnectionId, MemberId, RecordId, new_id
from accord.core.written import WantedWrites
from accord.features.panels.why.model import Outcome, Try
from accord.infra.db import SystemSession, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import ID_LENGTH, belongs_to_connection

MOST_LOADED = 20

panel_try = tenant_table(
    "panel_try",
    *belongs_to_connection(),
    Column("record_id", String(18), nullable=False),
    Column("field", String(255), nullable=False),
    Column("member_id", String(ID_LENGTH), nullable=False),
    Column("outcome", String(30), nullable=False),
    Column("texts", LargeBinary, nullable=False),  # sealed: what was seen and wanted, and what Salesforce said
    Column("tried_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    Index("ix_panel_try_record", "workspace_id", "connection_id", "record_id", "field", "tried_at"),
    Index("ix_panel_try_tried_at", "tried_at"),
    system_columns=frozenset({"tried_at"}),
    system_deletes=True,
)


def add(session: WorkspaceSession, connection_id: ConnectionId, tries: Sequence[Try]) -> None:
    for one in tries:
        row_id = new_id(one.at)
        texts = {"old": one.old, "new": one.new, "words": one.words}
        session.insert(
            panel_try,
            {
                "id": row_id,
                "connection_id": connection_id,
                "record_id": one.record_id,
                "field": one.field,
                "member_id": one.member_id,
                "outcome": one.outcome,
                "texts": session.seal(panel_try, row_id, texts),
                "tried_at": one.at,
            },
        )


def load(session: WorkspaceSession, connection_id: ConnectionId, record_id: RecordId, field: str) -> list[Try]:
    """The last tries of one field of one record, the newest first."""
    columns = panel_try.c
    wanted = (
        select(panel_try)
        .where(columns.connection_id == connection_id, columns.record_id == record_id, columns.field == field)
        .order_by(columns.tried_at.desc(), columns.id.desc())
        .limit(MOST_LOADED)
    )
    return [_try(session, row) for row in session.rows(wanted)]


def load_newest(session: WorkspaceSession, connection_id: ConnectionId, wanted: WantedWrites) -> list[tuple[str, Try]]:
    """Tries of all fields with their ids, the newest first."""
    columns = panel_try.c
    query = select(panel_try).where(columns.connection_id == connection_id)
    if wanted.record_id is not None:
        query = query.where(columns.record_id == wanted.record_id)
    if wanted.before is not None:
        query = query.where(columns.id < wanted.before)
    rows = session.rows(query.order_by(columns.id.desc()).limit(wanted.most))
    return [(row.id, _try(session, row)) for row in rows]


def forget_older(session: SystemSession, than: datetime) -> int:
    return session.execute(delete(panel_try).where(panel_try.c.tried_at < than)).rowcount


def _try(session: WorkspaceSession, row: Row[Any]) -> Try:
    texts = session.open(panel_try, row.id, row.texts)
    return Try(
        at=row.tried_at,
        member_id=MemberId(row.member_id),
        record_id=RecordId(row.record_id),
        field=row.field,
        outcome=Outcome(row.outcome),
        old=texts["old"],
        new=texts["new"],
        words=texts["words"],
    )
