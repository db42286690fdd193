"""What leaves the org is told whole; a bundle for support holds none of it; a cost is told before it comes."""

import io
import json
import re
import zipfile
from datetime import date
from typing import Any
from urllib.parse import unquote_plus

import pytest
from flask import request

from accord.features.two_way.model import Linked, LinkSettings
from accord.mapping.merge import Policy
from localorg.rules import ValidationRule
from support.activities import an_item, fold_nothing, log
from support.auto_create import use_auto_create
from support.canaries import CANARY, Aviary
from support.field_sync_canaries import sync_fields
from support.panel_setup import AMOUNT, INDUSTRY, put, tab
from support.product import Product
from support.running_org import ADMIN
from support.two_way import agreed, set_up_two_way, use_deal_links

QUERY = re.compile(r"SELECT (.+?) FROM (\w+)")


@pytest.fixture
def product(one_product: Product) -> Product:
    return one_product


def queries_of(product: Product) -> list[str]:
    """Every query that the org is asked from now on."""
    asked: list[str] = []

    def note() -> None:
        asked.append(unquote_plus(f"{request.full_path} {request.get_data(as_text=True)}"))

    product.org_app.before_request_funcs.setdefault(None, []).insert(0, note)
    return asked


def read_by(queries: list[str]) -> set[tuple[str, str]]:
    """Object and field of all that was asked for."""
    return {
        (sobject, name.strip().removeprefix("Account."))
        for text in queries
        for names, sobject in QUERY.findall(text)
        for name in names.split(",")
    }


def told_in(leaving: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["object"], each["field"]) for each in leaving["fields"]}


