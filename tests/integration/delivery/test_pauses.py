"""What stops a whole org stops it without counting against any record, and only what it has to (W13, F24)."""

from datetime import timedelta

import pytest

from accord.core.outcomes import Recovery
from accord.delivery.gates import close_connection
from accord.delivery.model import Cause
from accord.infra.db import Database
from support.delivery import ADelivery
from support.gateway import a_refusal


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


def test_full_storage_stops_new_records_and_no_change(delivery: ADelivery) -> None:
    delivery.put(delivery.intent("old"))
    delivery.drain()
    new = delivery.intent("new")
    delivery.org.refusals[new.external_id] = a_refusal(Recovery.QUOTA, "STORAGE_LIMIT_EXCEEDED")
    delivery.put(new)
    delivery.drain()
    delivery.org.refusals.clear()
    change = delivery.intent("old", creates=False)
    delivery.put(change)
    delivery.drain()

    assert delivery.states([new, change]) == ["ready", "done"]
    assert delivery.explain(new).tries == []

    delivery.clock.advance(hours=2)
    delivery.drain()

    assert delivery.states([new]) == ["done"]


def test_a_read_only_org_parks_nothing_and_goes_on_within_minutes(delivery: ADelivery) -> None:
    """F24: nothing counts against a record, however long the maintenance takes."""
    intents = delivery.intents(3)
    code = "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE"
    for intent in intents:
        delivery.org.refusals[intent.external_id] = a_refusal(Recovery.QUOTA, code)
    delivery.put(*intents)
    for _ in range(15):
        delivery.drain()
        delivery.clock.advance(minutes=3)
    calls = len(delivery.org.calls)
    delivery.org.refusals.clear()
    delivery.clock.advance(minutes=5)
    delivery.drain()

    assert calls <= 15
    assert [
        (state, delivery.explain(each).tries) for state, each in zip(delivery.states(intents), intents, strict=True)
    ] == [("done", [])] * 3


def test_a_late_answer_does_not_open_what_only_a_person_opens(delivery: ADelivery) -> None:
    """A call was under way when the org was stopped, and its answer would only have it rest for a while."""
    delivery.put(delivery.intent())
    now = delivery.clock()
    with delivery.database.workspace(delivery.workspace_id) as session:
        delivery.view.stop_connection(session, delivery.connection_id, Cause("OTHER_ORG", "On hold."), now=now)
        late = Cause("SERVER_UNAVAILABLE", "Busy.", now + timedelta(seconds=1))
        close_connection(session, delivery.connection_id, late, now=now)
    delivery.clock.advance(minutes=1)

    assert delivery.drain().calls == 0


def test_a_success_that_began_before_a_pause_does_not_end_it(delivery: ADelivery) -> None:
    """Two calls are under way: one meets the org's limit, the other still goes through (F23)."""
    delivery.put(delivery.intent())
    until = delivery.clock() + timedelta(minutes=15)

    def limit_is_met_meanwhile() -> None:
        with delivery.database.workspace(delivery.workspace_id) as session:
            cause = Cause("REQUEST_LIMIT_EXCEEDED", "The day's calls are used up.", until)
            close_connection(session, delivery.connection_id, cause, now=delivery.clock())

    delivery.org.after = limit_is_met_meanwhile
    delivery.drain()

    with delivery.database.workspace(delivery.workspace_id) as session:
        (gate,) = delivery.view.backlog(session, delivery.connection_id, now=delivery.clock()).closed
    assert (gate.code, gate.until) == ("REQUEST_LIMIT_EXCEEDED", until)
