"""The edge: one shape of error, deny by default."""

import pytest
from flask import Flask
from flask_limiter import Limiter

from accord.core import errors
from accord.core.identity import Identity, Role
from accord.core.ids import ConnectionId, WorkspaceId
from accord.infra.http import access, public, set_up_http
from support.builders import NOON

CALLERS = {
    role.value: Identity(workspace_id=WorkspaceId("w"), connection_id=ConnectionId("c"), role=role) for role in Role
}
SHAPE = {"code", "message", "field", "items", "reference"}
RAISED = {
    "sign-in": (errors.SignInAgainError("Sign in."), 401),
    "not-allowed": (errors.NotAllowedError("No."), 403),
    "not-found": (errors.NotFoundError("deal"), 404),
    "conflict": (errors.ConflictError("Both.", code="STALE_EDIT"), 409),
    "rejected": (errors.RejectedError("Bad.", problems=(errors.Problem("X", "why", field="Amount"),)), 422),
    "lost": (errors.AuthorizationLostError("Gone."), 502),
    "later": (errors.TransientError("Later.", retry_after=7), 503),
    "bug": (RuntimeError("a secret value"), 500),
}


def authenticate(token: str, *, writes: bool) -> Identity:
    if token not in CALLERS:
        raise errors.SignInAgainError("This token is not valid.")
    return CALLERS[token]


@pytest.fixture
def client():
    app = Flask("edge")
    set_up_http(app, authenticate=authenticate, max_body_bytes=2000)
    limiter = Limiter(lambda: "all", app=app, storage_uri="memory://")

    @app.get("/open")
    @public
    def open_to_all():
        return {"at": NOON}

    @app.route("/members", methods=["GET", "POST"])
    @access(Role.ADMIN, Role.USER)
    def for_members():
        return {"ok": True}

    @app.get("/undeclared")
    def undeclared():
        return {"leak": True}

    @app.get("/raise/<name>")
    @public
    def raises(name):
        raise RAISED[name][0]

    @app.post("/json")
    @public
    def takes_json():
        from flask import request

        return {"got": request.get_json()}

    @app.get("/limited")
    @public
    @limiter.limit("1 per minute")
    def limited():
        return {}

    return app.test_client()


def as_role(role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {role}"}


@pytest.mark.parametrize("name", RAISED)
def test_every_error_has_one_shape_and_its_status(client, name):
    answer = client.get(f"/raise/{name}")

    assert answer.status_code == RAISED[name][1]
    assert set(answer.json) == SHAPE
    assert answer.json["reference"]


def test_a_bug_tells_a_reference_and_nothing_else(client):
    answer = client.get("/raise/bug")

    assert "secret" not in answer.text
    assert answer.json["code"] == "INTERNAL_ERROR"


def test_the_wait_that_salesforce_asked_for_is_passed_on(client):
    assert client.get("/raise/later").headers["Retry-After"] == "7"


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/nowhere", {}, 404),
        ("DELETE", "/open", {}, 405),
        ("POST", "/json", {"data": b"x" * 3000, "content_type": "application/json"}, 413),
        ("POST", "/json", {"data": b"a=1", "content_type": "text/plain"}, 415),
        ("POST", "/json", {"data": b"{", "content_type": "application/json"}, 400),
    ],
)
def test_errors_of_the_server_itself_have_the_same_shape(client, method, path, options, status):
    answer = client.open(path, method=method, **options)

    assert answer.status_code == status
    assert set(answer.json) == SHAPE


def test_too_many_requests_have_the_same_shape(client):
    client.get("/limited")

    answer = client.get("/limited")

    assert answer.status_code == 429
    assert set(answer.json) == SHAPE


def test_a_route_that_declares_nothing_answers_nobody(client):
    for role in Role:
        assert client.get("/undeclared", headers=as_role(role.value)).status_code == 403
    assert client.get("/undeclared").status_code == 401


@pytest.mark.parametrize("role", ["customer", "partner", "flow", "service"])
def test_other_roles_do_not_reach_a_route_for_members(client, role):
    assert client.get("/members", headers=as_role(role)).status_code == 403


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic admin", "Bearer nobody"])
def test_without_a_good_token_nothing_is_answered(client, header):
    assert client.get("/members", headers={"Authorization": header}).status_code == 401


def test_answers_carry_safe_headers(client):
    headers = client.get("/open").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers
