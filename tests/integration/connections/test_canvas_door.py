"""POST /canvas: from a signed request to the panel, or to a page that says why not."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accord.core.identity import Role
from accord.features.connections.model import ConnectionStatus
from accord.workspace.members.model import MemberStatus
from accord.workspace.members.store import set_status
from support.connected import connected, permission_sets, user_info
from support.logs import the_log
from support.scripted_org import Answer
from support.signed import DEAL, INSTANCE, PAGE, RILEY, TOKEN, a_signed_request


def post(at, changes=None, **options):
    return at.client().post("/canvas", data={"signed_request": a_signed_request(changes, **options)})


def session_of(answer):
    found = re.search(r'id="accord-session">(.*?)</script>', answer.text)
    return json.loads(found[1])


@pytest.mark.parametrize(("names", "role"), [(["Accord_Rep"], Role.USER), (["Accord_Rep", "Accord_Admin"], Role.ADMIN)])
def test_a_rep_on_first_sight_is_made_a_member_by_his_permission_sets(database, tmp_path, names, role):
    """W17: one query, with his own token, about himself."""
    at = connected(database, permission_sets(*names), assets=tmp_path)

    assert post(at).status_code == 200
    assert at.find_member().role is role
    assert (at.find_member().name, at.find_member().time_zone) == ("Riley Okafor", "Europe/Oslo")
    assert [asked.headers["Authorization"] for asked in at.org.asked] == [f"Bearer {TOKEN}"]
    assert RILEY in at.org.asked[0].url


def test_a_rep_without_a_permission_set_is_told_whom_to_ask(database, tmp_path):
    at = connected(database, permission_sets(), assets=tmp_path)

    answer = post(at)

    assert answer.status_code == 403
    assert "ask your Salesforce admin for the permission set Accord Rep" in answer.text
    assert at.find_member() is None


def test_a_known_rep_signs_in_without_a_call(database, tmp_path):
    at = connected(database, assets=tmp_path)
    at.member()

    assert post(at).status_code == 200
    assert at.org.asked == []


@pytest.mark.parametrize("change", [{"issuedAt": None}, {"issuedAt": ...}], ids=["null", "absent"])
def test_a_request_without_a_date_is_proved_by_one_call(database, tmp_path, change):
    """S4."""
    at = connected(database, user_info(), assets=tmp_path)
    at.member()

    assert post(at, change).status_code == 200
    assert [asked.url for asked in at.org.asked] == [f"{INSTANCE}/services/oauth2/userinfo"]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (user_info({"user_id": "005000000000009AAA"}), 401),
        (user_info({"organization_id": "00D000000000002EAA"}), 401),
        (user_info({"user_type": "CSPLITEPORTAL"}), 401),
        (user_info({"active": False}), 401),
        (Answer(403, body=b"Bad_OAuth_Token"), 502),
        (Answer(503), 503),
    ],
)
def test_a_token_that_proves_nothing_opens_nothing(database, tmp_path, answer, status):
    at = connected(database, answer, assets=tmp_path)
    at.member()

    refused = post(at, {"issuedAt": None})

    assert refused.status_code == status
    assert "accord-session" not in refused.text


def test_one_request_opens_one_session_even_in_a_crowd(database, tmp_path):
    """G23: the proof of use lies in the database, so that every process sees it."""
    at = connected(database, assets=tmp_path)
    at.member()
    text = a_signed_request()

    def send(client: FlaskClient) -> int:
        return client.post("/canvas", data={"signed_request": text}).status_code

    clients = [at.client() for _ in range(8)]
    with ThreadPoolExecutor(8) as crowd:
        statuses = sorted(crowd.map(send, clients))

    assert statuses == [200] + [401] * 7


def test_reps_who_arrive_at_once_become_one_member(database, tmp_path):
    at = connected(database, permission_sets("Accord_Rep"), assets=tmp_path)
    texts = [a_signed_request({"context.environment.parameters": {"n": number}}) for number in range(6)]

    def send(client: FlaskClient, text: str) -> TestResponse:
        return client.post("/canvas", data={"signed_request": text})

    clients = [at.client() for _ in texts]
    with ThreadPoolExecutor(6) as crowd:
        answers = list(crowd.map(send, clients, texts))

    assert {answer.status_code for answer in answers} == {200}
    assert len({session_of(answer)["user"]["id"] for answer in answers}) == 1


def test_the_page_holds_our_short_token_and_nothing_of_salesforce(database, tmp_path):
    at = connected(database, assets=tmp_path)
    member = at.member()

    answer = post(at)
    session = session_of(answer)
    token = session.pop("token")

    assert TOKEN not in answer.text
    assert at.client().get("/api/v1/things", headers={"Authorization": f"Bearer {token}"}).json["role"] == "user"
    assert (datetime.fromisoformat(session.pop("expires_at")) - at.clock()).total_seconds() == 900
    assert session == {
        "record_id": DEAL,
        "page": "panel",
        "object_api_name": "Opportunity",
        "parent_origin": PAGE,
        "user": {
            "id": member.id,
            "name": "Riley Okafor",
            "locale": "en_US",
            "time_zone": "Europe/Oslo",
            "currency": "USD",
        },
    }


def test_the_page_may_be_held_by_its_org_alone_and_runs_only_its_own_scripts(database, tmp_path):
    at = connected(database, assets=tmp_path)
    at.member()

    answer = post(at)
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r'nonce="([^"]+)"', answer.text)[1]

    assert f"'nonce-{nonce}'" in policy
    assert policy.endswith(f"frame-ancestors {PAGE} {INSTANCE} https://halden--c.vf.force.com")
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_get_is_answered_and_grants_nothing(database):
    answer = connected(database).client().get("/canvas?_sfdc_canvas_authvalue=user_approval_required")

    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert "accord-session" not in answer.text


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"signed_request": "forged.request"}, 401),
        ({}, 401),
        ({"signed_request": "x" * 300_000}, 413),
    ],
)
def test_what_is_refused_is_said_on_a_page_that_salesforce_may_show(database, data, status):
    answer = connected(database).client().post("/canvas", data=data)

    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert "https://*.lightning.force.com" in answer.headers["Content-Security-Policy"]


def test_a_frozen_org_signs_nobody_in_and_its_sessions_end(database, tmp_path):
    """G28."""
    at = connected(database, assets=tmp_path)
    at.member()
    token = session_of(post(at))["token"]

    at.connections.set_status(at.connection, ConnectionStatus.FROZEN)

    refused = post(at, {"context.environment": {}})
    assert (refused.status_code, refused.mimetype) == (403, "text/html")
    assert at.client().get("/api/v1/things", headers={"Authorization": f"Bearer {token}"}).status_code == 403


def test_a_blocked_member_stays_out_and_his_token_ends(database, tmp_path):
    at = connected(database, assets=tmp_path)
    member = at.member()
    token = session_of(post(at))["token"]

    with database.workspace(at.workspace_id) as session:
        set_status(session, member.id, MemberStatus.BLOCKED)

    assert post(at, {"context.environment": {}}).status_code == 403
    assert at.client().get("/api/v1/things", headers={"Authorization": f"Bearer {token}"}).status_code == 403


def test_nothing_secret_of_a_sign_in_reaches_the_log(database, tmp_path):
    """G26: neither of a good request, nor of a bad one, nor of a crash."""
    at = connected(database, permission_sets("Accord_Rep"), assets=tmp_path)
    with the_log() as log:
        good, bad = post(at), post(at, secret="another secret")
        (tmp_path / "panel.html").unlink()
        crashed = post(at, {"context.environment": {}})
    written = log.getvalue()

    assert (good.status_code, bad.status_code, crashed.status_code) == (200, 401, 500)
    assert crashed.mimetype == "text/html"
    assert "canvas_refused" in written
    for secret in (TOKEN, "AQcAQ", "riley@halden.example", session_of(good)["token"], a_signed_request()[:40]):
        assert secret not in written
        assert secret not in bad.text + crashed.text
