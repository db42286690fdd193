"""Several writes of one record that wait become one, and nothing is lost by that, in whatever order things happen."""

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.core.errors import TransientError
from accord.core.ids import MemberId
from accord.core.outcomes import Recovery
from accord.delivery.model import Intent
from accord.delivery.service import Explanation
from accord.infra.db import Database
from support.delivery import ADelivery, once
from support.gateway import a_refusal

RECORDS = st.sampled_from("ab")
FIELDS = st.dictionaries(st.sampled_from(["F1__c", "F2__c", "F3__c"]), st.integers(0, 9), min_size=1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), RECORDS, FIELDS, st.booleans()),
        st.tuples(st.sampled_from(["deliver", "lose the answer", "lose the call", "refuse", "wait"])),
    ),
    max_size=15,
)


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


def _lose() -> None:
    raise TransientError("no answer")


class Story:
    """Writes of records and what befalls them; `expected` is what each record has to hold in the end."""

    def __init__(self, database: Database) -> None:
        self.delivery = ADelivery(database)
        self.expected: dict[str, dict[str, Any]] = defaultdict(dict)
        self.intents: list[Intent] = []

    def write(self, record: str, fields: dict[str, int], *, coalesces: bool) -> None:
        intent = self.delivery.intent(
            record, creates=record not in self.expected, fields=fields, coalesces=coalesces, entity=f"edit:{record}"
        )
        self.expected[record].update(fields)
        self.intents.append(intent)
        self.delivery.put(intent)

    def happens(self, what: str) -> None:
        org = self.delivery.org
        org.before = once(_lose) if what == "lose the call" else lambda: None
        org.after = once(_lose) if what == "lose the answer" else lambda: None
        if what == "refuse":
            org.refusals.update({intent.external_id: a_refusal(Recovery.TRANSIENT, "BUSY") for intent in self.intents})
        if what == "wait":
            self.delivery.clock.advance(minutes=3)
        self.delivery.drain()
        org.refusals.clear()

    def end(self) -> dict[str, Explanation]:
        self.delivery.org.before = self.delivery.org.after = lambda: None
        self.delivery.drain_until_quiet()
        return {intent.id: self.delivery.explain(intent) for intent in self.intents}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_interleaving_leaves_the_last_values_and_loses_no_write(database: Database, steps: list[Any]) -> None:
    story = Story(database)
    for step in steps:
        if step[0] == "write":
            story.write(step[1], step[2], coalesces=step[3])
        else:
            story.happens(step[0])

    told = story.end()

    for record, values in story.expected.items():
        stored = story.delivery.org.records[story.delivery.intent(record).external_id]
        assert {name: stored[name] for name in values} == values
    for one in told.values():
        last = one
        while last.folded_into is not None:
            last = told[last.folded_into]
        assert last.state == "done"
        assert (one.state == "folded") is (one.folded_into is not None)
    assert len(story.delivery.org.journal) <= len(told) * 2


def test_edits_that_wait_are_one_write_with_the_last_values(delivery: ADelivery) -> None:
    edits = [
        delivery.intent(creates=number == 0, coalesces=True, fields={"F1__c": number, f"F{number % 3}__c": number})
        for number in range(12)
    ]
    delivery.put(*edits)
    delivery.drain()

    assert [effect.fields["F1__c"] for effect in delivery.org.journal] == [11]
    assert delivery.states(edits) == ["folded"] * 11 + ["done"]
    assert delivery.explain(edits[0]).folded_into == edits[1].id


def test_an_event_is_not_merged_with_another(delivery: ADelivery) -> None:
    """Only a write that says how things stand takes an earlier one's place."""
    delivery.put(*[delivery.intent(creates=number == 0, fields={"F1__c": number}) for number in range(3)])
    delivery.drain()

    assert [effect.fields["F1__c"] for effect in delivery.org.journal] == [0, 1, 2]


def test_what_was_tried_already_is_not_merged(delivery: ADelivery) -> None:
    first = delivery.intent(fields={"F1__c": 1})
    delivery.org.refusals[first.external_id] = a_refusal(Recovery.TRANSIENT, "BUSY")
    delivery.put(first)
    delivery.drain()
    later = delivery.intent(creates=False, coalesces=True, fields={"F1__c": 2})
    delivery.put(later)

    assert delivery.states([first, later]) == ["ready", "waiting"]


def test_writes_of_two_logins_are_not_merged(delivery: ADelivery) -> None:
    first = delivery.intent(fields={"F1__c": 1}, login_member_id=MemberId("0190-rep"))
    later = delivery.intent(creates=False, coalesces=True, fields={"F1__c": 2})
    delivery.put(first, later)
    delivery.drain()

    assert [effect.login for effect in delivery.org.journal] == ["0190-rep", None]