def untold(read: set[tuple[str, str]], told: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """A field of the account may be read by way of the deal."""
    return {(sobject, name) for sobject, name in read if {(sobject, name), ("Account", name)}.isdisjoint(told)}


def test_what_field_sync_two_way_values_rules_and_the_deal_lock_read_is_told(product):
    asked, canary = queries_of(product), Aviary()
    sync_fields(product, canary)
    sides = agreed(product, end_date=date(2026, 12, 1))
    set_up_two_way(product, {Linked.CLOSE_DATE: LinkSettings(True, Policy.NEWEST)})
    sides.edit_plan(end_date=date(2026, 12, 24))
    sides.edit_deal(CloseDate="2027-01-31")
    sides.settle()
    use_deal_links(product, sides.plan_id, product.sign_in(), product.sign_in(ADMIN))
    use_auto_create(product, canary)
    assert product.client.post("/api/v1/messages/test", json={}, headers=product.sign_in(ADMIN)).status_code == 201
    product.deliver()
    leaving = product.client.get("/api/v1/what-leaves", headers=product.sign_in(ADMIN)).json
    read = read_by(asked)

    assert ("OpportunityHistory", "CreatedDate") in read, "the newest of two edits was looked for"
    assert untold(read, told_in(leaving)) == set()


def test_every_field_that_is_read_is_told(product):
    asked = queries_of(product)
    admin = product.sign_in(ADMIN)
    owner = {"sobject": "Opportunity", "field": "Owner.Name", "label": "Owner"}
    assert put(product, admin, tab("Deal", AMOUNT, owner, INDUSTRY)).status_code == 200
    rep, deal = product.sign_in(), product.deal()
    product.client.get(f"/api/v1/panels/{deal}", headers=rep)
    contact = next(str(row["Id"]) for row in product.org.records.all("Contact"))
    log(product, product.sign_in_flow(), an_item(product, contactId=contact))
    product.arm(kind="reset_after", match={"path": "composite/sobjects/Task"}, count=1)
    product.deliver()
    product.clock.advance(hours=1)
    product.deliver()
    for address in ("connection/doctor", "access", "settings/panel/rule-choices", f"panels/{deal}/configuration"):
        assert product.client.get(f"/api/v1/{address}", headers=product.sign_in(ADMIN)).status_code == 200
    product.parts.zones.read_all()
    leaving = product.client.get("/api/v1/what-leaves", headers=product.sign_in(ADMIN)).json
    told, read = told_in(leaving), read_by(asked)

    assert len(read) > 25
    assert untold(read, told) == set()
    assert {("Opportunity", "Owner.Name"), ("Account", "Industry")} <= told
    places = {each["place"] for each in leaving["places"]}
    assert {copy for each in leaving["fields"] for copy in each["copies"]} <= places
    assert all(each["seen_by"] and each["title"] for each in leaving["places"])
    assert leaving["region"] is None
    assert product.client.get("/api/v1/what-leaves", headers=product.sign_in()).status_code == 403


def test_a_bundle_for_support_holds_no_value_no_name_and_no_secret(product):
    canary, admin = Aviary(), product.sign_in(ADMIN)
    assert put(product, admin, tab(canary("tab"), {**AMOUNT, "label": canary("label")})).status_code == 200
    fold_nothing(product)
    product.org.rules.add(ValidationRule("no", "Task", "Subject LIKE '%canary%'", canary("rule")))
    log(product, product.sign_in_flow(), an_item(product, subjectText=canary("subject"), description=canary("text")))
    product.deliver()
    answer = product.client.get("/api/v1/support-bundle", headers=product.sign_in(ADMIN))
    with zipfile.ZipFile(io.BytesIO(answer.data)) as bundle:
        files = {name: bundle.read(name).decode() for name in bundle.namelist()}
    everything = "\n".join(files.values())

    assert answer.mimetype == "application/zip"
    assert CANARY.findall(everything) == []
    people = [user["Name"] for user in product.org.records.all("User")]
    secrets = [product.setup_app.consumer_secret, *product.session_tokens(), *people, "integration@halden.example"]
    assert [secret for secret in secrets if secret in everything] == []
    assert json.loads(files["backlog.json"])["parked"][0]["code"] == "FIELD_CUSTOM_VALIDATION_EXCEPTION"
    (error,) = json.loads(files["errors.json"])["FIELD_CUSTOM_VALIDATION_EXCEPTION"]
    assert error["sobject"] == "Task"
    described = json.loads(files["describes.json"])
    assert {"Opportunity", "Task"} <= set(described)
    assert all(re.fullmatch("[0-9a-f]{64}", one["sha256"]) and one["fields"] > 10 for one in described.values())
    assert json.loads(files["doctor.json"])["sign_in"] == "passed"
    assert json.loads(files["settings.json"])["settings.panel"]["version"] == 1
    assert product.client.get("/api/v1/support-bundle", headers=product.sign_in()).status_code == 403


def test_an_observed_org_shows_what_activity_would_cost(product):
    product.client.post("/api/v1/safety/observe", json={}, headers=product.sign_in(ADMIN))
    for minute in range(3):
        log(product, product.sign_in_flow(), an_item(product, kind="comment", subjectText=f"{minute}"))
        product.clock.advance(minutes=20)
    admin = product.sign_in(ADMIN)
    cost = product.client.get("/api/v1/cost?feature=activity", headers=admin).json

    assert product.tasks() == []
    assert (cost["feature"], cost["left_a_day"], cost["share"]) == ("activity", None, None)
    assert cost["calls_a_day"] >= 24
    assert product.client.get("/api/v1/cost?feature=events", headers=admin).json["calls_a_day"] == 0
    assert product.client.get("/api/v1/cost?feature=else", headers=admin).status_code == 422


def test_all_costs_stand_beside_what_the_org_has_left(product):
    admin = product.sign_in(ADMIN)
    found = product.client.get("/api/v1/cost/overview", headers=admin).json
    on = {each["feature"]: each["is_on"] for each in found["features"]}

    assert on == {
        "activity": True, "fields": False, "two_way": True, "contacts": False, "auto_create": False, "events": None,
        "messages": True,
    }  # fmt: skip
    assert (found["total"]["feature"], found["looking_calls_a_day"]) == ("all", 0)
    assert found["room"]["storage_mb"] == {"most": 5, "left": 5}
    assert found["room"]["calls_a_day"]["left"] <= found["room"]["calls_a_day"]["most"]
    plan = {"opportunity_id": product.deal(), "title": "P", "stage_title": "S", "steps_total": 1, "steps_done": 0}
    assert product.client.post("/api/v1/plans", json=plan, headers=product.sign_in()).status_code == 201
    product.arm(kind="unavailable", match={"path": "limits"}, rate=1.0, seed=1)
    away = product.client.get("/api/v1/cost/overview", headers=admin).json
    assert away["looking_calls_a_day"] == 1440 + 2 * 288 + 1
    assert away["room"]["storage_mb"] is None
    assert away["room"]["not_known"]
