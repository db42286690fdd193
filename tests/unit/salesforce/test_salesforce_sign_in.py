"""Signing in by JWT bearer: what is sent, what is believed, what an admin is told."""

from datetime import timedelta
from urllib.parse import parse_qs

import jwt
import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from accord.core.errors import AuthorizationLostError, TransientError
from accord.core.ids import ConnectionId, OrgId
from accord.salesforce.guard import UnsafeAddressError
from accord.salesforce.model import AccessToken, LoginKind
from accord.salesforce.oauth import (
    CredentialsApp,
    JwtApp,
    audience_of,
    client_credentials_login,
    fetch_server_time,
    fetch_user_info,
    jwt_login,
    revoke_token,
)
from accord.salesforce.signin_errors import TABLE, OtherOrgError
from accord.settings import Secret
from support.builders import NOON, AClock
from support.scripted_org import INSTANCE, ORG_ID, RILEY, Answer, ScriptedOrg, http_to

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
CONNECTION = ConnectionId("0190c0de-0000-7000-8000-000000000001")
TOKEN_ANSWER = {
    "access_token": "00Dtoken!two",
    "token_type": "Bearer",
    "instance_url": INSTANCE,
    "id": f"https://login.salesforce.com/id/{ORG_ID}/{RILEY}",
    "scope": "api id",
}


def _app(login_url: str = "https://login.salesforce.com") -> JwtApp:
    return JwtApp("3MVG9consumer", Secret(PEM), "integration@halden.example", login_url)


def _sign_in(org: ScriptedOrg, **options):
    return jwt_login(_app(), connection_id=CONNECTION, http=http_to(org), clock=AClock(), **options)


def _answer(**changes) -> Answer:
    return Answer(body={name: value for name, value in {**TOKEN_ANSWER, **changes}.items() if value is not None})


def test_a_token_answer_becomes_a_login():
    login = _sign_in(ScriptedOrg(_answer()))

    assert (login.org_id, login.user_id, login.instance_url) == (ORG_ID, RILEY, INSTANCE)
    assert (login.connection_id, login.kind) == (CONNECTION, LoginKind.INTEGRATION)
    assert login.access_token.reveal() == "00Dtoken!two"
    assert "00Dtoken" not in repr(login) + str(login)


def test_ids_of_fifteen_characters_are_widened():
    identity = f"https://login.salesforce.com/id/{ORG_ID[:15]}/{RILEY[:15]}"

    assert _sign_in(ScriptedOrg(_answer(id=identity))).org_id == ORG_ID


def test_the_assertion_is_short_lived_and_signed_by_our_key():
    org = ScriptedOrg(_answer())
    _sign_in(org)
    (asked,) = org.asked
    form = parse_qs(asked.body)
    claims = jwt.decode(
        form["assertion"][0], KEY.public_key(), algorithms=["RS256"], options={"verify_aud": False, "verify_exp": False}
    )

    assert (asked.method, asked.url) == ("POST", "https://login.salesforce.com/services/oauth2/token")
    assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    assert claims == {
        "iss": "3MVG9consumer",
        "sub": "integration@halden.example",
        "aud": "https://login.salesforce.com",
        "exp": int(NOON.timestamp()) + 180,
    }


@pytest.mark.parametrize(
    ("login_url", "audience"),
    [
        ("https://login.salesforce.com", "https://login.salesforce.com"),
        ("https://test.salesforce.com", "https://test.salesforce.com"),
        ("https://halden.my.salesforce.com", "https://login.salesforce.com"),
        ("https://halden--uat.sandbox.my.salesforce.com", "https://test.salesforce.com"),
        ("https://halden.scratch.my.salesforce.com", "https://test.salesforce.com"),
        ("https://sandbox-halden.my.salesforce.com", "https://login.salesforce.com"),
        ("https://localhost:8143", "https://login.salesforce.com"),
    ],
)
def test_the_audience_follows_the_login_host(login_url, audience):
    assert audience_of(login_url) == audience


def test_an_assertion_goes_to_salesforce_alone():
    org = ScriptedOrg(_answer())
    with pytest.raises(UnsafeAddressError):
        jwt_login(_app("https://evil.example"), connection_id=CONNECTION, http=http_to(org), clock=AClock())

    assert org.asked == []


