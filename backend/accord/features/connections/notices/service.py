"""The chore that keeps idle logins alive and warns before a login, a key or a way of signing in ends."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import structlog

from accord.core.clock import Clock
from accord.core.errors import AccordError, TransientError
from accord.core.ids import ConnectionId, MemberId, WorkspaceId
from accord.core.notifications import PersonalNotice
from accord.core.troubles import Trouble
from accord.features.connections import store as connections
from accord.features.connections.certificates import read_certificate
from accord.features.connections.integration import store as settings
from accord.features.connections.model import Connection
from accord.features.connections.notices import rules, store
from accord.features.connections.notices.model import End, Ending, Notice
from accord.features.connections.personal import store as personal
from accord.features.connections.personal.renewal import Renewal
from accord.features.connections.safe import Safe
from accord.infra.db import Database
from accord.infra.processes.rounds import go_round

log = structlog.get_logger()
MOST_RENEWALS = 200
"""In one round of the chore: the next round goes on, and a day has 24."""


@dataclass(frozen=True, slots=True)
class Notices:
    """`renewal` is the one refresher of members' logins; `live_connections` gives every live connection there is."""

    database: Database
    safe: Safe
    renewal: Renewal
    clock: Clock
    live_connections: Callable[[], Iterable[tuple[WorkspaceId, ConnectionId]]]

    def look_at_all(self) -> int:
        """Renews idle logins and brings the notices of every live connection up to date; gives their number.

        What fails for one connection waits for the next round and holds up no other.
        """

        def look(workspace_id: WorkspaceId, connection_id: ConnectionId) -> int:
            return len(self.look_at(workspace_id, connection_id))

        return go_round(self.live_connections(), look, failed="notices_failed")

    def look_at(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> Sequence[Notice]:
        """Renews idle logins of one connection and brings its notices up to date."""
        with self.database.reading(workspace_id) as session:
            connection = connections.find_connection(session, connection_id)
        if connection is None:
            return ()
        self._use_idle_logins(connection)
        return self.bring_up_to_date(workspace_id, connection_id)

    def bring_up_to_date(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> Sequence[Notice]:
        """The notices by what is known now. Asks nobody."""
        with self.database.workspace(workspace_id) as session:
            store.lock(session, connection_id)
            ends = rules.declared_ends(settings.load(session, connection_id))
            ends += [
                End(Ending.CERTIFICATE, each.fingerprint, read_certificate(each.pem).not_after)
                for each in connections.load_certificates(session, connection_id)
                if each.active
            ]
            ends += [rules.idle_end(use.member_id, use.at) for use in personal.load_uses(session, connection_id)]
            found = rules.notices(ends, store.load(session, connection_id), now=self.clock())
            store.replace(session, connection_id, found)
        return found

    def load(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> Sequence[Notice]:
        """What the last round found, the nearest end first."""
        with self.database.reading(workspace_id) as session:
            return list(store.load(session, connection_id).values())

    def troubles(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> list[Trouble]:
        """What the last round found, for whoever tells admins."""
        return rules.troubles_of(self.load(workspace_id, connection_id))

    def personal(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> list[PersonalNotice]:
        """What the last round found that concerns one member each, for whoever tells him."""
        return rules.personal_notices(self.load(workspace_id, connection_id))

    def _use_idle_logins(self, connection: Connection) -> None:
        now = self.clock()
        with self.database.reading(connection.workspace_id) as session:
            uses = personal.load_uses(session, connection.id)
        idle = [use.member_id for use in uses if rules.is_idle(use.at, now=now)]
        for member_id in idle[:MOST_RENEWALS]:
            try:
                self._renew(connection, member_id)
            except TransientError:
                return  # Salesforce is away: the others wait for the next round, too
            except AccordError as error:
                log.info("idle_login_not_renewed", connection_id=connection.id, member_id=member_id, code=error.code)

    def _renew(self, connection: Connection, member_id: MemberId) -> None:
        """A login that is over says so to its owner, as at any other renewal."""
        own = self.safe.find_personal_login(connection, member_id)
        if own is not None and own.refresh_token is not None:
            self.renewal.renew(connection, member_id, instead_of=own.access_token)
