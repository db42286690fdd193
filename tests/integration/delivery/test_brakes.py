"""A brake holds in every process at once, loses nothing, and says who pulled it."""

from datetime import timedelta

import pytest

from accord.core.errors import StoppedError
from accord.delivery.brakes import store
from accord.delivery.brakes.model import BrakeKind
from accord.delivery.claims import find_due
from accord.delivery.model import Failpoint, Priority
from accord.features.connections.guarded import Guard
from accord.infra.audit import LineFilter
from accord.infra.audit.store import load_lines
from accord.infra.db import Database
from accord.salesforce.model import Gateway, UpsertRow
from support.delivery import ADelivery, once


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


class Guarded:
    """The org of the tests behind the guard that the product has."""

    def __init__(self, delivery: ADelivery, *, own_edit: bool = False) -> None:
        self.delivery, self.own_edit = delivery, own_edit
        self.guard = Guard(delivery.database, delivery.clock)

    def gateway_for(self, workspace_id, connection_id, member_id) -> Gateway:
        inner = self.delivery.org.gateway_for(workspace_id, connection_id, member_id)
        return self.guard.over(inner, workspace_id, connection_id, own_edit=self.own_edit)


def is_due(delivery: ADelivery) -> bool:
    with delivery.database.system_reading() as session:
        return bool(find_due(session, now=delivery.clock()))


def test_a_stop_keeps_the_queue_and_a_start_goes_on_in_its_order(delivery):
    first, later = delivery.intent(), delivery.intent(creates=False, fields={"Subject": "later"})
    delivery.brake(BrakeKind.STOPPED)
    delivery.put(first, later)

    assert (delivery.drain().calls, is_due(delivery)) == (0, False)
    delivery.clock.advance(days=30)
    assert (delivery.drain().calls, delivery.states([first, later])) == (0, ["ready", "waiting"])

    delivery.release(BrakeKind.STOPPED)
    delivery.drain()

    assert [effect.fields["Subject"] for effect in delivery.org.journal] == ["Task a", "later"]


def test_a_stop_between_claim_and_call_sends_nothing_and_counts_against_no_record(delivery):
    """A worker of another process has its claim already when the admin presses."""
    intents = delivery.intents(3)
    delivery.put(*intents)
    stop = once(lambda: delivery.brake(BrakeKind.STOPPED))

    report = delivery.drain(
        gateways=Guarded(delivery), at=lambda place: stop() if place is Failpoint.BEFORE_SEND else None
    )

    assert (delivery.org.calls, report.retried, report.done) == ([], 3, 0)
    assert delivery.states(intents) == ["ready"] * 3
    assert [delivery.explain(each).tries for each in intents] == [[], [], []]
    delivery.release(BrakeKind.STOPPED)
    delivery.drain(gateways=Guarded(delivery))
    assert delivery.org.writes() == [("upsert", 3)], "not looked up: nothing was in doubt"


def test_what_was_sent_before_the_stop_is_looked_up_afterwards(delivery):
    """A courier that writes twice was stopped between the two."""
    intent = delivery.intent()
    delivery.put(intent)

    def twice(gateway, claim):
        row = claim.rows[0]
        gateway.upsert("Task", "Accord_Id__c", [UpsertRow(row.external_id, row.fields)])
        delivery.brake(BrakeKind.STOPPED)
        return gateway.upsert("Task", "Accord_Id__c", [UpsertRow(row.external_id, row.fields)])

    delivery.drain(gateways=Guarded(delivery), courier=twice)
    delivery.release(BrakeKind.STOPPED)
    delivery.clock.advance(hours=1)
    delivery.drain(gateways=Guarded(delivery))

    assert [call for call, _ in delivery.org.calls] == ["upsert", "query"], "it is there, and not written again"
    assert delivery.states([intent]) == ["done"]


def test_observing_ends_by_itself_and_a_persons_own_edit_passes_meanwhile(delivery):
    intent = delivery.intent()
    delivery.brake(BrakeKind.OBSERVED, timedelta(days=7))
    delivery.put(intent)
    row = [UpsertRow("x", {"Subject": "x"})]
    place = (delivery.workspace_id, delivery.connection_id, None)

    with pytest.raises(StoppedError):
        Guarded(delivery).gateway_for(*place).upsert("Task", "Accord_Id__c", row)
    Guarded(delivery, own_edit=True).gateway_for(*place).upsert("Task", "Accord_Id__c", row)
    assert (delivery.drain().calls, is_due(delivery)) == (0, False)

    delivery.clock.advance(days=7)
    delivery.drain(gateways=Guarded(delivery))
    assert delivery.states([intent]) == ["done"]


def test_quiet_lets_through_what_somebody_waits_for(delivery):
    waits, works = delivery.intent("waits", priority=Priority.REP), delivery.intent("works")
    delivery.brake(BrakeKind.QUIET, timedelta(hours=8))
    delivery.put(works, waits)
    delivery.drain(gateways=Guarded(delivery))

    assert delivery.states([waits, works]) == ["done", "ready"]
    delivery.clock.advance(hours=8)
    delivery.drain()
    assert delivery.states([works]) == ["done"]


def test_each_brake_has_its_lines_and_the_same_twice_has_one(delivery):
    for _ in range(2):
        delivery.brake(BrakeKind.STOPPED)
    for _ in range(2):
        delivery.release(BrakeKind.STOPPED)
    with delivery.database.reading(delivery.workspace_id) as session:
        lines = load_lines(session, delivery.connection_id, LineFilter(kind="brake.stopped"), most=10).lines
        waiting = store.load_waiting(session, delivery.connection_id)

    assert [(line.entry.old["on"], line.entry.new["on"]) for line in lines] == [(True, False), (False, True)]
    assert waiting == []
