"""Messages to admins, what is watched for them, and their settings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    UniqueConstraint,
    delete,
    select,
    true,
    update,
)

from accord.core.ids import ConnectionId, IntentId, new_id
from accord.features.messages.model import Message, MessageSettings, Start, Started, State, Telling, Watched
from accord.features.messages.wishes import values_of
from accord.infra.db import Json, SystemSession, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.members.store import load_by_users, load_members
from accord.workspace.settings.store import SettingsStore, settings_table

watched = tenant_table(
    "watched_cause",
    *belongs_to_connection(),
    Column("cause", String(40), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("title", String(120), nullable=False),
    Column("since", UtcDateTime),
    Column("told_at", UtcDateTime),
    Column("step", Integer),
    Column("is_open", Boolean(create_constraint=False), nullable=False),
    UniqueConstraint("workspace_id", "connection_id", "cause", "subject", name="uq_watched_cause_cause"),
)
message = tenant_table(
    "message",
    *belongs_to_connection(),
    Column("cause", String(40), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("number", Integer, nullable=False),
    Column("seen_at", UtcDateTime),
    Column("sealed", LargeBinary, nullable=False),
    Column("email", String(12)),  # how each way set out; empty for messages of before there were ways
    Column("bell", String(12)),
    Column("people", Integer),
    Column("bell_intent", String(36)),
    Index("ix_message_connection", "workspace_id", "connection_id", "id"),
    Index("ix_message_at", "at"),
    system_columns=frozenset({"at"}),
    system_deletes=True,
)
message_settings = settings_table(
    "message_settings",
    Column("parked_more_than", Integer, nullable=False),
    Column("by_email", Boolean(create_constraint=False), nullable=False, server_default=true()),
    Column("by_bell", Boolean(create_constraint=False), nullable=False, server_default=true()),
    Column("tell_concerned", Boolean(create_constraint=False), nullable=False, server_default=true()),
    Column("people", Json),  # ids of members; none: all admins
    Column("group_id", String(18)),  # of the org; instead of people
)


def load_watched(session: WorkspaceSession, connection_id: ConnectionId) -> Mapping[tuple[str, str], Watched]:
    rows = session.rows(select(watched).where(watched.c.connection_id == connection_id))
    names = ("cause", "subject", "title", "since", "told_at", "step", "is_open")
    found = [Watched(**{name: getattr(row, name) for name in names}) for row in rows]
    return {each.key: each for each in found}


def keep_watched(
    session: WorkspaceSession, connection_id: ConnectionId, before: Watched | None, after: Watched, *, now: datetime
) -> bool:
    """False when another process has looked at this cause at the same moment: it tells, nobody else."""
    values = {
        "title": after.title[:120],
        "since": after.since,
        "told_at": after.told_at,
        "step": after.step,
        "is_open": after.is_open,
    }
    if before is None:
        key = {"connection_id": connection_id, "cause": after.cause, "subject": after.subject}
        return session.insert_once(watched, {"id": new_id(now), **key, **values})
    table = watched.c
    same = (
        table.connection_id == connection_id,
        table.cause == before.cause,
        table.subject == before.subject,
        _is(table.since, before.since),
        _is(table.told_at, before.told_at),
        table.is_open.is_(before.is_open),
    )
    return session.execute(update(watched).where(*same).values(values)).rowcount == 1


def _is(column: Column[Any], value: datetime | None) -> Any:
    return column.is_(None) if value is None else column == value


def add(
    session: WorkspaceSession, connection_id: ConnectionId, telling: Telling, started: Started, *, now: datetime
) -> str:
    """Gives the message's id. Its ring is written down when it is put (`set_bell`)."""
    message_id = new_id(now)
    cause = telling.watched
    is_well = telling.state is State.WELL
    session.insert(
        message,
        {
            "id": message_id,
            "connection_id": connection_id,
            "cause": cause.cause,
            "subject": cause.subject,
            "state": telling.state.value,
            "at": now,
            "since": telling.since,
            "until": now if is_well else None,
            "number": telling.trouble.count if telling.trouble else 1,
            "seen_at": now if telling.state is State.TEST else None,  # who sends himself one knows it
            "sealed": session.seal(message, message_id, {"title": cause.title, "text": telling.text}),
            "email": started.email.value,
            "bell": started.bell.value,
            "people": started.people,
        },
    )
    if is_well:
        same = (message.c.connection_id == connection_id, message.c.cause == cause.cause)
        open_ones = (message.c.subject == cause.subject, message.c.until.is_(None))
        session.execute(update(message).where(*same, *open_ones).values(until=now))
    return message_id


