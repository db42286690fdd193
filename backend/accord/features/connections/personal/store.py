"""Queries of members' own logins: sign-ins that were begun, how each login stands, and who renews it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    LargeBinary,
    Row,
    String,
    Text,
    UniqueConstraint,
    and_,
    delete,
    func,
    select,
    update,
)

from accord.core.ids import ConnectionId, MemberId, WorkspaceId, new_id
from accord.features.connections.model import Purpose
from accord.features.connections.personal.model import Attempt, LoginRow, Lost, Offer, Use
from accord.features.connections.store import Place
from accord.features.connections.tables import credential
from accord.infra.db import SystemSession, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import ID_LENGTH, belongs_to_connection


def _belongs_to_member() -> tuple[Column[str], ForeignKeyConstraint]:
    return (
        Column("member_id", String(ID_LENGTH), nullable=False),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    )


login_attempt = tenant_table(
    "login_attempt",
    Column("state_digest", String(64), nullable=False, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    *_belongs_to_member(),
    *belongs_to_connection(),
    system_columns=frozenset({"state_digest", "connection_id", "expires_at"}),
    system_deletes=True,
)

personal_login = tenant_table(
    "personal_login",
    Column("connected_at", UtcDateTime, nullable=False),
    Column("renewed_at", UtcDateTime),
    Column("holder", String(ID_LENGTH)),
    Column("leased_until", UtcDateTime),
    Column("rotates", Boolean),
    Column("lost_code", String(80)),
    Column("lost_message", Text),
    Column("lost_at", UtcDateTime),
    *_belongs_to_member(),
    *belongs_to_connection(),
    UniqueConstraint("workspace_id", "connection_id", "member_id"),
)

login_offer = tenant_table(
    "login_offer",
    Column("first_activity_at", UtcDateTime),
    Column("dismissed_at", UtcDateTime),
    *_belongs_to_member(),
    *belongs_to_connection(),
    UniqueConstraint("workspace_id", "connection_id", "member_id"),
)


def add_attempt(
    session: WorkspaceSession, connection_id: ConnectionId, new: Attempt, *, digest: str, expires_at: datetime
) -> None:
    """A sign-in was begun; `digest` is that of the state with which the browser comes back."""
    session.insert(
        login_attempt,
        {
            "id": new.id,
            "connection_id": connection_id,
            "member_id": new.member_id,
            "state_digest": digest,
            "sealed": new.sealed,
            "expires_at": expires_at,
        },
    )


def find_attempt_place(session: SystemSession, digest: str, *, now: datetime) -> Place | None:
    """Whose sign-in has this state; None for one that is over or was never begun."""
    table = login_attempt.c
    row = session.first(
        select(table.workspace_id, table.connection_id).where(table.state_digest == digest, table.expires_at > now)
    )
    return None if row is None else Place(WorkspaceId(row.workspace_id), ConnectionId(row.connection_id))


def take_attempt(session: WorkspaceSession, digest: str) -> Attempt | None:
    """The sign-in of this state, once: of two callers one gets None."""
    row = session.first(select(login_attempt).where(login_attempt.c.state_digest == digest))
    if row is None or session.execute(delete(login_attempt).where(login_attempt.c.id == row.id)).rowcount != 1:
        return None
    return Attempt(id=row.id, member_id=MemberId(row.member_id), sealed=row.sealed)


def forget_attempts(session: SystemSession, now: datetime) -> int:
    return session.execute(delete(login_attempt).where(login_attempt.c.expires_at <= now)).rowcount


def note_connected(
    session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId, *, now: datetime
) -> None:
    """The login is there and new: whoever still renews an older one has lost his turn."""
    fresh = {
        "connected_at": now,
        "renewed_at": None,
        "holder": None,
        "leased_until": None,
        "rotates": None,
        **_NOT_LOST,
    }
    key = {"id": new_id(now), "connection_id": connection_id, "member_id": member_id}
    if not session.insert_once(personal_login, {**key, **fresh}):
        session.execute(update(personal_login).where(*_key(connection_id, member_id)).values(**fresh))


def ensure_row(session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId, *, now: datetime) -> None:
    """A login from before this table has its row, too."""
    key = {"id": new_id(now), "connection_id": connection_id, "member_id": member_id, "connected_at": now}
    session.insert_once(personal_login, key)


def lock_login(session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId) -> LoginRow | None:
    """How the login stands. Until the end of the transaction nobody else takes or gives back a turn."""
    return _login(session.first(select(personal_login).where(*_key(connection_id, member_id)).with_for_update()))


def find_login(session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId) -> LoginRow | None:
    return _login(session.first(select(personal_login).where(*_key(connection_id, member_id))))


def take_turn(
    session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId, *, holder: str, until: datetime
) -> None:
    changed = update(personal_login).where(*_key(connection_id, member_id))
    session.execute(changed.values(holder=holder, leased_until=until))


def note_renewed(  # noqa: PLR0913 - the columns, each by its name
    session: WorkspaceSession,
    connection_id: ConnectionId,
    member_id: MemberId,
    *,
    holder: str,
    rotates: bool,
    now: datetime,
) -> bool:
    """Ends the holder's turn. False when it was taken from him: his tokens are not to be stored."""
    changed = update(personal_login).where(*_key(connection_id, member_id), personal_login.c.holder == holder)
    values = {"holder": None, "leased_until": None, "renewed_at": now, "rotates": rotates, **_NOT_LOST}
    return session.execute(changed.values(**values)).rowcount == 1


