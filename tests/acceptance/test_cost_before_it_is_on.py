"""What a part would cost is told before it is switched on, and comes true (review, section 2 point 10)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from accord.core.ids import PlanId, RecordId
from accord.infra.db import Database
from support.activities import an_admin, an_item, change_settings, log
from support.plan_calls import PlanCalls, a_rep_with_a_plan
from support.product import Product, a_product
from support.two_way import Sides, dollars, set_up_two_way

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
STAGES = [{"title": "Decide", "steps": [{"title": f"Step {one}"} for one in range(5)]}]


def switch(product: Product, kind: str, *, enabled: bool) -> None:
    admin = an_admin(product)
    known = product.client.get(f"/api/v1/settings/{kind}", headers=admin)
    new = {name: value for name, value in known.json.items() if name != "rows"}
    if kind == "field-sync":
        new["rows"] = [{name: row[name] for name in ("datum", "path", "field")} for row in known.json["rows"]]
    headers = {**admin, "If-Match": known.headers["ETag"]}
    answer = product.client.put(f"/api/v1/settings/{kind}", json={**new, "enabled": enabled}, headers=headers)
    assert answer.status_code == 200, answer.text


def a_day(product: Product) -> None:
    """Some hours of a plan: steps are done, words are left, customers are invited and look, a Flow logs calls."""
    rep = a_rep_with_a_plan(product, stages=STAGES)
    for number in range(4):
        pass_time(rep, 20)
        rep.change_step(number, is_completed=True)
        pass_time(rep, 20)
        rep.ok("POST", f"/steps/{rep.step()['id']}/comments", {"text": f"Word {number}"})
        pass_time(rep, 20)
        if number % 3 == 0:
            customer = rep.as_member(rep.invite(f"customer{number}@brightwater.example"))
            pass_time(rep, 5)
            customer.ok("POST", "/view", {})
            pass_time(rep, 5)
        log(product, product.sign_in_flow(), an_item(product, subjectText=f"Call {number}"))
    pass_time(rep, 20)


def pass_time(rep: PlanCalls, minutes: int) -> None:
    """What is due goes out; the rep's sign-in of a quarter of an hour is renewed."""
    for seconds in (15, 60 * minutes - 15):
        rep.product.deliver()
        rep.product.clock.advance(seconds=seconds)
    rep.headers = rep.product.sign_in()


def costs(product: Product) -> dict[str, dict[str, Any]]:
    found = product.client.get("/api/v1/cost/overview", headers=an_admin(product)).json
    return {one["feature"]: one for one in found["features"]} | {"total": found["total"]}


@contextmanager
def a_day_with(database: Database, *, enabled: bool) -> Iterator[Product]:
    with a_product(database) as product:
        change_settings(product, enabled=enabled)
        switch(product, "field-sync", enabled=enabled)
        switch(product, "contacts", enabled=enabled)
        a_day(product)
        yield product


def really_came(product: Product, *objects: str) -> tuple[int, int]:
    """How many records of these objects Accord wrote, and in how many calls."""
    written = [one for one in product.journal() if one.object in objects]
    return len(written), len({one.request_id for one in written})


def test_the_estimate_of_a_day_while_all_is_off_comes_true_when_it_is_on(database: Database) -> None:
    """Within a tenth of the records that the org has got, and of the calls that wrote them."""
    with a_day_with(database, enabled=False) as product:
        told = costs(product)
        assert product.journal() == []
        assert not told["total"]["is_estimated"], "what is off costs nothing now"
        switch(product, "field-sync", enabled=True)
        just_on = costs(product)
        assert just_on["total"]["is_estimated"], "what was just turned on counts from its first minute"
        assert just_on["total"]["calls_a_day"] > told["total"]["calls_a_day"]
    with a_day_with(database, enabled=True) as product:
        came = {
            "activity": really_came(product, "Task"),
            "fields": really_came(product, "Opportunity"),
            "contacts": really_came(product, "Contact", "OpportunityContactRole"),
        }
        measured = costs(product)

    for name, (records, calls) in came.items():
        days = told[name]["measured_days"]
        assert told[name]["is_estimated"], name
        assert not measured[name]["is_estimated"], name
        assert told[name]["because"].endswith("while it was off."), name
        assert abs(told[name]["records_a_day"] * days - records) <= records / 10, name
        assert abs(told[name]["calls_a_day"] * days - calls) <= calls / 10, name
    assert told["total"]["records_a_day"] < measured["total"]["records_a_day"]


def test_an_hour_of_values_on_both_sides_and_synced_fields_costs_what_is_told(product: Product) -> None:
    """All API calls of an hour, those that read too: no more than the page says, which is no more than half above."""
    set_up_two_way(product)
    switch(product, "field-sync", enabled=True)
    before, began = product.calls(), product.clock()
    rep = a_rep_with_a_plan(product, stages=STAGES)
    sides = Sides(product, PlanId(rep.plan["id"]), RecordId(product.deal()))
    for minute in range(60):
        if minute % 12 == 0:
            sides.edit_plan(value=dollars(f"{80_000 + minute}"))
        if minute % 12 == 6:
            sides.edit_deal(CloseDate=f"2027-03-{10 + minute // 6}")
            rep.headers = product.sign_in()
            rep.change_step(minute // 12, is_completed=True)
        sides.turn()
        product.clock.advance(seconds=10)
        product.deliver()
    product.parts.connections.meter.write()
    came, hours = product.calls() - before, (product.clock() - began) / timedelta(hours=1)
    overview = product.client.get("/api/v1/cost/overview", headers=an_admin(product)).json
    total = overview["total"]
    told = (total["calls_a_day"] + total["reads_a_day"] + overview["looking_calls_a_day"]) * hours / 24

    assert came <= told <= came * 1.5
    assert abs(overview["measured_calls"] - came) <= came / 20, "what no answer told of is not counted"


def test_rules_are_estimated_by_the_deals_that_are_created(database: Database) -> None:
    with a_product(database) as product:
        told = costs(product)["auto_create"]

        assert (told["is_on"], told["is_estimated"]) == (False, True)
        assert "created in the org during the last 7 days" in told["because"]
