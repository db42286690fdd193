"""One bad field does not stop the rest: the others are written, and the field is named and waits for a person (D63)."""

from collections.abc import Mapping
from typing import Any

import pytest

from accord.core.errors import Problem, RejectedError, TransientError
from accord.core.outcomes import Recovery, Refused
from accord.delivery.model import ParkedOf
from accord.infra.db import Database
from support.delivery import ADelivery, once
from support.gateway import MemoryGateway

SEVEN = {f"F{number}__c": f"value {number}" for number in range(1, 8)}


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


def too_long(*fields: str) -> Refused:
    return Refused(Recovery.DATA, "STRING_TOO_LONG", f"{fields} too long", "Shorten it.", fields)


def bad_value(delivery: ADelivery, external_id: str, **bad: str) -> None:
    """The org refuses these values of these fields, one at a time."""
    write = delivery.org.write

    def checked(op: str, key: str, fields: Mapping[str, Any], login: Any) -> Any:
        for name, value in bad.items():
            if key == external_id and fields.get(name) == value:
                return too_long(name)
        return write(op, key, fields, login)

    delivery.org.write = checked  # type: ignore[method-assign]


def test_d63_six_of_seven_fields_are_written_by_the_second_call(delivery: ADelivery) -> None:
    intent = delivery.intent(fields=SEVEN)
    bad_value(delivery, intent.external_id, F4__c="value 4")
    delivery.put(intent)

    report = delivery.drain()

    assert (report.done, report.parked, len(delivery.org.calls)) == (0, 1, 2)
    assert sorted(delivery.org.journal[0].fields) == sorted(set(SEVEN) - {"F4__c"})
    told = delivery.explain(intent)
    assert (told.state, told.code, told.fields, told.advice) == ("parked", "STRING_TOO_LONG", ("F4__c",), "Shorten it.")
    assert (told.outcome, told.record_id) == ("created", delivery.org.records[intent.external_id]["Id"])


def test_several_bad_fields_are_left_out_one_after_the_other_and_it_ends(delivery: ADelivery) -> None:
    intent = delivery.intent(fields=SEVEN)
    bad_value(delivery, intent.external_id, F1__c="value 1", F2__c="value 2")
    delivery.put(intent)
    delivery.drain()

    assert len(delivery.org.calls) == 3
    assert delivery.explain(intent).fields == ("F1__c", "F2__c")
    assert len(delivery.org.journal[0].fields) == 5

    delivery.org.write = type(delivery.org).write.__get__(delivery.org)  # type: ignore[method-assign]
    _retry(delivery)
    delivery.drain()
    assert delivery.org.journal[-1].fields == {"F1__c": "value 1", "F2__c": "value 2"}


def test_a_record_of_bad_fields_alone_is_parked_as_a_whole(delivery: ADelivery) -> None:
    intent = delivery.intent(fields={"F1__c": "value 1", "F2__c": "value 2"})
    bad_value(delivery, intent.external_id, F1__c="value 1", F2__c="value 2")
    delivery.put(intent)
    delivery.drain()

    assert delivery.org.journal == []
    assert delivery.explain(intent).outcome is None

    delivery.org.write = type(delivery.org).write.__get__(delivery.org)  # type: ignore[method-assign]
    _retry(delivery)
    delivery.drain()

    assert delivery.org.journal[0].fields == {"F1__c": "value 1", "F2__c": "value 2"}


def test_after_the_cause_is_mended_a_retry_writes_the_field_alone(delivery: ADelivery) -> None:
    intent = delivery.intent(fields=SEVEN, create_only=frozenset({"F4__c"}))
    bad_value(delivery, intent.external_id, F4__c="value 4")
    delivery.put(intent)
    delivery.drain()
    delivery.org.write = type(delivery.org).write.__get__(delivery.org)  # type: ignore[method-assign]

    assert _retry(delivery, code="STRING_TOO_LONG") == 1
    assert delivery.drain().done == 1
    assert [effect.fields for effect in delivery.org.journal[1:]] == [{"F4__c": "value 4"}]
    assert delivery.explain(intent).state == "done"


def test_a_retry_before_it_is_mended_costs_one_call_and_parks_it_again(delivery: ADelivery) -> None:
    intent = delivery.intent(fields=SEVEN)
    bad_value(delivery, intent.external_id, F4__c="value 4")
    delivery.put(intent)
    delivery.drain()
    calls = len(delivery.org.writes())
    _retry(delivery)
    delivery.drain()

    assert len(delivery.org.writes()) == calls + 1
    assert delivery.explain(intent).fields == ("F4__c",)


