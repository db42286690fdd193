"""Tokens of the web-server flow: PKCE, rotation with reuse detection, revoke, introspect. F11, F12."""

import base64
import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from localorg.setup import ConnectedApp as App
from localorg.setup import parse
from support.running_org import ADMIN, RILEY, a_running_org, a_session, an_app
from support.web_login import (
    KEY,
    REDIRECT,
    SECRET,
    Verifier,
    authorize_query,
    exchange,
    hidden_fields,
    refresh,
    view_as,
)
from support.web_login import WebLoginWorld as World


def error(answer: TestResponse) -> tuple[str, str]:
    body = answer.get_json()
    assert answer.status_code == 400, answer.text
    return body["error"], body["error_description"]


EXPIRED = ("invalid_grant", "expired access/refresh token")


def test_the_token_answer_is_signed_with_the_consumer_secret() -> None:
    tokens = World().log_in()

    signed = hmac.digest(SECRET.encode(), (tokens["id"] + tokens["issued_at"]).encode(), hashlib.sha256)
    assert tokens["signature"] == base64.b64encode(signed).decode()


def test_an_app_that_needs_no_proof_key_may_leave_it_out() -> None:
    world = World(require_pkce=False)
    code = world.code(code_challenge=None, code_challenge_method=None)

    assert exchange(world.server, code).status_code == 200


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"code_verifier": "x" * 43}, ("invalid_grant", "invalid code verifier")),
        ({"code_verifier": None}, ("invalid_grant", "invalid code verifier")),
        (
            {"redirect_uri": "http://localhost:8000/else"},
            ("redirect_uri_mismatch", "redirect_uri must match configuration"),
        ),
        ({"client_secret": "wrong"}, ("invalid_client", "invalid client credentials")),
        ({"client_secret": None}, ("invalid_client", "invalid client credentials")),
        ({"client_id": "3MVG9.unknown"}, ("invalid_client_id", "client identifier invalid")),
    ],
)
def test_a_wrong_exchange_is_refused(changes: Any, answer: tuple[str, str]) -> None:
    world = World()

    assert error(exchange(world.server, world.code(), world.verifier, **changes)) == answer


def test_an_invented_code_is_refused() -> None:
    world = World()

    assert error(exchange(world.server, "aPrxInvented", world.verifier))[1] == "invalid authorization code"


def test_a_code_is_good_once() -> None:
    world = World()
    code = world.code()
    first, second = (exchange(world.server, code, world.verifier) for _ in range(2))

    assert first.status_code == 200
    assert error(second) == ("invalid_grant", "expired authorization code")


@pytest.mark.parametrize(("minutes", "status"), [(14.9, 200), (15, 400)])
def test_a_code_lives_fifteen_minutes(minutes: float, status: int) -> None:
    world = World()
    code = world.code()
    world.clock.advance(minutes=minutes)

    assert exchange(world.server, code, world.verifier).status_code == status


def test_a_refresh_gives_a_new_access_token_and_a_new_refresh_token() -> None:
    world = World()
    first = world.log_in()
    world.org.sessions.expire_all()

    second = refresh(world.server, first["refresh_token"]).get_json()

    assert world.works(second["access_token"])
    assert second["refresh_token"] != first["refresh_token"]
    assert second["signature"]


def test_an_app_without_rotation_keeps_its_refresh_token() -> None:
    world = World(rotate_refresh_tokens=False)
    first = world.log_in()

    for _ in range(3):
        assert "refresh_token" not in refresh(world.server, first["refresh_token"]).get_json()
    assert world.org.grants.counts.reuses == 0


def test_a_used_refresh_token_ends_the_current_one_and_all_its_access_tokens() -> None:
    world = World()
    first = world.log_in()
    second = refresh(world.server, first["refresh_token"]).get_json()
    other = World.log_in(world)

    assert error(refresh(world.server, first["refresh_token"])) == EXPIRED

    assert error(refresh(world.server, second["refresh_token"])) == EXPIRED
    assert [world.works(each["access_token"]) for each in (first, second, other)] == [False, False, True]
    assert world.server.get("/_org/refreshes").get_json() == {"refreshes": 1, "reuses": 1}


def test_of_eight_refreshes_at_once_with_one_token_one_wins() -> None:
    world = World()
    token = world.log_in()["refresh_token"]

    def call(_number: int) -> int:
        return refresh(world.flask.test_client(), token).status_code

    with ThreadPoolExecutor(8) as crowd:
        statuses = sorted(crowd.map(call, range(8)))

    assert statuses == [200] + [400] * 7
    assert world.org.grants.counts.reuses >= 1


def test_the_sixth_login_ends_the_oldest() -> None:
    world = World()
    logins = []
    for _ in range(6):
        logins.append(world.log_in())
        world.clock.advance(seconds=1)

    assert [world.works(login["access_token"]) for login in logins] == [False] + [True] * 5
    assert error(refresh(world.server, logins[0]["refresh_token"])) == EXPIRED
    assert world.org.grants.counts.reuses == 0


def test_five_logins_are_each_users_own() -> None:
    world = World()
    rileys = [world.log_in() for _ in range(5)]
    view_as(world.browser, ADMIN)
    world.log_in()

    assert all(world.works(login["access_token"]) for login in rileys)


