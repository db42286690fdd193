"""What a rep typed and did not save: there after a reload, asked about when old, held to his rights (D9, S3)."""

from typing import Any

import pytest
from sqlalchemy import text

from support.own_login import as_apex_asks, connect_own_login, register_apex
from support.panel_setup import rows_of, save
from support.product import RILEY, Product
from support.running_org import NOOR

NEXT = {"key": "Opportunity.NextStep", "value": "Visit the plant", "seen": None, "seen_currency": None}
AMOUNT = {"key": "Opportunity.Amount", "value": "1", "seen": "125000.50", "seen_currency": None}


def keep(product: Product, rep: dict[str, str], *changes: dict[str, Any]) -> Any:
    return product.client.put(f"/api/v1/panels/{product.deal()}/draft", json={"changes": list(changes)}, headers=rep)


def draft(product: Product, rep: dict[str, str]) -> Any:
    return product.client.get(f"/api/v1/panels/{product.deal()}", headers=rep).json["draft"]


def test_what_was_typed_is_there_again_after_a_reload_d9(product):
    rep = product.sign_in()
    assert draft(product, rep) is None

    kept = keep(product, rep, NEXT, AMOUNT)

    found = draft(product, product.sign_in())
    assert (kept.status_code, found["offered"], found["changes"]) == (200, False, [NEXT, AMOUNT])
    assert found["kept_at"] == kept.json["kept_at"]


def test_the_newest_counts_and_nothing_typed_is_no_draft(product):
    rep = product.sign_in()
    keep(product, rep, NEXT, AMOUNT)

    keep(product, rep, AMOUNT)
    assert draft(product, rep)["changes"] == [AMOUNT]
    assert keep(product, rep).json == {"kept_at": None}
    assert draft(product, rep) is None


def test_a_save_removes_it_and_a_refused_one_does_not(product):
    rep = product.sign_in()
    keep(product, rep, NEXT)

    assert save(product, rep, ("Opportunity.Amount", "1", "2")).status_code == 409
    assert draft(product, rep) is not None
    assert save(product, rep, ("Opportunity.Amount", "1", "125000.50")).status_code == 200
    assert draft(product, rep) is None


@pytest.mark.parametrize(("days", "offered"), [(6, False), (8, True)])
def test_after_a_week_it_is_offered_and_not_filled_in(product, days, offered):
    keep(product, product.sign_in(), NEXT)
    product.clock.advance(days=days)

    assert draft(product, product.sign_in())["offered"] is offered


def test_it_is_offered_when_the_record_was_changed_since(product):
    keep(product, product.sign_in(), NEXT)
    product.clock.advance(minutes=1)
    product.change_in_salesforce("Opportunity", product.deal(), Description="News")

    assert draft(product, product.sign_in())["offered"] is True


def test_after_a_month_it_is_forgotten(product):
    keep(product, product.sign_in(), NEXT)
    product.clock.advance(days=31)

    assert product.parts.panel_drafts.forget_old() == 1
    assert draft(product, product.sign_in()) is None


def test_a_field_that_the_rep_may_no_longer_see_or_edit_is_left_out_s3(product):
    keep(product, product.sign_in(), AMOUNT, NEXT)
    product.org.users.change(product.org.users.by_username(RILEY).id, _hidden_fields=["Opportunity.Amount"])
    product.clock.advance(minutes=20)

    rep = product.sign_in()
    assert draft(product, rep)["changes"] == [NEXT]
    product.org.submit_for_approval(product.deal(), by=product.org.users.by_username(RILEY).id)
    assert draft(product, rep) is None


def test_nobody_else_is_given_it_and_it_lies_sealed(product):
    keep(product, product.sign_in(), NEXT)

    assert draft(product, product.sign_in(NOOR)) is None
    with product.parts.database.engine.connect() as connection:
        (stored,) = connection.execute(text("SELECT sealed_changes FROM panel_draft")).scalars()
    assert b"Visit" not in bytes(stored)


def test_fields_that_salesforce_has_asked_for_come_back_with_it(product):
    asked = {
        "key": "Opportunity.Type",
        "value": "New Customer",
        "seen": product.record("Opportunity", product.deal())["Type"],
        "seen_currency": None,
    }
    rep = product.sign_in()
    keep(product, rep, NEXT, asked, {**asked, "key": "not a key"})

    assert draft(product, rep)["changes"] == [NEXT, asked]
    assert "Opportunity.Type" in rows_of(product, rep)


def test_too_many_changes_are_refused(product):
    refused = keep(product, product.sign_in(), *[NEXT] * 51)

    assert refused.status_code == 422


def test_the_first_of_a_deal_asks_salesforce_whether_the_rep_sees_it_and_those_behind_it_do_not(product):
    rep = product.sign_in()
    before = product.calls()

    keep(product, rep, NEXT)
    first = product.calls()
    keep(product, rep, AMOUNT)

    assert (first - before, product.calls() - first) == (1, 0)
    foreign = product.client.put("/api/v1/panels/006000000000001AAA/draft", json={"changes": [NEXT]}, headers=rep)
    assert foreign.status_code == 404


def test_a_rep_with_a_login_of_his_own_finds_it_in_lightning_too_and_who_has_none_keeps_none_here_s3(one_product):
    product = one_product
    register_apex(product)
    address = f"/api/v1/panels/{product.deal()}/draft"

    refused = product.client.put(address, json={"changes": [NEXT]}, headers=as_apex_asks(product))
    assert (refused.status_code, refused.json["code"]) == (403, "NO_SALESFORCE_LOGIN")
    before = product.calls()
    assert product.client.get(address, headers=as_apex_asks(product)).json == {"draft": None}
    assert product.calls() == before, "where no draft lies, Salesforce is asked nothing"

    connect_own_login(product)
    kept = product.client.put(address, json={"changes": [NEXT, AMOUNT]}, headers=as_apex_asks(product))
    product.org.users.change(product.org.users.by_username(RILEY).id, _hidden_fields=["Opportunity.Amount"])
    product.clock.advance(minutes=20)
    found = product.client.get(address, headers=as_apex_asks(product)).json["draft"]

    assert (found["kept_at"], found["offered"], found["changes"]) == (kept.json["kept_at"], False, [NEXT])
