"""What is over goes after 90 days; what is parked or on its way never does."""

import pytest

from accord.core.errors import NotFoundError
from accord.core.outcomes import Recovery
from accord.delivery import upkeep
from accord.infra.db import Database
from accord.salesforce.model import Usage
from support.delivery import ADelivery
from support.gateway import a_refusal


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


def _forget(delivery: ADelivery) -> int:
    with delivery.database.workspace(delivery.workspace_id) as session:
        return delivery.view.forget_over(session, delivery.connection_id, now=delivery.clock())


def test_what_is_over_is_forgotten_after_ninety_days_with_its_tries(delivery: ADelivery) -> None:
    tried, merged, last = (delivery.intent(creates=n == 0, coalesces=n > 1, fields={"F": n}) for n in range(3))
    delivery.org.refusals[tried.external_id] = a_refusal(Recovery.TRANSIENT, "BUSY")
    delivery.put(tried)
    delivery.drain()
    delivery.org.refusals.clear()
    delivery.put(merged, last)
    delivery.drain_until_quiet()
    delivery.clock.advance(days=89)

    assert _forget(delivery) == 0

    delivery.clock.advance(days=2)

    assert _forget(delivery) == 3
    for intent in (tried, merged, last):
        with pytest.raises(NotFoundError):
            delivery.explain(intent)


def test_what_is_parked_or_on_its_way_is_kept_for_ever(delivery: ADelivery) -> None:
    parked, behind, waits = delivery.intent("a"), delivery.intent("b"), delivery.intent("b", creates=False)
    delivery.org.refusals[parked.external_id] = a_refusal()
    delivery.put(parked)
    delivery.drain()
    delivery.put(behind, waits)
    delivery.clock.advance(days=900)

    assert _forget(delivery) == 0
    assert delivery.states([parked, behind, waits]) == ["parked", "ready", "waiting"]


def test_a_record_whose_history_is_forgotten_is_found_by_its_key(delivery: ADelivery) -> None:
    delivery.put(delivery.intent(fields={"Subject": "v1"}))
    delivery.drain()
    delivery.clock.advance(days=91)
    _forget(delivery)
    delivery.put(delivery.intent(creates=False, fields={"Subject": "v2"}))
    delivery.drain()

    assert [effect.op for effect in delivery.org.journal] == ["insert", "update"]


def test_a_run_deletes_a_bounded_number_the_oldest_first(delivery: ADelivery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "MOST_A_RUN", 2)
    intents = delivery.intents(5)
    for intent in intents:
        delivery.put(intent)
        delivery.drain()
        delivery.clock.advance(minutes=1)
    delivery.clock.advance(days=91)

    assert _forget(delivery) == 2
    assert delivery.states(intents[2:]) == ["done"] * 3
    assert [_forget(delivery) for _ in range(3)] == [2, 1, 0]


def test_what_the_org_said_about_its_calls_is_kept_for_a_day(delivery: ADelivery) -> None:
    delivery.org.usage = Usage(used=10, allowed=100)
    delivery.put(delivery.intent())
    delivery.drain()
    delivery.clock.advance(hours=25)
    _forget(delivery)

    with delivery.database.reading(delivery.workspace_id) as session:
        assert delivery.view.forecast(session, delivery.connection_id, now=delivery.clock()) is None
