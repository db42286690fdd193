"""Picklists whose values depend on another field, states and countries among them (A19, W8)."""

import pytest

from support.database import ONE_ENGINE
from support.panel_setup import ADMIN, depend, put, rows_of, save, tab
from support.product import RILEY, Product

pytestmark = ONE_ENGINE

SOURCE, TYPE = "Opportunity.LeadSource", "Opportunity.Type"
BESIDE = {"New Customer": ["Web", "Other"], "Existing Customer - Upgrade": ["Partner Referral"]}


def spec(sobject: str, field: str) -> dict[str, str]:
    return {"sobject": sobject, "field": field, "label": field}


@pytest.fixture
def rep(product: Product) -> dict[str, str]:
    """A rep whose panel shows a deal's type, which depends on its source (Web)."""
    depend(product, "Opportunity", "Type", "LeadSource", BESIDE)
    product.change_in_salesforce("Opportunity", product.deal(), LeadSource="Web", Type="New Customer")
    saved = put(
        product, product.sign_in(ADMIN), tab("Deal", spec("Opportunity", "LeadSource"), spec("Opportunity", "Type"))
    )
    assert saved.status_code == 200, saved.text
    return product.sign_in()


def test_a_dependent_row_says_what_is_offered_beside_which_value(product, rep):
    rows = rows_of(product, rep)

    offered = {one["value"]: one["valid_for"] for one in rows[TYPE]["options"]}
    assert rows[TYPE]["controller"] == {"key": SOURCE, "value": "Web"}
    assert (offered["New Customer"], offered["Existing Customer - Upgrade"]) == (["Web", "Other"], ["Partner Referral"])
    assert offered["Existing Customer - Downgrade"] == []
    assert rows[SOURCE]["controller"] is None
    assert {one["valid_for"] is None for one in rows[SOURCE]["options"]} == {True}


def test_both_are_saved_in_one_write(product, rep):
    saved = save(
        product, rep, (SOURCE, "Partner Referral", "Web"), (TYPE, "Existing Customer - Upgrade", "New Customer")
    )

    (entry,) = product.journal()
    assert saved.status_code == 200, saved.text
    assert dict(entry.after) == {"LeadSource": "Partner Referral", "Type": "Existing Customer - Upgrade"}


def test_a_value_that_does_not_fit_is_refused_at_its_row(product, rep):
    refused = save(product, rep, (SOURCE, "Other", "Web"), (TYPE, "Existing Customer - Upgrade", "New Customer"))

    (item,) = refused.json["items"]
    assert (refused.status_code, item["key"], product.journal()) == (422, TYPE, [])


def test_a_controlling_field_outside_the_panel_counts_as_it_is(product, rep):
    put(product, product.sign_in(ADMIN), tab("Deal", spec("Opportunity", "Type")), version='"1"')

    assert rows_of(product, rep)[TYPE]["controller"] == {"key": SOURCE, "value": "Web"}
    assert save(product, rep, (TYPE, "Existing Customer - Upgrade", "New Customer")).status_code == 422


def test_where_the_controlling_field_is_hidden_salesforce_has_the_last_word(product, rep):
    product.org.users.change(product.org.users.by_username(RILEY).id, _hidden_fields=["Opportunity.LeadSource"])
    fresh = product.sign_in()
    row = rows_of(product, fresh)[TYPE]

    assert (row["controller"], {one["valid_for"] is None for one in row["options"]}) == (None, {True})


def test_states_and_countries_are_rows_by_their_codes_and_saved_together(product):
    product.org.use_state_and_country_picklists()
    rows = [spec("Account", "BillingCountryCode"), spec("Account", "BillingStateCode")]
    assert put(product, product.sign_in(ADMIN), tab("Deal", *rows)).status_code == 200
    rep = product.sign_in()

    state = rows_of(product, rep)["Account.BillingStateCode"]
    saved = save(product, rep, ("Account.BillingCountryCode", "US", None), ("Account.BillingStateCode", "NY", None))

    assert (state["type"], state["controller"]["key"]) == ("picklist", "Account.BillingCountryCode")
    assert {"value": "NY", "label": "New York", "valid_for": ["US"]} in state["options"]
    assert saved.status_code == 200, saved.text
    assert product.record("Account", product.deal_account())["BillingState"] == "New York"


def test_free_text_for_a_country_is_refused_with_salesforces_words_at_the_row(product):
    put(product, product.sign_in(ADMIN), tab("Deal", spec("Account", "BillingCountry")))
    product.org.use_state_and_country_picklists()

    refused = save(product, product.sign_in(), ("Account.BillingCountry", "Ruritania", "United Kingdom"))

    (item,) = refused.json["items"]
    assert (refused.status_code, item["key"]) == (422, "Account.BillingCountry")
    assert "list of valid countries" in item["message"]
