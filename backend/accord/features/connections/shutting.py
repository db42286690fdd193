"""A connection is shut, and its logins are ended one by one: each is gone here as soon as it is known how it ended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import structlog

from accord.core.clock import Clock
from accord.core.errors import AuthorizationLostError, TransientError
from accord.core.ids import ConnectionId, MemberId, WorkspaceId
from accord.features.connections import store
from accord.features.connections.ending import UNANSWERED, StoredToken
from accord.features.connections.logins import Logins
from accord.features.connections.model import Connection, ConnectionStatus, Purpose
from accord.features.connections.personal import store as personal_store
from accord.features.connections.safe import Safe
from accord.features.connections.trust import store as trust_store
from accord.features.connections.trust.model import TrustEvent, TrustKind
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.oauth import revoke_token
from accord.salesforce.transport import HttpOptions

log = structlog.get_logger()


class Whose(StrEnum):
    INTEGRATION_OWNER = "integration_owner"
    MEMBER = "member"  # a member's own login
    PANEL = "panel"  # the sign-in of an open panel


OnEnded = Callable[[WorkspaceSession, Whose, bool], None]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A login that is kept. `token` None: it does not open any more. `drop` forgets it here."""

    whose: Whose
    token: StoredToken | None
    drop: Callable[[WorkspaceSession], None]


@dataclass(frozen=True, slots=True)
class Shutting:
    """Disconnecting in steps that can be taken again after a crash."""

    database: Database
    safe: Safe
    logins: Logins
    http: HttpOptions
    clock: Clock

    def shut(self, session: WorkspaceSession, connection_id: ConnectionId, *, by: MemberId | None) -> None:
        """From this commit on no token of the connection is good and nothing is done for it. Its logins are still kept:
        `end_logins` needs them. `by` None: the operator.
        """
        connection = store.find_connection(session, connection_id)
        assert connection is not None, "it is asked for by whoever knows it"
        event = TrustEvent(TrustKind.ORG_DISCONNECTED, self.clock(), connection.org_id, None, by)
        store.set_status(session, connection.id, ConnectionStatus.DISCONNECTED)
        trust_store.add_event(session, connection.id, event)
        trust_store.drop_links_of(session, connection.id)

    def count_logins(self, session: WorkspaceSession, connection_id: ConnectionId) -> int:
        """How many members have given a login of their own."""
        return len(store.load_credentials(session, connection_id, Purpose.PERSONAL_LOGIN))

    def end_logins(self, workspace_id: WorkspaceId, connection_id: ConnectionId, on_ended: OnEnded) -> None:
        """Ends every login at Salesforce, one call each, and forgets it and all secrets here. `on_ended` is called in
        the transaction that forgets one, with whether Salesforce has confirmed the end. After UNANSWERED calls in a row
        without an answer the rest is not asked: each could take the whole time-out.
        """
        with self.database.reading(workspace_id) as session:
            connection = store.find_connection(session, connection_id)
        assert connection is not None, "it was shut"
        unanswered = 0
        for kept in list(self._kept(connection)):
            ended = kept.token is not None and unanswered < UNANSWERED and self._revoke(kept.token)
            unanswered = 0 if ended or kept.token is None else unanswered + 1
            with self.database.workspace(connection.workspace_id) as session:
                kept.drop(session)
                on_ended(session, kept.whose, ended)
        with self.database.workspace(connection.workspace_id) as session:
            store.drop_canvas_sessions(session, connection.id)
            store.drop_credentials(session, connection.id)
            personal_store.forget_connection(session, connection.id)
        self.logins.forget(connection.id)

    def _kept(self, connection: Connection) -> Iterator[_Kept]:
        with self.database.reading(connection.workspace_id) as session:
            own = store.load_credentials(session, connection.id, Purpose.PERSONAL_LOGIN)
            panels = store.load_canvas_sessions(session, connection.id, now=self.clock())
        for row in own:
            yield _Kept(Whose.MEMBER, self._token(connection, row), _drops_login(connection, row.owner))
        for panel in panels:
            yield _Kept(Whose.PANEL, self._panel_token(connection, panel), _drops_panel(panel))
        for token in self.logins.kept(connection):
            yield _Kept(Whose.INTEGRATION_OWNER, token, lambda _session: self.logins.forget(connection.id))

    def _token(self, connection: Connection, row: store.SealedRow) -> StoredToken | None:
        try:
            login = self.safe.open_personal_login(connection, row)
        except AuthorizationLostError:
            return None
        return StoredToken(login.instance_url, login.refresh_token or login.access_token)

    def _panel_token(self, connection: Connection, row: store.CanvasSessionRow) -> StoredToken | None:
        try:
            return StoredToken(row.instance_url, self.safe.open_canvas_token(connection, row))
        except AuthorizationLostError:
            return None

    def _revoke(self, kept: StoredToken) -> bool:
        try:
            revoke_token(kept.instance_url, kept.token, http=self.http)
        except TransientError:
            log.warning("token_not_revoked")
            return False
        return True  # also where Salesforce does not know it any more


def _drops_login(connection: Connection, owner: str) -> Callable[[WorkspaceSession], None]:
    return lambda session: store.drop_credential(session, connection.id, Purpose.PERSONAL_LOGIN, owner=owner)


def _drops_panel(panel: store.CanvasSessionRow) -> Callable[[WorkspaceSession], None]:
    return lambda session: store.drop_canvas_session(session, panel.id)
