"""What a person presses is not lost when a later write of the record comes in; what cannot be read stops no other."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from accord.core.errors import TransientError
from accord.core.ids import IntentId, RecordId, new_id
from accord.core.outcomes import Recovery, Refused
from accord.delivery.model import Intent
from accord.delivery.records.service import note_records, sync_now
from accord.delivery.store import outbox
from accord.infra.db import Database
from support.delivery import ADelivery, a_connection, once
from support.gateway import a_refusal

DEAL = RecordId("006000000000001AAA")
FOUR = {f"F{number}__c": f"value {number}" for number in range(1, 5)}


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


def refuse(delivery: ADelivery, *names: str) -> None:
    """The org refuses what stands in these fields, one field at a time; for none it takes everything again."""
    write = type(delivery.org).write.__get__(delivery.org)

    def checked(op: str, key: str, fields: Mapping[str, Any], login: Any) -> Any:
        for name in names:
            if str(fields.get(name, "")).startswith("value"):
                return Refused(Recovery.DATA, "STRING_TOO_LONG", f"{name} too long", "Shorten it.", (name,))
        return write(op, key, fields, login)

    delivery.org.write = checked  # type: ignore[method-assign]


def retry(delivery: ADelivery, *intents: Intent) -> int:
    ids = [each.id for each in intents] or None
    with delivery.database.workspace(delivery.workspace_id) as session:
        return delivery.view.retry(session, delivery.connection_id, now=delivery.clock(), intent_ids=ids)


def with_held(delivery: ADelivery, *names: str) -> Intent:
    """A record of which all has arrived but these fields."""
    intent = delivery.intent(fields=FOUR)
    refuse(delivery, *names)
    delivery.put(intent)
    delivery.drain()
    return intent


def break_seal(delivery: ADelivery, intent: Intent) -> None:
    with delivery.database.workspace(delivery.workspace_id) as session:
        session.execute(update(outbox).where(outbox.c.id == intent.id).values(payload=b"not ours to read, whatever"))


def mend_seal(delivery: ADelivery, intent: Intent) -> None:
    with delivery.database.workspace(delivery.workspace_id) as session:
        sealed = delivery.outbox.seal_fields(session, intent)
        session.execute(update(outbox).where(outbox.c.id == intent.id).values(payload=sealed))


def test_a_retry_that_mends_one_of_two_held_fields_ends(delivery: ADelivery) -> None:
    intent = with_held(delivery, "F1__c", "F2__c")
    refuse(delivery, "F2__c")
    calls = len(delivery.org.writes())
    retry(delivery)

    report = delivery.a_drain().drain(delivery.workspace_id, delivery.connection_id, most=10)

    assert report.calls <= 2
    assert len(delivery.org.writes()) == calls + 2
    assert delivery.org.journal[-1].fields == {"F1__c": "value 1"}
    told = delivery.explain(intent)
    assert (told.state, told.fields) == ("parked", ("F2__c",))


def test_held_fields_whose_retry_meets_a_level_write_go_out_with_it(delivery: ADelivery) -> None:
    with_held(delivery, "F4__c")
    refuse(delivery)
    assert retry(delivery) == 1
    delivery.put(delivery.intent(creates=False, coalesces=True, fields={"F1__c": "new"}))
    delivery.drain()

    assert delivery.org.journal[-1].fields == {"F4__c": "value 4", "F1__c": "new"}
    assert delivery.oldest() is None


def test_a_retry_of_what_has_just_gone_on_in_a_later_write_reaches_that_one(delivery: ADelivery) -> None:
    first = with_held(delivery, "F4__c")
    refuse(delivery)
    later = delivery.intent(creates=False, fields={"F1__c": "new"})
    delivery.put(later)

    assert retry(delivery, first) == 1
    delivery.drain()

    assert delivery.org.journal[-1].fields == {"F4__c": "value 4", "F1__c": "new"}
    assert delivery.states([first, later]) == ["folded", "done"]


def test_a_retry_of_what_has_arrived_since_does_nothing(delivery: ADelivery) -> None:
    first = with_held(delivery, "F4__c")
    refuse(delivery)
    delivery.put(delivery.intent(creates=False, fields={"F4__c": "better"}))
    delivery.drain()

    assert retry(delivery, first) == 0
    assert delivery.drain().calls == 0


def test_a_write_behind_one_that_cannot_be_read_is_taken_and_waits(delivery: ADelivery) -> None:
    first, later = delivery.intent(), delivery.intent(creates=False, fields={"Subject": "new"})
    delivery.put(first)
    break_seal(delivery, first)
    delivery.drain()
    assert delivery.explain(first).code == "PAYLOAD_UNREADABLE"

    delivery.put(later)
    assert delivery.drain().done == 0
    assert delivery.states([first, later]) == ["parked", "waiting"]

    mend_seal(delivery, first)
    last = delivery.intent(creates=False, fields={"Subject": "newest"})
    delivery.put(last)
    retry(delivery)
    delivery.drain()

    assert [effect.fields["Subject"] for effect in delivery.org.journal] == ["Task a", "new", "newest"]


def test_what_cannot_be_read_keeps_the_others_of_its_call_from_nothing(delivery: ADelivery) -> None:
    bad, good = delivery.intent("bad"), delivery.intent("good")
    behind = delivery.intent("bad", creates=False, fields={"Subject": "new"})
    delivery.put(bad, good)
    delivery.put(behind)
    break_seal(delivery, bad)

    delivery.drain()

    assert delivery.states([bad, good, behind]) == ["parked", "done", "waiting"]
    mend_seal(delivery, bad)
    retry(delivery)
    delivery.drain()
    assert delivery.states([bad, behind]) == ["done", "done"]


def test_a_level_write_does_not_join_what_cannot_be_read(delivery: ADelivery) -> None:
    first = delivery.intent(coalesces=True)
    later = delivery.intent(creates=False, coalesces=True, fields={"Subject": "new"})
    delivery.put(first)
    break_seal(delivery, first)
    delivery.put(later)

    delivery.drain()

    assert delivery.states([first, later]) == ["parked", "waiting"]


def test_a_message_that_cannot_be_read_hides_no_cause(delivery: ADelivery) -> None:
    intent = delivery.intent(fields=FOUR)
    refuse(delivery, *FOUR)
    delivery.put(intent)
    delivery.drain()
    with delivery.database.workspace(delivery.workspace_id) as session:
        session.execute(update(outbox).values(words=b"not ours to read, whatever"))

    with delivery.database.reading(delivery.workspace_id) as session:
        causes = delivery.view.causes(session, delivery.connection_id)
        rows = delivery.view.parked(session, delivery.connection_id)

    assert [(cause.code, cause.message) for cause in causes] == [("STRING_TOO_LONG", "")]
    assert [row.intent_id for row in rows] == [intent.id]


def test_hurrying_a_record_does_not_break_the_fence_of_its_unanswered_write(delivery: ADelivery) -> None:
    delivery.put(delivery.intent())
    delivery.drain()
    lost, later = (delivery.intent(creates=False, fields={"Subject": text}) for text in ("v2", "v3"))

    def fall_silent() -> None:
        raise TransientError("no answer")

    delivery.org.after = once(fall_silent)
    delivery.put(lost)
    delivery.drain()
    delivery.clock.advance(minutes=1)
    delivery.drain()
    assert delivery.explain(lost).state == "done"
    delivery.put(later)

    with delivery.database.workspace(delivery.workspace_id) as session:
        note_records(session, delivery.connection_id, {later.id: DEAL}, now=delivery.clock())
        sync_now(session, delivery.outbox, delivery.connection_id, [DEAL], now=delivery.clock())
    delivery.drain()

    assert delivery.explain(later).state == "ready"
    delivery.clock.advance(seconds=timedelta(minutes=10).total_seconds())
    delivery.drain()
    assert delivery.explain(later).state == "done"


def test_a_retry_is_of_one_connection_alone(delivery: ADelivery) -> None:
    """Two orgs of one workspace may well know a record by the same key."""
    other = a_connection(delivery.database, delivery.workspace_id)
    here = delivery.intent()
    there = replace(here, id=IntentId(new_id(delivery.clock())), connection_id=other)
    delivery.org.refusals[here.external_id] = a_refusal()
    delivery.put(here, there)
    for connection_id in (delivery.connection_id, other):
        delivery.a_drain().drain(delivery.workspace_id, connection_id)
    assert delivery.states([here, there]) == ["parked", "parked"]

    assert retry(delivery) == 1
    assert delivery.states([here, there]) == ["ready", "parked"]