def give_back_turn(
    session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId, *, holder: str, refused: Lost | None
) -> bool:
    """Ends the holder's turn without a renewal. False when it was taken from him."""
    changed = update(personal_login).where(*_key(connection_id, member_id), personal_login.c.holder == holder)
    return session.execute(changed.values(holder=None, leased_until=None, **_lost(refused))).rowcount == 1


def note_lost(session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId, lost: Lost) -> None:
    """Keeps why the login is gone. A holder who is merely late may still bring the new one."""
    changed = update(personal_login).where(*_key(connection_id, member_id))
    session.execute(changed.values(leased_until=None, **_lost(lost)))


def load_uses(session: WorkspaceSession, connection_id: ConnectionId) -> list[Use]:
    """When each member's login was used last, as far as refresh tokens count; the one that waits longest first."""
    table = personal_login.c
    used_at = func.coalesce(table.renewed_at, table.connected_at, type_=UtcDateTime)
    rows = session.rows(
        select(table.member_id, used_at.label("at"))
        .join(
            credential,
            and_(
                credential.c.workspace_id == table.workspace_id,
                credential.c.connection_id == table.connection_id,
                credential.c.owner == table.member_id,
                credential.c.purpose == Purpose.PERSONAL_LOGIN.value,
            ),
        )
        .where(table.connection_id == connection_id)
        .order_by(used_at, table.member_id)
    )
    return [Use(MemberId(row.member_id), row.at) for row in rows]


def find_offer(session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId) -> Offer | None:
    row = session.first(select(login_offer).where(*_offer_key(connection_id, member_id)))
    return None if row is None else Offer(row.first_activity_at, row.dismissed_at)


def note_activity(
    session: WorkspaceSession, connection_id: ConnectionId, members: Collection[MemberId], *, now: datetime
) -> None:
    """Keeps when the integration owner's login wrote for each of these members first."""
    table = login_offer.c
    of_them = (table.connection_id == connection_id, table.member_id.in_(members))
    known = session.rows(select(table.member_id).where(*of_them, table.first_activity_at.is_not(None)))
    # in one order everywhere, so that two calls do not wait for each other
    for member_id in sorted({*members} - {row.member_id for row in known}):
        _set_offer(session, connection_id, member_id, {"first_activity_at": now}, now=now)


def note_dismissed(
    session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId, *, now: datetime
) -> None:
    _set_offer(session, connection_id, member_id, {"dismissed_at": now}, now=now)


def _set_offer(
    session: WorkspaceSession,
    connection_id: ConnectionId,
    member_id: MemberId,
    values: dict[str, datetime],
    *,
    now: datetime,
) -> None:
    key = {"id": new_id(now), "connection_id": connection_id, "member_id": member_id}
    if not session.insert_once(login_offer, {**key, **values}):
        session.execute(update(login_offer).where(*_offer_key(connection_id, member_id)).values(**values))


def forget_login(session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId) -> None:
    session.execute(delete(personal_login).where(*_key(connection_id, member_id)))


def forget_connection(session: WorkspaceSession, connection_id: ConnectionId) -> None:
    for table in (login_attempt, personal_login, login_offer):
        session.execute(delete(table).where(table.c.connection_id == connection_id))


def _login(row: Row[Any] | None) -> LoginRow | None:
    if row is None:
        return None
    lost = None if row.lost_code is None else Lost(row.lost_code, row.lost_message or "", row.lost_at)
    return LoginRow(row.connected_at, row.renewed_at, row.holder, row.leased_until, row.rotates, lost)


_NOT_LOST: dict[str, object] = {"lost_code": None, "lost_message": None, "lost_at": None}


def _lost(lost: Lost | None) -> dict[str, object]:
    return _NOT_LOST if lost is None else {"lost_code": lost.code, "lost_message": lost.message, "lost_at": lost.at}


def _key(connection_id: ConnectionId, member_id: MemberId) -> tuple[Any, ...]:
    return personal_login.c.connection_id == connection_id, personal_login.c.member_id == member_id


def _offer_key(connection_id: ConnectionId, member_id: MemberId) -> tuple[Any, ...]:
    return login_offer.c.connection_id == connection_id, login_offer.c.member_id == member_id
