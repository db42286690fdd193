"""A member connects, sees and drops a Salesforce login of his own."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass

import structlog

from accord.core.clock import Clock
from accord.core.errors import AuthorizationLostError, NotAllowedError, TransientError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, MemberId, WorkspaceId, new_id
from accord.delivery.service import Delivery
from accord.features.connections import store as credentials
from accord.features.connections.ending import StoredToken
from accord.features.connections.model import Connection, ConnectionStatus, PersonalLogin, Purpose, RefusedTokenError
from accord.features.connections.personal import rules, store
from accord.features.connections.personal.model import Attempt, Standing, Started
from accord.features.connections.safe import Safe
from accord.infra.db import Database, SealBrokenError, SealContext, WorkspaceSession
from accord.salesforce import web_login
from accord.salesforce.model import AccessToken
from accord.salesforce.oauth import revoke_token
from accord.salesforce.transport import HttpOptions
from accord.workspace.members.model import Member, MemberStatus
from accord.workspace.members.store import find_member

log = structlog.get_logger()
OVER = "This sign-in is over or was finished already. Start it again in Accord."


@dataclass(frozen=True, slots=True)
class PersonalLogins:
    """`app_of` gives what the org knows us by; it raises AuthorizationLostError where that is not set up."""

    database: Database
    safe: Safe
    delivery: Delivery
    http: HttpOptions
    clock: Clock
    app_of: Callable[[Connection], web_login.WebApp]

    def start(self, caller: Identity) -> Started:
        """Begins a sign-in of this member at his connection's org. Good for ten minutes and once.

        Raises NotAllowedError for a caller who is no member, AuthorizationLostError, TransientError.
        """
        member_id = _member_id(caller)
        connection = self._live(caller)
        app = self.app_of(connection)
        address = web_login.fetch_authorize_address(app.login_url, http=self.http)
        state, proof, now = secrets.token_urlsafe(16), web_login.ProofKey(), self.clock()
        attempt_id, expires_at = new_id(now), now + rules.ATTEMPT_LIFE
        context = _context(connection, member_id, attempt_id)
        sealed = self.database.vault.seal(connection.workspace_id, proof.verifier, context)
        with self.database.workspace(connection.workspace_id) as session:
            attempt = Attempt(attempt_id, member_id, sealed)
            digest = rules.state_digest(state)
            store.add_attempt(session, connection.id, attempt, digest=digest, expires_at=expires_at)
        url = web_login.authorize_url(address, app, state=state, challenge=proof.challenge)
        return Started(authorize_url=url, expires_at=expires_at)

    def finish(self, *, state: str, code: str | None) -> Member:
        """Ends the sign-in that this state began; the member now has a login of his own.

        `code` is None when Salesforce sent an error instead. Raises RefusedTokenError for a state that is not open or a
        login that is another user's, NotAllowedError, AuthorizationLostError, TransientError.
        """
        connection, attempt = self._take(state)
        if code is None:
            raise NotAllowedError("Salesforce says that access was not allowed. Nothing was stored.")
        member = self._admitted(connection, attempt.member_id)
        app = self.app_of(connection)
        tokens = web_login.exchange_code(app, code, self._verifier(connection, attempt), http=self.http)
        if (tokens.org_id, tokens.user_id) != (connection.org_id, member.salesforce_user_id):
            self._revoke(tokens.instance_url, tokens.refresh_token, tokens.access_token)
            raise RefusedTokenError(
                "login_owner",
                "You signed in to Salesforce as somebody else. Sign out there, then start again in Accord.",
            )
        login = PersonalLogin(
            user_id=tokens.user_id,
            instance_url=tokens.instance_url,
            access_token=tokens.access_token,
            refresh_token=tokens.refresh_token,
        )
        self.put(connection, member.id, login)
        log.info("login_connected", connection_id=connection.id, member_id=member.id)
        return member

    def put(self, connection: Connection, member_id: MemberId, login: PersonalLogin) -> None:
        """Keeps a member's own login, in the place of an older one; what waited for it goes on."""
        sealed, now = self.safe.seal_personal_login(connection, member_id, login), self.clock()
        with self.database.workspace(connection.workspace_id) as session:
            store.note_connected(session, connection.id, member_id, now=now)
            credentials.put_credential(session, connection.id, Purpose.PERSONAL_LOGIN, sealed, now=now)
            self.delivery.resume_login(session, connection.id, member_id, now=now)

    def standing(self, caller: Identity) -> Standing:
        """How the caller's own login stands. Costs no Salesforce call."""
        member_id = _member_id(caller)
        with self.database.reading(caller.workspace_id) as session:
            row = store.find_login(session, caller.connection_id, member_id)
            sealed = credentials.find_credential(session, caller.connection_id, Purpose.PERSONAL_LOGIN, owner=member_id)
            offer = store.find_offer(session, caller.connection_id, member_id)
        offered = rules.decide_offer(offer, connected=sealed is not None, now=self.clock())
        if row is None:
            return Standing(connected=sealed is not None, offered=offered)
        if sealed is None:
            return Standing(connected=False, lost=row.lost, offered=offered)
        return Standing(True, connected_at=row.connected_at, renewed_at=row.renewed_at, lost=row.lost)

    def dismiss(self, caller: Identity) -> Standing:
        """The caller is not asked for a login of his own for rules.SILENCE. Gives how he stands now."""
        with self.database.workspace(caller.workspace_id) as session:
            store.note_dismissed(session, caller.connection_id, _member_id(caller), now=self.clock())
        return self.standing(caller)

    def note_activity(
        self, session: WorkspaceSession, connection_id: ConnectionId, members: Collection[MemberId]
    ) -> None:
        """Activity of these members goes out with the integration owner's login: a reason to offer them their own."""
        store.note_activity(session, connection_id, members, now=self.clock())

    def drop(self, caller: Identity) -> bool:
        """Forgets the caller's own login, then ends it at Salesforce. False when Salesforce did not confirm the end.

        Nothing of it is left here in any case. Who gives his login back is not asked for it for a while.
        """
        member_id = _member_id(caller)
        connection = self._connection(caller.workspace_id, caller)
        with self.database.workspace(connection.workspace_id) as session:
            store.lock_login(session, connection.id, member_id)
            sealed = credentials.find_credential(session, connection.id, Purpose.PERSONAL_LOGIN, owner=member_id)
            credentials.drop_credential(session, connection.id, Purpose.PERSONAL_LOGIN, owner=member_id)
            store.forget_login(session, connection.id, member_id)
            store.note_dismissed(session, connection.id, member_id, now=self.clock())
        if sealed is None:
            return True
        try:
            login = self.safe.open_personal_login(connection, sealed)
        except AuthorizationLostError:
            return False
        log.info("login_dropped", connection_id=connection.id, member_id=member_id)
        return self._revoke(login.instance_url, login.refresh_token, login.access_token)

    def stored(self, connection: Connection) -> list[StoredToken]:
        """What ends each member's login at Salesforce. One that does not open is left out: it opens for nobody."""
        with self.database.reading(connection.workspace_id) as session:
            rows = credentials.load_credentials(session, connection.id, Purpose.PERSONAL_LOGIN)
        found = []
        for row in rows:
            try:
                login = self.safe.open_personal_login(connection, row)
            except AuthorizationLostError:
                continue
            found.append(StoredToken(login.instance_url, login.refresh_token or login.access_token))
        return found

    def _take(self, state: str) -> tuple[Connection, Attempt]:
        digest = rules.state_digest(state)
        with self.database.system_reading() as system:
            place = store.find_attempt_place(system, digest, now=self.clock())
        if place is None:
            raise RefusedTokenError("login_state", OVER)
        with self.database.workspace(place.workspace_id) as session:
            attempt = store.take_attempt(session, digest)
            connection = credentials.find_connection(session, place.connection_id)
        if attempt is None or connection is None:
            raise RefusedTokenError("login_state", OVER)
        return _living(connection), attempt

    def _admitted(self, connection: Connection, member_id: MemberId) -> Member:
        with self.database.reading(connection.workspace_id) as session:
            member = find_member(session, member_id)
        if member is None or member.status is not MemberStatus.ACTIVE:
            raise NotAllowedError("An Accord admin has blocked your access. Ask him to open it again.")
        return member

    def _verifier(self, connection: Connection, attempt: Attempt) -> str:
        try:
            context = _context(connection, attempt.member_id, attempt.id)
            return self.database.vault.open(connection.workspace_id, attempt.sealed, context)
        except SealBrokenError:
            raise RefusedTokenError("login_verifier", OVER) from None

    def _live(self, caller: Identity) -> Connection:
        return _living(self._connection(caller.workspace_id, caller))

    def _connection(self, workspace_id: WorkspaceId, caller: Identity) -> Connection:
        with self.database.reading(workspace_id) as session:
            connection = credentials.find_connection(session, caller.connection_id)
        assert connection is not None, "the caller was signed in by it"
        return connection

    def _revoke(self, instance_url: str, *tokens: AccessToken | None) -> bool:
        """Ends the first token that there is: a refresh token takes its access tokens along."""
        token = next(token for token in tokens if token is not None)
        try:
            return revoke_token(instance_url, token, http=self.http)
        except TransientError:
            log.warning("token_not_revoked")
            return False


def _member_id(caller: Identity) -> MemberId:
    if caller.member_id is None:
        raise NotAllowedError("Only a person can have a Salesforce login of his own.")
    return caller.member_id


def _living(connection: Connection) -> Connection:
    if connection.status is not ConnectionStatus.LIVE:
        raise NotAllowedError(
            "This Salesforce org is on hold in Accord. An Accord admin must confirm it first.", code="CONNECTION_FROZEN"
        )
    return connection


def _context(connection: Connection, member_id: MemberId, attempt_id: str) -> SealContext:
    return SealContext(
        table="login_attempt", connection_id=connection.id, user_id=member_id, purpose=f"verifier:{attempt_id}"
    )
