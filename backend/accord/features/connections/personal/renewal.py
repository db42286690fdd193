"""The one refresher of a member's login, across threads and processes.

Salesforce rotates refresh tokens: two renewals with one token end the login. So a renewal is a turn, taken in the
database before Salesforce is asked and given back in the transaction that stores the new tokens, which nobody uses
before that. A turn that nobody gave back (a crash) means that the token may be used up: it is never sent again.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import assert_never

import structlog

from accord.core.clock import Clock
from accord.core.errors import AuthorizationLostError, TransientError
from accord.core.ids import ConnectionId, MemberId, new_id
from accord.features.connections import store as credentials
from accord.features.connections.model import Connection, PersonalLogin, Purpose
from accord.features.connections.personal import rules, store
from accord.features.connections.personal.model import (
    Busy,
    Fresh,
    Gone,
    Lost,
    Mine,
    RenewalBusyError,
    RenewalPoint,
    Turn,
)
from accord.features.connections.safe import Safe
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce import web_login
from accord.salesforce.model import AccessToken
from accord.salesforce.oauth import revoke_token
from accord.salesforce.transport import HttpOptions

log = structlog.get_logger()
POLL_SECONDS = 0.02
POLLS = 500  # ten seconds: a renewal that takes longer is not waited for
_MARGIN = timedelta(seconds=15)


def _no_failpoint(_place: RenewalPoint) -> None:
    """Nobody wants to die here."""


@dataclass(slots=True)
class Renewal:
    """`app_of` gives what the org knows us by; `at` is called at each failpoint, `pause` between two looks."""

    database: Database
    safe: Safe
    http: HttpOptions
    clock: Clock
    app_of: Callable[[Connection], web_login.WebApp]
    at: Callable[[RenewalPoint], None] = _no_failpoint
    pause: Callable[[float], None] = time.sleep
    _locks: dict[tuple[ConnectionId, MemberId], threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def renew(self, connection: Connection, member_id: MemberId, *, instead_of: AccessToken) -> PersonalLogin:
        """A login whose access token is not `instead_of`, which Salesforce no longer takes. One call at most.

        Raises AuthorizationLostError when the member must connect again (his login is gone then, with its reason) or
        when Salesforce refuses for another reason; TransientError when it cannot be asked now.
        """
        with self._one_thread(connection.id, member_id):
            fresh = self._find_fresh(connection, member_id, instead_of)
            if fresh is not None:
                return fresh
            for _ in range(POLLS):
                turn = self._take_turn(connection, member_id, instead_of)
                match turn:
                    case Fresh():
                        return turn.login
                    case Mine():
                        return self._renew(connection, member_id, turn)
                    case Gone():
                        raise turn.error
                    case Busy():
                        self.pause(POLL_SECONDS)
                    case _:
                        assert_never(turn)
        raise RenewalBusyError

    @contextmanager
    def _one_thread(self, connection_id: ConnectionId, member_id: MemberId) -> Iterator[None]:
        """The threads of this process wait here, and not at the database."""
        with self._lock:
            mine = self._locks.setdefault((connection_id, member_id), threading.Lock())
        if not mine.acquire(timeout=POLL_SECONDS * POLLS):
            raise RenewalBusyError
        try:
            yield
        finally:
            mine.release()

    def _find_fresh(self, connection: Connection, member_id: MemberId, dead: AccessToken) -> PersonalLogin | None:
        """What somebody else has renewed, without asking for a turn."""
        with self.database.reading(connection.workspace_id) as session:
            row = store.find_login(session, connection.id, member_id)
        if row is None or row.holder is not None:
            return None
        login = self.safe.find_personal_login(connection, member_id)
        return login if login is not None and login.access_token.reveal() != dead.reveal() else None

    def _take_turn(self, connection: Connection, member_id: MemberId, dead: AccessToken) -> Turn:
        now = self.clock()
        with self.database.workspace(connection.workspace_id) as session:
            sealed = credentials.find_credential(session, connection.id, Purpose.PERSONAL_LOGIN, owner=member_id)
            if sealed is not None:
                store.ensure_row(session, connection.id, member_id, now=now)
            row = store.lock_login(session, connection.id, member_id)
            # read again under the lock: the renewal that we waited for has stored another one
            sealed = credentials.find_credential(session, connection.id, Purpose.PERSONAL_LOGIN, owner=member_id)
            if row is None or sealed is None:
                return Gone(rules.as_error(row.lost if row else None))
            if row.holder is not None:
                if row.leased_until is not None and now < row.leased_until:
                    return Busy()
                cut_off = rules.decide_lease_over(row, now=now)
                if cut_off is not None:
                    return self._remove(session, connection, member_id, cut_off)
            login = self.safe.open_personal_login(connection, sealed)
            if login.access_token.reveal() != dead.reveal():
                return Fresh(login)
            if rules.is_cooling(row.lost, now=now):
                return Gone(rules.as_error(row.lost))
            if login.refresh_token is None:
                ended = Lost("LOGIN_EXPIRED", "Your Salesforce login has ended. Connect it again.", now)
                return self._remove(session, connection, member_id, ended)
            holder = new_id(now)
            store.take_turn(session, connection.id, member_id, holder=holder, until=now + self._lease)
            return Mine(holder, login)

    @property
    def _lease(self) -> timedelta:
        """Longer than a call can take, so that a turn which is over belongs to nobody who still waits."""
        return timedelta(seconds=2 * self.http.timeout) + _MARGIN

    def _renew(self, connection: Connection, member_id: MemberId, turn: Mine) -> PersonalLogin:
        assert turn.login.refresh_token is not None
        self.at(RenewalPoint.BEFORE_SEND)
        answer = web_login.renew(self.app_of(connection), turn.login.refresh_token, http=self.http)
        self.at(RenewalPoint.AFTER_ANSWER)
        match answer:
            case web_login.Renewed(tokens):
                if (tokens.org_id, tokens.user_id) == (connection.org_id, turn.login.user_id):
                    return self._keep(connection, member_id, turn, tokens)
                self._revoke(tokens)
                other = AuthorizationLostError("The renewed login is another user's. Connect again.", code="OTHER_USER")
                raise self._lose(connection, member_id, turn, rules.lost_by(other, certain=True, now=self.clock()))
            case web_login.NotRenewed(error, still_good=True):
                # what is not the login's own fault (a wrong secret, a locked user) is believed for a minute
                refused = None if isinstance(error, TransientError) else Lost(error.code, error.message, self.clock())
                with self.database.workspace(connection.workspace_id) as session:
                    store.give_back_turn(session, connection.id, member_id, holder=turn.holder, refused=refused)
                log.info("login_not_renewed", connection_id=connection.id, member_id=member_id, code=error.code)
                raise error
            case web_login.NotRenewed(error, certain=certain):
                lost = rules.lost_by(error, certain=certain, now=self.clock())
                raise self._lose(connection, member_id, turn, lost)
        assert_never(answer)

    def _keep(
        self, connection: Connection, member_id: MemberId, turn: Mine, tokens: web_login.UserTokens
    ) -> PersonalLogin:
        fresh = PersonalLogin(
            user_id=tokens.user_id,
            instance_url=tokens.instance_url,
            access_token=tokens.access_token,
            refresh_token=tokens.refresh_token or turn.login.refresh_token,
        )
        sealed = self.safe.seal_personal_login(connection, member_id, fresh)
        rotates, now = tokens.refresh_token is not None, self.clock()
        with self.database.workspace(connection.workspace_id) as session:
            kept = store.note_renewed(session, connection.id, member_id, holder=turn.holder, rotates=rotates, now=now)
            if kept:
                credentials.put_credential(session, connection.id, Purpose.PERSONAL_LOGIN, sealed, now=now)
        if not kept:
            # dropped or connected anew while we asked
            self._revoke(tokens)
            raise RenewalBusyError
        self.at(RenewalPoint.AFTER_COMMIT)
        return fresh

    def _lose(self, connection: Connection, member_id: MemberId, turn: Mine, lost: Lost) -> AuthorizationLostError:
        with self.database.workspace(connection.workspace_id) as session:
            if store.give_back_turn(session, connection.id, member_id, holder=turn.holder, refused=lost):
                self._remove(session, connection, member_id, lost)
        return rules.as_error(lost)

    def _remove(self, session: WorkspaceSession, connection: Connection, member_id: MemberId, lost: Lost) -> Gone:
        credentials.drop_credential(session, connection.id, Purpose.PERSONAL_LOGIN, owner=member_id)
        store.note_lost(session, connection.id, member_id, lost)
        log.warning("login_lost", connection_id=connection.id, member_id=member_id, code=lost.code)
        return Gone(rules.as_error(lost))

    def _revoke(self, tokens: web_login.UserTokens) -> None:
        """Tokens that nobody may keep are ended, as far as Salesforce can be reached."""
        try:
            revoke_token(tokens.instance_url, tokens.refresh_token or tokens.access_token, http=self.http)
        except TransientError:
            log.warning("token_not_revoked")
