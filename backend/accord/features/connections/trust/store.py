"""Queries of an org's first trust: links on their way, and what was decided. Nothing here opens a seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    LargeBinary,
    Row,
    String,
    delete,
    select,
    update,
)

from accord.core.ids import ConnectionId, MemberId, OrgId, UserId, WorkspaceId, new_id
from accord.features.connections.model import Connection, ConnectionStatus
from accord.features.connections.tables import connection
from accord.features.connections.trust.model import Begun, Link, TrustEvent, TrustKind
from accord.infra.audit import Actor, Entry, record
from accord.infra.db import SystemSession, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import ID_LENGTH


def _may_belong_to_connection() -> tuple[Column[str], ForeignKeyConstraint]:
    """Before an org is connected there is no connection yet."""
    return (
        Column("connection_id", String(ID_LENGTH)),
        ForeignKeyConstraint(["workspace_id", "connection_id"], ["connection.workspace_id", "connection.id"]),
    )


connect_link = tenant_table(
    "connect_link",
    Column("code_digest", String(64), unique=True),
    Column("state_digest", String(64), unique=True),
    Column("browser_digest", String(64), unique=True),
    Column("sealed_proposal", LargeBinary),
    Column("sealed_verifier", LargeBinary),
    Column("sealed_proof", LargeBinary),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    *_may_belong_to_connection(),
    system_columns=frozenset({"code_digest", "state_digest", "browser_digest", "expires_at"}),
    system_deletes=True,
)

trust_event = tenant_table(
    "trust_event",
    Column("kind", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("detail", String(255), nullable=False),
    Column("by_user", String(18)),
    Column("by_member", String(ID_LENGTH)),
    *_may_belong_to_connection(),
)


@dataclass(frozen=True, slots=True)
class LinkPlace:
    workspace_id: WorkspaceId
    link_id: str


def add_link(session: WorkspaceSession, new: Link, *, code_digest: str, expires_at: datetime) -> None:
    session.insert(
        connect_link,
        {
            "id": new.id,
            "connection_id": new.connection_id,
            "code_digest": code_digest,
            "sealed_proposal": new.sealed_proposal,
            "expires_at": expires_at,
        },
    )


def find_by_code(session: SystemSession, digest: str, *, now: datetime) -> LinkPlace | None:
    return _place(session, connect_link.c.code_digest, digest, now)


def find_by_state(session: SystemSession, digest: str, *, now: datetime) -> LinkPlace | None:
    return _place(session, connect_link.c.state_digest, digest, now)


def find_by_browser(session: SystemSession, digest: str, *, now: datetime) -> LinkPlace | None:
    return _place(session, connect_link.c.browser_digest, digest, now)


def _place(session: SystemSession, column: Column[Any], digest: str, now: datetime) -> LinkPlace | None:
    table = connect_link.c
    row = session.first(select(table.workspace_id, table.id).where(column == digest, table.expires_at > now))
    return None if row is None else LinkPlace(WorkspaceId(row.workspace_id), str(row.id))


def find_link(session: WorkspaceSession, link_id: str) -> Link | None:
    row = session.first(select(connect_link).where(connect_link.c.id == link_id))
    return None if row is None else _link(row)


def begin_sign_in(session: WorkspaceSession, link_id: str, new: Begun, *, code: str) -> bool:
    """A sign-in in the place of one that was begun before. False when the code was used up meanwhile."""
    mine = (connect_link.c.id == link_id, connect_link.c.code_digest == code)
    values = {
        "state_digest": new.state_digest,
        "browser_digest": new.browser_digest,
        "sealed_verifier": new.sealed_verifier,
    }
    return session.execute(update(connect_link).where(*mine).values(values)).rowcount == 1


def take_state(session: WorkspaceSession, link_id: str, *, state: str, browser: str) -> Link | None:
    """The link of this state and this browser, once: of two callers one gets None."""
    mine = (
        connect_link.c.id == link_id,
        connect_link.c.state_digest == state,
        connect_link.c.browser_digest == browser,
    )
    row = session.first(select(connect_link).where(*mine))
    if row is None or session.execute(update(connect_link).where(*mine).values(state_digest=None)).rowcount != 1:
        return None
    return _link(row)


def keep_proof(session: WorkspaceSession, link_id: str, *, browser: str, sealed: bytes, expires_at: datetime) -> bool:
    """The sign-in is proved and the code used up. False when another was begun or proved with it meanwhile."""
    mine = (
        connect_link.c.id == link_id,
        connect_link.c.code_digest.is_not(None),
        connect_link.c.browser_digest == browser,
    )
    values = {"sealed_proof": sealed, "sealed_verifier": None, "code_digest": None, "expires_at": expires_at}
    return session.execute(update(connect_link).where(*mine).values(values)).rowcount == 1


def note_connected(session: WorkspaceSession, link_id: str, connection_id: ConnectionId) -> None:
    """The org of this link is connected: what was proposed of it is not needed any more."""
    values = {"connection_id": connection_id, "sealed_proposal": None}
    session.execute(update(connect_link).where(connect_link.c.id == link_id).values(values))


def drop_link(session: WorkspaceSession, link_id: str) -> None:
    session.execute(delete(connect_link).where(connect_link.c.id == link_id))


def drop_links_of(session: WorkspaceSession, connection_id: ConnectionId) -> None:
    session.execute(delete(connect_link).where(connect_link.c.connection_id == connection_id))


def forget_links(session: SystemSession, now: datetime) -> int:
    return session.execute(delete(connect_link).where(connect_link.c.expires_at <= now)).rowcount


def add_event(session: WorkspaceSession, connection_id: ConnectionId | None, event: TrustEvent) -> None:
    session.insert(
        trust_event,
        {
            "id": new_id(event.at),
            "connection_id": connection_id,
            "kind": event.kind.value,
            "at": event.at,
            "detail": event.detail,
            "by_user": event.by_user,
            "by_member": event.by_member,
        },
    )
    if connection_id is not None:
        _write_down(session, connection_id, event)


def _write_down(session: WorkspaceSession, connection_id: ConnectionId, event: TrustEvent) -> None:
    """The audit has it too, beside everything else that was changed."""
    actor = Actor.MEMBER if event.by_member else Actor.SALESFORCE_ADMIN if event.by_user else Actor.OPERATOR
    if event.kind is TrustKind.ORG_CHANGE_SEEN:
        actor = Actor.ACCORD
    new = {"detail": event.detail, "salesforce_user": event.by_user}
    record(session, Entry(connection_id, f"trust.{event.kind.value}", actor, event.by_member, new=new), now=event.at)


def load_events(session: WorkspaceSession, connection_id: ConnectionId, *, most: int) -> Sequence[TrustEvent]:
    """What was decided about one connection, newest first."""
    table = trust_event.c
    rows = session.rows(
        select(trust_event)
        .where(table.connection_id == connection_id)
        .order_by(table.at.desc(), table.id.desc())
        .limit(most)
    )
    return [
        TrustEvent(
            kind=TrustKind(row.kind),
            at=row.at,
            detail=row.detail,
            by_user=UserId(row.by_user) if row.by_user else None,
            by_member=MemberId(row.by_member) if row.by_member else None,
        )
        for row in rows
    ]


def freeze(session: WorkspaceSession, connection_id: ConnectionId, found: OrgId) -> bool:
    """Puts a live connection on hold, because a login led to another org. False when it is not live any more."""
    live = (connection.c.id == connection_id, connection.c.status == ConnectionStatus.LIVE)
    values = {"status": ConnectionStatus.FROZEN.value, "found_org_id": found}
    return session.execute(update(connection).where(*live).values(values)).rowcount == 1


def take_over(session: WorkspaceSession, old: Connection, *, org_id: OrgId, instance_url: str, sandbox: bool) -> bool:
    """A connection on hold goes on, with this org from now on. False when it is not on hold any more."""
    held = (connection.c.id == old.id, connection.c.status == ConnectionStatus.FROZEN)
    moved = old.login_url if old.login_url != old.instance_url else instance_url
    values = {
        "status": ConnectionStatus.LIVE.value,
        "org_id": org_id,
        "instance_url": instance_url,
        "login_url": moved,
        "is_sandbox": sandbox,
        "found_org_id": None,
    }
    return session.execute(update(connection).where(*held).values(values)).rowcount == 1


def _link(row: Row[Any]) -> Link:
    return Link(
        workspace_id=WorkspaceId(row.workspace_id),
        id=row.id,
        connection_id=ConnectionId(row.connection_id) if row.connection_id else None,
        sealed_proposal=row.sealed_proposal,
        sealed_verifier=row.sealed_verifier,
        sealed_proof=row.sealed_proof,
    )
