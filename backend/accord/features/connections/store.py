"""Queries of sign-in. Nothing here decides, and nothing here opens a seal."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from accord.core.identity import Role
from accord.core.ids import ConnectionId, MemberId, OrgId, SessionId, WorkspaceId, new_id
from accord.features.connections.model import (
    ApiClient,
    Certificate,
    Connection,
    ConnectionStatus,
    NewConnection,
    Purpose,
)
from accord.features.connections.tables import (
    api_client,
    canvas_session,
    connection,
    credential,
    org_certificate,
    seen_token,
)
from accord.infra.db import SystemSession, WorkspaceSession
from accord.infra.db.tables import workspace
from accord.workspace.members.model import Member

LONGEST_KEY_ID = 255


@dataclass(frozen=True, slots=True)
class Place:
    """Where something lies: the tenant, and the connection in it."""

    workspace_id: WorkspaceId
    connection_id: ConnectionId


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A sealed secret and what it is bound to."""

    owner: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class CanvasSessionRow:
    id: SessionId
    connection_id: ConnectionId
    member_id: MemberId
    instance_url: str
    sealed: bytes
    expires_at: datetime


def find_org(session: SystemSession, org_id: OrgId, *, gone: bool = False) -> Place | None:
    """Whose org this is; an org that was disconnected is nobody's. `gone`: whose was disconnected last."""
    is_gone = connection.c.status == ConnectionStatus.DISCONNECTED
    found = select(connection.c.workspace_id, connection.c.id).where(connection.c.org_id == org_id)
    row = session.first(found.where(is_gone if gone else ~is_gone).order_by(connection.c.id.desc()).limit(1))
    return None if row is None else Place(WorkspaceId(row.workspace_id), ConnectionId(row.id))


def load_live_places(session: SystemSession) -> list[Place]:
    """Every live connection of every workspace, for what is done on a schedule."""
    live = select(connection.c.workspace_id, connection.c.id).where(connection.c.status == ConnectionStatus.LIVE)
    rows = session.rows(live.order_by(connection.c.workspace_id, connection.c.id))
    return [Place(WorkspaceId(row.workspace_id), ConnectionId(row.id)) for row in rows]


def find_client_workspace(session: SystemSession, client_id: str) -> WorkspaceId | None:
    row = session.first(select(api_client.c.workspace_id).where(api_client.c.client_id == client_id))
    return None if row is None else WorkspaceId(row.workspace_id)


def add_workspace(session: SystemSession, workspace_id: WorkspaceId, name: str) -> None:
    session.execute(insert(workspace).values(id=workspace_id, name=name))


def forget_expired(session: SystemSession, now: datetime) -> int:
    """Deletes what has had its time: Canvas sessions with their tokens, and digests of used proofs."""
    tables = (canvas_session, seen_token)
    return sum(session.execute(delete(table).where(table.c.expires_at <= now)).rowcount for table in tables)


def add_connection(session: WorkspaceSession, new: NewConnection, *, now: datetime) -> ConnectionId | None:
    """None when the org belongs to a connection already, of this workspace or another."""
    connection_id = new_id(now)
    values = {**asdict(new), "id": connection_id, "status": ConnectionStatus.LIVE.value, "created_at": now}
    return ConnectionId(connection_id) if session.insert_once(connection, values) else None


def find_connection(session: WorkspaceSession, connection_id: ConnectionId) -> Connection | None:
    row = session.first(select(connection).where(connection.c.id == connection_id))
    return None if row is None else _connection(row)


def load_connections(session: WorkspaceSession) -> list[Connection]:
    return [_connection(row) for row in session.rows(select(connection).order_by(connection.c.id))]


def set_status(session: WorkspaceSession, connection_id: ConnectionId, status: ConnectionStatus) -> bool:
    """False when there is no such connection."""
    changed = update(connection).where(connection.c.id == connection_id).values(status=status.value)
    return session.execute(changed).rowcount == 1


def set_currency(session: WorkspaceSession, connection_id: ConnectionId, currency: str) -> None:
    """The currency of an org with one alone."""
    session.execute(update(connection).where(connection.c.id == connection_id).values(currency=currency))


def find_currency(session: WorkspaceSession, connection_id: ConnectionId) -> str | None:
    row = session.first(select(connection.c.currency).where(connection.c.id == connection_id))
    return None if row is None else row.currency


def add_certificate(
    session: WorkspaceSession, connection_id: ConnectionId, certificate: Certificate, *, now: datetime
) -> None:
    """Adds a certificate, or puts it into use again under this key id."""
    values = {"pem": certificate.pem, "key_id": certificate.key_id, "active": certificate.active}
    fixed = {"id": new_id(now), "connection_id": connection_id, "fingerprint": certificate.fingerprint}
    if not session.insert_once(org_certificate, {**values, **fixed, "created_at": now}):
        table = org_certificate.c
        same = (table.connection_id == connection_id, table.fingerprint == certificate.fingerprint)
        session.execute(update(org_certificate).where(*same).values(values))


def retire_certificate(session: WorkspaceSession, connection_id: ConnectionId, fingerprint: str) -> bool:
    """Puts a certificate out of use. False when there is none with this fingerprint."""
    table = org_certificate.c
    same = (table.connection_id == connection_id, table.fingerprint == fingerprint)
    return session.execute(update(org_certificate).where(*same).values(active=False)).rowcount == 1


def retire_certificates(session: WorkspaceSession, connection_id: ConnectionId) -> None:
    session.execute(
        update(org_certificate).where(org_certificate.c.connection_id == connection_id).values(active=False)
    )


