"""What reaches the org, how often and in which order."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accord.core.errors import AuthorizationLostError, RejectedError, TransientError
from accord.core.ids import MemberId
from accord.core.outcomes import Recovery
from accord.delivery.gates import load_closed_gates
from accord.delivery.model import ParkedOf
from accord.infra.db import Database
from support.delivery import ADelivery, once
from support.gateway import a_refusal


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


def _answer_lost() -> None:
    raise TransientError("no answer")


def test_two_hundred_records_are_one_call(delivery: ADelivery) -> None:
    delivery.put(*delivery.intents(450))

    report = delivery.drain()

    assert report.done == 450
    assert delivery.org.calls == [("upsert", 200), ("upsert", 200), ("upsert", 50)]


def test_nothing_is_delivered_of_a_transaction_that_was_rolled_back(delivery: ADelivery) -> None:
    with pytest.raises(ZeroDivisionError), delivery.database.workspace(delivery.workspace_id) as session:
        delivery.outbox.put(session, [delivery.intent()], now=delivery.clock())
        raise ZeroDivisionError

    assert delivery.drain().done == 0


def test_an_intent_put_twice_is_delivered_once(delivery: ADelivery) -> None:
    intent = delivery.intent()
    delivery.put(intent, intent)
    delivery.drain()
    delivery.put(intent)

    assert delivery.drain().done == 0
    assert len(delivery.org.journal) == 1


def test_one_of_two_hundred_fails_and_199_are_delivered(delivery: ADelivery) -> None:
    intents = delivery.intents(200)
    delivery.org.refusals[intents[7].external_id] = a_refusal()
    delivery.put(*intents)

    report = delivery.drain()

    assert (report.done, report.parked, report.calls) == (199, 1, 1)
    assert delivery.explain(intents[7]).state == "parked"
    assert delivery.explain(intents[7]).advice == "What to do about it."


@pytest.mark.parametrize("fault", [RejectedError("Salesforce cannot read a value."), KeyError("a bug of ours")])
def test_one_poison_row_never_delays_another_record(delivery: ADelivery, fault: Exception) -> None:
    """A row that fails every call it is in is found at once, and parked alone."""
    intents = delivery.intents(9)
    delivery.org.spoilers[intents[4].external_id] = fault
    delivery.put(*intents)
    began = delivery.clock()
    delivery.drain()

    assert [state == "done" for state in delivery.states(intents)] == [True] * 4 + [False] + [True] * 4
    assert delivery.clock() == began

    delivery.drain_until_quiet()

    assert delivery.explain(intents[4]).state == "parked"


def test_a_row_that_brings_every_call_down_is_found_by_ever_smaller_calls(delivery: ADelivery) -> None:
    intents = delivery.intents(8)
    delivery.org.spoilers[intents[0].external_id] = TransientError("Salesforce answered 500.")
    delivery.put(*intents)
    for _ in range(40):
        delivery.drain(batch_size=8)
        delivery.clock.advance(seconds=31)

    assert delivery.states(intents) == ["ready"] + ["done"] * 7


def test_writes_of_a_record_keep_their_order(delivery: ADelivery) -> None:
    first = delivery.intent(fields={"Subject": "v1"})
    later = [delivery.intent(creates=False, fields={"Subject": f"v{number}"}) for number in (2, 3)]
    delivery.put(first, *later)

    delivery.drain()

    assert [effect.fields["Subject"] for effect in delivery.org.journal] == ["v1", "v2", "v3"]


def test_a_later_write_waits_for_an_earlier_one_that_is_tried_again(delivery: ADelivery) -> None:
    first, later = delivery.intent(), delivery.intent(creates=False, fields={"Subject": "later"})
    delivery.org.refusals[first.external_id] = a_refusal(Recovery.TRANSIENT, "UNABLE_TO_LOCK_ROW")
    delivery.put(first, later)
    delivery.drain()

    assert delivery.states([first, later]) == ["ready", "waiting"]

    delivery.org.refusals.clear()
    delivery.drain_until_quiet()

    assert [effect.fields["Subject"] for effect in delivery.org.journal] == ["Task a", "later"]


def test_create_only_fields_go_out_once(delivery: ADelivery) -> None:
    for subject in ("v1", "v2"):
        fields = {"Subject": subject, "OwnerId": "005000000000001AAA"}
        delivery.put(delivery.intent(fields=fields, create_only=frozenset({"OwnerId"})))

    delivery.drain()

    assert [sorted(effect.fields) for effect in delivery.org.journal] == [["OwnerId", "Subject"], ["Subject"]]


def test_a_record_that_a_person_deleted_is_not_made_again(delivery: ADelivery) -> None:
    delivery.put(delivery.intent())
    delivery.drain()
    delivery.org.records.clear()
    later = delivery.intent(creates=False, fields={"Subject": "later"})
    delivery.put(later)

    delivery.drain()

    assert delivery.org.records == {}
    assert delivery.explain(later).code == "ENTITY_IS_DELETED"


def test_in_doubt_rows_are_looked_up_and_not_sent_again(delivery: ADelivery) -> None:
    """W2: what a person changed since the lost answer stays."""
    intents = delivery.intents(3)
    delivery.org.after = once(_answer_lost)
    delivery.put(*intents)
    delivery.drain()
    delivery.org.records[intents[0].external_id]["Subject"] = "changed by a person"

    delivery.drain_until_quiet()

    assert delivery.org.calls == [("upsert", 3), ("query", 3)]
    assert delivery.org.records[intents[0].external_id]["Subject"] == "changed by a person"
    assert delivery.explain(intents[0]).outcome == "found"


def test_in_doubt_rows_that_did_not_arrive_are_sent(delivery: ADelivery) -> None:
    delivery.org.before = once(_answer_lost)
    delivery.put(delivery.intent())
    delivery.drain()

    delivery.drain_until_quiet()

    assert [effect.op for effect in delivery.org.journal] == ["insert"]


def test_a_lost_answer_pauses_the_connection_and_counts_against_no_record(delivery: ADelivery) -> None:
    intent = delivery.intent()
    delivery.org.before = _answer_lost
    delivery.put(intent)
    for _ in range(8):
        delivery.drain()
        delivery.clock.advance(seconds=31)
    delivery.org.before = lambda: None

    assert delivery.drain().done == 1
    assert delivery.explain(intent).tries == []


def test_a_used_up_limit_pauses_the_whole_connection(delivery: ADelivery) -> None:
    first, second = delivery.intents(2)
    delivery.org.refusals[first.external_id] = a_refusal(Recovery.QUOTA, "REQUEST_LIMIT_EXCEEDED")
    delivery.put(first)
    delivery.drain()
    delivery.org.refusals.clear()
    delivery.put(second)

    assert delivery.drain().calls == 0
    assert delivery.explain(first).tries == []

    delivery.clock.advance(hours=1)

    assert delivery.drain().done == 2


def test_a_lost_login_pauses_its_own_rows_only(delivery: ADelivery) -> None:
    rep = MemberId("0190-rep")
    own, owners = delivery.intent("own", login_member_id=rep), delivery.intent("owners")
    delivery.org.lost_logins[rep] = AuthorizationLostError("Riley must connect again.")
    delivery.put(own, owners)
    delivery.drain()

    assert delivery.states([own, owners]) == ["ready", "done"]
    with delivery.database.workspace(delivery.workspace_id) as session:
        closed = load_closed_gates(session, delivery.connection_id, now=delivery.clock())
        assert [(gate.member_id, gate.message, gate.until) for gate in closed] == [
            (rep, "Riley must connect again.", None)
        ]
        delivery.org.lost_logins.clear()
        delivery.view.resume_login(session, delivery.connection_id, rep, now=delivery.clock())

    assert delivery.drain().done == 1


def test_a_change_of_a_parked_record_goes_out_together_with_what_was_parked(delivery: ADelivery) -> None:
    first = delivery.intent(fields={"Subject": "too long", "Status": "Completed"}, create_only=frozenset({"Status"}))
    delivery.org.refusals[first.external_id] = a_refusal()
    delivery.put(first)
    delivery.drain()
    delivery.org.refusals.clear()
    mended = delivery.intent(creates=False, fields={"Subject": "short"})
    delivery.put(mended)

    delivery.drain()

    assert delivery.org.journal[0].fields == {"Subject": "short", "Status": "Completed"}
    assert delivery.states([first, mended]) == ["folded", "done"]
    assert delivery.explain(first).folded_into == mended.id


def test_a_write_that_waited_behind_a_parked_one_takes_it_over(delivery: ADelivery) -> None:
    first, later = delivery.intent(), delivery.intent(creates=False, fields={"Subject": "short"})
    delivery.put(first, later)
    delivery.org.refusals[first.external_id] = a_refusal()
    delivery.org.after = once(delivery.org.refusals.clear)

    delivery.drain()

    assert [effect.op for effect in delivery.org.journal] == ["insert"]
    assert delivery.states([first, later]) == ["folded", "done"]


def test_a_row_that_was_in_doubt_and_is_then_refused_holds_up_no_later_write(delivery: ADelivery) -> None:
    first, later = delivery.intent(), delivery.intent(creates=False, fields={"Subject": "short"})
    delivery.org.before = once(_answer_lost)
    delivery.put(first, later)
    delivery.drain()
    delivery.org.refusals[first.external_id] = a_refusal()
    delivery.org.after = once(delivery.org.refusals.clear)

    delivery.drain_until_quiet()

    assert delivery.states([first, later]) == ["folded", "done"]


def test_a_parked_row_that_may_have_arrived_is_looked_up_before_a_later_write(delivery: ADelivery) -> None:
    first, later = delivery.intent(), delivery.intent(creates=False, fields={"Subject": "later"})
    arrives_then_fails = KeyError("a fault of ours behind the call")

    def fail() -> None:
        raise arrives_then_fails

    delivery.put(first)
    delivery.org.after = fail
    delivery.drain()
    delivery.org.records.clear()
    delivery.clock.advance(hours=1)
    delivery.drain()
    assert delivery.states([first]) == ["parked"]
    delivery.org.after = lambda: None
    delivery.put(later)

    delivery.drain_until_quiet()

    assert delivery.explain(first).outcome == "found"
    assert delivery.org.records[first.external_id]["Subject"] == "later"


def test_parked_rows_are_shown_by_cause_and_retried_by_cause(delivery: ADelivery) -> None:
    """D61: those that the card counts, and not what another object was refused with the same code."""
    intents = [*delivery.intents(3), replace(delivery.intent("d"), sobject="Opportunity")]
    for intent in (*intents[:2], intents[3]):
        delivery.org.refusals[intent.external_id] = a_refusal()
    delivery.org.refusals[intents[2].external_id] = a_refusal(Recovery.SCHEMA, "INVALID_FIELD")
    delivery.put(*intents)
    delivery.drain_until_quiet()
    delivery.org.refusals.clear()
    with delivery.database.workspace(delivery.workspace_id) as session:
        causes = delivery.view.causes(session, delivery.connection_id)
        card = ParkedOf(causes[0].code, causes[0].sobject, causes[0].recovery)
        another = delivery.view.retry(
            session, delivery.connection_id, of=replace(card, recovery=Recovery.UNKNOWN), now=delivery.clock()
        )
        again = delivery.view.retry(session, delivery.connection_id, of=card, now=delivery.clock())

    counts = {(cause.code, cause.sobject): cause.count for cause in causes}
    assert counts == {
        ("STRING_TOO_LONG", "Task"): 2,
        ("INVALID_FIELD", "Task"): 1,
        ("STRING_TOO_LONG", "Opportunity"): 1,
    }
    assert causes[0].message == "STRING_TOO_LONG in Salesforce's words"
    assert (another, again) == (0, 2)
    assert delivery.drain().done == 2


def test_a_row_says_who_wrote_it_when_and_why(delivery: ADelivery) -> None:
    intent = delivery.intent(login_member_id=MemberId("rep"), login_reason="actor_has_personal_connection")
    delivery.put(intent)
    delivery.drain()

    told = delivery.explain(intent)

    assert (told.login_member_id, told.login_reason) == ("rep", "actor_has_personal_connection")
    assert (told.outcome, told.finished_at) == ("created", delivery.clock())
    assert told.record_id == delivery.org.records[intent.external_id]["Id"]


def test_numbers_arrive_as_exact_as_they_were_put(delivery: ADelivery) -> None:
    delivery.put(delivery.intent(fields={"Amount__c": Decimal("125000.50"), "Open__c": True, "Note__c": None}))

    delivery.drain()

    sent = delivery.org.journal[0].fields
    assert str(sent["Amount__c"]) == "125000.50"
    assert (sent["Open__c"], sent["Note__c"]) == (True, None)


def test_values_lie_sealed_and_are_gone_when_they_have_arrived(delivery: ADelivery) -> None:
    from sqlalchemy import text

    delivery.put(delivery.intent(fields={"Subject": "canary-4711"}))
    with delivery.database.engine.connect() as connection:
        stored = connection.execute(text("SELECT payload FROM outbox")).scalar_one()
    delivery.drain()
    with delivery.database.engine.connect() as connection:
        left = connection.execute(text("SELECT payload FROM outbox")).scalar_one()

    assert b"canary" not in bytes(stored)
    assert left is None


def test_an_unreadable_row_is_parked_and_holds_up_nobody(delivery: ADelivery) -> None:
    from sqlalchemy import text

    broken, healthy = delivery.intents(2)
    delivery.put(broken, healthy)
    with delivery.database.engine.begin() as connection:
        connection.execute(
            text("UPDATE outbox SET payload = :junk WHERE id = :id"), {"junk": b"junk" * 9, "id": broken.id}
        )

    report = delivery.drain()

    assert (report.done, report.parked) == (1, 1)
    assert delivery.explain(broken).code == "PAYLOAD_UNREADABLE"


def test_a_call_that_goes_through_ends_the_row_of_failures(delivery: ADelivery) -> None:
    """Three failures make batches smaller; after one success they are as large as before."""
    intents = delivery.intents(24)
    delivery.put(*intents)

    def unavailable() -> None:
        raise TransientError("Salesforce answered 503.", retry_after=1)

    delivery.org.before = unavailable
    for _ in range(5):
        delivery.drain(batch_size=8)
        delivery.clock.advance(seconds=31)
    delivery.org.before = lambda: None
    before = len(delivery.org.writes())

    delivery.drain(batch_size=8)

    sizes = [rows for _, rows in delivery.org.writes()[before:]]
    assert sizes[0] < 8
    assert sizes[1] == 8
