"""What an admin of a connected org does with its connection."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from accord.core.identity import Identity, Role
from accord.core.ids import ConnectionId, WorkspaceId
from accord.core.needs import Need
from accord.features.connections.admin.model import Overview
from accord.features.connections.certificates import read_certificate
from accord.features.connections.clients.model import KnownClient
from accord.features.connections.doctor.model import Finding
from accord.features.connections.integration.model import ConnectionSettings
from accord.features.connections.model import Connection, NewClient
from accord.features.connections.notices.model import Notice
from accord.features.connections.service import Connections
from accord.features.connections.trust.model import NewLink, TrustEvent
from accord.infra.audit import Prepared, Reason
from accord.workspace.members.store import load_names

Needs = Callable[[WorkspaceId, ConnectionId], Sequence[Need]]


@dataclass(frozen=True, slots=True)
class ConnectionAdmin:
    """`needs` are the rights that the other features' present settings need."""

    connections: Connections
    needs: Needs

    def overview(self, caller: Identity) -> Overview:
        connection = self._connection(caller)
        found = self.connections.certificates(connection)
        return Overview(connection, tuple((one, read_certificate(one.pem).not_after) for one in found))

    def make_link(self, caller: Identity) -> NewLink:
        """A one-time code for an administrator's sign-in; by itself it changes nothing."""
        return self.connections.links.link_for(self._connection(caller), by=caller.member_id)

    def events(self, caller: Identity) -> Sequence[tuple[TrustEvent, str | None]]:
        """Each with what the member is called who did it; None where no member did, or he is not here any more."""
        found = self.connections.decisions.events(self._connection(caller))
        with self.connections.notices.database.reading(caller.workspace_id) as session:
            names = load_names(session, {event.by_member for event in found if event.by_member})
        return [(event, names.get(event.by_member) if event.by_member else None) for event in found]

    def retire_certificate(self, caller: Identity, fingerprint: str) -> None:
        """Raises NotFoundError."""
        self.connections.decisions.retire_certificate(self._connection(caller), fingerprint, by=caller.member_id)
        self._notice(caller)

    def clients(self, caller: Identity) -> Sequence[KnownClient]:
        return self.connections.clients.load(self._connection(caller))

    def make_client(self, caller: Identity, role: Role) -> NewClient:
        """A client whose secret is shown this once. Raises RejectedError for a role that no client has."""
        return self.connections.clients.make(self._connection(caller), role, by=caller.member_id)

    def end_client(self, caller: Identity, client_id: str) -> None:
        """Raises NotFoundError."""
        self.connections.clients.end(self._connection(caller), client_id, by=caller.member_id)

    def visit(self, caller: Identity) -> list[Finding]:
        connection = self._connection(caller)
        return self.connections.doctor.visit(connection, self.needs(caller.workspace_id, caller.connection_id))

    def notices(self, caller: Identity) -> Sequence[Notice]:
        return self.connections.notices.load(caller.workspace_id, caller.connection_id)

    def settings(self, caller: Identity) -> ConnectionSettings:
        return self.connections.integration.load(caller.workspace_id, caller.connection_id)

    def save_settings(self, caller: Identity, new: ConnectionSettings) -> ConnectionSettings:
        """Stores the settings in the place of `new.version`, and tries another way of signing in first.

        Raises OutdatedError, and what a login raises; nothing was changed then.
        """
        known = self.settings(caller)
        connection = self._connection(caller)
        stored = self.connections.integration.save(connection, new, by=caller.member_id)
        if stored.flow is not known.flow:
            self.connections.renew_owner(connection)
        self._notice(caller)
        return stored

    def prepare_settings(self, caller: Identity, new: ConnectionSettings, *, reason: Reason) -> Prepared:
        """Settings in the place of `new.version`, tried and ready to be stored. Raises as `save_settings` does."""
        connection = self._connection(caller)
        prepared = self.connections.integration.prepare(connection, new, by=caller.member_id, reason=reason)

        def afterwards() -> None:
            self.connections.logins.forget(connection.id)
            self._notice(caller)

        return replace(prepared, afterwards=afterwards)

    def _notice(self, caller: Identity) -> None:
        """What ends soon has changed: whoever looks next sees it, and not only an hour later."""
        self.connections.notices.bring_up_to_date(caller.workspace_id, caller.connection_id)

    def _connection(self, caller: Identity) -> Connection:
        return self.connections.get_connection(caller.workspace_id, caller.connection_id)
