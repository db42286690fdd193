"""The doors: Canvas, the token endpoint, and who a bearer token stands for."""

import base64
import binascii
import secrets
from typing import Any
from urllib.parse import unquote_plus

import structlog
from flask import Blueprint, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException

from accord.core.errors import (
    AccordError,
    NotAllowedError,
    SignInAgainError,
    TooManyRequestsError,
    TransientError,
    UnavailableError,
)
from accord.features.connections.in_application import application_session
from accord.features.connections.model import RefusedTokenError
from accord.features.connections.page import PanelPage, panel_policy, plain_page, plain_policy
from accord.features.connections.personal.api import callback_blueprint
from accord.features.connections.rules import frame_ancestors, origin_of, widened
from accord.features.connections.service import Connections
from accord.features.connections.sign_in import CanvasSignIn
from accord.features.connections.tokens import LIFE
from accord.features.connections.trust.api import ConnectDoor, connect_blueprint
from accord.features.connections.trust.rules import is_admins_state
from accord.infra.http import public, takes_forms, with_retry_after

log = structlog.get_logger()
FORM = "application/x-www-form-urlencoded"


def connections_blueprints(connections: Connections) -> tuple[Blueprint, ...]:
    door = ConnectDoor(connections, connections.sign_in.wrong_tries)
    callback = callback_blueprint(connections.personal, is_admins=is_admins_state, admin_back=door.back)
    return canvas_blueprint(connections), oauth_blueprint(connections), callback, connect_blueprint(door)


