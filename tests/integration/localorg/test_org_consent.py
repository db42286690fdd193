"""The consent page of the local org: who is asked, what is allowed, what goes back to the app and what never does."""

from typing import Any

import pytest

from support.running_org import ADMIN, RILEY
from support.web_login import AUTHORIZE, KEY, REDIRECT, decide, exchange, hidden_fields, redirected, view_as
from support.web_login import ORG_BASE as BASE
from support.web_login import WebLoginWorld as World


def test_who_allows_an_app_gives_it_a_login_of_his_own() -> None:
    world = World()
    page = world.ask()
    answer = decide(world.browser, page)
    back = redirected(answer)
    tokens = exchange(world.server, back["code"], world.verifier).get_json()

    riley = world.org.users.by_username(RILEY)
    assert riley is not None
    assert "Allow access?" in page.text
    assert RILEY in page.text
    assert answer.headers["Location"].startswith(REDIRECT)
    assert back["state"] == "a state"
    assert world.org.sessions.find(tokens["access_token"]).user_id == riley.id  # type: ignore[union-attr]
    assert tokens["id"] == f"{BASE}/id/{world.org.id}/{riley.id}"
    assert (tokens["instance_url"], tokens["scope"]) == (BASE, "api refresh_token")
    assert tokens["issued_at"] == str(int(world.clock().timestamp() * 1000))


def test_the_consent_page_may_not_be_framed_and_names_what_is_asked() -> None:
    page = World().ask(scope="id refresh_token")

    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    assert "Perform requests at any time" in page.text
    assert "Manage user data via APIs" not in page.text


def test_who_denies_sends_the_app_away() -> None:
    world = World()

    back = redirected(decide(world.browser, world.ask(), "deny"))

    assert (back["error"], back["error_description"]) == ("access_denied", "end-user denied authorization")


def test_a_decision_of_another_user_is_asked_for_again() -> None:
    """The menu of another tab changed who is signed in after the page was shown."""
    world = World()
    page = world.ask()
    view_as(world.browser, ADMIN)

    answer = decide(world.browser, page)

    assert answer.status_code == 200
    assert ADMIN in answer.text


def test_a_page_of_another_origin_cannot_allow_anything() -> None:
    world = World()
    form = {**hidden_fields(world.ask().text), "decision": "allow"}

    answer = world.browser.post(AUTHORIZE, data=form, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403


def test_the_menu_leads_back_to_the_consent_page() -> None:
    world = World()
    back = f"{AUTHORIZE}?client_id={KEY}"

    answer = world.browser.post("/lightning/viewing-as", data={"username": ADMIN, "back": back})

    assert answer.headers["Location"].endswith(back)


def test_a_pre_authorized_user_is_not_asked() -> None:
    assert "code" in redirected(World(approved="admin").ask())


def test_a_pre_authorized_user_is_asked_when_the_app_wants_it() -> None:
    assert World(approved="admin").ask(prompt="consent").status_code == 200


def test_who_has_allowed_an_app_is_not_asked_again_until_he_revokes_it() -> None:
    world = World()
    tokens = world.log_in()

    assert "code" in redirected(world.ask())
    world.server.post("/services/oauth2/revoke", data={"token": tokens["refresh_token"]})
    assert world.ask().status_code == 200


def test_a_user_whom_the_admin_has_not_approved_is_sent_back() -> None:
    back = redirected(World(approved="admin", permission_sets=("Accord_Admin",)).ask())

    assert back["error"] == "OAUTH_APP_ACCESS_DENIED"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "api full"}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
    ],
)
def test_a_wrong_request_goes_back_to_the_app_as_an_error(changes: Any, error: str) -> None:
    back = redirected(World().ask(**changes))

    assert (back["error"], back["state"]) == (error, "a state")


@pytest.mark.parametrize(
    "changes", [{"client_id": "3MVG9.unknown"}, {"redirect_uri": REDIRECT + "/more"}, {"redirect_uri": None}]
)
def test_a_request_that_names_a_foreign_address_never_leaves_the_org(changes: Any) -> None:
    answer = World().ask(**changes)

    assert answer.status_code == 400
    assert "Location" not in answer.headers
