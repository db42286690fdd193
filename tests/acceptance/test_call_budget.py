"""An admin sets how many calls Accord may make; what panels call counts at once (D67, D68)."""

from typing import Any

import pytest

from accord.delivery.samples import load_calls
from support.activities import an_admin, an_item, log
from support.product import Product

ADDRESS = "/api/v1/settings/call-budget"


def put(product: Product, admin: dict[str, str], **changes: Any) -> Any:
    known = product.client.get(ADDRESS, headers=admin)
    headers = {**admin, "If-Match": known.headers["ETag"]}
    return product.client.put(ADDRESS, json={**known.json, **changes}, headers=headers)


def forecast(product: Product, admin: dict[str, str]) -> dict[str, Any]:
    return dict(product.client.get("/api/v1/deliveries/forecast", headers=admin).json["calls"])


def own_calls(product: Product) -> int:
    product.parts.connections.meter.write()
    with product.parts.database.reading(product.connection.workspace_id) as session:
        found = load_calls(session, product.connection.id)
    return 0 if found is None else found.own


def test_what_a_panel_calls_is_counted_without_a_delivery_and_without_a_write_each(product: Product) -> None:
    rep, before = product.sign_in(), product.calls()
    for _ in range(3):
        product.client.get(f"/api/v1/panels/{product.deal()}", headers=rep)
    made = product.calls() - before

    first, again = own_calls(product), own_calls(product)
    told = forecast(product, an_admin(product))

    assert made > 0
    assert first == again >= made
    assert (told["own"], told["own_most"]) == (first, told["allowed"] - told["used"] + first)


def test_a_smaller_share_stops_deliveries_at_once_and_never_a_rep(product: Product) -> None:
    rep, admin = product.sign_in(), an_admin(product)
    product.client.get(f"/api/v1/panels/{product.deal()}", headers=rep)
    own_calls(product)
    log(product, product.sign_in_flow(), an_item(product))
    # so few calls are allowed that one percent of what others leave is less than one
    with product.parts.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE call_sample SET allowed = 100, used = own_calls")
    saved = put(product, admin, own_share=1)
    product.deliver()
    waits, told = product.tasks(), forecast(product, admin)
    changes = [{"key": "Opportunity.Amount", "value": "131000", "seen": "125000.50"}]
    panel = product.client.patch(f"/api/v1/panels/{product.deal()}", json={"changes": changes}, headers=rep)
    put(product, admin, own_share=100)
    product.deliver()

    assert (saved.status_code, waits, panel.status_code) == (200, [], 200)
    assert {(one["priority"], one["limit"], one["at"]) for one in told["stops"]} >= {("event", "own_share", None)}
    assert len(product.tasks()) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_budget_is_checked_kept_with_its_line_and_put_back(product: Product) -> None:
    admin = an_admin(product)
    shown = product.client.get(ADDRESS, headers=admin)
    wrong = put(product, admin, own_share=0, kept_for_people=30, backfill_stops_at=75)

    saved = put(product, admin, kept_for_people=20, backfill_stops_at=60)
    outdated = product.client.put(ADDRESS, json=shown.json, headers={**admin, "If-Match": shown.headers["ETag"]})

    usual = {"own_share": 100, "kept_for_people": 10, "backfill_stops_at": 75}
    assert ({name: shown.json[name] for name in usual}, shown.json["is_default"]) == (usual, True)
    assert wrong.status_code == 422
    assert [one["field"] for one in wrong.json["items"]] == ["own_share", "backfill_stops_at"]
    assert "1 to 70 percent" in wrong.json["items"][1]["message"]
    assert (saved.status_code, saved.json["backfill_stops_at"], outdated.status_code) == (200, 60, 412)
    (line,) = product.client.get("/api/v1/audit?kind=settings.call_budget", headers=admin).json["lines"]
    back = product.client.post(f"/api/v1/audit/{line['id']}/put-back", headers=admin)
    assert back.status_code == 200, back.text
    assert product.client.get(ADDRESS, headers=admin).json["kept_for_people"] == 10
    assert "settings.call_budget" in product.client.get("/api/v1/settings-file", headers=admin).text
    assert product.client.get(ADDRESS, headers=product.sign_in()).status_code == 403
