"""Rows from the Account beside those from the Opportunity (A2, A27, W11, W12)."""

import pytest

from localorg.rules import ValidationRule
from support.database import ONE_ENGINE
from support.panel_setup import ADMIN, AMOUNT, INDUSTRY, PEOPLE, put, tab
from support.product import RILEY, Product
from support.running_org import NOOR

pytestmark = ONE_ENGINE


@pytest.fixture
def rep(product):
    """A rep whose panel shows a row of the deal and two of its account."""
    saved = put(product, product.sign_in(ADMIN), tab("Deal", AMOUNT, INDUSTRY, PEOPLE))
    assert saved.status_code == 200, saved.text
    return product.sign_in()


def rows_of(product: Product, rep: dict) -> dict:
    answer = product.client.get(f"/api/v1/panels/{product.deal()}", headers=rep)
    assert answer.status_code == 200, answer.text
    return {row["key"]: row for one in answer.json["tabs"] for row in one["rows"]}


def save(product: Product, rep: dict, *changes: tuple[str, str | None, str | None]):
    body = {"changes": [{"key": key, "value": value, "seen": seen} for key, value, seen in changes]}
    return product.client.patch(f"/api/v1/panels/{product.deal()}", json=body, headers=rep)


def restrict(product: Product, record_id: str, **facts) -> None:
    with product.org.setup() as tx:
        tx.update((record_id[:3] == "001" and "Account") or "Opportunity", record_id, facts, enforce=False)


def riley_id(product: Product) -> str:
    return product.org.users.by_username(RILEY).id


def test_account_rows_show_the_values_of_the_deals_own_account(product, rep):
    rows = rows_of(product, rep)

    account = product.record("Account", product.deal_account())
    assert list(rows) == ["Opportunity.Amount", "Account.Industry", "Account.NumberOfEmployees"]
    industry, people = rows["Account.Industry"], rows["Account.NumberOfEmployees"]
    assert (industry["type"], industry["value"], industry["record_id"]) == ("picklist", "Utilities", account["Id"])
    assert "Energy" in [option["value"] for option in industry["options"]]
    assert (people["type"], people["value"], people["editable"]) == ("number", "2400", True)


def test_a_warm_panel_with_account_rows_is_one_call_and_a_save_of_both_two(product, rep):
    rows_of(product, rep)

    before = product.calls()
    rows_of(product, rep)
    opened = product.calls()
    save(product, rep, ("Opportunity.Amount", "131000", "125000.50"), ("Account.NumberOfEmployees", "2500", "2400"))

    assert (opened - before, product.calls() - opened) == (1, 2)


def test_rows_of_both_records_are_saved_in_one_request(product, rep):
    answer = save(
        product, rep, ("Opportunity.Amount", "131000", "125000.50"), ("Account.NumberOfEmployees", "2500", "2400")
    )

    deal, account = product.journal()
    assert answer.json["saved"] == ["Opportunity.Amount", "Account.NumberOfEmployees"]
    assert (deal.object, dict(deal.after)) == ("Opportunity", {"Amount": 131000})
    assert (account.object, dict(account.after)) == ("Account", {"NumberOfEmployees": 2500})
    assert deal.request_id == account.request_id
    assert {deal.user, account.user} == {riley_id(product)}
    assert {row["key"]: row["value"] for row in answer.json["rows"]}["Account.NumberOfEmployees"] == "2500"


@pytest.mark.parametrize(
    ("sobject", "condition", "field"),
    [("Account", "NumberOfEmployees > 9000", "NumberOfEmployees"), ("Opportunity", "Amount > 500000", "Amount")],
)
def test_when_salesforce_refuses_one_record_neither_is_saved(product, rep, sobject, condition, field):
    """W12: the message stands at the row of the record that was refused."""
    product.org.rules.add(ValidationRule("no", sobject, condition, "Ask the desk.", field=field))

    refused = save(
        product, rep, ("Opportunity.Amount", "600000", "125000.50"), ("Account.NumberOfEmployees", "9999", "2400")
    )

    assert (refused.status_code, refused.json["code"]) == (422, "SALESFORCE_REFUSED")
    assert [(item["key"], item["message"]) for item in refused.json["items"]] == [
        (f"{sobject}.{field}", "Ask the desk.")
    ]
    assert product.journal() == []