def canvas_blueprint(connections: Connections) -> Blueprint:
    """The page that Salesforce shows in its frame. Whatever goes wrong is said on a page, not in JSON."""
    blueprint = Blueprint("canvas", __name__)
    settings = connections.settings

    def plain(status: int, heading: str, text: str) -> Response:
        answer = Response(plain_page(heading, text, reference=g.get("reference", "")), status, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = plain_policy(settings.allowed_loopback)
        return answer

    def panel(session: dict[str, Any], ancestors: str) -> Response:
        nonce = secrets.token_urlsafe(18)
        page = PanelPage(
            template=(settings.assets_dir / "panel.html").read_text(encoding="utf-8"),
            import_map=(settings.assets_dir / "importmap.json").read_text(encoding="utf-8"),
        )
        answer = Response(page.render(session, nonce=nonce), mimetype="text/html")
        answer.headers["Content-Security-Policy"] = panel_policy(nonce, ancestors)
        return answer

    @blueprint.get("/canvas")
    @public
    def explain() -> Response:
        """Salesforce asks so where a user has not approved the app. It grants nothing."""
        return plain(
            200,
            "Accord opens inside Salesforce",
            "Open a deal in Salesforce to see the panel. If you see this page there, ask your Salesforce admin to"
            " pre-authorize the Accord app for you.",
        )

    @blueprint.post("/canvas")
    @public
    @takes_forms
    def open_panel() -> Response:
        """Signs a rep in by Salesforce's signed request and answers with the panel."""
        signed_in = connections.sign_in.canvas(request.form.get("signed_request", ""))
        asked = signed_in.request
        return panel(_session_of(signed_in), frame_ancestors(asked.target_origin, asked.instance_url))

    @blueprint.post("/panel")
    @public
    @takes_forms
    def open_in_application() -> Response:
        """The same panel in a frame of the application, whose server has asked for a token of the member."""
        caller = connections.authenticate(request.form.get("token", ""), writes=False)
        deal = widened(request.form.get("record_id", ""))
        if caller.client_id is None or caller.member_id is None or not deal.startswith("006"):
            raise RefusedTokenError("application_frame", "The application has to open this panel anew.")
        origin = origin_of(settings.plans_url)
        session = application_session(connections, caller, deal, request.form["token"], origin=origin)
        return panel(session, origin)

    @blueprint.errorhandler(AccordError)
    def on_accord_error(error: AccordError) -> Response:
        reason = error.check if isinstance(error, RefusedTokenError) else error.code
        log.info("canvas_refused", reason=reason)
        return with_retry_after(plain(*_told(error), error.message), error)

    @blueprint.errorhandler(HTTPException)
    def on_http_error(error: HTTPException) -> Response:
        return plain(error.code or 500, "Accord could not read this request", "Reload the page.")

    @blueprint.errorhandler(Exception)
    def on_bug(error: Exception) -> Response:
        log.error("request_crashed", exc_info=error)
        return plain(500, "Something went wrong on our side", "Reload the page, or tell support the reference.")

    return blueprint


def _told(error: AccordError) -> tuple[int, str]:
    """The status and the heading of a page that says why there is no panel."""
    match error:
        case SignInAgainError():
            return 401, "Accord could not sign you in"
        case NotAllowedError():
            return 403, "You have no access to Accord"
        case TooManyRequestsError():
            return 429, "Accord was opened too often"
        case TransientError() | UnavailableError():
            return 503, "Accord cannot be opened right now"
    return 502, "Salesforce did not confirm your sign-in"


def _session_of(signed_in: CanvasSignIn) -> dict[str, Any]:
    """What the page may know: our short token, never the rep's own."""
    asked, member = signed_in.request, signed_in.member
    return {
        "token": signed_in.short_token.token.reveal(),
        "expires_at": signed_in.short_token.expires_at.isoformat().replace("+00:00", "Z"),
        "record_id": asked.record_id,
        "object_api_name": asked.object_api_name,
        "page": "settings" if asked.wants_settings else "panel",
        "user": {
            "id": member.id,
            "name": member.name,
            "locale": asked.locale,
            "time_zone": asked.person.time_zone,
            "currency": asked.currency,
        },
        "parent_origin": asked.target_origin,
    }


def oauth_blueprint(connections: Connections) -> Blueprint:
    """RFC 6749, section 4.4, for Flow's named credential and for the application's server; errors as in 5.2."""
    blueprint = Blueprint("oauth", __name__)

    @blueprint.post("/oauth/token")
    @public
    @takes_forms
    def token() -> Response:
        asked = _read_token_request()
        client, short = connections.sign_in.client(
            asked["client_id"], asked["client_secret"], address=request.remote_addr or ""
        )
        if asked["scope"] not in {"", client.role.value}:
            raise _RefusedError(400, "invalid_scope", f"This client has the scope {client.role.value}.")
        return jsonify(
            access_token=short.token.reveal(),
            token_type="Bearer",  # noqa: S106 - the name of the kind
            expires_in=int(LIFE.total_seconds()),
            scope=client.role.value,
        )

    @blueprint.errorhandler(_RefusedError)
    def on_refused(error: _RefusedError) -> Response:
        return _oauth_error(error.status, error.code, error.message)

    @blueprint.errorhandler(TooManyRequestsError)
    def on_too_many(error: TooManyRequestsError) -> Response:
        return with_retry_after(_oauth_error(429, "invalid_client", error.message), error)

    @blueprint.errorhandler(RefusedTokenError)
    def on_wrong_client(error: RefusedTokenError) -> Response:
        log.info("client_refused", reason=error.check)
        answer = _oauth_error(401, "invalid_client", error.message)
        answer.headers["WWW-Authenticate"] = 'Basic realm="accord"'
        return answer

    @blueprint.errorhandler(HTTPException)
    def on_http_error(error: HTTPException) -> Response:
        return _oauth_error(error.code or 400, "invalid_request", "The request could not be read.")

    return blueprint


class _RefusedError(Exception):
    """A token request that is refused for its form."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message


def _oauth_error(status: int, code: str, description: str) -> Response:
    answer = jsonify(error=code, error_description=description)
    answer.status_code = status
    return answer


def _read_token_request() -> dict[str, str]:
    """Client id, secret and scope of a token request, from Basic or the body, never from both."""
    if request.mimetype != FORM:
        raise _RefusedError(400, "invalid_request", f"Send the request as {FORM}.")
    if any(len(request.form.getlist(name)) > 1 for name in request.form):
        raise _RefusedError(400, "invalid_request", "A parameter is given twice.")
    grant_type = request.form.get("grant_type", "")
    if not grant_type:
        raise _RefusedError(400, "invalid_request", "grant_type is missing.")
    if grant_type != "client_credentials":
        raise _RefusedError(400, "unsupported_grant_type", "Only client_credentials is supported.")
    found = {name: request.form.get(name, "") for name in ("client_id", "client_secret", "scope")}
    basic = _basic(request.headers.get("Authorization", ""))
    if basic is None:
        return found
    if found["client_secret"] or found["client_id"] not in {"", basic[0]}:
        raise _RefusedError(400, "invalid_request", "The client signs in twice: use the header or the body.")
    return {**found, "client_id": basic[0], "client_secret": basic[1]}


def _basic(header: str) -> tuple[str, str] | None:
    """Id and secret of a Basic header (form-encoded inside, RFC 6749 section 2.3.1); None when there is none."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise _RefusedError(400, "invalid_request", "The Authorization header cannot be read.") from None
    return unquote_plus(client_id), unquote_plus(secret)
