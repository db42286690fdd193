"""Queries of an org's clients. Whoever signs in with one is found in the store of sign-in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from accord.core.identity import Role
from accord.core.ids import ConnectionId, new_id
from accord.features.connections.clients.model import KnownClient
from accord.features.connections.model import ApiClient
from accord.features.connections.tables import api_client
from accord.infra.db import WorkspaceSession


def add_client(session: WorkspaceSession, client: ApiClient, *, now: datetime) -> None:
    session.insert(
        api_client,
        {
            "id": new_id(now),
            "connection_id": client.connection_id,
            "client_id": client.client_id,
            "role": client.role.value,
            "secret_hash": client.secret_hash,
            "active": True,
            "created_at": now,
        },
    )


def load_clients(session: WorkspaceSession, connection_id: ConnectionId) -> Sequence[KnownClient]:
    """Newest first. The hash of a secret is not read."""
    table = api_client.c
    rows = session.rows(
        select(table.client_id, table.role, table.created_at, table.active)
        .where(table.connection_id == connection_id)
        .order_by(table.created_at.desc(), table.id.desc())
    )
    return [KnownClient(row.client_id, Role(row.role), row.created_at, row.active) for row in rows]


def end_client(session: WorkspaceSession, connection_id: ConnectionId, client_id: str) -> bool:
    """Puts a client out of use; its tokens end with it. False when there is none, or none any more."""
    table = api_client.c
    same = (table.connection_id == connection_id, table.client_id == client_id, table.active.is_(True))
    return session.execute(update(api_client).where(*same).values(active=False)).rowcount == 1
