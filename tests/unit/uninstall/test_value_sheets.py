"""The values of our fields as CSV: which are asked for, and how they are written down."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from accord.features.uninstall.named import NamedField
from accord.features.uninstall.rules import by_place, check_name
from accord.features.uninstall.values import rules
from accord.salesforce.model import FieldDescribe
from accord.salesforce.soql import count

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d")


def a_field(name: str, kind: str = "string", length: int = 80) -> FieldDescribe:
    return FieldDescribe(
        name=name, label=name, type=kind, length=length, precision=0, scale=0, createable=True, updateable=True,
        nillable=True, defaulted_on_create=False, calculated=False, restricted_picklist=False, extra_type_info=None,
        reference_to=(), relationship_name=None, external_id=False, unique=False,
    )  # fmt: skip


def test_written_fields_are_exported_each_once_and_fields_that_are_only_shown_are_not():
    named = [
        NamedField("Opportunity", ("Account",), "Tier__c", is_written=True),
        NamedField("Opportunity", ("Account",), "Id", is_written=True),
        NamedField("Opportunity", (), "stage_name__c", is_written=True),
        NamedField("Opportunity", (), "NextStep", is_written=False),
    ]
    fields = [rules.path_of(one) for one in rules.by_object(named)["Opportunity"]]
    assert fields[-1] == "Account.Tier__c"
    assert len(fields) == 9


def test_only_records_with_a_value_are_read_page_by_page_in_one_order():
    fields = {"Stage_Name__c": a_field("Stage_Name__c"), "Won__c": a_field("Won__c", "boolean")}
    query = str(rules.sheet_query("Opportunity", fields, after="006000000000001AAA"))
    assert query == (
        "SELECT Id, Stage_Name__c, Won__c FROM Opportunity WHERE ((Stage_Name__c != null OR Won__c = TRUE) AND"
        " Id > '006000000000001AAA') ORDER BY Id LIMIT 2000"
    )
    counted = str(rules.count_query("Opportunity", fields, count().from_("Opportunity")))
    assert counted == "SELECT COUNT() FROM Opportunity WHERE (Stage_Name__c != null OR Won__c = TRUE)"
    assert (rules.calls_for(0), rules.calls_for(1999), rules.calls_for(2000)) == (1, 1, 2)


def test_a_field_that_cannot_be_asked_for_makes_the_sheet_whole():
    fields = {"A__c": a_field("A__c"), "Long__c": a_field("Long__c", "textarea", 32000)}
    assert "WHERE" not in str(rules.sheet_query("Opportunity", fields, after=None))


def test_values_are_written_as_the_platform_spells_them():
    row = {"Id": "x", "N__c": Decimal("-1.50"), "B__c": False, "Account": {"T__c": 'ä,"b"\n'}, "Gone": None}
    cells = [rules.cell_of(row, path) for path in ("N__c", "B__c", "Account.T__c", "Gone", "Gone.X__c", "No__c")]
    assert cells == ["-1.50", "false", 'ä,"b"\n', "", "", ""]


@given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=20))
def test_no_text_is_taken_for_a_formula_and_none_is_lost(text: str):
    lines = list(
        csv.reader(io.StringIO(rules.csv_of([{"Id": "006", "A__c": text}], ["A__c"], with_header=True), newline=""))
    )
    assert lines[0] == ["Id", "A__c"]
    assert lines[1][1].removeprefix("'") == text.removeprefix("'") or lines[1][1] == text
    assert not lines[1][1].startswith(FORMULAS)


def test_rows_of_tables_are_counted_by_place_and_settings_by_themselves():
    @dataclass
    class APlace:
        name: str
        title: str

    rows = {"panel_setup": 1, "two_way_settings": 2, "outbox": 9, "attempt": 3, "claim": 0}
    places = {"claim": APlace("empty", "Empty")}
    assert [(one.place, one.count) for one in by_place(rows, lambda name: places.get(name, APlace("e", "E")))] == [
        ("e", 12),
        ("settings", 3),
    ]
    check_name(" Halden ", "Halden")