@pytest.mark.parametrize(
    "changes",
    [
        {"instance_url": "https://evil.example"},
        {"instance_url": "http://halden.my.salesforce.com"},
        {"instance_url": "https://169.254.169.254"},
        {"instance_url": None},
        {"id": "https://evil.example/id/00D000000000001EAA/005000000000001AAA"},
        {"id": f"https://login.salesforce.com/id/{ORG_ID}"},
        {"id": f"https://login.salesforce.com/id/{RILEY}/{ORG_ID}"},
        {"id": f"https://login.salesforce.com/id/{ORG_ID}/{RILEY}/../../x"},
        {"id": f"https://login.salesforce.com/id/00D000000000001EAB/{RILEY}"},
        {"id": None},
        {"id": 5},
        {"access_token": None},
        {"access_token": ""},
        {"access_token": "a b"},
        {"access_token": "a\r\nX-Evil: 1"},
        {"access_token": ["a"]},
        {"token_type": "DPoP"},
        {"token_type": None},
    ],
)
def test_a_token_answer_that_is_not_salesforces_is_not_believed(changes):
    with pytest.raises(AuthorizationLostError) as caught:
        _sign_in(ScriptedOrg(_answer(**changes)))

    assert caught.value.code == "UNTRUSTED_SIGN_IN"


@pytest.mark.parametrize("body", [None, [], "text", b"<html>welcome</html>", b"", {}])
def test_a_success_of_another_shape_is_not_believed(body):
    with pytest.raises(AuthorizationLostError):
        _sign_in(ScriptedOrg(Answer(200, body)))


def test_a_refreshed_sandbox_is_another_org():
    with pytest.raises(AuthorizationLostError) as caught:
        _sign_in(ScriptedOrg(_answer()), expected_org=OrgId("00D000000000002EAA"))

    assert caught.value.code == "OTHER_ORG"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.said)
def test_each_text_of_the_token_endpoint_has_its_advice(row):
    if " " in row.said:
        body = {"error": "invalid_grant", "error_description": row.said.capitalize()}
    else:
        body = {"error": row.said, "error_description": "something"}
    with pytest.raises(AuthorizationLostError) as caught:
        _sign_in(ScriptedOrg(Answer(400, body)))

    assert (caught.value.code, caught.value.message) == (row.code, row.advice)


def test_an_approval_text_with_a_typographic_apostrophe_is_known_too():
    body = {"error": "invalid_grant", "error_description": "user hasn\u2019t approved this consumer"}
    with pytest.raises(AuthorizationLostError) as caught:
        _sign_in(ScriptedOrg(Answer(400, body)))

    assert caught.value.code == "USER_NOT_APPROVED"


@pytest.mark.parametrize("status", [400, 401, 403, 404])
@pytest.mark.parametrize("body", [None, b"<html>", {"error": 7}, {"error": "brand_new"}, []])
def test_an_unknown_refusal_is_a_refusal_all_the_same(status, body):
    with pytest.raises(AuthorizationLostError):
        _sign_in(ScriptedOrg(Answer(status, body)))


@pytest.mark.parametrize(
    "step",
    [
        Answer(500, b"oops"),
        Answer(503, None),
        Answer(429, None),
        requests.ConnectionError("secret"),
        requests.ReadTimeout(),
    ],
)
def test_a_sign_in_without_an_answer_may_work_later(step):
    with pytest.raises(TransientError) as caught:
        _sign_in(ScriptedOrg(step))

    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_sign_in_follows_no_redirect():
    org = ScriptedOrg(Answer(302, None, {"Location": "https://evil.example/"}), _answer())
    with pytest.raises(AuthorizationLostError):
        _sign_in(org)

    assert len(org.asked) == 1


USER_INFO = {
    "user_id": RILEY,
    "organization_id": ORG_ID,
    "preferred_username": "riley@halden.example",
    "name": "Riley Okafor",
    "email": "riley@halden.example",
    "user_type": "STANDARD",
    "locale": "en_US",
    "language": "en_US",
    "zoneinfo": "Europe/Oslo",
    "active": True,
}


