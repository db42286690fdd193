"""What an admin is told of real deliveries."""

from datetime import timedelta

import pytest

from accord.core.errors import AuthorizationLostError
from accord.core.identity import Identity, Role
from accord.core.outcomes import Recovery
from accord.core.troubles import Cause, Trouble
from accord.features.messages.service import Messages
from accord.infra.db import Database
from support.delivery import ADelivery
from support.gateway import a_refusal
from support.messages import messages_of


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


def inbox(delivery: ADelivery, messages: Messages) -> list[tuple[str, str]]:
    caller = Identity(delivery.workspace_id, delivery.connection_id, Role.ADMIN)
    found = messages.load(caller, unseen=False, before=None, most=500)
    return [(each.cause, each.state.value) for each in reversed(found)]


def test_two_hundred_failures_of_one_cause_are_one_message(delivery):
    """With a clock that stands still, and a worker that fails each time."""
    messages = messages_of(delivery)
    delivery.org.lost_logins[None] = AuthorizationLostError("The app was taken away.", code="APP_NOT_INSTALLED")
    delivery.put(*delivery.intents(200))
    for _ in range(20):
        delivery.drain()
        messages.look_at_all()

    assert inbox(delivery, messages) == [("login_dead", "trouble")]

    delivery.org.lost_logins.clear()
    delivery.clock.advance(minutes=40)
    delivery.drain()
    for _ in range(20):
        messages.look_at_all()
    assert inbox(delivery, messages) == [("login_dead", "trouble"), ("login_dead", "well")]


def test_a_login_is_not_well_between_two_tries(delivery):
    messages = messages_of(delivery)
    delivery.org.lost_logins[None] = AuthorizationLostError("Gone.", code="APP_NOT_INSTALLED")
    delivery.put(delivery.intent())
    for _ in range(25):
        messages.look_at_all()  # also in the moment in which a try is due and not made yet
        delivery.drain()
        delivery.clock.advance(minutes=5)

    assert inbox(delivery, messages) == [("login_dead", "trouble")]


def test_many_parked_writes_are_one_message_until_they_are_few(delivery):
    messages = messages_of(delivery)
    intents = delivery.intents(21)
    for intent in intents:
        delivery.org.refusals[intent.external_id] = a_refusal(Recovery.DATA)
    delivery.put(*intents)
    delivery.drain()
    for _ in range(3):
        messages.look_at_all()
    delivery.org.refusals.clear()
    with delivery.database.workspace(delivery.workspace_id) as session:
        delivery.view.retry(session, delivery.connection_id, now=delivery.clock())
    delivery.drain()
    messages.look_at_all()

    assert inbox(delivery, messages) == [("many_parked", "trouble"), ("many_parked", "well")]


def test_two_processes_that_look_at_once_tell_it_once(delivery, monkeypatch):
    from accord.features.messages import rules

    messages, decide = messages_of(delivery, Trouble(Cause.MANY_PARKED, "", "X", "x")), rules.decide_tellings
    inside: list[int] = []

    def look_twice(*given):
        found = decide(*given)
        if not inside and delivery.database.dialect == "postgresql":
            inside.append(1)
            messages.look_at_all()  # the other process, between this one's look and its writing
        return found

    monkeypatch.setattr(rules, "decide_tellings", look_twice)
    messages.look_at_all()
    messages.look_at_all()

    assert inbox(delivery, messages) == [("many_parked", "trouble")]


def test_old_messages_are_forgotten(delivery):
    messages = messages_of(delivery, Trouble(Cause.MANY_PARKED, "", "X", "x"))
    messages.look_at_all()
    delivery.clock.advance(days=89)
    assert messages.forget_old() == 0
    delivery.clock.now += timedelta(days=1)

    assert (messages.forget_old(), inbox(delivery, messages)) == (1, [])
