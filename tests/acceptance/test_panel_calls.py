"""What a panel costs (the second promise): counted at the org, not by us."""

from support.database import ONE_ENGINE
from support.product import Product

pytestmark = ONE_ENGINE

AMOUNT = "Opportunity.Amount"


def calls_of(product: Product, action) -> int:
    before = product.calls()
    answer = action()
    assert answer.status_code == 200, answer.text
    return product.calls() - before


def opened(product: Product, rep: dict):
    return lambda: product.client.get(f"/api/v1/panels/{product.deal()}", headers=rep)


def saved(product: Product, rep: dict, value: str, seen: str):
    body = {"changes": [{"key": AMOUNT, "value": value, "seen": seen}]}
    return lambda: product.client.patch(f"/api/v1/panels/{product.deal()}", json=body, headers=rep)


def test_a_warm_panel_is_one_call_and_signing_in_again_is_none(product):
    rep = product.sign_in()
    calls_of(product, opened(product, rep))

    assert calls_of(product, opened(product, rep)) == 1
    before = product.calls()
    again = product.sign_in()
    assert product.calls() == before
    assert calls_of(product, opened(product, again)) == 1


def test_a_save_is_two_calls_and_an_unchanged_one_is_one(product):
    rep = product.sign_in()
    calls_of(product, opened(product, rep))

    assert calls_of(product, saved(product, rep, "131000", "125000.50")) == 2
    assert calls_of(product, saved(product, rep, "131000", "131000.00")) == 1


def test_a_describe_is_fetched_again_after_its_quarter_of_an_hour(product):
    rep = product.sign_in()
    calls_of(product, opened(product, rep))
    product.clock.advance(minutes=14)
    rep = product.sign_in()

    assert calls_of(product, opened(product, rep)) == 1
    product.clock.advance(minutes=2)
    rep = product.sign_in()
    assert calls_of(product, opened(product, rep)) > 1


def test_a_request_without_a_time_costs_one_call_to_prove_its_token(product):
    """S4."""
    product.sign_in()
    before = product.counter.report(since=0)["by_path"].get("/services/oauth2/userinfo", 0)

    product.parts.connections.sign_in.canvas(product.signed_request(dated=False))

    assert product.counter.report(since=0)["by_path"]["/services/oauth2/userinfo"] == before + 1
