"""An administrator's sign-in by the web-server flow with PKCE: begun with a link, proved by what Salesforce says.

Whose org it is, Salesforce says, asked with the token that the sign-in gave; that token is ended as soon as it has been
asked, and kept nowhere.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

import orjson
import structlog

from accord.core.clock import Clock
from accord.core.errors import AccordError, NotAllowedError, TransientError
from accord.core.ids import OrgId, UserId
from accord.features.connections import store as connections
from accord.features.connections.checks import run_checks
from accord.features.connections.model import Connection, ConnectionStatus, RefusedTokenError
from accord.features.connections.trust import evidence, rules, store
from accord.features.connections.trust.links import OVER, Links
from accord.features.connections.trust.model import Begun, Link, Opened, Proof, TrustEvent, TrustKind, TrustSession
from accord.infra.db import Database
from accord.salesforce import web_login
from accord.salesforce.model import AccessToken, Gateway, Login
from accord.salesforce.oauth import fetch_user_info, revoke_token
from accord.salesforce.transport import HttpOptions

log = structlog.get_logger()
NO_LINK = "This code is wrong, was used, or has expired. Ask whoever runs Accord for a new one."


@dataclass(frozen=True, slots=True)
class AdminSignIn:
    """`app_of` is what a connected org knows us by; `find_org` gives an org's connection that is not ended."""

    database: Database
    links: Links
    http: HttpOptions
    clock: Clock
    redirect_uri: str
    app_of: Callable[[Connection], web_login.WebApp]
    find_org: Callable[[OrgId], Connection | None]
    open_gateway: Callable[[Login], Gateway]

    def open(self, code: str) -> Opened:
        """Begins the sign-in of whoever has the code; one that was begun before with it is void.

        Raises RefusedTokenError, AuthorizationLostError or TransientError.
        """
        digest = rules.digest("code", code.strip())
        with self.database.system_reading() as system:
            place = store.find_by_code(system, digest, now=self.clock())
        link = self._load(place)
        if link is None:
            raise RefusedTokenError("connect_code", NO_LINK)
        app = self._app(link)
        address = web_login.fetch_authorize_address(app.login_url, http=self.http)
        state, browser = rules.STATE_PREFIX + secrets.token_urlsafe(24), secrets.token_urlsafe(32)
        key = web_login.ProofKey()
        begun = Begun(
            state_digest=rules.digest("state", state),
            browser_digest=rules.digest("browser", browser),
            sealed_verifier=self.links.seal(link.workspace_id, link.id, "verifier", key.verifier),
        )
        with self.database.workspace(link.workspace_id) as session:
            is_begun = store.begin_sign_in(session, link.id, begun, code=digest)
        if not is_begun:
            raise RefusedTokenError("connect_code", NO_LINK)
        url = web_login.authorize_url(address, app, state=state, challenge=key.challenge, scopes=web_login.ONCE)
        return Opened(url, AccessToken(browser))

    def prove(self, *, state: str, code: str | None, browser: str) -> TrustSession:
        """Ends the sign-in that this state began in this browser. `code` is None when Salesforce sent an error.

        Raises RefusedTokenError that names the check, NotAllowedError, and what Salesforce's answers raise. Whatever
        it raises, nothing is trusted, and the refusal is written down.
        """
        link = self._take(state, browser)
        try:
            if code is None:
                raise NotAllowedError("Salesforce says that access was not allowed. Nothing was connected.")
            proof = self._prove(link, code)
        except AccordError as error:
            self._note(
                link, TrustKind.SIGN_IN_REFUSED, error.check if isinstance(error, RefusedTokenError) else error.code
            )
            raise
        sealed = self.links.seal(link.workspace_id, link.id, "proof", orjson.dumps(proof).decode())
        now = self.clock()
        with self.database.workspace(link.workspace_id) as session:
            mine = rules.digest("browser", browser)
            kept = store.keep_proof(session, link.id, browser=mine, sealed=sealed, expires_at=now + rules.SESSION_LIFE)
            if kept:
                event = TrustEvent(TrustKind.ADMIN_PROVED, now, detail=proof.org_id, by_user=proof.user_id)
                store.add_event(session, link.connection_id, event)
        if not kept:
            raise RefusedTokenError("connect_code", NO_LINK)
        return self.session(browser)

    def session(self, browser: str) -> TrustSession:
        """The proved sign-in of this browser. Raises RefusedTokenError when there is none (any more)."""
        with self.database.system_reading() as system:
            place = store.find_by_browser(system, rules.digest("browser", browser), now=self.clock())
        link = self._load(place)
        if link is None or link.sealed_proof is None:
            raise RefusedTokenError("connect_session", OVER)
        proof = _proof(self.links.open(link, "proof", link.sealed_proof))
        connection = self._connection(link)
        if connection is not None and not rules.is_expected(connection, proof.org_id):
            raise RefusedTokenError("expected_org", OVER)
        return TrustSession(link, proof, connection, rules.next_step(connection), rules.form_token(browser))

    def _prove(self, link: Link, code: str) -> Proof:
        app = self._app(link)
        assert link.sealed_verifier is not None, "it was kept with the state"
        verifier = self.links.open(link, "verifier", link.sealed_verifier)
        tokens = web_login.exchange_code(app, code, verifier, http=self.http)
        try:
            owner = fetch_user_info(tokens.instance_url, tokens.access_token, http=self.http)
            facts = evidence.fetch_facts(self.open_gateway(evidence.login_of(tokens)))
        finally:
            self._revoke(tokens)
        expected, other = self._connection(link), self.find_org(tokens.org_id)
        found = evidence.evidence(
            tokens,
            owner,
            facts,
            login_url=app.login_url,
            expected=expected,
            taken=other is not None and (expected is None or other.id != expected.id),
        )
        run_checks(rules.CHECKS, found)
        return evidence.proof(found, facts)

    def _take(self, state: str, browser: str) -> Link:
        digest = rules.digest("state", state)
        with self.database.system_reading() as system:
            place = store.find_by_state(system, digest, now=self.clock())
        if place is None:
            raise RefusedTokenError("connect_state", OVER)
        with self.database.workspace(place.workspace_id) as session:
            link = store.take_state(session, place.link_id, state=digest, browser=rules.digest("browser", browser))
        if link is None:
            self._note_foreign_browser(place)
            raise RefusedTokenError("connect_browser", OVER)
        return link

    def _note_foreign_browser(self, place: store.LinkPlace) -> None:
        with self.database.workspace(place.workspace_id) as session:
            link = store.find_link(session, place.link_id)
            event = TrustEvent(TrustKind.SIGN_IN_REFUSED, self.clock(), detail="connect_browser")
            store.add_event(session, link.connection_id if link else None, event)

    def _load(self, place: store.LinkPlace | None) -> Link | None:
        if place is None:
            return None
        with self.database.reading(place.workspace_id) as session:
            return store.find_link(session, place.link_id)

    def _connection(self, link: Link) -> Connection | None:
        """The connection that the link is for. Raises RefusedTokenError when it was ended meanwhile."""
        if link.connection_id is None:
            return None
        with self.database.reading(link.workspace_id) as session:
            found = connections.find_connection(session, link.connection_id)
        if found is None or found.status is ConnectionStatus.DISCONNECTED:
            raise RefusedTokenError("connect_session", OVER)
        return found

    def _app(self, link: Link) -> web_login.WebApp:
        connection = self._connection(link)
        if connection is not None:
            return self.app_of(connection)
        told = self.links.proposal(link)
        return web_login.WebApp(told.consumer_key, told.consumer_secret, told.login_url, self.redirect_uri)

    def _note(self, link: Link, kind: TrustKind, detail: str) -> None:
        with self.database.workspace(link.workspace_id) as session:
            store.add_event(session, link.connection_id, TrustEvent(kind, self.clock(), detail=detail))

    def _revoke(self, tokens: web_login.UserTokens) -> None:
        try:
            revoke_token(tokens.instance_url, tokens.refresh_token or tokens.access_token, http=self.http)
        except TransientError:
            log.warning("token_not_revoked")


def _proof(text: str) -> Proof:
    content = orjson.loads(text)
    org_id, user_id = OrgId(content.pop("org_id")), UserId(content.pop("user_id"))
    return Proof(org_id=org_id, user_id=user_id, **content)
