"""Which datum fits which field, in which form it goes there, and what a set-up may not be (A50, A80 to A83, D19)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.ids import CriterionId, PlanId, RecordId
from accord.features.field_sync import rules
from accord.features.field_sync.model import (
    DATA,
    PROPOSAL,
    Datum,
    Fault,
    FieldFacts,
    Row,
    RowHealth,
    RowState,
    Setup,
    ValueKind,
    data_of,
)
from accord.features.field_sync.reasons import DRY_RUN_LIMITS, SENTENCES, UNDO_LIMITS, FieldSkip
from accord.salesforce.model import SObjectDescribe
from accord.workspace.plans.data import PlanData
from accord.workspace.plans.model import CriterionKind
from support.describes import a_field
from support.field_sync import a_criterion

KEYS = {one.key: one for one in DATA}
OK = RowHealth(RowState.OK)
LOOKUP = a_field("AccountId", "reference", reference_to=("Account",), relationship_name="Account")


def an_object(*fields: Any, name: str = "Opportunity", updateable: bool = True) -> SObjectDescribe:
    return SObjectDescribe(name, name, updateable, {field.name: field for field in fields})


def a_row(datum: str, field: str = "X__c", path: str = "", **facts: Any) -> Row:
    usual = {"sobject": "Opportunity", "label": "X", "type": "string", "length": 255, "precision": 0, "scale": 0}
    return Row(
        "row", datum, KEYS[datum].label if datum in KEYS else datum, path, field, FieldFacts(**{**usual, **facts})
    )


def a_plan(**values: Any) -> PlanData:
    return PlanData(PlanId("p"), RecordId("006000000000001AAA"), True, values)


def checked(row: Row, *objects: SObjectDescribe, data: dict[str, Datum] | None = None) -> RowHealth:
    found = (KEYS if data is None else data).get(row.datum)
    return rules.check_row(row, found, {one.name: one for one in objects})[1]


def test_the_proposal_names_the_fields_of_the_package():
    """A50 to A57: labels as they stand there, API names the same with __c; and what is missing (D21)."""
    assert [(row.datum, row.field) for row in PROPOSAL] == [
        ("accord_url", "Accord_URL__c"),
        ("accord_status", "Accord_Status__c"),
        ("accord_stage_name", "Stage_Name__c"),
        ("customers_invited", "Customer_Invited_Num__c"),
        ("customers_accepted", "Customer_Accepted_Num__c"),
        ("accord_progress", "Progress__c"),
        ("execution_score", "Execution_Score__c"),
        ("missing_criteria", "Accord_Missing_Criteria__c"),
    ]
    assert not Setup().enabled


@pytest.mark.parametrize(
    ("datum", "field", "fault"),
    [
        ("accord_url", a_field("X__c", "url", length=255), None),
        ("accord_url", a_field("X__c", "string", length=100), None),
        ("accord_url", a_field("X__c", "string", length=99), Fault.TYPE_DOES_NOT_FIT),
        ("accord_url", a_field("X__c", "double"), Fault.TYPE_DOES_NOT_FIT),
        ("accord_status", a_field("X__c", "string", length=11), None),
        ("accord_status", a_field("X__c", "string", length=10), Fault.TYPE_DOES_NOT_FIT),
        ("accord_status", a_field("X__c", "picklist", length=40), None),
        ("accord_status", a_field("X__c", "picklist", length=40, restricted_picklist=True), Fault.TYPE_DOES_NOT_FIT),
        ("accord_progress", a_field("X__c", "percent", precision=3, scale=0), None),
        ("accord_progress", a_field("X__c", "percent", precision=3, scale=1), Fault.TYPE_DOES_NOT_FIT),
        ("customers_invited", a_field("X__c", "double", precision=1, scale=0), None),
        ("customers_invited", a_field("X__c", "string", length=80), Fault.TYPE_DOES_NOT_FIT),
        ("execution_score", a_field("X__c", "boolean"), Fault.TYPE_DOES_NOT_FIT),
        ("accord_url", a_field("X__c", "url", length=255, updateable=False), Fault.NO_EDIT_RIGHT),
        ("accord_url", a_field("X__c", "string", length=255, calculated=True), Fault.NO_EDIT_RIGHT),
        ("missing_criteria", a_field("X__c", "textarea", length=32768), None),
    ],
)
def test_a_datum_goes_to_a_field_that_can_take_it(datum, field, fault):
    """A50, A81: exists, writable, type, length; each refusal says what to do."""
    health = checked(a_row(datum), an_object(field))

    assert health.fault is fault
    assert (fault is None) == (health.message == "")
    assert fault is None or "Choose another" in health.message or "choose another" in health.message


def test_an_object_that_the_owner_may_not_edit_refuses_the_row():
    assert checked(a_row("accord_url"), an_object(a_field("X__c", "url", length=255), updateable=False)).fault is (
        Fault.NO_EDIT_RIGHT
    )


@pytest.mark.parametrize(
    ("path", "fault"), [("Account", None), ("Owner", Fault.FIELD_GONE), ("Account.Parent", Fault.FIELD_GONE)]
)
def test_a_row_may_go_to_any_record_that_a_path_leads_to(path, fault):
    """D18."""
    account = an_object(a_field("X__c", "url", length=255), name="Account")

    assert checked(a_row("accord_url", path=path), an_object(LOOKUP), account).fault is fault


@pytest.mark.parametrize(
    ("kind", "type_", "fits"),
    [
        (CriterionKind.STEP, "date", True),
        (CriterionKind.STEP, "datetime", False),
        (CriterionKind.ROLE, "string", True),
        (CriterionKind.RESOURCE, "url", True),
        (CriterionKind.TEXT, "textarea", True),
        (CriterionKind.CHECKBOX, "string", False),
        *((kind, "boolean", True) for kind in CriterionKind),
    ],
)
def test_a_criterion_goes_to_a_field_of_its_kind_or_to_a_checkbox(kind, type_, fits):
    """A77 to A79, D19."""
    criterion = a_criterion("Executive sponsor", kind)
    data = {one.key: one for one in data_of([criterion])}
    row = a_row(f"criterion:{criterion.id}")

    assert (checked(row, an_object(a_field("X__c", type_, length=255)), data=data).fault is None) is fits


def test_a_criterion_that_was_deleted_leaves_a_row_that_says_so():
    """A83."""
    data = {one.key: one for one in data_of([a_criterion("Sponsor", CriterionKind.ROLE, is_live=False)])}
    health = checked(replace(a_row("criterion:sponsor"), label="Sponsor"), data=data)

    assert (health.state, health.fault) == (RowState.BAD, Fault.CRITERION_GONE)
    assert "Sponsor was deleted" in health.message


@pytest.mark.parametrize(
    ("facts", "value", "form"),
    [
        ({"type": "date"}, date(2026, 12, 31), "2026-12-31"),
        ({"type": "string"}, date(2026, 12, 31), "2026-12-31"),
        ({"type": "boolean"}, date(2026, 12, 31), True),
        ({"type": "boolean"}, "", False),
        ({"type": "boolean"}, None, False),
        ({"type": "string"}, "  two  ", "two"),
        ({"type": "string"}, "", None),
        ({"type": "string", "length": 5}, "too long", "too…"),
        ({"type": "percent", "precision": 3}, 45, Decimal(45)),
    ],
)
def test_a_value_goes_in_the_form_that_the_field_keeps(facts, value, form):
    row = a_row("accord_stage_name", **facts)

    assert rules.fitted(row, row.facts, value) == (form, None)


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"type": "url", "length": 5}, "https://x.example"),
        ({"type": "string", "length": 9}, "https://x.example"),
        ({"type": "double", "precision": 2}, 100),
        ({"type": "date"}, "soon"),
    ],
)
def test_a_value_that_does_not_fit_is_left_out(facts, value):
    row = a_row("accord_url", **facts)

    assert rules.fitted(row, row.facts, value) == (None, FieldSkip.DOES_NOT_FIT)


@given(st.text(max_size=40), st.integers(1, 30))
def test_text_is_never_longer_than_its_field_and_going_twice_changes_nothing(text, length):
    row = a_row("accord_stage_name", type="string", length=length)
    once, skip = rules.fitted(row, row.facts, text)

    assert skip is None or "://" in text
    assert once is None or len(once) <= length
    assert skip is not None or rules.fitted(row, row.facts, once) == (once, None)


def test_why_a_row_is_left_alone():
    """A83, D63, and the status of a draft."""
    row = a_row("accord_status")
    paused, bad = RowHealth(RowState.PAUSED, Fault.REFUSED), RowHealth(RowState.BAD, Fault.FIELD_GONE)
    gone = RowHealth(RowState.BAD, Fault.CRITERION_GONE)
    plan = a_plan(accord_status="On Track")

    assert rules.wanted_of(row, OK, plan) == ("On Track", None)
    assert rules.wanted_of(row, paused, plan)[1] is FieldSkip.ROW_PAUSED
    assert rules.wanted_of(row, bad, plan)[1] is FieldSkip.ROW_BAD
    assert rules.wanted_of(row, gone, plan)[1] is FieldSkip.CRITERION_GONE
    assert rules.wanted_of(replace(row, facts=None), OK, plan)[1] is FieldSkip.ROW_BAD
    assert rules.wanted_of(row, OK, a_plan(accord_status=None))[1] is FieldSkip.NOT_PUBLISHED
    assert rules.wanted_of(a_row("criterion:x"), OK, plan)[1] is FieldSkip.CRITERION_GONE


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rows": (PROPOSAL[0], replace(PROPOSAL[1], field="ACCORD_url__c"))}, "field"),
        ({"rows": (replace(PROPOSAL[0], id="new", datum="weather"),)}, "datum"),
        ({"rows": (replace(PROPOSAL[0], path="A.B.C.D.E"),)}, "path"),
        ({"check_minutes": 0}, "check_minutes"),
        ({"check_minutes": 1441}, "check_minutes"),
        ({"rows": tuple(replace(PROPOSAL[0], field=f"F{number}__c") for number in range(101))}, "rows"),
    ],
)
def test_a_set_up_that_cannot_be_is_refused_by_its_row(changes, field):
    problems = rules.problems_of_form(replace(Setup(), **changes), KEYS, {row.id for row in PROPOSAL})

    assert [one.field for one in problems] == [field]


def test_a_set_up_at_its_limits_is_taken_and_a_row_that_stands_may_name_what_is_gone():
    """A83: another change is not refused for a row whose datum was deleted since."""
    most = tuple(replace(PROPOSAL[0], id=str(number), field=f"F{number}__c") for number in range(rules.MOST_ROWS))
    deep = replace(PROPOSAL[0], path="A.B.C.D")
    gone = replace(PROPOSAL[0], datum="weather")
    shortest = Setup(rows=(deep,), check_minutes=rules.CHECK_MINUTES_FROM)

    assert rules.problems_of_form(Setup(rows=most), KEYS, set()) == ()
    assert rules.problems_of_form(shortest, KEYS, set()) == ()
    assert rules.problems_of_form(replace(shortest, check_minutes=1440), KEYS, set()) == ()
    assert rules.problems_of_form(Setup(rows=(gone,)), KEYS, {gone.id}) == ()


def test_rows_go_to_another_org_by_the_keys_of_their_criteria_and_without_those_that_are_gone():
    live = replace(a_criterion("Sponsor", CriterionKind.ROLE), id=CriterionId("0190"), key="sponsor")
    gone = replace(a_criterion("Budget", CriterionKind.TEXT, is_live=False), key="budget")
    here = tuple(a_row(datum) for datum in ("accord_status", "criterion:0190", "criterion:budget"))

    taken = rules.portable(Setup(rows=here), [live, gone]).rows

    assert [row.datum for row in taken] == ["accord_status", "criterion:sponsor"]
    assert rules.by_ids(taken, [live, gone]) == here[:2]
    old = replace(here[2], datum="criterion:key")
    assert rules.by_ids([old], [replace(gone, key="key")]) == (old,), "one that was deleted is no criterion of its key"


def test_a_row_that_stands_may_be_bad_and_a_new_one_may_not():
    """A81, A83."""
    bad = (PROPOSAL[0], RowHealth(RowState.BAD, Fault.FIELD_GONE, "There is no field."))

    assert [one.key for one in rules.refusals([bad], set())] == ["rows.0"]
    assert rules.refusals([bad], {PROPOSAL[0].id}) == ()


def test_every_reason_has_its_sentence():
    """D6."""
    assert set(SENTENCES) == set(FieldSkip)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


def test_what_cannot_be_promised_is_said():
    """W22."""
    for words in ("validation rules, flows, approvals and locks can still refuse", "Nothing was written"):
        assert words in DRY_RUN_LIMITS
    for words in ("writes again", "automation run on them once more", "E-mails, approvals, tasks and events", "listed"):
        assert words in UNDO_LIMITS


def test_a_datum_has_its_kind_of_value():
    assert {one.key: one.kind for one in DATA}["missing_criteria"] is ValueKind.TEXT
