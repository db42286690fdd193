"""A member connects a Salesforce login of his own by the web-server flow, works with it, and drops it.

A91, A92, S3, F11, and reliability-security 4.5.
"""

import pytest

from accord.features.connections.model import ConnectionStatus
from accord.workspace.members.model import MemberStatus
from accord.workspace.members.store import set_status
from support.activities import fold_nothing
from support.database import ONE_ENGINE
from support.own_login import (
    MINE,
    START,
    WayBack,
    at_salesforce,
    come_back,
    connect_own_login,
    member_id_of,
    start,
    stored_login,
)
from support.product import INTEGRATION, PAGE, Product
from support.running_org import NOOR, RILEY
from support.web_login import KEY

NOT_CONNECTED = {"connected": False, "connected_at": None, "renewed_at": None, "lost": None, "offered": False}


def log_comment(product: Product, flow: dict[str, str], text: str = "Legal asked for a redline") -> None:
    actor = product.org.users.by_username(RILEY)
    assert actor is not None
    item = {"recordId": product.deal(), "kind": "comment", "subjectText": text, "actorUserId": actor.id}
    answer = product.client.post("/flow/v1/activities", json={"items": [item]}, headers=flow)
    assert answer.json["items"][0]["outcome"] == "queued", answer.text


def owners(product: Product) -> list[tuple[str, str]]:
    """User names of owner and author of each Task."""
    users = product.org.users
    return [
        (users.by_id(task["OwnerId"]).username, users.by_id(task["CreatedById"]).username)  # type: ignore[union-attr]
        for task in product.tasks()
    ]


def mine(product: Product, headers: dict[str, str]) -> dict:
    return product.client.get(MINE, headers=headers).json


def reuses(product: Product) -> int:
    return product.org.grants.counts.reuses


def test_a_member_connects_his_login_and_his_tasks_are_his_own(product):
    """A91, A92."""
    headers = product.sign_in()
    assert mine(product, headers) == NOT_CONNECTED

    url = start(product, headers)
    page = come_back(product, at_salesforce(product, url))

    assert url.startswith(f"{PAGE}/services/oauth2/authorize?")
    assert "code_challenge_method=S256" in url
    assert page.status_code == 200
    assert "You can close this window" in page.text
    assert "Riley Okafor" in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert mine(product, headers)["connected"] is True
    log_comment(product, product.sign_in_flow())
    product.deliver()
    assert owners(product) == [(RILEY, RILEY)]


def test_a_member_signs_in_without_the_canvas_session_after_that(product):
    """His saves use his own login, and go on when the session's token is dead."""
    headers = connect_own_login(product)
    product.org.sessions.expire_all()

    answer = product.client.get(f"/api/v1/panels/{product.deal()}", headers=headers)

    assert answer.status_code == 200
    assert mine(product, headers)["renewed_at"] is not None


def test_a_login_that_salesforce_ended_is_renewed_and_the_work_goes_on(product):
    fold_nothing(product)
    connect_own_login(product)
    flow = product.sign_in_flow()
    before = stored_login(product)

    for text in ("one", "two", "three"):
        product.org.sessions.expire_all()
        log_comment(product, flow, text)
        product.deliver()

    after = stored_login(product)
    assert owners(product) == [(RILEY, RILEY)] * 3
    assert (product.org.grants.counts.refreshes, reuses(product)) == (3, 0)
    assert after.refresh_token.reveal() != before.refresh_token.reveal()


def test_an_app_without_rotation_keeps_its_refresh_token(product):
    product.org_app_without_rotation()
    headers = connect_own_login(product)
    before = stored_login(product)

    for _ in range(3):
        product.org.sessions.expire_all()
        assert product.client.get(f"/api/v1/panels/{product.deal()}", headers=headers).status_code == 200

    assert stored_login(product).refresh_token.reveal() == before.refresh_token.reveal()


def test_a_revoked_login_is_removed_with_its_reason_and_asked_for_once(product):
    """F11, W3: at most one refresh after invalid_grant; what waited and what follows falls back to the owner."""
    fold_nothing(product)
    headers = connect_own_login(product)
    flow = product.sign_in_flow()
    log_comment(product, flow, "was to be his")
    product.org.grants.revoke(stored_login(product).refresh_token.reveal())
    asked = token_requests(product)

    product.deliver()
    product.deliver()
    product.client.get(f"/api/v1/panels/{product.deal()}", headers=headers)

    standing = mine(product, headers)
    assert token_requests(product) - asked == 1  # his one refresh; the integration owner's login is there already
    assert (standing["connected"], standing["lost"]["code"]) == (False, "LOGIN_EXPIRED")
    assert "Connect again" in standing["lost"]["message"]
    assert owners(product) == [(INTEGRATION, INTEGRATION)]
    log_comment(product, flow, "written by the owner meanwhile")
    product.deliver()
    assert owners(product) == [(INTEGRATION, INTEGRATION)] * 2

    connect_own_login(product)
    log_comment(product, flow, "his own again")
    product.deliver()
    assert sorted(owners(product)) == sorted([(INTEGRATION, INTEGRATION), (INTEGRATION, INTEGRATION), (RILEY, RILEY)])


