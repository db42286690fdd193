"""POST /oauth/token: RFC 6749, section 4.4, errors as in section 5.2."""

import base64

import pytest

from accord.core.identity import Role
from accord.features.connections.model import ConnectionStatus
from support.connected import connected
from support.logs import the_log

GRANT = {"grant_type": "client_credentials"}


def basic(client_id, secret):
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


@pytest.fixture
def at(database):
    return connected(database)


@pytest.fixture
def made(at):
    return at.connections.clients.make(at.connection, Role.FLOW, by=None)


def ask(at, data=None, **options):
    return at.client().post("/oauth/token", data={**GRANT, **(data or {})}, **options)


def in_body(made, **changes):
    return {"client_id": made.client_id, "client_secret": made.secret.reveal(), **changes}


@pytest.mark.parametrize("way", ["basic", "body", "basic with the id in the body"])
def test_a_client_gets_a_short_bearer_token(at, made, way):
    headers = basic(made.client_id, made.secret.reveal()) if "basic" in way else {}
    data = {"client_id": made.client_id} if "id in" in way else in_body(made) if way == "body" else {}

    answer = ask(at, data, headers=headers)
    granted = answer.json
    token = granted.pop("access_token")

    assert granted == {"token_type": "Bearer", "expires_in": 900, "scope": "flow"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert at.client().get("/api/v1/things", headers={"Authorization": f"Bearer {token}"}).json["role"] == "flow"


@pytest.mark.parametrize(
    ("data", "options", "refusal"),
    [
        ({"grant_type": "password"}, {}, (400, "unsupported_grant_type")),
        ({"grant_type": ""}, {}, (400, "invalid_request")),
        ({"scope": "admin"}, {}, (400, "invalid_scope")),
        ({"client_secret": "wrong"}, {}, (401, "invalid_client")),
        ({"client_id": "accord-nobody"}, {}, (401, "invalid_client")),
        ({"client_id": "", "client_secret": ""}, {}, (401, "invalid_client")),
        ({"client_id": ["a", "b"]}, {}, (400, "invalid_request")),
        ({}, {"headers": {"Authorization": "Basic !"}}, (400, "invalid_request")),
        ({}, {"headers": basic("accord-x", "y")}, (400, "invalid_request")),
        ({}, {"content_type": "application/json", "data": b"{}"}, (400, "invalid_request")),
        ({}, {"content_type": "multipart/form-data"}, (400, "invalid_request")),
        ({"x": "y" * 300_000}, {}, (413, "invalid_request")),
    ],
)
def test_a_refusal_has_the_shape_of_the_standard(at, made, data, options, refusal):
    sent = {**GRANT, **in_body(made), **data}

    answer = at.client().post("/oauth/token", **{"data": sent, **options})

    assert (answer.status_code, answer.json["error"]) == refusal
    assert set(answer.json) == {"error", "error_description"}
    assert ("WWW-Authenticate" in answer.headers) == (refusal[0] == 401)


def test_guessing_is_stopped_for_the_guesser_and_a_right_try_starts_anew(at, made):
    for _ in range(9):
        ask(at, in_body(made, client_secret="guess"))
    assert ask(at, in_body(made)).status_code == 200

    statuses = [ask(at, in_body(made, client_secret="guess")).status_code for _ in range(11)]
    stopped = ask(at, in_body(made))

    assert statuses == [401] * 10 + [429]
    assert stopped.status_code == 429
    assert 0 < int(stopped.headers["Retry-After"]) <= 300
    elsewhere = ask(at, in_body(made), environ_base={"REMOTE_ADDR": "192.0.2.77"})
    assert elsewhere.status_code == 200


def test_a_client_of_a_frozen_org_gets_nothing(at, made):
    at.connections.set_status(at.connection, ConnectionStatus.FROZEN)

    assert ask(at, in_body(made)).json["error"] == "invalid_client"


def test_a_secret_is_shown_once_and_reaches_neither_log_nor_answer(at, made):
    """G26."""
    with the_log() as log:
        ask(at, in_body(made))
        wrong = ask(at, in_body(made, client_secret="canary-of-a-secret"))
    written = log.getvalue()

    assert "client_refused" in written
    assert made.secret.reveal() not in written + repr(made) + str(made)
    assert "canary" not in written + wrong.text


def test_only_flow_and_service_are_clients(at):
    assert at.connections.clients.make(at.connection, Role.SERVICE, by=None).client_id
    with pytest.raises(Exception, match="flow or service"):
        at.connections.clients.make(at.connection, Role.ADMIN, by=None)
