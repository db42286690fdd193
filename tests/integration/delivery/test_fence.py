"""After a write without an answer the record rests, until the platform can commit that write no longer (G3, F5)."""

from collections.abc import Callable

import pytest

from accord.core.errors import TransientError
from accord.delivery.model import Failpoint, Intent
from accord.infra.db import Database
from support.delivery import ADelivery, once


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


def _subjects(delivery: ADelivery) -> list[str]:
    return [str(effect.fields["Subject"]) for effect in delivery.org.journal]


def _change(delivery: ADelivery, subject: str, **changes: object) -> Intent:
    return delivery.intent(creates=False, fields={"Subject": subject}, **changes)


def _commits_late(delivery: ADelivery) -> Callable[[], None]:
    """The next write gets no answer; calling what is given commits it."""
    caught = []

    def catch_and_lose() -> None:
        journal, records = list(delivery.org.journal), {k: dict(v) for k, v in delivery.org.records.items()}

        def undo() -> None:
            caught.extend(delivery.org.journal[len(journal) :])
            delivery.org.journal[:] = journal
            delivery.org.records.clear()
            delivery.org.records.update(records)
            raise TransientError("no answer")

        delivery.org.after = once(undo)

    def commit() -> None:
        for effect in caught:
            delivery.org.write("upsert", effect.external_id, effect.fields, effect.login)

    delivery.org.before = once(catch_and_lose)
    return commit


def _delivered(delivery: ADelivery) -> None:
    delivery.put(delivery.intent(fields={"Subject": "v1"}))
    delivery.drain()


def test_a_late_commit_does_not_turn_the_next_write_back(delivery: ADelivery) -> None:
    _delivered(delivery)
    commit = _commits_late(delivery)
    delivery.put(_change(delivery, "v2"))
    delivery.drain()
    delivery.put(_change(delivery, "v3"))
    delivery.clock.advance(minutes=1)
    delivery.drain()

    assert _subjects(delivery) == ["v1", "v2"]

    delivery.clock.advance(minutes=7)
    commit()
    delivery.drain()

    assert _subjects(delivery) == ["v1", "v2", "v2"]

    delivery.clock.advance(minutes=3)
    delivery.drain()

    assert _subjects(delivery)[-1] == "v3"


def test_the_write_itself_is_repeated_at_once(delivery: ADelivery) -> None:
    """It is the same write: whichever of the two comes last, the record has the same values."""
    _delivered(delivery)
    commit = _commits_late(delivery)
    delivery.put(_change(delivery, "v2"))
    delivery.drain()
    delivery.clock.advance(seconds=2)

    assert delivery.drain().done == 1

    commit()

    assert delivery.org.journal[-1].fields == {"Subject": "v2"}


def test_a_write_that_is_put_later_waits_as_well(delivery: ADelivery) -> None:
    delivery.org.after = once(_lose)
    delivery.put(delivery.intent(fields={"Subject": "v1"}))
    delivery.drain()
    delivery.clock.advance(seconds=2)
    delivery.drain()
    delivery.put(_change(delivery, "v2"))

    delivery.clock.advance(minutes=9)
    assert delivery.drain().done == 0

    delivery.clock.advance(minutes=1)
    assert delivery.drain().done == 1


def test_what_waits_behind_a_parked_write_without_an_answer_waits_too(delivery: ADelivery) -> None:
    _delivered(delivery)
    first, later = _change(delivery, "v2"), _change(delivery, "v3")
    fails = KeyError("a fault of ours behind the call")

    def fail() -> None:
        raise fails

    delivery.org.after = fail
    delivery.put(first)
    delivery.drain()
    delivery.clock.advance(minutes=1)
    delivery.org.records[first.external_id]["Subject"] = "somebody's"
    delivery.drain()
    assert delivery.states([first]) == ["parked"]
    delivery.org.after = lambda: None
    delivery.put(later)

    assert delivery.drain().done == 0

    delivery.clock.advance(minutes=10)
    assert delivery.drain().done == 1


def test_other_records_do_not_wait(delivery: ADelivery) -> None:
    delivery.org.after = once(_lose)
    delivery.put(delivery.intent("a"))
    delivery.drain()
    delivery.clock.advance(seconds=2)
    delivery.put(delivery.intent("b"), delivery.intent("b", creates=False))

    assert delivery.drain().done == 3


def test_a_change_without_an_answer_that_has_arrived_is_not_sent_again(delivery: ADelivery) -> None:
    _delivered(delivery)
    change = _change(delivery, "v2")
    delivery.org.after = once(_lose)
    delivery.put(change)
    delivery.drain()
    delivery.clock.advance(seconds=2)

    assert delivery.drain().done == 1
    assert _subjects(delivery) == ["v1", "v2"]
    assert delivery.explain(change).note == "An earlier try had arrived; the record has these values."


def _lose() -> None:
    raise TransientError("no answer")


def _die(place: Failpoint) -> None:
    if place is Failpoint.AFTER_SEND:
        raise SystemExit


def test_a_write_that_waited_already_rests_behind_one_that_falls_silent(delivery: ADelivery) -> None:
    _delivered(delivery)
    lost, later = _change(delivery, "v2"), _change(delivery, "v3")
    delivery.put(lost)
    delivery.put(later)
    delivery.org.after = once(_lose)
    delivery.drain()
    delivery.clock.advance(minutes=1)
    delivery.drain()

    assert delivery.states([lost, later]) == ["done", "ready"]
    delivery.clock.advance(minutes=10)
    delivery.drain()
    assert _subjects(delivery)[-1] == "v3"


def test_a_write_rests_behind_one_whose_worker_died_with_it(delivery: ADelivery) -> None:
    _delivered(delivery)
    lost, later = _change(delivery, "v2"), _change(delivery, "v3")
    delivery.put(lost)
    delivery.put(later)
    with pytest.raises(SystemExit):
        delivery.drain(at=_die)
    delivery.clock.advance(minutes=1)
    delivery.drain()

    assert delivery.states([lost, later]) == ["done", "ready"]
    delivery.clock.advance(minutes=10)
    delivery.drain()
    assert _subjects(delivery)[-1] == "v3"
