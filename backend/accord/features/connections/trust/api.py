"""The pages on which an administrator connects an org. Whatever goes wrong is said on a page, not in JSON.

Public: a one-time code begins, the state of the sign-in and a cookie of this very browser go on.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from flask import Blueprint, Response, g, request
from werkzeug.exceptions import HTTPException

from accord.core.errors import (
    AccordError,
    ConflictError,
    NotAllowedError,
    RejectedError,
    SignInAgainError,
    TooManyRequestsError,
    TransientError,
    UnavailableError,
)
from accord.features.connections.client_secrets import WrongTries
from accord.features.connections.connecting import connect_proved_org
from accord.features.connections.model import RefusedTokenError
from accord.features.connections.service import Connections
from accord.features.connections.trust import pages
from accord.features.connections.trust.links import OVER
from accord.features.connections.trust.model import Step, TrustSession
from accord.features.connections.trust.rules import CONNECT_PATH, SESSION_LIFE, same
from accord.infra.http import public, takes_forms

log = structlog.get_logger()
LONGEST = 4096


@dataclass(frozen=True, slots=True)
class ConnectDoor:
    """`tries` counts wrong codes by address."""

    connections: Connections
    tries: WrongTries

    @property
    def cookie(self) -> str:
        """Its name: with the prefix no other host and no plain page can set it."""
        return "__Host-accord-connect" if self.is_https else "accord-connect"

    @property
    def is_https(self) -> bool:
        return self.connections.settings.public_url.startswith("https://")

    def back(self, state: str, code: str | None) -> Response:
        """Salesforce sent the browser back with a state of ours."""
        try:
            at = self.connections.admins.prove(state=state, code=code, browser=self._browser())
        except AccordError as error:
            return self.refused(error)
        return self.page(lambda nonce: pages.step_page(at, nonce=nonce))

    def open(self) -> Response:
        code, address, now = request.form.get("code", ""), request.remote_addr or "", self.connections.admins.clock()
        try:
            opened = self.connections.admins.open(code[:LONGEST])
        except RefusedTokenError:
            # whoever has the right code is not locked out by a guesser at the same address
            self.tries.check(CONNECT_PATH, address, now)
            self.tries.count(CONNECT_PATH, address, now)
            raise
        host = urlsplit(opened.authorize_url).netloc
        answer = self.page(lambda nonce: pages.leave_page(opened.authorize_url, host=host, nonce=nonce))
        answer.set_cookie(
            self.cookie,
            opened.browser.reveal(),
            max_age=int(SESSION_LIFE.total_seconds()) * 2,
            secure=self.is_https,
            httponly=True,
            samesite="Lax",
            path="/",
        )
        return answer

    def decide(self) -> Response:
        at, decision = self._session(), request.form.get("decision", "")
        match at.step, decision:
            case _, "leave":
                return self._leave(at)
            case Step.CONNECT, "connect":
                _, client = connect_proved_org(self.connections, at)
                now = self.connections.admins.session(self._browser())
                return self.page(lambda nonce: pages.connected_page(now, client, nonce=nonce))
            case Step.CONFIRM, "go_on":
                connection = self.connections.decisions.take_over(at)
                self.connections.logins.forget(connection.id)
                now = self.connections.admins.session(self._browser())
                return self.page(lambda nonce: pages.step_page(now, nonce=nonce))
            case Step.CONFIRM, "disconnect":
                return self._disconnect(at)
        raise RejectedError("Choose one of the buttons on the page.")

    def certificate(self) -> Response:
        """First its fingerprint is shown; what comes back with that fingerprint is registered."""
        at = self._session()
        if at.step is not Step.CERTIFICATE or at.connection is None:
            raise RejectedError("Decide about the org first.")
        confirmed = request.form.get("fingerprint", "")
        if not confirmed:
            upload = request.files.get("certificate")
            shown = self.connections.decisions.show_certificate(upload.read() if upload else b"")
            return self.page(lambda nonce: pages.certificate_page(at, shown, nonce=nonce))
        shown = self.connections.decisions.show_certificate(request.form.get("pem", "").encode())
        if not same(shown.fingerprint, confirmed):
            raise RejectedError(
                "This is another certificate than the one whose fingerprint was shown. Upload it again."
            )
        self.connections.decisions.register_certificate(
            at.connection, shown.pem, key_id=request.form.get("key_id", "").strip(), by=at.proof.user_id
        )
        return self._leave(at, f"The certificate of {at.proof.org_name} is registered.")

    def _leave(self, at: TrustSession, text: str = "Nothing more was changed.") -> Response:
        self.connections.decisions.end_session(at)
        return self._done("This sign-in is finished", text)

    def _disconnect(self, at: TrustSession) -> Response:
        assert at.connection is not None
        receipt = self.connections.disconnect(at.connection, by_user=at.proof.user_id)
        text = f"The org is disconnected. Logins ended at Salesforce: {receipt.ended}."
        if receipt.not_confirmed:
            text += f" Not confirmed, to be ended there by hand: {receipt.not_confirmed}."
        return self._done("The org is disconnected", f"{text} {pages.WHAT_STAYS}")

    def _done(self, heading: str, text: str) -> Response:
        answer = self.page(lambda nonce: pages.done_page(heading, text, nonce=nonce))
        answer.delete_cookie(self.cookie, path="/", secure=self.is_https, httponly=True, samesite="Lax")
        return answer

    def _browser(self) -> str:
        return request.cookies.get(self.cookie, "")[:LONGEST]

    def _session(self) -> TrustSession:
        """The session of this browser, for a form that our own page has sent. Raises RefusedTokenError."""
        at = self.connections.admins.session(self._browser())
        if not same(request.form.get("form_token", ""), at.form_token):
            raise RefusedTokenError("connect_form", OVER)
        return at

    def page(self, make: Callable[[str], str], status: int = 200) -> Response:
        nonce = secrets.token_urlsafe(18)
        answer = Response(make(nonce), status, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = pages.policy(nonce)
        return answer

    def refused(self, error: AccordError) -> Response:
        """The page of a failure: the step that the person is at, when his session is good, else the first one."""
        log.info("connect_refused", reason=error.check if isinstance(error, RefusedTokenError) else error.code)
        status = _status(error)
        try:
            at = self.connections.admins.session(self._browser())
        except AccordError:
            return self._first_page(status, error.message)
        alert = pages.alert_box(error.message, g.get("reference", ""))
        return self.page(lambda nonce: pages.step_page(at, nonce=nonce, alert=alert), status)

    def _first_page(self, status: int, error: str) -> Response:
        alert = pages.alert_box(error, g.get("reference", ""))
        return self.page(lambda nonce: pages.code_page(nonce=nonce, alert=alert), status)

    def begin(self) -> Response:
        return self.page(lambda nonce: pages.code_page(nonce=nonce))

    def unreadable(self, status: int) -> Response:
        return self._first_page(status, "The request could not be read. Start again with the link.")


def _status(error: AccordError) -> int:
    match error:
        case TooManyRequestsError():
            return 429
        case SignInAgainError():
            return 400
        case NotAllowedError():
            return 403
        case ConflictError():
            return 409
        case RejectedError():
            return 422
        case TransientError() | UnavailableError():
            return 503
    return 502


def connect_blueprint(door: ConnectDoor) -> Blueprint:
    blueprint = Blueprint("connect_org", __name__)

    @blueprint.get(CONNECT_PATH)
    @public
    def begin() -> Response:
        """Asks for the one-time code. It tells nothing and grants nothing."""
        return door.begin()

    @blueprint.post(CONNECT_PATH)
    @public
    @takes_forms
    def open_link() -> Response:
        """Begins the sign-in of an administrator."""
        return door.open()

    @blueprint.post(f"{CONNECT_PATH}/decision")
    @public
    @takes_forms
    def decide() -> Response:
        """What the administrator decides about the org that his sign-in has proved."""
        return door.decide()

    @blueprint.post(f"{CONNECT_PATH}/certificate")
    @public
    @takes_forms
    def certificate() -> Response:
        """Shows a certificate's fingerprint, then registers it."""
        return door.certificate()

    @blueprint.errorhandler(AccordError)
    def on_accord_error(error: AccordError) -> Response:
        return door.refused(error)

    @blueprint.errorhandler(HTTPException)
    def on_http_error(error: HTTPException) -> Response:
        return door.unreadable(error.code or 500)

    @blueprint.errorhandler(Exception)
    def on_bug(error: Exception) -> Response:
        log.error("request_crashed", exc_info=error)
        return door.unreadable(500)

    return blueprint
