"""The table of the audit. It is only added to: the wall between workspaces refuses updates of it, and deletes that do
not say that they forget.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, LargeBinary, Row, Select, String, select

from accord.core.audit import Action, Actor, Entry, Line, LineFilter, Lines
from accord.core.ids import ConnectionId, MemberId, new_id
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection

audit_line = tenant_table(
    "audit_line",
    *belongs_to_connection(),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(60), nullable=False),
    Column("action", String(20), nullable=False),
    Column("actor", String(20), nullable=False),
    Column("member_id", String(36)),
    Column("subject", String(120), nullable=False),
    Column("version", Integer),
    Column("undoes", String(36)),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_audit_line_connection", "workspace_id", "connection_id", "id"),
    Index("ix_audit_line_subject", "workspace_id", "connection_id", "subject", "id"),
    append_only=True,
)


def record(session: WorkspaceSession, entry: Entry, *, now: datetime) -> str:
    """Adds a line in the caller's transaction, so that there is no change without it; gives its id."""
    line_id = new_id(now)
    row = {
        "id": line_id,
        "connection_id": entry.connection_id,
        "at": now,
        "kind": entry.kind,
        "action": entry.action.value,
        "actor": entry.actor.value,
        "member_id": entry.member_id,
        "subject": entry.subject,
        "version": entry.version,
        "undoes": entry.undoes,
        "sealed": session.seal(audit_line, line_id, {"old": entry.old, "new": entry.new}),
    }
    session.insert(audit_line, row)
    return line_id


def load_lines(session: WorkspaceSession, connection_id: ConnectionId, wanted: LineFilter, *, most: int) -> Lines:
    """The newest lines that fit, at most so many."""
    rows = session.rows(_wanted(connection_id, wanted).limit(most + 1))
    lines = [_line(session, row) for row in rows[:most]]
    return Lines(lines, lines[-1].id if len(rows) > most else None)


def _wanted(connection_id: ConnectionId, wanted: LineFilter) -> Select[Any]:
    table = audit_line.c
    found = select(audit_line).where(table.connection_id == connection_id).order_by(table.id.desc())
    for column, value in (
        (table.kind, wanted.kind),
        (table.subject, wanted.subject),
        (table.member_id, wanted.member_id),
    ):
        if value is not None:
            found = found.where(column == value)
    if wanted.since is not None:
        found = found.where(table.at >= wanted.since)
    if wanted.until is not None:
        found = found.where(table.at < wanted.until)
    return found if wanted.before is None else found.where(table.id < wanted.before)


def find_line(session: WorkspaceSession, connection_id: ConnectionId, line_id: str) -> Line | None:
    table = audit_line.c
    row = session.first(select(audit_line).where(table.connection_id == connection_id, table.id == line_id))
    return None if row is None else _line(session, row)


def find_latest(session: WorkspaceSession, connection_id: ConnectionId, kind: str) -> Line | None:
    """The last change of this kind."""
    row = session.first(_wanted(connection_id, LineFilter(kind=kind)).limit(1))
    return None if row is None else _line(session, row)


def _line(session: WorkspaceSession, row: Row[Any]) -> Line:
    values = session.open(audit_line, row.id, row.sealed)
    entry = Entry(
        connection_id=ConnectionId(row.connection_id),
        kind=row.kind,
        actor=Actor(row.actor),
        member_id=MemberId(row.member_id) if row.member_id else None,
        subject=row.subject,
        old=values["old"],
        new=values["new"],
        version=row.version,
        action=Action(row.action),
        undoes=row.undoes,
    )
    return Line(row.id, row.at, entry)
