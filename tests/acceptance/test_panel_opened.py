"""Fields that an admin has opened to people without a Salesforce login of their own: read, never saved (S3)."""

import json
from typing import Any

import pytest

from localorg.org_options import Currency, OrgOptions
from support.own_login import as_apex_asks, connect_own_login, register_apex
from support.panel_setup import ADMIN, AMOUNT, INDUSTRY, NEXT, STAGE, lightning_admin, put, tab
from support.product import Product
from support.variables import a_variable
from support.variables import put as put_variables

NAME = {"sobject": "Account", "field": "Name", "label": "Customer"}


@pytest.fixture
def product(one_product: Product) -> Product:
    """Amount, the account's name and its industry are opened; stage and next step are not."""
    register_apex(one_product)
    opened = [{**row, "is_open": True} for row in (AMOUNT, NAME, INDUSTRY)]
    tabs = tab("Deal", opened[0], STAGE, NEXT), tab("Won", *opened[1:], stages=["Closed Won"])
    one_product.org.switch_on(OrgOptions(currencies=(Currency("USD"), Currency("EUR", rate=0.9))))
    saved = put(one_product, one_product.sign_in(ADMIN), *tabs)
    assert saved.status_code == 200, saved.text
    return one_product


def panel(product: Product, headers: dict[str, str]) -> Any:
    query = {"also": ["Opportunity.Type"]}
    return product.client.get(f"/api/v1/panels/{product.deal()}", query_string=query, headers=headers)


def test_who_has_no_login_reads_the_opened_rows_and_nothing_else(product: Product) -> None:
    deal = product.record("Opportunity", product.deal())
    put_variables(product, product.sign_in(ADMIN), a_variable("Opportunity.Amount", "Budget"))

    shown = panel(product, as_apex_asks(product)).json

    rows = {row["key"]: row for one in shown["tabs"] for row in one["rows"]}
    read = {key: (row["value"], row["currency"], row["read_only_reason"]["code"]) for key, row in rows.items()}
    account = product.record("Account", deal["AccountId"])
    assert read == {
        "Opportunity.Amount": ("125000.50", "USD", "NO_LOGIN"),
        "Account.Name": (account["Name"], None, "NO_LOGIN"),
        "Account.Industry": (None, None, "NOT_READ"),  # the integration owner may not see it either
    }
    assert [row["record_id"] for row in rows.values()] == [product.deal(), None, None]  # nor which account it is
    assert not any(row["editable"] or row["options"] or row["controller"] for row in rows.values())
    assert (shown["also_needed"], shown["draft"], shown["record"]["name"]) == ([], None, "")
    assert shown["variables"] == []  # what is open is open in the slideout alone
    kept_back = [deal[name] for name in ("Name", "StageName", "NextStep", "AccountId", "OwnerId") if deal[name]]
    assert not [value for value in kept_back if json.dumps(value)[1:-1] in json.dumps(shown["tabs"])]


def test_it_cannot_be_saved_drafted_or_seen_of_a_deal_that_is_not_shown_to_him(product: Product) -> None:
    address = f"/api/v1/panels/{product.deal()}"
    edit = {"changes": [{"key": "Opportunity.Amount", "value": "1", "seen": "125000.50", "seen_currency": "USD"}]}

    answers = [
        product.client.patch(address, json=edit, headers=as_apex_asks(product)),
        product.client.put(f"{address}/draft", json=edit, headers=as_apex_asks(product)),
        panel(product, lightning_admin(product)),  # nothing proves that this deal is shown to him
    ]

    assert [(one.status_code, one.json["code"]) for one in answers] == [
        (403, "NO_SALESFORCE_LOGIN"),
        (403, "NO_SALESFORCE_LOGIN"),
        (403, "NO_SALESFORCE_LOGIN"),
    ]
    assert product.journal() == []


def test_nothing_is_open_by_default_and_who_has_a_login_reads_with_his_own(product: Product) -> None:
    connect_own_login(product)
    own = panel(product, as_apex_asks(product)).json["tabs"]
    assert [row["key"] for one in own for row in one["rows"]] == [
        f"Opportunity.{name}" for name in ("Amount", "StageName", "NextStep")
    ]
    assert {row["editable"] for one in own for row in one["rows"]} == {True}

    settings = product.client.get("/api/v1/settings/panel", headers=product.sign_in(ADMIN)).json["tabs"]
    assert [row["is_open"] for one in settings for row in one["rows"]] == [True, False, False, True, True]
    put(product, product.sign_in(ADMIN), tab("Deal", AMOUNT), version='"1"')
    product.client.delete("/api/v1/me/salesforce-login", headers=as_apex_asks(product))

    refused = panel(product, as_apex_asks(product))

    assert (refused.status_code, refused.json["code"]) == (403, "NO_SALESFORCE_LOGIN")
