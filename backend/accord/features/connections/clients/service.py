"""Clients sign in by themselves: Flow, and the application's server. They are made, listed and ended here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.errors import NotFoundError
from accord.core.identity import Role
from accord.core.ids import MemberId
from accord.features.connections import client_secrets
from accord.features.connections.clients import store
from accord.features.connections.clients.model import KnownClient
from accord.features.connections.model import ApiClient, Connection, NewClient
from accord.features.connections.rules import wrong
from accord.features.connections.trust.model import TrustEvent, TrustKind
from accord.features.connections.trust.store import add_event
from accord.infra.db import Database, WorkspaceSession

ROLES = (Role.SERVICE, Role.FLOW)
_CLIENT_ID = re.compile(r"accord-[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class ApiClients:
    database: Database
    clock: Clock

    def make_first(self, connection: Connection) -> NewClient:
        """The client of a new connection's Flow credential: a part of connecting, and written down with it."""
        with self.database.workspace(connection.workspace_id) as session:
            return self._make(session, connection, Role.FLOW)

    def make(self, connection: Connection, role: Role, *, by: MemberId | None) -> NewClient:
        """A client for the application's server (service) or for Flow. Its secret is shown this once.

        `by` None: the operator. Raises RejectedError for another role.
        """
        if role not in ROLES:
            raise wrong("role", "A client has the role flow or service.")
        with self.database.workspace(connection.workspace_id) as session:
            made = self._make(session, connection, role)
            self._note(session, connection, TrustKind.CLIENT_MADE, made.client_id, by=by)
        return made

    def load(self, connection: Connection) -> Sequence[KnownClient]:
        """Every client that was ever made for the org, newest first; no secret is among it."""
        with self.database.reading(connection.workspace_id) as session:
            return store.load_clients(session, connection.id)

    def end(self, connection: Connection, client_id: str, *, by: MemberId | None) -> None:
        """Puts a client out of use, and its tokens with it. Raises NotFoundError."""
        with self.database.workspace(connection.workspace_id) as session:
            known = _CLIENT_ID.fullmatch(client_id) is not None
            if not known or not store.end_client(session, connection.id, client_id):
                raise NotFoundError("client")
            self._note(session, connection, TrustKind.CLIENT_ENDED, client_id, by=by)

    def _make(self, session: WorkspaceSession, connection: Connection, role: Role) -> NewClient:
        made = NewClient(client_id=client_secrets.new_client_id(), secret=client_secrets.new_secret())
        client = ApiClient(
            workspace_id=connection.workspace_id,
            connection_id=connection.id,
            client_id=made.client_id,
            role=role,
            secret_hash=client_secrets.hash_secret(made.secret.reveal()),
        )
        store.add_client(session, client, now=self.clock())
        return made

    def _note(
        self, session: WorkspaceSession, connection: Connection, kind: TrustKind, client_id: str, *, by: MemberId | None
    ) -> None:
        add_event(session, connection.id, TrustEvent(kind, self.clock(), detail=client_id, by_member=by))
