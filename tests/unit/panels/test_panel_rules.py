"""What the panel shows, locks and saves (A8 to A22, D9, D11, S5, W12)."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from accord.core.ids import RecordId
from accord.features.panels import entries, rules
from accord.features.panels.model import DEFAULT_TABS, Change, DealRecord, Locked, Panel, RowSpec, Tab
from accord.features.panels.row_types import row_type
from accord.salesforce.model import PicklistValue
from support.describes import a_field

DEAL = RecordId("006000000000001AAA")
ROW_TYPES = json.loads((Path(__file__).parents[2] / "support" / "row_types.json").read_text())
STAGES = [PicklistValue("Prospecting", "Prospecting"), PicklistValue("Closed Won", "Closed Won")]
FIELDS = {
    "CloseDate": a_field("CloseDate", "date", nillable=False),
    "Amount": a_field("Amount", "currency", precision=18, scale=2),
    "StageName": a_field("StageName", "picklist", length=255, nillable=False),
    "NextStep": a_field("NextStep", "string", length=255),
}
VALUES = {
    "Opportunity.CloseDate": "2026-12-31",
    "Opportunity.Amount": Decimal("125000.5"),
    "Opportunity.StageName": "Prospecting",
    "Opportunity.NextStep": None,
}


def a_deal(**changes) -> DealRecord:
    deal = DealRecord(
        record_id=DEAL,
        name="Brightwater",
        account_id=None,
        record_type_id=None,
        currency=None,
        has_products=False,
        editable=frozenset({DEAL}),
        values=VALUES,
    )
    return replace(deal, **changes)


def a_row(field: str, *, describe="as it is", **deal):
    spec = RowSpec("Opportunity", field, field)
    found = FIELDS[field] if describe == "as it is" else describe
    return rules.decide_row(spec, found, a_deal(**deal), STAGES if field == "StageName" else None)


def a_panel(**deal) -> Panel:
    rows = tuple(a_row(field, **deal) for field in FIELDS)
    return Panel(record_id=DEAL, name="Brightwater", tabs=(Tab("deal", "Deal", rows),))


def save(*changes: tuple[str, str | None, str | None], **deal) -> rules.Decision:
    return rules.decide_save(
        a_panel(**deal), [Change(f"Opportunity.{key}", value, seen) for key, value, seen in changes]
    )


def test_the_panel_works_before_any_admin_with_four_fields_in_their_order():
    """A8 to A12."""
    rows = [row for tab in DEFAULT_TABS for row in tab.rows]

    assert [row.key for row in rows] == list(VALUES)
    assert [row.label for row in rows] == ["Close Date", "Opportunity Amount", "Opportunity Stage", "Next Steps"]


@pytest.mark.parametrize("case", ROW_TYPES, ids=lambda case: case["field"])
def test_only_six_types_are_shown(case):
    """A14 to A22; the components of the panel are held to the same table."""
    facts = dict(case["rest"])
    described = a_field("F", facts.pop("type"), **facts)

    assert row_type(described) == case["row"]


@pytest.mark.parametrize(
    ("field", "changes", "reason"),
    [
        ("Amount", {"describe": None}, Locked.NOT_VISIBLE),
        ("Amount", {"describe": replace(FIELDS["Amount"], calculated=True)}, Locked.FORMULA),
        ("Amount", {"describe": replace(FIELDS["Amount"], updateable=False)}, Locked.NO_EDIT_RIGHT),
        ("Amount", {"editable": frozenset()}, Locked.RECORD_READ_ONLY),
        ("Amount", {"has_products": True}, Locked.COMES_FROM_PRODUCTS),
        ("CloseDate", {"has_products": True}, None),
        ("Amount", {}, None),
    ],
)
def test_a_row_says_why_it_is_locked_before_anything_is_typed(field, changes, reason):
    row = a_row(field, **changes)

    assert row.locked is reason
    assert reason is None or rules.LOCKED_WORDS[reason]


def test_a_field_that_the_user_may_not_see_has_no_value():
    """S3, W11."""
    row = a_row("Amount", describe=None)

    assert (row.value, row.describe, row.currency, row.options) == (None, None, None, None)


@pytest.mark.parametrize(
    ("field", "given", "stored"),
    [
        ("Amount", "130000", Decimal("130000.00")),
        ("Amount", " 1.005 ", Decimal("1.01")),
        ("Amount", "", None),
        ("Amount", "1e3", Decimal("1000.00")),
        ("Amount", "9" * 16, Decimal("9" * 16 + ".00")),
        ("CloseDate", "2027-02-28", "2027-02-28"),
        ("CloseDate", "1700-01-01", "1700-01-01"),
        ("CloseDate", "4000-12-31", "4000-12-31"),
        ("StageName", "Closed Won", "Closed Won"),
        ("NextStep", "  call back  ", "call back"),
        ("NextStep", None, None),
        ("NextStep", "x" * 255, "x" * 255),
    ],
)
def test_an_edit_becomes_what_salesforce_would_store(field, given, stored):
    """W10, A21."""
    value, wrong = entries.parse(a_row(field), given)

    assert wrong is None
    assert value == stored


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("Amount", "12,50", "a number such as"),
        ("Amount", "NaN", "must be a number such as"),
        ("Amount", "1e400", "digits before the point"),
        ("Amount", "1" + "0" * 16, "16 digits before the point"),
        ("CloseDate", "31.12.2026", "a date such as"),
        ("CloseDate", "2026-02-30", "a date such as"),
        ("Amount", "1e9999999", "a number such as"),
        ("Amount", "-1e9999999", "a number such as"),
        ("Amount", "1e-9999999", "a number such as"),
        ("Amount", "1_000", "a number such as"),
        ("Amount", "\uff11\uff12\uff13", "a number such as"),
        ("Amount", "Infinity", "a number such as"),
        ("Amount", "9" * 16 + ".995", "16 digits before the point"),
        ("CloseDate", "20261231", "a date such as"),
        ("CloseDate", "2026-W01-1", "a date such as"),
        ("CloseDate", "\uff12026-12-31", "a date such as"),
        ("CloseDate", "0001-01-01", "between 1700-01-01 and 4000-12-31"),
        ("CloseDate", "1699-12-31", "between 1700-01-01 and 4000-12-31"),
        ("CloseDate", "4001-01-01", "between 1700-01-01 and 4000-12-31"),
        ("NextStep", "null \0", "cannot be stored"),
        ("NextStep", "half \ud800", "cannot be stored"),
        ("StageName", "\udfff", "cannot be stored"),
        ("CloseDate", "", "cannot be empty"),
        ("StageName", "Dreaming", "choose one of the values"),
        ("StageName", None, "cannot be empty"),
        ("NextStep", "x" * 256, "255 characters; this text has 256"),
        ("NextStep", 5, "must be sent as text"),
    ],
)
def test_an_edit_that_cannot_be_stored_is_refused_with_its_field_and_remedy(field, given, words):
    _, wrong = entries.parse(a_row(field), given)

    assert wrong is not None
    assert words in wrong.message
    assert wrong.field == field


def test_a_save_writes_only_the_fields_that_differ():
    decision = save(
        ("Amount", "130000", "125000.50"), ("NextStep", "", None), ("CloseDate", "2026-12-31", "2026-12-31")
    )

    assert [(write.row.spec.field, write.value) for write in decision.writes] == [("Amount", Decimal("130000.00"))]
    assert decision.unchanged == ("Opportunity.NextStep", "Opportunity.CloseDate")


def test_a_stale_edit_shows_both_values_and_writes_nothing():
    """D11."""
    decision = save(("Amount", "130000", "100000"), ("NextStep", "call", None))

    (stale,) = decision.stale
    assert (stale.field, stale.yours, stale.theirs) == ("Amount", "130000.00", "125000.50")


@pytest.mark.parametrize("now", [None, "Closed Won"])
def test_an_edit_of_a_choice_that_is_no_longer_offered_is_stale_all_the_same(now):
    """D11: what the rep saw is compared, not judged."""
    moved = {**VALUES, "Opportunity.StageName": now}

    decision = save(("StageName", "Prospecting", "Retired"), values=moved)

    assert decision.writes == ()
    assert [(stale.yours, stale.theirs) for stale in decision.stale] == [("Prospecting", now)]


def test_an_edit_of_a_choice_that_is_no_longer_offered_and_still_there_is_saved():
    old = {**VALUES, "Opportunity.StageName": "Retired"}

    (write,) = save(("StageName", "Prospecting", "Retired"), values=old).writes

    assert write.value == "Prospecting"


@pytest.mark.parametrize("seen", ["nonsense", "1e9999999", "1_000", "\ud800", None, ""])
def test_whatever_else_was_seen_is_stale(seen):
    assert [stale.code for stale in save(("Amount", "130000", seen)).stale] == ["STALE_EDIT"]


def test_two_people_who_want_the_same_value_are_no_conflict():
    decision = save(("Amount", "125000.5", "100000"))

    assert (decision.stale, decision.writes, decision.unchanged) == ((), (), ("Opportunity.Amount",))


@pytest.mark.parametrize(
    ("value", "seen", "currency", "outcome"),
    [
        ("130000", "125000.50", "EUR", "written"),
        ("130000", "125000.50", "USD", "stale"),
        ("130000", "125000.50", None, "stale"),
        ("125000.50", "100000", "USD", "stale"),  # the same digits, wanted in another currency
        ("125000.50", "100000", "EUR", "unchanged"),
    ],
)
def test_the_same_digits_in_another_currency_are_another_amount(value, seen, currency, outcome):
    """W14."""
    edit = Change("Opportunity.Amount", value, seen, currency)

    decision = rules.decide_save(a_panel(currency="EUR"), [edit])

    found = {"written": decision.writes, "stale": decision.stale, "unchanged": decision.unchanged}
    assert [name for name, some in found.items() if some] == [outcome]
    assert [stale.theirs_currency for stale in decision.stale] == ["EUR"] * (outcome == "stale")


def test_a_field_that_is_no_amount_has_no_currency_to_be_seen():
    edits = [
        Change("Opportunity.NextStep", "call", None, "USD"),
        Change("Opportunity.CloseDate", "2027-01-31", "2026-12-31"),
    ]

    assert len(rules.decide_save(a_panel(currency="EUR"), edits).writes) == 2


def test_seeing_the_same_amount_written_otherwise_is_not_stale():
    assert save(("Amount", "130000", "125000.5")).stale == ()
    assert save(("Amount", "130000", "125000.500")).stale == ()


@pytest.mark.parametrize(
    ("change", "deal", "code"),
    [
        (("Probability", "10", "20"), {}, "INVALID_VALUE"),
        (("Amount", "1", "125000.50"), {"has_products": True}, "COMES_FROM_PRODUCTS"),
        (("Amount", "1", "125000.50"), {"editable": frozenset()}, "RECORD_READ_ONLY"),
    ],
)
def test_what_the_panel_does_not_let_anyone_type_is_refused_when_it_is_sent_all_the_same(change, deal, code):
    assert [problem.code for problem in save(change, **deal).problems] == [code]


def test_the_same_field_twice_is_refused():
    assert len(save(("Amount", "1", "125000.50"), ("Amount", "2", "125000.50")).problems) == 2


def test_a_value_that_is_no_longer_offered_may_stay_but_not_be_chosen():
    old = {**VALUES, "Opportunity.StageName": "Retired"}

    assert save(("StageName", "Retired", "Retired"), values=old).unchanged == ("Opportunity.StageName",)
    assert save(("StageName", "Retired", "Prospecting")).problems


def test_a_write_that_salesforce_ignored_is_told_apart_from_a_saved_one():
    """S5."""
    decision = save(("Amount", "130000", "125000.50"), ("NextStep", "call", None))
    fresh = a_panel(values={**VALUES, "Opportunity.NextStep": "call"})

    ignored = rules.ignored_by_platform(decision.writes, fresh)

    assert ignored == {"Opportunity.Amount": True, "Opportunity.NextStep": False}
