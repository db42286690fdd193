"""A list from a Flow: each item by itself, in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.flow import ActivityItem, FlowOutcome, FlowResult
from accord.core.text import is_clean
from accord.features.automation.schemas import AccordActivityItem, reader, result_json

read_items = reader(AccordActivityItem)
GOOD = {"recordId": "006000000000001AAA", "kind": "comment", "subjectText": "hello"}


def test_one_bad_item_never_fails_its_neighbours():
    first, bad, missing, strange, last = read_items(
        [GOOD, {**GOOD, "occurredAt": "yesterday"}, {"kind": "comment"}, "text", {**GOOD, "dryRun": True}]
    )

    assert isinstance(first, dict)
    assert isinstance(last, dict)
    assert last["dry_run"]
    for refused in (bad, missing, strange):
        assert isinstance(refused, FlowResult)
        assert refused.outcome is FlowOutcome.REFUSED
        assert refused.error_message
        assert refused.what_to_do


def test_a_refusal_names_the_field_of_the_flow():
    (refused,) = read_items([{**GOOD, "occurredAt": "yesterday"}])

    assert isinstance(refused, FlowResult)
    assert refused.error_message.startswith("occurredAt")


@pytest.mark.parametrize("name", ["subjectText", "description", "idempotencyKey", "kind", "recordId"])
@pytest.mark.parametrize("text", ["null \0", "half \ud800", "\udfff"])
def test_text_that_cannot_be_kept_is_refused_by_its_field(name, text):
    (refused,) = read_items([{**GOOD, name: text}])

    assert isinstance(refused, FlowResult)
    assert refused.error_message == f"{name}: It holds a character that cannot be stored."
    assert refused.what_to_do == f"Correct {name} in the Flow's action."


@pytest.mark.parametrize("strange", [None, [], 5, "text", {"\ud800": 1}, {"\0": "x"}, {"subjectText": {}}])
def test_whatever_stands_for_an_item_is_answered_in_words_that_can_be_sent(strange):
    (refused,) = read_items([strange])

    assert isinstance(refused, FlowResult)
    assert is_clean(result_json(refused))


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
def test_no_value_of_a_time_is_an_accident(value):
    (read,) = read_items([{**GOOD, "occurredAt": value}])

    assert isinstance(read, dict | FlowResult)


def test_inputs_that_a_flow_left_empty_count_as_left_out():
    (item,) = read_items([{**GOOD, "contactId": None, "occurredAt": None, "isInternal": None}])

    assert isinstance(item, dict)
    assert ActivityItem(**item).contact_id is None


def test_an_answer_has_empty_texts_instead_of_nulls():
    assert result_json(FlowResult(FlowOutcome.QUEUED, reference_id="r")) == {
        "isSuccess": True,
        "outcome": "queued",
        "errorCode": "",
        "errorMessage": "",
        "whatToDo": "",
        "referenceId": "r",
    }
