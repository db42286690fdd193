"""A member's own login when Salesforce refuses it: renewed once, lost with a reason, or kept for later. F11, F12."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from accord.core.errors import AuthorizationLostError, TransientError
from accord.core.ids import UserId
from accord.features.connections.model import PersonalLogin
from accord.features.connections.personal import renewal
from accord.features.connections.personal.model import RenewalBusyError, RenewalPoint
from accord.features.connections.personal.store import personal_login
from support.own_login import MINE, connect_own_login, member_id_of, stored_login
from support.product import a_product


@pytest.fixture
def at(database, monkeypatch):
    monkeypatch.setattr(renewal, "POLLS", 3)
    with a_product(database) as product:
        yield Renewing(product)


class Renewing:
    """A product whose rep has a login of his own, which Salesforce has just ended."""

    def __init__(self, product):
        self.product = product
        self.headers = connect_own_login(product)
        self.one = product.parts.connections.renewal
        self.member_id = member_id_of(product)
        product.org.sessions.expire_all()

    def renew(self, dead=None):
        dead = dead or stored_login(self.product).access_token
        return self.one.renew(self.product.connection, self.member_id, instead_of=dead)

    def arm(self, kind, **more):
        self.product.arm(kind=kind, match={"path": "/services/oauth2/token"}, rate=1, **more)

    def token_requests(self):
        return self.product.counter.report(since=0)["by_path"].get("/services/oauth2/token", 0)

    def lost(self):
        return self.product.client.get(MINE, headers=self.headers).json["lost"]

    def reuses(self):
        return self.product.org.grants.counts.reuses


def test_the_new_token_is_stored_before_anybody_uses_it(at):
    seen = []
    at.one.at = lambda place: seen.append((place, stored_login(at.product).access_token.reveal()))
    before = stored_login(at.product).access_token.reveal()

    after = at.renew().access_token.reveal()

    assert seen == [
        (RenewalPoint.BEFORE_SEND, before),
        (RenewalPoint.AFTER_ANSWER, before),
        (RenewalPoint.AFTER_COMMIT, after),
    ]


def test_who_comes_late_with_an_old_token_gets_the_new_one_without_a_call(at):
    dead = stored_login(at.product).access_token
    fresh = at.renew(dead)
    asked = at.token_requests()

    assert at.renew(dead) == fresh
    assert at.token_requests() == asked


def test_a_lost_answer_ends_the_login_and_its_refresh_token_is_never_sent_again(at):
    """Salesforce may have rotated it: a second use would be reuse."""
    dead = stored_login(at.product).access_token
    at.arm("reset_after", count=1)

    for _ in range(3):
        with pytest.raises(AuthorizationLostError) as lost:
            at.renew(dead)
        assert lost.value.code == "LOGIN_IN_DOUBT"

    assert stored_login(at.product) is None
    assert at.lost()["code"] == "LOGIN_IN_DOUBT"
    assert at.reuses() == 0


def test_where_salesforce_is_down_the_login_is_kept_for_later(at):
    at.arm("unavailable", count=2)

    for _ in range(2):
        with pytest.raises(TransientError):
            at.renew()

    assert at.renew()
    assert at.lost() is None
    assert at.reuses() == 0


def test_a_wrong_consumer_secret_ends_no_login_and_is_not_asked_about_at_every_call(at):
    """The refusal is the connection's fault: it is believed for a minute, then asked again."""
    at.product.parts.connections.set_canvas_secret(at.product.connection, "w" * 32)
    asked = at.token_requests()

    for _ in range(5):
        with pytest.raises(AuthorizationLostError) as lost:
            at.renew()
        assert lost.value.code == "WRONG_SECRET"

    assert at.token_requests() - asked == 1
    assert at.lost()["code"] == "WRONG_SECRET"
    at.product.parts.connections.set_canvas_secret(at.product.connection, "s" * 32)
    at.product.clock.advance(minutes=1)
    assert at.renew()
    assert at.lost() is None


def test_a_login_without_a_refresh_token_ends_with_its_access_token(at):
    login = stored_login(at.product)
    alone = PersonalLogin(UserId(login.user_id), login.instance_url, login.access_token, None)
    at.product.parts.connections.store_personal_login(at.product.connection, at.member_id, alone)
    asked = at.token_requests()

    with pytest.raises(AuthorizationLostError):
        at.renew()

    assert (at.token_requests(), at.lost()["code"]) == (asked, "LOGIN_EXPIRED")


def test_a_turn_of_another_process_is_waited_for_and_then_left_to_it(at):
    take_a_turn(at, minutes=1)

    with pytest.raises(RenewalBusyError) as busy:
        at.renew()

    assert busy.value.retry_after is not None
    assert stored_login(at.product) is not None


def take_a_turn(at, **until):
    with at.product.parts.database.workspace(at.product.connection.workspace_id) as session:
        values = {"holder": "another process", "leased_until": at.product.clock() + timedelta(**until)}
        session.execute(update(personal_login).values(**values))


def test_a_holder_who_is_merely_late_still_brings_the_new_login(at):
    """His turn was over and the login was given up: what he brings is the truth all the same."""
    dead = stored_login(at.product).access_token

    def late(place):
        if place is RenewalPoint.AFTER_ANSWER:
            at.one.at = lambda _place: None
            at.product.clock.advance(minutes=5)
            with pytest.raises(AuthorizationLostError):
                at.one._locks.clear()
                at.renew(dead)

    at.one.at = late

    fresh = at.renew(dead)

    assert stored_login(at.product) == fresh
    assert (at.lost(), at.reuses()) == (None, 0)


def test_a_login_dropped_during_its_renewal_stays_dropped_and_its_new_tokens_are_ended(at):
    def drop(place):
        if place is RenewalPoint.AFTER_ANSWER:
            at.product.client.delete(MINE, headers=at.headers)

    at.one.at = drop

    with pytest.raises(RenewalBusyError):
        at.renew()

    assert stored_login(at.product) is None
    riley = at.product.org.users.by_username("riley@halden.example")
    assert not at.product.org.grants.has_approved(riley.id, at.product.setup_app.consumer_key, ["api"])


def test_a_renewal_that_brings_another_users_login_is_given_up(at):
    login = stored_login(at.product)
    other = PersonalLogin(UserId("005000000000002AAA"), login.instance_url, login.access_token, login.refresh_token)
    at.product.parts.connections.store_personal_login(at.product.connection, at.member_id, other)

    with pytest.raises(AuthorizationLostError) as lost:
        at.renew()

    assert lost.value.code == "OTHER_USER"
    assert stored_login(at.product) is None


def test_a_token_that_cannot_be_told_shows_in_no_error(at):
    secret = stored_login(at.product).refresh_token.reveal()
    at.arm("reset_after", count=1)

    with pytest.raises(AuthorizationLostError) as lost:
        at.renew()

    assert secret not in str(lost.value)
