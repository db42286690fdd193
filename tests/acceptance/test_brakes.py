"""An admin stops what Accord writes to his org, observes it first, and keeps it quiet while data is loaded (D42)."""

import pytest

from support.activities import an_item, log
from support.product import Product
from support.running_org import ADMIN

SAFETY = "/api/v1/safety"


@pytest.fixture
def product(one_product: Product) -> Product:
    return one_product


def press(product: Product, path: str, body: dict | None = None, *, status: int = 200) -> dict:
    answer = product.client.post(f"{SAFETY}/{path}", json=body or {}, headers=product.sign_in(ADMIN))
    assert answer.status_code == status, answer.text
    return answer.json


def save(product: Product, value: str):
    deal = product.deal()
    change = {"key": "Opportunity.NextStep", "value": value, "seen": product.record("Opportunity", deal)["NextStep"]}
    return product.client.patch(f"/api/v1/panels/{deal}", json={"changes": [change]}, headers=product.sign_in())


def test_one_switch_stops_a_reps_save_and_every_delivery_and_keeps_the_queue(product):
    before = product.journal_end()
    stopped = press(product, "stop")
    saved = save(product, "Call on Monday")
    log(product, product.sign_in_flow(), an_item(product))
    product.deliver()

    assert (saved.status_code, saved.json["code"]) == (409, "ORG_STOPPED")
    assert "Nothing was saved; what you typed is kept" in saved.json["message"]
    configuration = f"/api/v1/panels/{product.deal()}/configuration"
    told = product.client.get(configuration, headers=product.sign_in()).json["stopped"]
    assert told == saved.json["message"]  # Lightning saves by itself: there the panel asks first
    assert product.journal(after=before) == []
    assert stopped["stopped"]["by"] is not None
    waiting = product.client.get(SAFETY, headers=product.sign_in(ADMIN)).json["waiting"]
    assert (waiting["count"], waiting["calls"]) == (1, 1)
    assert waiting["writes"] == [{"sobject": "Task", "kind": "comment", "creates": True, "count": 1}]

    assert press(product, "start")["stopped"] is None
    assert product.client.get(configuration, headers=product.sign_in()).json["stopped"] is None
    product.deliver()
    assert (save(product, "Call on Monday").status_code, len(product.tasks())) == (200, 1)


def test_an_observed_org_gets_reps_own_saves_alone_until_its_name_is_typed(product):
    press(product, "observe")
    log(product, product.sign_in_flow(), an_item(product))
    product.deliver()

    assert (save(product, "Mine").status_code, product.tasks()) == (200, [])
    press(product, "observe/end", {"org_name": "Other"}, status=422)
    assert press(product, "observe/end", {"org_name": "halden"})["observed"] is None
    product.deliver()
    assert len(product.tasks()) == 1


def test_quiet_until_six_is_six_where_the_admin_lives(product):
    quiet = press(product, "quiet", {"until": "06:00"})["quiet"]
    log(product, product.sign_in_flow(), an_item(product))
    product.deliver()

    assert (product.tasks(), save(product, "Mine").status_code) == ([], 200)
    assert quiet["until"].endswith(("06:00:00+00:00", "14:00:00+00:00", "13:00:00+00:00", "11:00:00+00:00"))
    press(product, "quiet", {"until": "06:00", "time_zone": "Mars"}, status=422)
    product.client.delete(f"{SAFETY}/quiet", headers=product.sign_in(ADMIN))
    product.deliver()
    assert len(product.tasks()) == 1


def test_a_rep_pulls_no_brake(product):
    rep = product.sign_in()

    assert product.client.get(SAFETY, headers=rep).status_code == 403
    assert product.client.post(f"{SAFETY}/stop", json={}, headers=rep).status_code == 403
