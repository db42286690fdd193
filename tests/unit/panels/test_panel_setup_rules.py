"""What is kept of a panel's set-up, and what a check makes of a row (A14, D7, D8, W14)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from accord.core.errors import RejectedError
from accord.core.ids import RecordId
from accord.features.panels import rules as panel_rules
from accord.features.panels.checks.night import has_values
from accord.features.panels.model import DealRecord, RowSpec, RowType, TabRule, TabSpec
from accord.features.panels.setup import rules
from accord.features.panels.setup.model import UNCHECKED, Checked, Fault, RowCheck, RowStatus
from accord.salesforce.model import SObjectDescribe
from support.describes import a_field

ROW = RowSpec("Opportunity", "NextStep", "Next step")
TEXT = a_field("NextStep", "string", length=255)
KNOWN = RowCheck(RowStatus.OK, seen_by=frozenset({"ada"}))
DEAL = DealRecord(
    record_id=RecordId("006000000000001AAA"),
    name="Brightwater",
    account_id=RecordId("001000000000001AAA"),
    record_type_id="012A",
    currency="EUR",
    has_products=False,
    editable=frozenset(),
    values={},
    stage="Prospecting",
    account_currency="CHF",
)


@pytest.mark.parametrize(
    ("rule", "changes", "shown"),
    [
        (TabRule(), {}, True),
        (TabRule(stages=("Prospecting",)), {}, True),
        (TabRule(stages=("Closed Won",)), {}, False),
        (TabRule(record_types=("012A",)), {}, True),
        (TabRule(record_types=("012B",)), {}, False),
        (TabRule(record_types=("012A",), stages=("Closed Won",)), {}, False),
        (TabRule(record_types=("012B", "012A"), stages=("Closed Won", "Prospecting")), {}, True),
        (TabRule(stages=("Closed Won",)), {"stage": None}, True),
        (TabRule(record_types=("012A",)), {"record_type_id": None}, False),
    ],
)
def test_a_tab_belongs_to_the_deals_of_its_record_types_and_stages(rule, changes, shown):
    assert panel_rules.is_shown(rule, replace(DEAL, **changes)) is shown


def test_an_amount_is_in_the_currency_of_its_own_record():
    """W14."""
    money = a_field("Money__c", "currency")

    rows = [
        panel_rules.decide_row(RowSpec(one, "Money__c", ""), money, DEAL, None) for one in ("Opportunity", "Account")
    ]

    assert [row.currency for row in rows] == ["EUR", "CHF"]


@pytest.mark.parametrize(
    ("describe", "fault"),
    [
        (None, Fault.FIELD_GONE),
        (replace(TEXT, type="boolean"), Fault.TYPE_NOT_ALLOWED),
        (replace(TEXT, length=1300), Fault.TYPE_NOT_ALLOWED),
        (replace(TEXT, updateable=False), Fault.NO_EDIT_RIGHT),
        (replace(TEXT, calculated=True), Fault.NO_EDIT_RIGHT),
        (TEXT, None),
        (replace(TEXT, length=80), None),
    ],
)
def test_a_row_that_changed_for_a_login_that_knew_it_is_bad_with_its_reason(describe, fault):
    found = rules.decide_check(ROW, describe, KNOWN, "ada")

    assert found.fault is fault
    assert found.status is (RowStatus.BAD if fault else RowStatus.OK)
    assert bool(found.message) == bool(fault)
    assert found.seen_by == {"ada"}
    assert found.editable, "kept, so that the reason stays until the field can be edited again"


def test_a_picklist_without_a_value_is_bad():
    picklist = replace(TEXT, type="picklist")

    assert rules.decide_check(ROW, picklist, KNOWN, "ada", has_values=False).fault is Fault.NO_VALUES
    assert rules.decide_check(ROW, TEXT, KNOWN, "ada", has_values=False).fault is None


def test_what_a_login_has_never_seen_it_does_not_judge():
    gone = rules.decide_check(ROW, None, KNOWN, "ada")

    assert rules.decide_check(ROW, None, KNOWN, "olaf") == KNOWN
    assert rules.decide_check(ROW, None, gone, "olaf") == gone
    assert rules.decide_check(ROW, None, UNCHECKED, "olaf") == UNCHECKED
    read_only = replace(TEXT, updateable=False)
    by_another = rules.decide_check(ROW, read_only, KNOWN, "olaf")
    assert (by_another.status, by_another.editable) == (RowStatus.OK, True)
    over_a_path = replace(ROW, field="Owner.Title")
    assert rules.decide_check(over_a_path, read_only, KNOWN, "ada").status is RowStatus.OK, "nobody edits it here"


def test_a_formula_that_was_chosen_as_one_is_in_order():
    formula = replace(TEXT, calculated=True, updateable=False)

    first = rules.decide_check(ROW, formula, UNCHECKED, "ada")

    assert first == RowCheck(RowStatus.OK, seen_by=frozenset({"ada"}), editable=False)
    assert rules.decide_check(ROW, formula, first, "ada") == first
    assert rules.decide_check(ROW, TEXT, first, "ada").editable


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, (20, 12, 0), True),
        ((20, 2, 0), (20, 23, 59), False),
        ((20, 2, 0), (21, 1, 59), False),
        ((20, 2, 0), (21, 2, 0), True),
        ((20, 1, 59), (20, 2, 0), True),
        ((18, 12, 0), (20, 1, 0), True),
    ],
)
def test_a_check_is_due_once_after_two_oclock_utc(last, now, due):
    at = None if last is None else datetime(2026, 11, *last, tzinfo=UTC)

    assert rules.is_due(Checked(at=at), datetime(2026, 11, *now, tzinfo=UTC)) is due


def test_tabs_are_kept_with_their_keys_by_place_and_without_spaces_around_labels():
    tabs = [
        TabSpec("", " Money ", (replace(ROW, label=" Next "),)),
        TabSpec("", "Fit", (), TabRule(("a", "a"), ("b",))),
    ]

    first, second = rules.tidied(tabs)

    assert (first.key, first.label, first.rows[0].label) == ("deal", "Money", "Next")
    assert (second.key, second.rule) == ("qualification", TabRule(("a",), ("b",)))


def test_a_panel_has_at_most_fifty_rows():
    rows = tuple(RowSpec("Opportunity", f"F{number}__c", "F") for number in range(51))

    assert "at most 50 rows" in rules.problems_of_form([TabSpec("", "Deal", rows)])[0].message
    assert rules.problems_of_form([TabSpec("", "Deal", rows[1:])]) == ()


def test_a_row_goes_over_at_most_three_records():
    """SOQL goes up five relationships, of which the Account of the deal is one."""
    parent = a_field("ParentId", "reference", reference_to=("Account",), relationship_name="Parent")
    account = an_account(parent, a_field("Site", "string", length=80))
    row = RowSpec("Account", "Parent.Parent.Parent.Site", "Site")

    assert rules.refusal(row, {"Account": account}, ()) is None
    words = rules.refusal(replace(row, field=f"Parent.{row.field}"), {"Account": account}, ())
    assert words is not None
    assert "at most 3" in words


def test_admins_are_told_of_rows_that_a_check_found_bad_and_of_no_others():
    checked = Checked(rows={ROW.key: replace(KNOWN, status=RowStatus.BAD, fault=Fault.FIELD_GONE, message="Gone.")})

    assert [one.text for one in rules.troubles_of(([ROW], checked))] == ["Next step: Gone."]
    assert rules.troubles_of(([ROW], Checked()), ([ROW], Checked(rows={ROW.key: KNOWN}))) == []


def test_that_salesforce_does_not_tell_what_a_picklist_offers_is_no_finding():
    class Org:
        def picklist_values(self, *_asked):
            raise RejectedError("There is no such record type.")

    assert has_values(Org(), ROW)


STATE = a_field("BillingState", "string", length=80)
CODE = a_field("BillingStateCode", "picklist", length=10)


def an_account(*fields):
    return SObjectDescribe("Account", "Account", updateable=True, fields={one.name: one for one in fields})


@pytest.mark.parametrize(
    ("fields", "field", "is_refused"),
    [
        ((STATE, CODE), "BillingState", True),
        ((STATE, CODE), "BillingStateCode", False),
        ((STATE,), "BillingState", False),
        ((STATE, replace(CODE, type="string")), "BillingState", False),
    ],
)
def test_a_state_as_text_is_refused_where_salesforce_lists_codes(fields, field, is_refused):
    """W8: a rep would meet FIELD_INTEGRITY_EXCEPTION."""
    account, row = an_account(*fields), RowSpec("Account", field, "State")

    problems = rules.problems_of_rows([TabSpec("deal", "Deal", (row,))], {"Account": account}, ())
    choice = next(one for one in rules.choices_of(account) if one.field == field)

    assert [("Choose BillingStateCode" in one.message) for one in problems] == [True] * is_refused
    assert (choice.type is None, choice.reason) == (is_refused, problems[0].message if problems else None)


def test_a_state_of_a_related_record_or_in_an_old_row_holds_up_no_change():
    parent = a_field("ParentId", "reference", reference_to=("Account",), relationship_name="Parent")
    account, row = an_account(STATE, CODE, parent), RowSpec("Account", "BillingState", "State")
    related = replace(row, field="Parent.BillingState")
    tabs = [TabSpec("deal", "Deal", (row, related))]

    assert rules.problems_of_rows(tabs, {"Account": account}, {row.key}) == ()
    over = {one.field: one.type for one in rules.choices_of(account, over="Parent")}
    assert over["Parent.BillingState"] is RowType.TEXT


@pytest.mark.parametrize("now", [replace(TEXT, type="reference"), replace(TEXT, length=256), None])
def test_an_old_row_of_another_type_by_now_holds_up_no_change_and_a_new_one_is_refused(now):
    describes = {
        "Opportunity": SObjectDescribe("Opportunity", "O", updateable=True, fields={"NextStep": now} if now else {})
    }
    tabs = [TabSpec("deal", "Deal", (ROW,))]

    assert rules.problems_of_rows(tabs, describes, {ROW.key}) == ()
    assert [(one.key, one.field) for one in rules.problems_of_rows(tabs, describes, ())] == [("tabs.0.rows.0", "field")]


def test_the_check_flags_an_old_row_that_takes_codes_by_now():
    words = rules.takes_codes("BillingState", an_account(STATE, CODE))

    checked = rules.coded(KNOWN, words)

    assert (checked.status, checked.fault, checked.message) == (RowStatus.BAD, Fault.TAKES_CODES, words)
    assert rules.coded(KNOWN, None) == KNOWN
    gone = replace(KNOWN, status=RowStatus.BAD, fault=Fault.TYPE_NOT_ALLOWED)
    assert rules.coded(gone, words) == gone
