"""How lines of writes are called, and what of them stands in a file."""

import csv
import io
from dataclasses import replace

import pytest

from accord.core.ids import IntentId, MemberId, RecordId
from accord.core.written import Before, Fate, WriteLine, Writer, WrittenValue
from accord.features.writes.model import ShownLine
from accord.features.writes.rules import EMPTY, HIDDEN, NO_VALUES, csv_of, hidden_of, labels_of, rule_of
from accord.salesforce.sight import Sight
from support.builders import NOON

DEAL = RecordId("006000000000001AAA")
LINE = WriteLine(
    id="0190",
    at=NOON,
    writer=Writer.PANEL,
    kind="saved",
    fate=Fate.WRITTEN,
    sobject="Opportunity",
    record_id=DEAL,
    member_id=MemberId("m1"),
    own_login=True,
    values=(WrittenValue("NextStep", None, "=1+1"), WrittenValue("Amount", "1", "2")),
)
SEES_ALL = Sight({"Opportunity": {"NextStep": "Next Step", "Amount": "Amount"}}, frozenset({DEAL}))


@pytest.mark.parametrize(
    ("sobject", "kind", "rule"),
    [
        ("Task", "comment", "Activity as Tasks"),
        ("Contact", "contact_wanted", "Contacts"),
        ("OpportunityContactRole", "contact_linked", "Contacts"),
        ("Opportunity", "two_way_amount", "Values that run both ways"),
        ("Opportunity", "fields_after_step_completed", "Synced fields"),
        ("Account", "fields_after_step_completed", "Synced fields"),
    ],
)
def test_what_delivery_alone_knows_is_called_by_what_it_writes(sobject, kind, rule):
    assert rule_of(replace(LINE, writer=None, sobject=sobject, kind=kind)) == rule


def test_a_synced_field_of_a_contact_is_a_synced_field():
    assert rule_of(replace(LINE, writer=Writer.FIELD_SYNC, sobject="Contact", kind="step_completed")) == "Synced fields"


@pytest.mark.parametrize(
    ("sight", "hidden"),
    [
        (SEES_ALL, set()),
        (replace(SEES_ALL, records=frozenset()), {"NextStep", "Amount"}),
        (replace(SEES_ALL, fields={"Opportunity": {"Amount": "Amount"}}), {"NextStep"}),
        (replace(SEES_ALL, fields={"Account": SEES_ALL.fields["Opportunity"]}), {"NextStep", "Amount"}),
    ],
)
def test_a_value_is_told_only_where_record_and_field_are_seen(sight, hidden):
    assert hidden_of(LINE, sight) == hidden


def test_a_field_is_called_as_salesforce_calls_it_for_who_sees_it():
    assert labels_of(LINE, replace(SEES_ALL, fields={"Opportunity": {"NextStep": "Next Step"}})) == {
        "NextStep": "Next Step"
    }


def rows_of(*lines: ShownLine) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_of(lines))))


def test_a_file_has_a_row_for_each_value_and_none_of_what_is_hidden():
    rows = rows_of(ShownLine(LINE, "Riley", "Riley", frozenset({"Amount"})))

    assert [(row["field"], row["old"], row["new"]) for row in rows] == [
        ("NextStep", EMPTY, "'=1+1"),
        ("Amount", HIDDEN, HIDDEN),
    ]
    assert {(row["by"], row["rule"], row["record"], row["fate"]) for row in rows} == {
        ("Riley", "Panel", DEAL, "written")
    }


def test_what_was_there_before_is_told_in_words_where_it_is_no_value():
    values = (
        WrittenValue("Subject", None, "Call", Before.NEW_RECORD),
        WrittenValue("Status", None, None, Before.NOT_KNOWN),
    )
    rows = rows_of(ShownLine(replace(LINE, sobject="Task", values=values), None, None))

    assert [(row["old"], row["new"]) for row in rows] == [("(new record)", "Call"), ("(not known)", EMPTY)]


def test_a_write_whose_values_nobody_keeps_has_one_row():
    line = replace(LINE, writer=None, sobject="Task", values=(), reference=IntentId("0190"), reason="It waits.")
    (row,) = rows_of(ShownLine(line, None, None))

    assert (row["rule"], row["field"], row["reason"], row["reference"]) == (
        "Activity as Tasks",
        NO_VALUES,
        "It waits.",
        "0190",
    )


def test_a_cause_is_told_without_the_words_by_which_delivery_knows_it():
    line = replace(LINE, writer=None, kind="fields_after_step_completed")
    rows = rows_of(ShownLine(line, None, None))

    assert {row["cause"] for row in rows} == {"step_completed"}
