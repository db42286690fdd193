"""The whole org as one WSGI application: the platform's API, sign-in, the screens and the door."""

import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from localorg.counter import CountingMiddleware, RequestCounter
from localorg.door import DoorSettings, door_blueprint
from localorg.faults import FaultKind, FaultMiddleware, FaultScript
from localorg.oauth import OAuthAddresses, oauth_blueprint
from localorg.org import Org
from localorg.page import page_blueprint
from localorg.page_shell import message_screen
from localorg.rest import rest_blueprint
from localorg.setup import OrgSetup


def create_app(  # noqa: PLR0913 - the parts of an org, each with a name
    org: Org,
    *,
    https_base: str,
    http_base: str,
    faults: FaultScript | None = None,
    counter: RequestCounter | None = None,
    setup: OrgSetup | None = None,
    ca_file: Path | None = None,
    pause: Callable[[float], object] = time.sleep,
) -> Flask:
    """`https_base` and `http_base` are the org's own addresses, as clients and browsers reach it.

    What is left out is made anew: an empty fault script, a counter from zero, an org without registered apps.
    """
    faults = faults if faults is not None else FaultScript()
    counter = counter if counter is not None else RequestCounter()
    setup = setup if setup is not None else OrgSetup()
    settings = DoorSettings(https_base=https_base.rstrip("/"), http_base=http_base.rstrip("/"), ca_file=ca_file)
    app = Flask("localorg", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the order of the platform's answers is kept
    app.register_blueprint(rest_blueprint(org))
    app.register_blueprint(oauth_blueprint(org, setup, OAuthAddresses(settings.https_base, settings.http_base)))
    app.register_blueprint(page_blueprint(org, setup, settings))
    app.register_blueprint(door_blueprint(org, setup, faults=faults, counter=counter, settings=settings))
    app.register_error_handler(HTTPException, lambda problem: _http_error(org, problem))

    def name_of(token: str) -> str:
        session = org.sessions.find(token)
        user = org.users.by_id(session.user_id) if session else None
        return user.username if user else ""

    ends = {FaultKind.SESSION_ENDED: org.sessions.revoke, FaultKind.REVOKED: org.grants.revoke_login}
    app.wsgi_app = CountingMiddleware(  # type: ignore[method-assign]
        FaultMiddleware(app.wsgi_app, faults, pause=pause, clock=org.clock, ends=ends), counter, name_of=name_of
    )
    return app


def _http_error(org: Org, problem: HTTPException) -> BaseResponse | tuple[Response, int]:
    """One shape per kind of caller: the platform's for its API, a sentence for people and for the door."""
    status = problem.code or 500
    if request.path.startswith("/services/"):
        codes = {404: ("NOT_FOUND", "The requested resource does not exist"), 405: ("METHOD_NOT_ALLOWED", "")}
        code, message = codes.get(status, ("UNKNOWN_EXCEPTION", "An unexpected error occurred."))
        if status == 405:
            allowed = ",".join(sorted(getattr(problem, "valid_methods", None) or ()))
            message = f"HTTP Method '{request.method}' not allowed. Allowed are {allowed}"
        return jsonify([{"message": message, "errorCode": code}]), status
    if request.path.startswith("/_org"):
        return jsonify(error=problem.description or problem.name), status
    if status == 404:
        text = "The address may be misspelt, or the page belongs to something that this org does not have."
        return message_screen(org, title="There is no such page", text=text, status=404)
    if status >= 500:
        text = "Something went wrong inside the local org. Its log says what."
        return message_screen(org, title="The page cannot be shown", text=text, status=status)
    return message_screen(org, title=problem.name, text=problem.description or "", status=status)