def load_certificates(session: WorkspaceSession, connection_id: ConnectionId) -> list[Certificate]:
    table = org_certificate.c
    rows = session.rows(
        select(table.pem, table.fingerprint, table.key_id, table.active, connection.c.org_id)
        .join(connection, connection.c.id == table.connection_id)
        .where(table.connection_id == connection_id)
    )
    return [
        Certificate(
            org_id=OrgId(row.org_id),
            key_id=row.key_id,
            pem=row.pem,
            fingerprint=row.fingerprint,
            active=row.active,
        )
        for row in rows
    ]


def put_credential(
    session: WorkspaceSession, connection_id: ConnectionId, purpose: Purpose, row: SealedRow, *, now: datetime
) -> None:
    """Stores a sealed secret in the place of an older one of the same purpose and owner."""
    values = {"id": new_id(now), "connection_id": connection_id, "purpose": purpose.value, "created_at": now}
    if not session.insert_once(credential, {**values, "owner": row.owner, "sealed": row.sealed}):
        session.execute(
            update(credential)
            .where(*_credential_key(connection_id, purpose), credential.c.owner == row.owner)
            .values(sealed=row.sealed, created_at=now)
        )


def load_credentials(session: WorkspaceSession, connection_id: ConnectionId, purpose: Purpose) -> Sequence[SealedRow]:
    """All sealed secrets of one purpose, newest first."""
    rows = session.rows(
        select(credential.c.owner, credential.c.sealed)
        .where(*_credential_key(connection_id, purpose))
        .order_by(credential.c.created_at.desc(), credential.c.id.desc())
    )
    return [SealedRow(owner=row.owner, sealed=row.sealed) for row in rows]


def find_credential(
    session: WorkspaceSession, connection_id: ConnectionId, purpose: Purpose, *, owner: str
) -> SealedRow | None:
    row = session.first(
        select(credential.c.sealed).where(*_credential_key(connection_id, purpose), credential.c.owner == owner)
    )
    return None if row is None else SealedRow(owner=owner, sealed=row.sealed)


def drop_credential(session: WorkspaceSession, connection_id: ConnectionId, purpose: Purpose, *, owner: str) -> None:
    session.execute(delete(credential).where(*_credential_key(connection_id, purpose), credential.c.owner == owner))


def drop_credentials(session: WorkspaceSession, connection_id: ConnectionId) -> None:
    session.execute(delete(credential).where(credential.c.connection_id == connection_id))


def drop_credentials_of(session: WorkspaceSession, connection_id: ConnectionId, purpose: Purpose) -> None:
    session.execute(delete(credential).where(*_credential_key(connection_id, purpose)))


def has_personal_login(session: WorkspaceSession, member: Member) -> bool:
    """Whether this member has connected his own Salesforce login."""
    found = select(credential.c.id).where(
        *_credential_key(member.connection_id, Purpose.PERSONAL_LOGIN), credential.c.owner == member.id
    )
    return session.first(found) is not None


def _credential_key(connection_id: ConnectionId, purpose: Purpose) -> tuple[Any, ...]:
    return (credential.c.connection_id == connection_id, credential.c.purpose == purpose.value)


def add_canvas_session(session: WorkspaceSession, row: CanvasSessionRow) -> None:
    session.insert(canvas_session, asdict(row))


def find_canvas_session(session: WorkspaceSession, session_id: SessionId, *, now: datetime) -> CanvasSessionRow | None:
    row = session.first(
        select(canvas_session).where(canvas_session.c.id == session_id, canvas_session.c.expires_at > now)
    )
    return None if row is None else _canvas_session(row)


def _canvas_session(row: Row[Any]) -> CanvasSessionRow:
    return CanvasSessionRow(
        id=SessionId(row.id),
        connection_id=ConnectionId(row.connection_id),
        member_id=MemberId(row.member_id),
        instance_url=row.instance_url,
        sealed=row.sealed,
        expires_at=row.expires_at,
    )


def load_canvas_sessions(
    session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime
) -> list[CanvasSessionRow]:
    """The sign-ins of open panels."""
    table = canvas_session.c
    open_ones = select(canvas_session).where(table.connection_id == connection_id, table.expires_at > now)
    return [_canvas_session(row) for row in session.rows(open_ones.order_by(table.id))]


def drop_canvas_session(session: WorkspaceSession, session_id: SessionId) -> None:
    session.execute(delete(canvas_session).where(canvas_session.c.id == session_id))


def drop_canvas_sessions(session: WorkspaceSession, connection_id: ConnectionId) -> int:
    return session.execute(delete(canvas_session).where(canvas_session.c.connection_id == connection_id)).rowcount


def find_client(session: WorkspaceSession, client_id: str) -> ApiClient | None:
    """The client, unless it was put out of use."""
    row = session.first(select(api_client).where(api_client.c.client_id == client_id, api_client.c.active.is_(True)))
    if row is None:
        return None
    return ApiClient(
        workspace_id=session.workspace_id,
        connection_id=ConnectionId(row.connection_id),
        client_id=row.client_id,
        role=Role(row.role),
        secret_hash=row.secret_hash,
    )


def use_once(session: WorkspaceSession, digest: str, *, now: datetime, kept: timedelta) -> bool:
    """Keeps the digest of a proof; True when it was not kept before."""
    return session.insert_once(seen_token, {"id": new_id(now), "digest": digest, "expires_at": now + kept})


def _connection(row: Row[Any]) -> Connection:
    return Connection(
        workspace_id=WorkspaceId(row.workspace_id),
        id=ConnectionId(row.id),
        org_id=OrgId(row.org_id),
        label=row.label,
        instance_url=row.instance_url,
        is_sandbox=row.is_sandbox,
        status=ConnectionStatus(row.status),
        integration_username=row.integration_username,
        consumer_key=row.consumer_key,
        login_url=row.login_url,
        found_org_id=OrgId(row.found_org_id) if row.found_org_id else None,
        currency=row.currency,
    )
