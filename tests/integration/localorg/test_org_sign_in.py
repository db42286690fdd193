"""The token endpoint and what tells who a caller is, through the WSGI application."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from localorg.app import create_app
from localorg.org import Org
from localorg.seed import DEMO_SEED, load_seed
from localorg.setup import OrgSetup
from support.running_org import ADMIN, FORCE_APP, RILEY, KeyPair, a_key_pair, an_app

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BASE = "https://localhost:8143"
BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
KEYS = a_key_pair()
OTHER_KEYS = a_key_pair()


class World:
    def __init__(self, **app: Any) -> None:
        self.org = Org.create(metadata_dirs=[FORCE_APP], clock=lambda: NOON)
        load_seed(self.org, DEMO_SEED)
        self.setup = OrgSetup()
        self.setup.register(an_app(**{"certificate_pem": KEYS.certificate_pem, **app}))
        flask = create_app(self.org, https_base=BASE, http_base="http://127.0.0.1:8100", setup=self.setup)
        self.client: FlaskClient = flask.test_client()

    def login(self, *, keys: KeyPair = KEYS, algorithm: str = "RS256", **claims: Any) -> TestResponse:
        facts = {
            "iss": "3MVG9.tests",
            "sub": RILEY,
            "aud": "https://login.salesforce.com",
            "exp": str(int((NOON + timedelta(minutes=3)).timestamp())),
            **claims,
        }
        assertion = jwt.encode({k: v for k, v in facts.items() if v is not None}, keys.private_pem, algorithm)
        return self.client.post("/services/oauth2/token", data={"grant_type": BEARER, "assertion": assertion})

    def bearer(self, username: str = RILEY) -> dict[str, str]:
        user = self.org.users.by_username(username)
        assert user is not None
        return {"Authorization": f"Bearer {self.org.sessions.issue(user.id)}"}


def at(minutes: float) -> str:
    return str(int((NOON + timedelta(minutes=minutes)).timestamp()))


def test_a_good_assertion_gives_a_session_of_its_user() -> None:
    world = World()
    answer = world.login()

    body = answer.get_json()
    session = world.org.sessions.find(body["access_token"])
    user = world.org.users.by_username(RILEY)
    assert answer.status_code == 200
    assert session is not None
    assert user is not None
    assert (session.user_id, session.client) == (user.id, "Accord")
    assert (body["instance_url"], body["token_type"]) == (BASE, "Bearer")
    assert body["id"] == f"{BASE}/id/{world.org.id}/{user.id}"


@pytest.mark.parametrize("audience", ["https://login.salesforce.com", "https://test.salesforce.com", BASE, f"{BASE}/"])
def test_these_audiences_are_the_org(audience: str) -> None:
    assert World().login(aud=audience).status_code == 200


@pytest.mark.parametrize("exp", [at(3), int(at(3)), at(0), at(-0.4)], ids=["text", "number", "now", "a little late"])
def test_these_expiries_are_accepted(exp: object) -> None:
    assert World().login(exp=exp).status_code == 200


@pytest.mark.parametrize(
    ("claims", "error", "description"),
    [
        ({"aud": "https://example.org"}, "invalid_grant", "audience is invalid"),
        ({"aud": None}, "invalid_grant", "audience is invalid"),
        ({"exp": at(-2)}, "invalid_grant", "expired authorization code"),
        ({"exp": at(60)}, "invalid_grant", "expired authorization code"),
        ({"exp": None}, "invalid_grant", "invalid assertion"),
        ({"exp": "soon"}, "invalid_grant", "invalid assertion"),
        ({"sub": None}, "invalid_grant", "invalid assertion"),
        ({"sub": "nobody@halden.example"}, "invalid_grant", "user hasn't approved this consumer"),
        ({"iss": "3MVG9.unknown"}, "invalid_client_id", "client identifier invalid"),
        ({"iss": None}, "invalid_client_id", "client identifier invalid"),
        ({"keys": OTHER_KEYS}, "invalid_grant", "invalid assertion"),
        ({"algorithm": "RS512"}, "invalid_grant", "invalid assertion"),
    ],
)
def test_a_wrong_assertion_is_refused_in_the_platforms_words(claims: Any, error: str, description: str) -> None:
    answer = World().login(**claims)

    assert answer.status_code == 400
    assert answer.get_json() == {"error": error, "error_description": description}


def test_what_is_no_token_at_all_is_an_invalid_assertion() -> None:
    answer = World().client.post("/services/oauth2/token", data={"grant_type": BEARER, "assertion": "x.y"})

    assert answer.get_json()["error_description"] == "invalid assertion"


@pytest.mark.parametrize("app", [{"approved": "none"}, {"approved": "self"}, {"permission_sets": ("Accord_Admin",)}])
def test_a_user_who_is_not_pre_authorized_is_refused(app: Any) -> None:
    assert World(**app).login().get_json()["error_description"] == "user hasn't approved this consumer"


def test_an_inactive_user_is_refused() -> None:
    world = World()
    user = world.org.users.by_username(RILEY)
    assert user is not None
    world.org.users.change(user.id, IsActive=False)

    assert world.login().get_json() == {"error": "inactive_user", "error_description": "user is inactive"}


def test_client_credentials_run_as_the_configured_user() -> None:
    world = World(run_as="integration@halden.example")
    answer = world.client.post(
        "/services/oauth2/token", data={"grant_type": "client_credentials"}, auth=("3MVG9.tests", "canvas secret")
    )

    session = world.org.sessions.find(answer.get_json()["access_token"])
    user = world.org.users.by_username("integration@halden.example")
    assert session is not None
    assert user is not None
    assert session.user_id == user.id


@pytest.mark.parametrize(
    ("key", "secret", "error"),
    [("3MVG9.tests", "wrong", "invalid_client"), ("3MVG9.other", "canvas secret", "invalid_client_id")],
)
def test_wrong_client_credentials_are_refused(key: str, secret: str, error: str) -> None:
    world = World(run_as=ADMIN)
    form = {"grant_type": "client_credentials", "client_id": key, "client_secret": secret}

    assert world.client.post("/services/oauth2/token", data=form).get_json()["error"] == error


@pytest.mark.parametrize("grant", ["password", "urn:ietf:params:oauth:grant-type:device_code"])
def test_what_the_platform_has_and_this_org_has_not_says_so(grant: str) -> None:
    answer = World().client.post("/services/oauth2/token", data={"grant_type": grant})

    assert (answer.status_code, answer.get_json()["error"]) == (501, "LOCALORG_NOT_BUILT")


def test_userinfo_names_the_org_and_the_user() -> None:
    world = World()
    info = world.client.get("/services/oauth2/userinfo", headers=world.bearer()).get_json()

    assert (info["organization_id"], info["preferred_username"]) == (world.org.id, RILEY)
    assert (info["user_type"], info["zoneinfo"], info["locale"]) == ("STANDARD", "America/New_York", "en_US")


@pytest.mark.parametrize("token", ["", "00D!invented"])
def test_userinfo_tells_strangers_nothing(token: str) -> None:
    answer = World().client.get("/services/oauth2/userinfo", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 403
    assert answer.text in {"Missing_OAuth_Token", "Bad_OAuth_Token"}


def test_the_identity_url_answers_its_own_user_only() -> None:
    world = World()
    riley, ada = world.org.users.by_username(RILEY), world.org.users.by_username(ADMIN)
    assert riley is not None
    assert ada is not None
    own = world.client.get(f"/id/{world.org.id}/{riley.id}", headers=world.bearer())
    other = world.client.get(f"/id/{world.org.id}/{ada.id}", headers=world.bearer())
    elsewhere = world.client.get(f"/id/00D000000000001AAA/{riley.id}", headers=world.bearer())

    assert own.get_json()["username"] == RILEY
    assert (other.text, elsewhere.text) == ("Bad_Id", "Wrong_Org")


def test_a_revoked_token_is_dead() -> None:
    world = World()
    token = world.login().get_json()["access_token"]
    revoked = world.client.post("/services/oauth2/revoke", data={"token": token})
    answer = world.client.get("/services/data/v67.0/limits", headers={"Authorization": f"Bearer {token}"})

    assert (revoked.status_code, answer.status_code) == (200, 401)
    assert answer.get_json()[0]["errorCode"] == "INVALID_SESSION_ID"


def test_discovery_sends_a_browser_to_the_plain_address() -> None:
    found = World().client.get("/.well-known/openid-configuration").get_json()

    assert found["authorization_endpoint"] == "http://127.0.0.1:8100/services/oauth2/authorize"
    assert found["token_endpoint"] == f"{BASE}/services/oauth2/token"


def test_set_up_survives_a_restart(tmp_path: Path) -> None:
    OrgSetup(tmp_path / "setup.json").register(an_app(permission_sets=("Accord_Rep",)))
    again = OrgSetup(tmp_path / "setup.json")

    assert again.find_app("3MVG9.tests") == an_app(permission_sets=("Accord_Rep",))
    assert (tmp_path / "setup.json").stat().st_mode & 0o777 == 0o600
