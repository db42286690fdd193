"""Mails that wait, and what became of them: one row for each message and member, without a word of either."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, UniqueConstraint, delete, select, update

from accord.core.ids import ConnectionId, MemberId, WorkspaceId, new_id
from accord.features.messages.ways.model import DueMail, Hindrance, MailRow, MailState
from accord.infra.db import SystemSession, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection

message_mail = tenant_table(
    "message_mail",
    *belongs_to_connection(),
    Column("message_id", String(36), nullable=False),
    Column("member_id", String(36), nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("run_at", UtcDateTime, nullable=False),
    Column("put_at", UtcDateTime, nullable=False),
    Column("hindrance", String(20)),
    UniqueConstraint("workspace_id", "message_id", "member_id", name="uq_message_mail_message"),
    Index("ix_message_mail_due", "state", "run_at"),
    system_columns=frozenset({"state", "run_at", "put_at"}),
    system_deletes=True,
)


def add(
    session: WorkspaceSession,
    connection_id: ConnectionId,
    message_id: str,
    members: Iterable[MemberId],
    *,
    now: datetime,
) -> None:
    session.insert(
        message_mail,
        [
            {
                "id": new_id(now),
                "connection_id": connection_id,
                "message_id": message_id,
                "member_id": member_id,
                "state": MailState.WAITING.value,
                "attempts": 0,
                "run_at": now,
                "put_at": now,
            }
            for member_id in members
        ],
    )


def load_due(session: SystemSession, *, now: datetime, limit: int) -> Sequence[DueMail]:
    """The oldest of all workspaces."""
    table = message_mail.c
    due = select(table.id, table.workspace_id).where(table.state == MailState.WAITING.value, table.run_at <= now)
    return [
        DueMail(row.id, WorkspaceId(row.workspace_id)) for row in session.rows(due.order_by(table.run_at).limit(limit))
    ]


def take(session: WorkspaceSession, mail_id: str, *, now: datetime, until: datetime) -> MailRow | None:
    """The mail, for a try that is counted; None when another process has it, or nobody is to send it any more."""
    mine = (message_mail.c.id == mail_id, message_mail.c.state == MailState.WAITING.value, message_mail.c.run_at <= now)
    taken = update(message_mail).where(*mine).values(run_at=until, attempts=message_mail.c.attempts + 1)
    if session.execute(taken).rowcount != 1:
        return None
    row = session.first(select(message_mail).where(message_mail.c.id == mail_id))
    return None if row is None else _mail(row)


def settle(session: WorkspaceSession, mail_id: str, state: MailState, hindrance: Hindrance | None) -> None:
    _set(session, mail_id, {"state": state.value, "hindrance": hindrance})


def put_off(session: WorkspaceSession, mail_id: str, hindrance: Hindrance, *, run_at: datetime) -> None:
    _set(session, mail_id, {"run_at": run_at, "hindrance": hindrance})


def _set(session: WorkspaceSession, mail_id: str, values: Mapping[str, Any]) -> None:
    session.execute(update(message_mail).where(message_mail.c.id == mail_id).values(values))


def load_of(session: WorkspaceSession, message_ids: Sequence[str]) -> Mapping[str, Sequence[MailRow]]:
    """By message."""
    found: dict[str, list[MailRow]] = {}
    for row in session.rows(select(message_mail).where(message_mail.c.message_id.in_(message_ids))):
        found.setdefault(row.message_id, []).append(_mail(row))
    return found


def forget_old(session: SystemSession, over: datetime) -> int:
    return session.execute(delete(message_mail).where(message_mail.c.put_at <= over)).rowcount


def _mail(row: Row[Any]) -> MailRow:
    return MailRow(
        id=row.id,
        connection_id=ConnectionId(row.connection_id),
        message_id=row.message_id,
        member_id=MemberId(row.member_id),
        state=MailState(row.state),
        attempts=row.attempts,
        put_at=row.put_at,
        hindrance=Hindrance(row.hindrance) if row.hindrance else None,
    )