def test_a_revoked_refresh_token_takes_its_access_tokens_along() -> None:
    world = World()
    login = world.log_in()

    assert world.server.post("/services/oauth2/revoke", data={"token": login["refresh_token"]}).status_code == 200

    assert not world.works(login["access_token"])
    assert error(refresh(world.server, login["refresh_token"])) == EXPIRED


def test_a_revoked_access_token_goes_alone() -> None:
    world = World()
    login = world.log_in()

    world.server.post("/services/oauth2/revoke", data={"token": login["access_token"]})

    assert not world.works(login["access_token"])
    assert refresh(world.server, login["refresh_token"]).status_code == 200


def test_an_inactive_user_gets_no_new_token_and_his_refresh_token_is_not_used_up() -> None:
    world = World()
    login = world.log_in()
    riley = world.org.users.by_username(RILEY)
    assert riley is not None
    world.org.users.change(riley.id, IsActive=False)

    assert error(refresh(world.server, login["refresh_token"])) == ("inactive_user", "user is inactive")
    world.org.users.change(riley.id, IsActive=True)
    assert refresh(world.server, login["refresh_token"]).status_code == 200


def test_a_refresh_token_of_another_app_is_worth_nothing() -> None:
    world = World()
    login = world.log_in()
    world.setup.register(an_app(name="Other", consumer_key="3MVG9.other"))

    assert error(refresh(world.server, login["refresh_token"], client_id="3MVG9.other")) == EXPIRED
    assert world.works(login["access_token"])


def test_introspect_tells_an_app_about_its_own_tokens_only() -> None:
    world = World()
    login = world.log_in()
    world.setup.register(an_app(name="Other", consumer_key="3MVG9.other"))

    def ask(token: str, key: str = KEY, secret: str = SECRET) -> Any:
        form = {"token": token, "client_id": key, "client_secret": secret}
        return world.server.post("/services/oauth2/introspect", data=form).get_json()

    found = ask(login["access_token"])
    assert (found["active"], found["username"], found["client_id"]) == (True, RILEY, KEY)
    assert (found["scope"], found["token_type"]) == ("api refresh_token", "access_token")
    assert ask(login["refresh_token"])["token_type"] == "refresh_token"
    assert ask(login["access_token"], key="3MVG9.other") == {"active": False}
    assert ask("invented") == {"active": False}
    assert ask(login["access_token"], secret="wrong")["error"] == "invalid_client"


def test_logins_survive_a_restart_and_used_tokens_are_still_known(tmp_path: Path) -> None:
    file = tmp_path / "org.db"
    world = World(data_file=file)
    first = world.log_in()
    second = refresh(world.server, first["refresh_token"]).get_json()
    world.org.close()

    again = World(data_file=file)

    assert again.works(second["access_token"])
    assert error(refresh(again.server, first["refresh_token"])) == EXPIRED
    assert again.org.grants.counts.reuses == 1
    assert not again.works(second["access_token"])
    again.org.close()


def test_nothing_of_a_token_lies_in_the_data_file(tmp_path: Path) -> None:
    file = tmp_path / "org.db"
    world = World(data_file=file)
    login = world.log_in()
    world.org.close()

    stored = b"".join(found.read_bytes() for found in tmp_path.glob("org.db*"))
    assert login["refresh_token"].encode() not in stored
    assert login["access_token"].encode() not in stored


@pytest.mark.parametrize(
    "wrong", [{"redirect_uris": ["https://a.example"]}, {"require_pkce": "yes"}, {"scopes": "api"}]
)
def test_an_app_with_wrong_settings_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"must be|is true or false|is a list"):
        parse(App, {"name": "A", "consumer_key": "k", "consumer_secret": "s", **wrong})


def test_the_whole_flow_over_real_sockets(tmp_path: Path) -> None:
    with a_running_org(tmp_path) as running:
        running.setup.register(an_app(approved="self", redirect_uris=(REDIRECT,)))
        http, verifier = a_session(running), Verifier()
        address = http.get(f"{running.https_base}/.well-known/openid-configuration").json()["authorization_endpoint"]
        page = http.get(address, params=authorize_query(verifier))
        form = {**hidden_fields(page.text), "decision": "allow"}
        back = http.post(address, data=form, headers={"Origin": running.http_base}, allow_redirects=False)
        code = back.headers["Location"].partition("code=")[2].partition("&")[0]
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "client_id": KEY}
        form |= {"client_secret": SECRET, "code_verifier": verifier.text}
        token_address = f"{running.https_base}/services/oauth2/token"
        login = http.post(token_address, data=form).json()
        form = {"grant_type": "refresh_token", "refresh_token": login["refresh_token"]}
        fresh = http.post(token_address, data=form, auth=(KEY, SECRET)).json()
        info = http.get(fresh["id"], headers={"Authorization": f"Bearer {fresh['access_token']}"}).json()

    assert address.startswith("http://127.0.0.1:")
    assert info["username"] == RILEY


def test_a_login_that_is_revoked_in_mid_run_takes_its_refresh_token_along() -> None:
    world = World()
    tokens = world.log_in()
    fault = {"kind": "revoked", "match": {"path": "/limits"}, "skip": 1, "count": 1}
    assert world.server.post("/_org/faults", json=fault).status_code == 201

    assert [world.works(tokens["access_token"]) for _ in range(3)] == [True, False, False]
    again = refresh(world.server, tokens["refresh_token"])
    assert (again.status_code, again.get_json()["error_description"]) == (400, "expired access/refresh token")
    assert world.works(world.log_in()["access_token"])
