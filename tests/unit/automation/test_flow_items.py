"""A list from a Flow: each item by itself, in order."""

from accord.core.flow import ActivityItem, FlowOutcome, FlowResult
from accord.features.automation.schemas import read_items, result_json

GOOD = {"recordId": "006000000000001AAA", "kind": "comment", "subjectText": "hello"}


def test_one_bad_item_never_fails_its_neighbours():
    first, bad, missing, strange, last = read_items(
        [GOOD, {**GOOD, "occurredAt": "yesterday"}, {"kind": "comment"}, "text", {**GOOD, "dryRun": True}]
    )

    assert isinstance(first, ActivityItem)
    assert isinstance(last, ActivityItem)
    assert last.dry_run
    for refused in (bad, missing, strange):
        assert isinstance(refused, FlowResult)
        assert refused.outcome is FlowOutcome.REFUSED
        assert refused.error_message
        assert refused.what_to_do


def test_a_refusal_names_the_field_of_the_flow():
    (refused,) = read_items([{**GOOD, "occurredAt": "yesterday"}])

    assert isinstance(refused, FlowResult)
    assert refused.error_message.startswith("occurredAt")


def test_inputs_that_a_flow_left_empty_count_as_left_out():
    (item,) = read_items([{**GOOD, "contactId": None, "occurredAt": None, "isInternal": None}])

    assert isinstance(item, ActivityItem)
    assert item.contact_id is None


def test_an_answer_has_empty_texts_instead_of_nulls():
    assert result_json(FlowResult(FlowOutcome.QUEUED, reference_id="r")) == {
        "isSuccess": True,
        "outcome": "queued",
        "errorCode": "",
        "errorMessage": "",
        "whatToDo": "",
        "referenceId": "r",
    }