def set_bell(session: WorkspaceSession, message_id: str, intent_id: IntentId) -> None:
    session.execute(update(message).where(message.c.id == message_id).values(bell_intent=intent_id))


def find(session: WorkspaceSession, connection_id: ConnectionId, message_id: str) -> Message | None:
    mine = (message.c.connection_id == connection_id, message.c.id == message_id)
    row = session.first(select(message).where(*mine))
    return None if row is None else _message(session, row)


def is_newer(session: WorkspaceSession, connection_id: ConnectionId, cause: str, than: datetime) -> bool:
    """Whether there is a message of this cause that is newer."""
    mine = (message.c.connection_id == connection_id, message.c.cause == cause, message.c.at > than)
    return session.first(select(message.c.id).where(*mine).limit(1)) is not None


def load_messages(
    session: WorkspaceSession, connection_id: ConnectionId, *, unseen: bool, before: str | None, most: int
) -> Sequence[Message]:
    """The newest first."""
    wanted = select(message).where(message.c.connection_id == connection_id).order_by(message.c.id.desc())
    if unseen:
        wanted = wanted.where(message.c.seen_at.is_(None))
    if before is not None:
        wanted = wanted.where(message.c.id < before)
    return [_message(session, row) for row in session.rows(wanted.limit(most))]


def set_seen(session: WorkspaceSession, connection_id: ConnectionId, message_id: str, *, now: datetime) -> bool:
    """False when there is no such message."""
    mine = (message.c.connection_id == connection_id, message.c.id == message_id)
    return session.execute(update(message).where(*mine).values(seen_at=now)).rowcount == 1


def forget_old(session: SystemSession, over: datetime) -> int:
    return session.execute(delete(message).where(message.c.at <= over)).rowcount


def _read(session: WorkspaceSession, row: Row[Any]) -> MessageSettings:
    """Who was chosen and may not sign in any more is not among the people."""
    connection_id = ConnectionId(row.connection_id)
    chosen = load_members(session, connection_id, row.people) if row.people else []
    return MessageSettings(
        parked_more_than=row.parked_more_than,
        by_email=row.by_email,
        by_bell=row.by_bell,
        tell_concerned=row.tell_concerned,
        people=tuple(sorted(each.salesforce_user_id for each in chosen)) or None,
        group_id=row.group_id,
        version=row.version,
    )


def _columns(session: WorkspaceSession, connection_id: ConnectionId, new: MessageSettings) -> dict[str, Any]:
    """Members and not users: whoever is forgotten is named nowhere."""
    people = load_by_users(session, connection_id, new.people) if new.people else None
    return {**values_of(new), "people": None if people is None else [each.id for each in people]}


SETTINGS: Final = SettingsStore(
    kind="settings.messages",
    table=message_settings,
    default=MessageSettings(),
    read=_read,
    columns=_columns,
    values_of=values_of,
)
load_settings = SETTINGS.load


def _message(session: WorkspaceSession, row: Row[Any]) -> Message:
    texts = session.open(message, row.id, row.sealed)
    return Message(
        id=row.id,
        cause=row.cause,
        state=State(row.state),
        title=texts["title"],
        text=texts["text"],
        at=row.at,
        since=row.since,
        until=row.until,
        count=row.number,
        seen_at=row.seen_at,
        started=_started(row),
    )


def _started(row: Row[Any]) -> Started | None:
    if row.email is None or row.bell is None:
        return None
    intent_id = IntentId(row.bell_intent) if row.bell_intent else None
    return Started(Start(row.email), Start(row.bell), row.people or 0, intent_id)