def test_a_later_write_of_other_fields_does_not_try_the_bad_one_again(delivery: ADelivery) -> None:
    first, later = delivery.intent(fields=SEVEN), delivery.intent(creates=False, fields={"F1__c": "new"})
    bad_value(delivery, first.external_id, F4__c="value 4")
    delivery.put(first)
    delivery.drain()
    delivery.put(later)
    delivery.drain()

    assert [effect.fields for effect in delivery.org.journal[1:]] == [{"F1__c": "new"}]
    assert delivery.states([first, later]) == ["folded", "parked"]
    assert delivery.explain(later).fields == ("F4__c",)
    assert delivery.explain(first).folded_into == later.id


def test_a_later_write_of_the_bad_field_takes_its_place(delivery: ADelivery) -> None:
    """What is retried is always the newest value: the old one never comes back."""
    first, later = delivery.intent(fields=SEVEN), delivery.intent(creates=False, fields={"F4__c": "short"})
    bad_value(delivery, first.external_id, F4__c="value 4")
    delivery.put(first, later)
    delivery.drain()

    assert delivery.org.records[first.external_id]["F4__c"] == "short"
    assert delivery.states([first, later]) == ["folded", "done"]
    assert _retry(delivery) == 0


def test_a_field_that_the_org_does_not_have_stops_no_record_of_the_call(delivery: ADelivery) -> None:
    """Salesforce refuses the whole call for it; a record without that field is not held up, nor counted against."""
    with_it, without_it = delivery.intent("a", fields=SEVEN), delivery.intent("b", fields={"F1__c": "value"})
    gone = Refused(Recovery.SCHEMA, "INVALID_FIELD", "No such column 'F7__c'", "Give the right.", ("F7__c",))
    plain = MemoryGateway.upsert

    def refused_for_a_column(*args: Any) -> Any:
        rows = args[3]
        if any("F7__c" in row.fields for row in rows):
            delivery.org.count("upsert", len(rows))
            return [gone] * len(rows)
        return plain(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MemoryGateway, "upsert", refused_for_a_column)
        delivery.put(with_it, without_it)
        delivery.drain()

    assert delivery.states([with_it, without_it]) == ["parked", "done"]
    assert delivery.explain(with_it).fields == ("F7__c",)
    assert delivery.explain(without_it).tries == []
    assert len(delivery.org.calls) == 2


def test_a_column_that_is_refused_while_looking_is_salvaged_too(delivery: ADelivery) -> None:
    intent = delivery.intent(fields=SEVEN)
    said = Problem(code="INVALID_FIELD", message="No such column 'F7__c' on entity 'Task'", field="F7__c")
    delivery.org.before = once(_raise(RejectedError("refused", problems=(said,))))
    delivery.put(intent)
    delivery.drain()

    assert delivery.explain(intent).fields == ("F7__c",)
    assert len(delivery.org.journal[0].fields) == 6


def test_a_lost_answer_of_the_second_call_loses_no_field(delivery: ADelivery) -> None:
    intent = delivery.intent(fields=SEVEN)
    bad_value(delivery, intent.external_id, F4__c="value 4")

    def lose_the_second() -> None:
        if delivery.org.journal:
            delivery.org.after = lambda: None
            raise TransientError("no answer")

    delivery.org.after = lose_the_second
    delivery.put(intent)
    delivery.drain()
    delivery.drain_until_quiet()

    assert delivery.explain(intent).state == "parked"
    assert delivery.explain(intent).fields == ("F4__c",)
    assert [effect.op for effect in delivery.org.journal] == ["insert"]


def test_a_second_refusal_for_another_reason_parks_all_of_it(delivery: ADelivery) -> None:
    intent = delivery.intent(fields=SEVEN)
    bad_value(delivery, intent.external_id, F4__c="value 4")
    ruled = Refused(Recovery.DATA, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "Not so.", "A rule.", ())

    def rule() -> None:
        delivery.org.refusals[intent.external_id] = ruled

    delivery.org.after = once(rule)
    delivery.put(intent)
    delivery.drain()
    assert delivery.explain(intent).code == "FIELD_CUSTOM_VALIDATION_EXCEPTION"
    delivery.org.refusals.clear()
    delivery.org.write = type(delivery.org).write.__get__(delivery.org)  # type: ignore[method-assign]
    _retry(delivery)
    delivery.drain()

    assert delivery.org.journal[0].fields == SEVEN


def _retry(delivery: ADelivery, code: str | None = None) -> int:
    with delivery.database.workspace(delivery.workspace_id) as session:
        return delivery.view.retry(session, delivery.connection_id, now=delivery.clock(), of=ParkedOf(code))


def _raise(error: Exception) -> Any:
    def act() -> None:
        raise error

    return act