def _who(org: ScriptedOrg):
    return fetch_user_info(INSTANCE, AccessToken("00Dtoken!one"), http=http_to(org))


def test_the_org_says_who_a_token_belongs_to():
    org = ScriptedOrg(Answer(body=USER_INFO))
    found = _who(org)

    assert (found.user_id, found.org_id, found.name, found.time_zone) == (RILEY, ORG_ID, "Riley Okafor", "Europe/Oslo")
    assert found.active
    assert org.asked[0].url == f"{INSTANCE}/services/oauth2/userinfo"
    assert org.asked[0].headers["Authorization"] == "Bearer 00Dtoken!one"


@pytest.mark.parametrize("answer", [Answer(403, b"Bad_OAuth_Token"), Answer(401, None), Answer(200, b"<html>")])
def test_a_dead_token_belongs_to_nobody(answer):
    with pytest.raises(AuthorizationLostError):
        _who(ScriptedOrg(answer))


@pytest.mark.parametrize("lost", ["user_id", "organization_id", "preferred_username"])
def test_an_answer_that_does_not_say_who_is_not_believed(lost):
    body = {name: value for name, value in USER_INFO.items() if name != lost}
    with pytest.raises(AuthorizationLostError):
        _who(ScriptedOrg(Answer(body=body)))


def test_a_token_goes_to_no_foreign_host():
    org = ScriptedOrg(Answer(body=USER_INFO))
    with pytest.raises(UnsafeAddressError):
        fetch_user_info("https://halden.my.salesforce.com@evil.example", AccessToken("x"), http=http_to(org))

    assert org.asked == []


@pytest.mark.parametrize(("status", "known"), [(200, True), (400, False)])
def test_a_token_is_ended_in_the_body_and_not_in_the_address(status, known):
    org = ScriptedOrg(Answer(status, None))

    assert revoke_token(INSTANCE, AccessToken("00Dtoken!one"), http=http_to(org)) is known
    assert "00Dtoken" not in org.asked[0].url
    assert "00Dtoken" in org.asked[0].body


def _by_credentials(org: ScriptedOrg, instance_url: str = INSTANCE, **options):
    app = CredentialsApp("3MVG9consumer", Secret(b"the app's secret"), instance_url)
    return client_credentials_login(app, connection_id=CONNECTION, http=http_to(org), **options)


def test_client_credentials_are_sent_to_the_orgs_own_address():
    org = ScriptedOrg(_answer())

    login = _by_credentials(org, expected_org=ORG_ID)

    (asked,) = org.asked
    assert asked.url == f"{INSTANCE}/services/oauth2/token"
    assert parse_qs(asked.body) == {
        "grant_type": ["client_credentials"],
        "client_id": ["3MVG9consumer"],
        "client_secret": ["the app's secret"],
    }
    assert (login.user_id, login.kind) == (RILEY, LoginKind.INTEGRATION)


def test_client_credentials_that_lead_to_another_org_are_not_believed():
    with pytest.raises(OtherOrgError) as other:
        _by_credentials(ScriptedOrg(_answer()), expected_org=OrgId("00D000000000002EAA"))

    assert (other.value.code, other.value.found) == ("OTHER_ORG", ORG_ID)


def test_client_credentials_go_nowhere_else():
    org = ScriptedOrg(_answer())

    with pytest.raises(UnsafeAddressError):
        _by_credentials(org, "https://halden.evil.example")

    assert org.asked == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"Date": "Sun, 22 Nov 2026 12:00:30 GMT"}, NOON + timedelta(seconds=30)),
        ({"Date": "Sun, 22 Nov 2026 12:00:30 -0000"}, None),
        ({"Date": "soon"}, None),
        ({}, None),
    ],
)
def test_the_orgs_time_is_read_where_it_says_so(said, expected):
    org = ScriptedOrg(_answer(), versions=Answer(headers=said))

    assert fetch_server_time(INSTANCE, http=http_to(org)) == expected


def test_an_org_that_does_not_answer_has_no_time():
    org = ScriptedOrg(_answer(), versions=requests.ConnectionError("away"))

    assert fetch_server_time(INSTANCE, http=http_to(org)) is None
