"""Whose login a call to Salesforce is made with. A rep never acts through anybody else's."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from accord.core.clock import Clock
from accord.core.errors import AuthorizationLostError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, MemberId, WorkspaceId
from accord.features.connections import store
from accord.features.connections.ending import StoredToken
from accord.features.connections.model import Connection, ConnectionStatus, PersonalLogin
from accord.features.connections.personal.renewal import Renewal
from accord.features.connections.safe import Safe
from accord.infra.db import Database
from accord.salesforce.model import Login, LoginKind

SignOn = Callable[[Connection], Login]


@dataclass(slots=True)
class _Kept:
    """The integration login of one connection in this process, and the lock under which it is renewed."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    login: Login | None = None


class Logins:
    """Finds live logins. `sign_on` makes the integration login of a connection: one call."""

    def __init__(self, database: Database, safe: Safe, *, sign_on: SignOn, renewal: Renewal, clock: Clock) -> None:
        self._database = database
        self._safe = safe
        self._sign_on = sign_on
        self._renewal = renewal
        self._clock = clock
        self._kept: dict[ConnectionId, _Kept] = {}
        self._lock = threading.Lock()

    def login_for(self, caller: Identity) -> Login | None:
        """A person's own login: his personal one, else the token of this very Canvas session, else none at all.

        Flow and applications have none. Raises AuthorizationLostError for a login that cannot be read any more.
        """
        if caller.member_id is None:
            return None
        connection = self._live(caller.workspace_id, caller.connection_id)
        return self._personal(connection, caller.member_id) or self._canvas(connection, caller)

    def login_of_member(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, member_id: MemberId
    ) -> Login | None:
        """The personal login of a member, for what is written in his name while he is away."""
        return self._personal(self._live(workspace_id, connection_id), member_id)

    def renew_personal(self, workspace_id: WorkspaceId, member_id: MemberId, *, instead_of: Login) -> Login:
        """A member's login after Salesforce has refused `instead_of`: renewed now, or by somebody else before.

        Raises AuthorizationLostError when the member must connect again, TransientError when it cannot be asked now.
        """
        connection = self._live(workspace_id, instead_of.connection_id)
        own = self._renewal.renew(connection, member_id, instead_of=instead_of.access_token)
        return _login(connection, own)

    def integration_login(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, *, instead_of: Login | None = None
    ) -> Login:
        """The login of the integration owner, made once and kept in this process.

        `instead_of` is one that Salesforce no longer takes: whoever comes first makes the new one, the others get it.
        Raises AuthorizationLostError when a person must act, TransientError when Salesforce cannot be asked.
        """
        connection = self._live(workspace_id, connection_id)
        kept = self._place(connection_id)
        with kept.lock:
            is_dead = instead_of is not None and kept.login is not None and _same(kept.login, instead_of)
            # another process may have heard that the connection goes on with another org
            if kept.login is None or is_dead or kept.login.org_id != connection.org_id:
                kept.login = None
                kept.login = self._sign_on(connection)
            return kept.login

    def kept(self, connection: Connection) -> list[StoredToken]:
        """The integration login that this process holds, to end it."""
        login = self._place(connection.id).login
        return [] if login is None else [StoredToken(login.instance_url, login.access_token)]

    def forget(self, connection_id: ConnectionId) -> None:
        """Drops the kept login, after the key or the owner has changed."""
        with self._lock:
            self._kept.pop(connection_id, None)

    def _place(self, connection_id: ConnectionId) -> _Kept:
        with self._lock:
            return self._kept.setdefault(connection_id, _Kept())

    def _live(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> Connection:
        with self._database.reading(workspace_id) as session:
            connection = store.find_connection(session, connection_id)
        if connection is None or connection.status is not ConnectionStatus.LIVE:
            raise AuthorizationLostError(
                "This Salesforce org is on hold or disconnected. An Accord admin must connect it again.",
                code="CONNECTION_FROZEN",
            )
        return connection

    def _personal(self, connection: Connection, member_id: MemberId) -> Login | None:
        own = self._safe.find_personal_login(connection, member_id)
        if own is None:
            return None
        return _login(connection, own)

    def _canvas(self, connection: Connection, caller: Identity) -> Login | None:
        if caller.session_id is None or caller.salesforce_user_id is None:
            return None
        with self._database.reading(caller.workspace_id) as session:
            row = store.find_canvas_session(session, caller.session_id, now=self._clock())
        if row is None or (row.member_id, row.connection_id) != (caller.member_id, connection.id):
            return None
        return Login(
            connection_id=connection.id,
            org_id=connection.org_id,
            user_id=caller.salesforce_user_id,
            instance_url=row.instance_url,
            access_token=self._safe.open_canvas_token(connection, row),
            kind=LoginKind.CANVAS,
        )


def _login(connection: Connection, own: PersonalLogin) -> Login:
    return Login(
        connection_id=connection.id,
        org_id=connection.org_id,
        user_id=own.user_id,
        instance_url=own.instance_url,
        access_token=own.access_token,
        kind=LoginKind.PERSONAL,
    )


def _same(one: Login, other: Login) -> bool:
    return one.access_token.reveal() == other.access_token.reveal()
