"""Who goes first, who stops first when the org's API calls run short, and when they will be used up (D67, D68)."""

from datetime import timedelta

import pytest

from accord.delivery.budget import Forecast
from accord.delivery.model import Priority
from accord.infra.db import Database
from accord.salesforce.model import Usage
from support.delivery import ADelivery


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


def test_what_somebody_waits_for_goes_first(delivery: ADelivery) -> None:
    ranks = list(reversed(Priority))
    delivery.put(*[delivery.intent(rank.name, priority=rank, fields={"Subject": rank.name}) for rank in ranks])
    delivery.drain()

    assert [effect.fields["Subject"] for effect in delivery.org.journal] == ["REP", "EVENT", "BATCH", "BACKFILL"]


def test_a_write_that_goes_first_takes_those_before_it_along(delivery: ADelivery) -> None:
    """The record's order stays."""
    old = delivery.intent("a", priority=Priority.BACKFILL, fields={"Subject": "first of a"})
    other = delivery.intent("b", fields={"Subject": "b"})
    hurried = delivery.intent("a", creates=False, priority=Priority.REP, fields={"Subject": "second of a"})
    delivery.put(old, other, hurried)
    delivery.drain(batch_size=1)

    assert [effect.fields["Subject"] for effect in delivery.org.journal] == ["first of a", "second of a", "b"]


@pytest.mark.parametrize(
    ("used", "passes"),
    [
        (74_999, {"REP", "EVENT", "BATCH", "BACKFILL"}),
        (75_000, {"REP", "EVENT", "BATCH"}),
        (79_999, {"REP", "EVENT", "BATCH"}),
        (80_000, {"REP", "EVENT"}),
        (89_999, {"REP", "EVENT"}),
        (90_000, {"REP"}),
        (95_000, {"REP"}),
        (100_000, {"REP"}),
    ],
)
def test_d68_the_lowest_stops_first_and_the_last_calls_are_for_reps(
    delivery: ADelivery, used: int, passes: set[str]
) -> None:
    delivery.org.usage = Usage(used, allowed=100_000)
    delivery.put(delivery.intent("tells how things stand"))
    delivery.drain()
    before = len(delivery.org.journal)
    delivery.put(*[delivery.intent(rank.name, priority=rank, fields={"Subject": rank.name}) for rank in Priority])
    delivery.drain()

    assert {effect.fields["Subject"] for effect in delivery.org.journal[before:]} == passes


def test_deliveries_go_on_by_themselves_when_there_is_room_again(delivery: ADelivery) -> None:
    delivery.org.usage = Usage(used=95_000, allowed=100_000)
    delivery.put(delivery.intent("tells how things stand"))
    delivery.drain()
    intent = delivery.intent()
    delivery.put(intent)
    delivery.clock.advance(minutes=14)
    assert delivery.drain().calls == 0
    delivery.clock.advance(minutes=1)
    assert delivery.drain().calls == 1  # one that tells how things stand

    delivery.org.usage = Usage(used=50_000, allowed=100_000)
    delivery.put(delivery.intent("later"))
    delivery.clock.advance(minutes=15)
    delivery.drain()

    assert delivery.states([intent]) == ["done"]


def test_the_forecast_says_when_the_calls_will_be_used_up(delivery: ADelivery) -> None:
    assert _forecast(delivery) is None

    for hour, used in enumerate((40_000, 50_000, 60_000)):
        delivery.org.usage = Usage(used, allowed=100_000)
        delivery.put(delivery.intent(f"hour {hour}"))
        delivery.drain()
        delivery.clock.advance(hours=1)
    told = _forecast(delivery)

    assert told is not None
    assert (told.left, told.per_hour) == (40_000, 10_000)
    assert told.used_up_at == delivery.clock() - timedelta(hours=1) + timedelta(hours=4)


def _forecast(delivery: ADelivery) -> Forecast | None:
    with delivery.database.reading(delivery.workspace_id) as session:
        return delivery.view.forecast(session, delivery.connection_id, now=delivery.clock())