def token_requests(product: Product) -> int:
    return product.counter.report(since=0)["by_path"].get("/services/oauth2/token", 0)


def test_a_dropped_login_is_ended_at_salesforce_and_nothing_of_it_is_left(product):
    headers = connect_own_login(product)
    login = stored_login(product)

    answer = product.client.delete(MINE, headers=headers)

    assert answer.json == {"connected": False, "ended_at_salesforce": True}
    assert product.org.grants.find(login.refresh_token.reveal()) is None
    assert product.org.sessions.find(login.access_token.reveal()) is None
    assert stored_login(product) is None
    assert mine(product, headers) == NOT_CONNECTED


def test_a_dropped_login_is_forgotten_even_when_salesforce_cannot_be_asked(product):
    headers = connect_own_login(product)
    product.arm(kind="unavailable", match={"path": "/services/oauth2/revoke"}, rate=1)

    answer = product.client.delete(MINE, headers=headers)

    assert answer.json == {"connected": False, "ended_at_salesforce": False}
    assert stored_login(product) is None


def test_who_has_no_login_can_drop_it_all_the_same(product):
    assert product.client.delete(MINE, headers=product.sign_in()).status_code == 200


def test_a_sign_in_is_finished_once(product):
    headers = product.sign_in()
    way = at_salesforce(product, start(product, headers))

    first, second = come_back(product, way), come_back(product, way)

    assert (first.status_code, second.status_code) == (200, 400)
    assert "Start it again" in second.text
    assert mine(product, headers)["connected"] is True


@pytest.mark.parametrize(("minutes", "status"), [(9.9, 200), (10, 400)])
def test_a_sign_in_is_open_for_ten_minutes(product, minutes, status):
    way = at_salesforce(product, start(product, product.sign_in()))
    product.clock.advance(minutes=minutes)

    assert come_back(product, way).status_code == status


def test_sign_ins_that_are_over_are_forgotten(product):
    start(product, product.sign_in())
    product.clock.advance(minutes=16)

    assert product.parts.connections.sign_in.forget_expired() >= 2


@ONE_ENGINE
@pytest.mark.parametrize(
    "query", ["", "state=invented&code=x", "code=x", "state=a&state=b&code=x", f"state={'x' * 5000}"]
)
def test_a_way_back_that_nobody_began_is_refused(product, query):
    asked = token_requests(product)

    answer = come_back(product, WayBack("", query))

    assert answer.status_code == 400
    assert token_requests(product) == asked


def test_who_signs_in_as_somebody_else_gives_his_login_to_nobody(product):
    """And the tokens that came are ended at once."""
    headers = product.sign_in()

    answer = come_back(product, at_salesforce(product, start(product, headers), NOOR))

    noor = product.org.users.by_username(NOOR)
    assert answer.status_code == 400
    assert "somebody else" in answer.text
    assert stored_login(product) is None
    assert not product.org.grants.has_approved(noor.id, KEY, ["api"])


def test_who_denies_is_told_so_and_nothing_is_stored(product):
    headers = product.sign_in()
    state = at_salesforce(product, start(product, headers)).given["state"]

    answer = come_back(product, WayBack("", f"error=access_denied&error_description=no&state={state}"))

    assert answer.status_code == 403
    assert mine(product, headers)["connected"] is False
    assert come_back(product, WayBack("", f"code=x&state={state}")).status_code == 400


def test_a_member_who_was_blocked_meanwhile_gets_no_login(product):
    headers = product.sign_in()
    way = at_salesforce(product, start(product, headers))
    with product.parts.database.workspace(product.connection.workspace_id) as session:
        set_status(session, member_id_of(product), MemberStatus.BLOCKED)

    assert come_back(product, way).status_code == 403
    assert stored_login(product) is None


def test_an_org_on_hold_gives_no_login(product):
    way = at_salesforce(product, start(product, product.sign_in()))
    product.parts.connections.set_status(product.connection, ConnectionStatus.FROZEN)

    assert come_back(product, way).status_code == 403


def test_a_lost_answer_to_the_code_stores_nothing(product):
    way = at_salesforce(product, start(product, product.sign_in()))
    product.arm(kind="reset_after", match={"path": "/services/oauth2/token"}, rate=1)

    answer = come_back(product, way)

    assert answer.status_code == 503
    assert stored_login(product) is None


def test_a_flow_has_no_login_of_its_own(product):
    assert product.client.post(START, headers=product.sign_in_flow()).status_code == 403