@pytest.mark.parametrize("refusing", ["Account", "Opportunity"])
def test_fields_of_one_name_on_both_objects_are_told_apart(product, refusing):
    notes = [{"sobject": sobject, "field": "Description", "label": sobject} for sobject in ("Opportunity", "Account")]
    put(product, product.sign_in(ADMIN), tab("Deal", *notes))
    rep = product.sign_in()
    product.org.rules.add(ValidationRule("no", refusing, "Name != null", "Not this one.", field="Description"))
    seen = {key: row["value"] for key, row in rows_of(product, rep).items()}

    refused = save(product, rep, *[(key, "new text", value) for key, value in seen.items()])

    assert seen["Account.Description"].startswith("Drinking water")
    assert [item["key"] for item in refused.json["items"]] == [f"{refusing}.Description"]


def test_a_stale_account_row_holds_back_the_deals_row_too(product, rep):
    product.change_in_salesforce("Account", product.deal_account(), NumberOfEmployees=3000)

    refused = save(
        product, rep, ("Opportunity.Amount", "131000", "125000.50"), ("Account.NumberOfEmployees", "2500", "2400")
    )

    assert (refused.status_code, refused.json["code"]) == (409, "STALE_EDIT")
    assert [(item["key"], item["theirs"]) for item in refused.json["items"]] == [("Account.NumberOfEmployees", "3000")]
    assert product.journal() == []


def test_an_account_that_the_rep_may_only_read_locks_its_rows_alone(product, rep):
    """W12: sharing is asked in the same call."""
    restrict(product, product.deal_account(), _read_only_for=[riley_id(product)])

    rows = rows_of(product, rep)

    assert rows["Opportunity.Amount"]["editable"]
    assert rows["Account.Industry"]["value"] == "Utilities"
    assert rows["Account.Industry"]["read_only_reason"]["code"] == "RECORD_READ_ONLY"


def test_an_account_that_the_rep_may_not_see_shows_no_value(product, rep):
    """S3."""
    restrict(product, product.deal_account(), _hidden_from=[riley_id(product)])

    row = rows_of(product, rep)["Account.Industry"]

    assert (row["value"], row["editable"], row["read_only_reason"]["code"]) == (None, False, "NO_ACCOUNT")


def test_a_deal_without_an_account_still_shows_its_own_rows(product, rep):
    restrict(product, product.deal(), AccountId=None)

    rows = rows_of(product, rep)
    saved = save(product, rep, ("Opportunity.Amount", "131000", "125000.50"))

    assert rows["Opportunity.Amount"]["value"] == "125000.50"
    assert rows["Account.Industry"]["read_only_reason"]["code"] == "NO_ACCOUNT"
    assert saved.json["saved"] == ["Opportunity.Amount"]
    assert save(product, rep, ("Account.Industry", "Energy", None)).json["items"][0]["code"] == "NO_ACCOUNT"


def test_each_field_keeps_to_the_right_of_the_user_who_looks(product, rep):
    """S3, W11: the account's own describe, per user."""
    noor = product.org.users.by_username(NOOR)
    product.org.users.change(
        noor.id, _hidden_fields=["Account.NumberOfEmployees"], _read_only_fields=["Account.Industry"]
    )

    rows = rows_of(product, product.sign_in(NOOR))

    assert rows["Account.Industry"]["read_only_reason"]["code"] == "NO_EDIT_RIGHT"
    assert rows["Account.NumberOfEmployees"]["read_only_reason"]["code"] == "NOT_VISIBLE"
    assert rows["Account.NumberOfEmployees"]["value"] is None
    assert rows_of(product, rep)["Account.NumberOfEmployees"]["value"] == "2400"


@pytest.mark.parametrize("hidden", ["Account.Industry", "Opportunity.AccountId", "Opportunity.Amount"])
def test_a_right_that_is_taken_away_while_the_describe_is_kept_locks_its_row_and_breaks_no_panel(product, rep, hidden):
    """W11, D8: one field without access would fail the whole query."""
    rows_of(product, rep)
    product.org.users.change(riley_id(product), _hidden_fields=[hidden])

    rows = rows_of(product, rep)

    key = "Account.Industry" if hidden == "Opportunity.AccountId" else hidden
    assert (rows[key]["value"], rows[key]["read_only_reason"]["code"]) == (None, "NOT_VISIBLE")
    assert sum(row["editable"] for row in rows.values()) >= 1
