"""What an org's policies do to logins: apps that are not installed, networks, frozen users."""

from dataclasses import replace
from typing import Any

import pytest
from werkzeug.test import TestResponse

from support.running_org import ADMIN, RILEY
from support.web_login import KEY, SECRET, exchange, refresh
from support.web_login import WebLoginWorld as World


def by_client_credentials(world: World) -> TestResponse:
    form = {"grant_type": "client_credentials", "client_id": KEY, "client_secret": SECRET}
    return world.server.post("/services/oauth2/token", data=form)


def change_app(world: World, **changes: Any) -> None:
    app = world.setup.find_app(KEY)
    assert app is not None
    world.setup.register(replace(app, **changes))


def error(answer: TestResponse) -> tuple[str, str]:
    assert answer.status_code == 400, answer.text
    return answer.get_json()["error"], answer.get_json()["error_description"]


def test_an_app_that_is_not_installed_gets_no_token_and_no_consent() -> None:
    world = World(run_as=ADMIN)
    tokens = world.log_in()
    change_app(world, installed=False)
    refused = ("invalid_client", "app must be installed into org")

    assert error(by_client_credentials(world)) == refused
    assert error(refresh(world.server, tokens["refresh_token"])) == refused
    page = world.ask()
    assert page.status_code == 400
    assert "app must be installed into org" in page.text


def test_from_another_network_no_login_is_opened_or_renewed() -> None:
    world = World(run_as=ADMIN)
    tokens = world.log_in()
    change_app(world, networks=("203.0.113.0/24", "2001:db8::/32"))
    refused = ("invalid_grant", "ip restricted")

    assert error(refresh(world.server, tokens["refresh_token"])) == refused
    assert error(by_client_credentials(world)) == refused
    assert error(exchange(world.server, world.code(), world.verifier)) == refused
    assert world.works(tokens["access_token"])
    change_app(world, networks=("127.0.0.0/8",))
    assert refresh(world.server, tokens["refresh_token"]).status_code == 200, "the refusals used nothing up"


def test_a_network_that_is_none_is_not_taken() -> None:
    with pytest.raises(ValueError, match="everywhere"):
        World(networks=("everywhere",))


def test_a_frozen_user_opens_and_renews_no_login_while_open_ones_go_on() -> None:
    world = World()
    tokens = world.log_in()
    code = world.code()
    riley = world.org.users.by_username(RILEY)
    assert riley is not None
    world.org.users.change(riley.id, _is_frozen=True)

    for answer in (refresh(world.server, tokens["refresh_token"]), exchange(world.server, code, world.verifier)):
        assert error(answer) == ("inactive_user", "user is inactive")
    assert world.works(tokens["access_token"])
    world.org.users.change(riley.id, _is_frozen=False)
    assert refresh(world.server, tokens["refresh_token"]).status_code == 200


def test_client_credentials_want_a_user_to_run_as() -> None:
    assert error(by_client_credentials(World())) == ("invalid_grant", "no client credentials user enabled")


def test_an_unknown_grant_type_is_refused() -> None:
    answer = World().server.post("/services/oauth2/token", data={"grant_type": "magic"})

    assert error(answer) == ("unsupported_grant_type", "grant type not supported")
