"""What a variable may be, who may read and write it, and what its two own types hold (D30)."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.errors import RejectedError
from accord.core.ids import RecordId
from accord.core.needs import Right
from accord.features.panels import entries, rules
from accord.features.panels.drafts.model import Draft
from accord.features.panels.drafts.rules import decide_draft
from accord.features.panels.model import (
    Change,
    DealRecord,
    Layout,
    Locked,
    Panel,
    Row,
    RowSpec,
    Tab,
    TabSpec,
    VariableSpec,
)
from accord.features.panels.needs import needs
from accord.features.panels.row_types import row_type, variable_type
from accord.features.panels.setup.model import Checked, Fault, RowCheck, RowStatus
from accord.features.panels.variables import rules as settings_rules
from accord.features.panels.variables.model import VariableSettings
from accord.features.panels.variables.schemas import read_values
from accord.features.panels.variables.store import values_of
from accord.salesforce.canonical import canonical, same
from accord.salesforce.model import PicklistValue, SObjectDescribe
from support.builders import NOON
from support.describes import a_field

ROW_TYPES = json.loads((Path(__file__).parents[2] / "support" / "row_types.json").read_text())
DEAL = RecordId("006000000000001AAA")
REGIONS = a_field("Regions__c", "multipicklist", length=4099)
LEGAL = a_field("Legal__c", "boolean", nillable=False)
OFFERED = tuple(PicklistValue(one, one) for one in ("DACH", "Nordics", "UK"))
PARTS = st.lists(st.sampled_from(["DACH", "Nordics", "UK"]), max_size=5)


def a_deal(*, editable: bool = True, **values) -> DealRecord:
    return DealRecord(
        record_id=DEAL,
        name="Brightwater",
        account_id=None,
        record_type_id=None,
        currency=None,
        has_products=False,
        editable=frozenset({DEAL} if editable else ()),
        values={f"Opportunity.{name}": value for name, value in values.items()},
    )


def a_variable(describe, value=None, *, write: bool = True, options=OFFERED, editable: bool = True) -> Row:
    spec = RowSpec("Opportunity", describe.name, describe.name)
    deal = a_deal(editable=editable, **{describe.name: value})
    return rules.decide_row(spec, describe, deal, options, type_of=variable_type, write=write)


def named(field: str, label: str, *, read: bool = True, write: bool = False) -> VariableSpec:
    return VariableSpec(RowSpec("Opportunity", field, label), read=read, write=write)


def described(*fields):
    return {"Opportunity": SObjectDescribe("Opportunity", "Opportunity", True, {one.name: one for one in fields})}


@pytest.mark.parametrize("case", ROW_TYPES, ids=lambda case: case["field"])
def test_a_variable_is_of_a_slideout_type_or_of_three_more(case):
    facts = dict(case["rest"])
    field = a_field("F", facts.pop("type"), **facts)

    assert variable_type(field) == case.get("variable", case["row"])
    assert row_type(field) == case["row"], "the slideout keeps its six (A14)"


@given(write=st.booleans(), updateable=st.booleans(), calculated=st.booleans(), editable=st.booleans())
def test_the_rights_of_a_variable_are_the_lower_of_the_admins_row_and_the_persons_own(
    write, updateable, calculated, editable
):
    """Nobody gets more than Salesforce gives him, and nobody more than the admin gives; Salesforce's reason is told
    first, since the admin's switch would not help then.
    """
    field = replace(LEGAL, updateable=updateable, calculated=calculated)

    row = a_variable(field, True, write=write, editable=editable)
    free = a_variable(field, True, editable=editable)

    assert (row.locked is None) == (write and updateable and not calculated and editable)
    assert row.locked is (free.locked or (None if write else Locked.WRITE_OFF))
    assert row.value is True, "it may be read whatever may be written"
    assert row.locked is None or rules.LOCKED_WORDS[row.locked]


@given(parts=PARTS)
def test_several_values_are_one_set_whatever_their_order(parts):
    row = a_variable(REGIONS, "UK;DACH")
    value, wrong = entries.parse(row, ";".join(parts))

    assert wrong is None
    assert value == canonical(REGIONS, value)
    assert set((value or "").split(";")) - {""} == set(parts)
    assert same(REGIONS, value, ";".join(reversed(parts)))
    (decided,) = decide(row, ";".join(parts), "DACH;UK").values()
    assert decided == ("unchanged" if set(parts) == {"UK", "DACH"} else "written")


def decide(row: Row, value, seen) -> dict[str, str]:
    panel = Panel(DEAL, "Brightwater", (), variables=(row,))
    decision = rules.decide_save(panel, [Change(row.spec.key, value, seen)])
    found = {write.row.spec.key: "written" for write in decision.writes}
    found |= dict.fromkeys(decision.unchanged, "unchanged")
    return found | {str(one.key): one.code for one in (*decision.stale, *decision.problems)}


@pytest.mark.parametrize(
    ("present", "value", "seen", "outcome"),
    [
        ("UK;Gone", "Gone;DACH", "Gone;UK", "written"),
        ("UK", "UK;Gone", "UK", "INVALID_VALUE"),
        (None, "Mars", None, "INVALID_VALUE"),
        ("UK", None, "UK", "written"),
        ("UK", " ; ", "UK", "written"),
        ("UK", "DACH", "DACH;UK", "STALE_EDIT"),
        ("UK;DACH", "DACH;UK", "Nordics", "unchanged"),
    ],
)
def test_an_edit_of_several_values_is_decided_as_sets(present, value, seen, outcome):
    assert list(decide(a_variable(REGIONS, present), value, seen).values()) == [outcome]


def test_several_values_that_must_not_be_empty_are_not_emptied():
    row = a_variable(replace(REGIONS, nillable=False), "UK")

    assert decide(row, ";", "UK") == decide(row, None, "UK") == {row.spec.key: "INVALID_VALUE"}


@pytest.mark.parametrize(
    ("present", "value", "seen", "outcome"),
    [
        (False, "true", "false", "written"),
        (True, "false", "true", "written"),
        (None, "true", None, "written"),
        (True, "true", "false", "unchanged"),
        (True, "false", "false", "STALE_EDIT"),
        (False, None, "false", "INVALID_VALUE"),
        (False, "", "false", "INVALID_VALUE"),
        (False, "yes", "false", "INVALID_VALUE"),
        (False, True, "false", "INVALID_VALUE"),
    ],
)
def test_a_checkbox_is_true_or_false_and_never_empty(present, value, seen, outcome):
    row = a_variable(LEGAL, present)

    assert not entries.required(row)
    assert rules.wire(row.value) == str(present is True).lower()
    assert list(decide(row, value, seen).values()) == [outcome]


def test_each_picked_value_has_to_fit_the_field_that_controls_them():
    field = replace(REGIONS, controller="Type")
    offered = (PicklistValue("DACH", "DACH", ("New",)), PicklistValue("UK", "UK"))
    spec = RowSpec("Opportunity", field.name, "Regions")
    deal = a_deal(**{field.name: None, "Type": "Old"})
    row = rules.decide_row(spec, field, deal, offered, type_of=variable_type)

    assert decide(row, "UK", None) == {row.spec.key: "written"}
    assert decide(row, "DACH;UK", None) == {row.spec.key: "INVALID_VALUE"}


def test_a_field_in_two_places_is_written_when_one_of_them_offers_it():
    spec = RowSpec("Opportunity", "NextStep", "Next")
    text = a_field("NextStep", "string", length=255)
    open_row, locked = (rules.decide_row(spec, text, a_deal(NextStep="x"), None, write=one) for one in (True, False))

    for tabs, variable in (((open_row,), locked), ((locked,), open_row)):
        panel = Panel(DEAL, "B", (Tab("deal", "Deal", tabs),), variables=(variable,))
        decision = rules.decide_save(panel, [Change(spec.key, "y", "x")])
        assert [write.value for write in decision.writes] == ["y"]
        after = rules.assumed(panel, decision.writes)
        assert {row.value for row in (*after.rows, *after.variables)} == {"y"}
    neither = Panel(DEAL, "B", (Tab("deal", "Deal", (locked,)),), variables=(locked,))
    assert rules.decide_save(neither, [Change(spec.key, "y", "x")]).problems[0].code == "WRITE_OFF"


def test_what_was_typed_into_a_variable_is_given_back_while_it_may_be_written():
    typed = Draft([Change("Opportunity.Regions__c", "UK", None)], NOON)

    for write, kept in ((True, typed), (False, None)):
        panel = Panel(DEAL, "B", (), variables=(a_variable(REGIONS, write=write),))
        assert decide_draft(typed, panel, now=NOON) == kept


def test_naming_a_field_opens_no_variable_that_is_limited():
    limited = (named("Description", "Notes"), named("Type", "Kind", read=False))
    layout = Layout((TabSpec("deal", "Deal", ()),), variables=limited)

    found = rules.with_also(layout, ["Opportunity.Description", "Opportunity.Type", "Opportunity.LeadSource"])

    assert [row.key for row in found.also] == ["Opportunity.LeadSource"]
    assert [row.key for row in found.rows] == ["Opportunity.Description", "Opportunity.LeadSource"]
    assert found.opened.rows == ()
    with pytest.raises(RejectedError):
        rules.with_also(layout, ["Owner"])


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([named("Amount", " Budget "), named("Type", "BUDGET")], [("rows.1", "label")]),
        ([named("Amount", "")], [("rows.0", "label")]),
        ([named("Amount", "x" * 80), named("Type", "x" * 81)], [("rows.1", "label")]),
        ([named("Amount", "a{b"), named("Type", "a}")], [("rows.0", "label"), ("rows.1", "label")]),
        ([named("Amount", "A"), named("Amount", "B")], [("rows.1", "field")]),
        ([named("Owner.Name", "A")], [("rows.0", "field")]),
        ([named("Amount", "A", read=False, write=True)], [("rows.0", "write")]),
        ([named("Amount", "A", read=False)], []),
        ([named(f"F{one}__c", f"L{one}") for one in range(50)], []),
        ([named(f"F{one}__c", f"L{one}") for one in range(51)], [("rows", "rows")]),
    ],
)
def test_what_is_wrong_with_the_settings_is_named_at_its_row(rows, problems):
    found = settings_rules.problems_of_form(settings_rules.tidied(VariableSettings(True, tuple(rows))))

    assert [(one.key, one.field) for one in found] == problems
    assert all(one.message.endswith(".") for one in found)


def test_write_is_refused_for_a_field_that_nobody_writes_unless_it_stood_so():
    formula = a_field("F__c", "currency", calculated=True, updateable=False)
    fixed = a_field("G__c", "string", length=80, updateable=False)
    wanted = VariableSettings(True, (named("F__c", "F", write=True), named("G__c", "G", write=True)))

    def problems(present: VariableSettings) -> list[tuple[str | None, bool]]:
        found = settings_rules.problems_of_rows(wanted, described(formula, fixed), present)
        return [(one.key, "formula" in one.message) for one in found if one.field == "write"]

    assert problems(VariableSettings()) == [("rows.0", True), ("rows.1", False)]
    assert problems(VariableSettings(True, (named("F__c", "F"),))) == [("rows.0", True), ("rows.1", False)]
    assert problems(wanted) == []


def test_a_variable_whose_field_is_of_another_type_by_now_holds_up_no_change():
    wanted = VariableSettings(True, (named("OwnerId", "Owner"), named("Type", "Kind")))
    fields = described(a_field("OwnerId", "reference"), a_field("Type", "string", length=80))

    assert settings_rules.problems_of_rows(wanted, fields, VariableSettings(True, wanted.rows[:1])) == ()
    assert [one.key for one in settings_rules.problems_of_rows(wanted, fields, VariableSettings())] == ["rows.0"]


@pytest.mark.parametrize(("write", "fault"), [(True, Fault.NO_EDIT_RIGHT), (False, None)])
def test_a_field_that_became_read_only_is_a_fault_only_where_it_is_to_be_written(write, fault):
    settings = VariableSettings(True, (named("NextStep", "Next", write=write),))
    before = Checked(rows={"Opportunity.NextStep": RowCheck(RowStatus.OK, seen_by=frozenset({"ada"}))})
    now = described(a_field("NextStep", "string", length=255, updateable=False))

    found = settings_rules.decide_checks(settings, before, now, "ada", offers={})

    assert found["Opportunity.NextStep"].fault is fault


def test_a_multi_select_without_a_value_to_offer_is_bad():
    settings = VariableSettings(True, (named(REGIONS.name, "Regions"),))
    key = settings.rows[0].row.key

    found = settings_rules.decide_checks(settings, Checked(), described(REGIONS), "ada", offers={key: False})

    assert found[key].fault is Fault.NO_VALUES


def test_settings_are_read_back_from_what_is_kept_of_them_and_a_text_is_no_switch():
    settings = VariableSettings(True, (named("Amount", "Budget", write=True), named("Type", "Kind", read=False)), 4)

    assert read_values(values_of(settings), version=4) == settings
    with pytest.raises(RejectedError):
        read_values({"enabled": True, "rows": [{"sobject": "Lead", "field": "Name", "label": "N"}]}, version=0)


def test_the_integration_owner_is_asked_to_see_variables_for_their_check():
    """D69: the permission set is made from the settings."""
    tab = TabSpec("deal", "Deal", (RowSpec("Account", "Industry", "Branch"),))
    layout = Layout((tab,), variables=(named("Type", "Kind"),))

    assert [(one.sobject, one.field, one.right, one.is_must) for one in needs(layout)] == [
        ("Account", "Industry", Right.READ, False),
        ("Opportunity", "Type", Right.READ, False),
    ]
