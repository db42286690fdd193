"""A member's own Salesforce login over HTTP, and the page to which Salesforce sends his browser back."""

from collections.abc import Callable
from typing import Any

import flask
import structlog
from flask import Response, g, request
from flask.views import MethodView
from flask_smorest import Blueprint
from werkzeug.exceptions import BadRequest, HTTPException

from accord.core.errors import AccordError, NotAllowedError, SignInAgainError, TransientError, UnavailableError
from accord.core.identity import Role
from accord.features.connections.model import RefusedTokenError
from accord.features.connections.page import plain_page
from accord.features.connections.personal.rules import CALLBACK_PATH
from accord.features.connections.personal.schemas import DroppedSchema, StandingSchema, StartedSchema, standing_json
from accord.features.connections.personal.service import PersonalLogins
from accord.infra.http import access, identity, public

log = structlog.get_logger()
LONGEST = 4096
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def personal_blueprint(personal: PersonalLogins) -> Blueprint:
    blueprint = Blueprint("personal_login", __name__, description="A member's own Salesforce login")

    @blueprint.route("/oauth/salesforce/start")
    class Start(MethodView):
        @blueprint.doc(operationId="startSalesforceLogin")
        @blueprint.response(200, StartedSchema)
        @access(Role.ADMIN, Role.USER)
        def post(self) -> dict[str, Any]:
            """Begins the caller's sign-in at Salesforce; the address is good for ten minutes and once."""
            started = personal.start(identity())
            return {"authorize_url": started.authorize_url, "expires_at": started.expires_at}

    @blueprint.route("/api/v1/me/salesforce-login")
    class Mine(MethodView):
        @blueprint.doc(operationId="getSalesforceLogin")
        @blueprint.response(200, StandingSchema)
        @access(Role.ADMIN, Role.USER)
        def get(self) -> dict[str, Any]:
            """Whether the caller has a Salesforce login of his own here, and why not any more."""
            return standing_json(personal.standing(identity()))

        @blueprint.doc(operationId="dropSalesforceLogin")
        @blueprint.response(200, DroppedSchema)
        @access(Role.ADMIN, Role.USER)
        def delete(self) -> dict[str, Any]:
            """Forgets the caller's login and ends it at Salesforce."""
            return {"connected": False, "ended_at_salesforce": personal.drop(identity())}

    @blueprint.route("/api/v1/me/salesforce-login/dismiss")
    class Dismissed(MethodView):
        @blueprint.doc(operationId="dismissSalesforceLogin")
        @blueprint.response(200, StandingSchema)
        @access(Role.ADMIN, Role.USER)
        def post(self) -> dict[str, Any]:
            """The caller wants no login of his own now: it is not offered to him for 90 days."""
            return standing_json(personal.dismiss(identity()))

    return blueprint


def callback_blueprint(
    personal: PersonalLogins, *, is_admins: Callable[[str], bool], admin_back: Callable[[str, str | None], Response]
) -> flask.Blueprint:
    """Public: the state proves whose sign-in it is. Whatever goes wrong is said on a page, not in JSON.

    One address serves two flows: a state that `is_admins` belongs to an administrator who connects an org.
    """
    blueprint = flask.Blueprint("salesforce_callback", __name__)

    def page(status: int, heading: str, text: str) -> Response:
        answer = Response(plain_page(heading, text, reference=g.get("reference", "")), status, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = _POLICY
        return answer

    @blueprint.get(CALLBACK_PATH)
    @public
    def callback() -> Response:
        """Ends a sign-in that a member began, or an administrator who connects an org."""
        state, code, error = (_given(name) for name in ("state", "code", "error"))
        answered = None if error or not code else code
        if is_admins(state):
            return admin_back(state, answered)
        member = personal.finish(state=state, code=answered)
        return page(
            200, "Salesforce is connected", f"Accord now works with the Salesforce login of {member.name}."
            " You can close this window."
        )  # fmt: skip

    @blueprint.errorhandler(AccordError)
    def on_accord_error(error: AccordError) -> Response:
        log.info("login_refused", reason=error.check if isinstance(error, RefusedTokenError) else error.code)
        match error:
            case SignInAgainError():
                return page(400, "Salesforce was not connected", error.message)
            case NotAllowedError():
                return page(403, "Salesforce was not connected", error.message)
            case TransientError() | UnavailableError():
                return page(503, "Salesforce was not connected", f"{error.message} Start again in Accord.")
        return page(502, "Salesforce was not connected", error.message)

    @blueprint.errorhandler(HTTPException)
    def on_http_error(error: HTTPException) -> Response:
        return page(error.code or 500, "Accord could not read this request", "Start again in Accord.")

    @blueprint.errorhandler(Exception)
    def on_bug(error: Exception) -> Response:
        log.error("request_crashed", exc_info=error)
        return page(500, "Something went wrong on our side", "Start again in Accord, or tell support the reference.")

    return blueprint


def _given(name: str) -> str:
    """A parameter that is given once at most. Raises BadRequest."""
    values = request.args.getlist(name)
    if len(values) > 1 or any(len(value) > LONGEST for value in values):
        raise BadRequest
    return "".join(values)
