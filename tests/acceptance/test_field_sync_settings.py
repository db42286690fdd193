"""An admin sets up which data go to which fields (A38 to A41, A60, A77 to A83)."""

import json
from typing import Any

import pytest

from support.database import ONE_ENGINE
from support.panel_setup import ADMIN
from support.product import Product

SETTINGS = "/api/v1/settings/field-sync"


@pytest.fixture
def admin(product: Product) -> dict[str, str]:
    return product.sign_in(ADMIN)


def put(
    product: Product, admin: dict[str, str], *rows: dict[str, Any], enabled: bool = True, version: str = '"0"'
) -> Any:
    body = {"enabled": enabled, "check_minutes": 15, "rows": list(rows)}
    return product.client.put(SETTINGS, json=body, headers={**admin, "If-Match": version})


def a_row(datum: str, field: str, path: str = "") -> dict[str, Any]:
    return {"datum": datum, "path": path, "field": field}


def test_rows_are_proposed_and_off_until_an_admin_saves_them(product, admin):
    """A39, A40, A49 to A57."""
    loaded = product.client.get(SETTINGS, headers=admin)

    assert (loaded.json["enabled"], loaded.json["is_default"], loaded.headers["ETag"]) == (False, True, '"0"')
    assert [row["field"] for row in loaded.json["rows"]][:3] == ["Accord_URL__c", "Accord_Status__c", "Stage_Name__c"]

    end = product.journal_end()
    headers = {**admin, "If-Match": loaded.headers["ETag"]}
    saved = product.client.put(SETTINGS, json={**loaded.json, "enabled": True}, headers=headers)

    assert (saved.status_code, saved.headers["ETag"], saved.json["enabled"]) == (200, '"1"', True)
    assert {(row["status"], row["sobject"]) for row in saved.json["rows"]} == {("ok", "Opportunity")}
    assert saved.json["changed_by"] == "Ada Lindqvist"
    product.deliver()
    assert product.journal(end) == []  # saving writes nothing


@ONE_ENGINE
def test_each_wrong_row_is_named_with_what_to_do_and_nothing_is_saved(product, admin):
    """A81."""
    answer = put(
        product,
        admin,
        a_row("accord_url", "Accord_URL__c"),
        a_row("accord_status", "Weather__c"),
        a_row("accord_progress", "Name"),
        a_row("accord_stage_name", "Name", path="Account"),
        a_row("execution_score", "Progress__c", path="Nowhere__r"),
    )

    assert answer.status_code == 422
    said = {one["key"]: one["message"] for one in answer.json["items"]}
    assert set(said) == {"rows.1", "rows.2", "rows.3", "rows.4"}
    assert "There is no field Weather__c" in said["rows.1"]
    assert "needs a number or a percentage" in said["rows.2"]
    assert "may not edit Account Name (Account.Name)" in said["rows.3"]
    assert "Accord_Integration" in said["rows.3"]
    assert product.client.get(SETTINGS, headers=admin).json["is_default"]


def test_of_two_admins_the_second_is_told(product, admin):
    assert put(product, admin, a_row("accord_url", "Accord_URL__c")).status_code == 200

    late = put(product, admin, a_row("accord_status", "Accord_Status__c"))

    assert (late.status_code, late.json["code"]) == (412, "CHANGED_MEANWHILE")
    assert "Ada Lindqvist has changed" in late.json["message"]
    untold = product.client.put(SETTINGS, json={"enabled": True, "rows": []}, headers=admin)
    assert untold.status_code == 428


@ONE_ENGINE
def test_a_row_keeps_its_id_also_when_it_goes_to_another_field(product, admin):
    first = put(product, admin, a_row("accord_url", "Accord_URL__c"), a_row("accord_status", "Stage_Name__c"))
    rows = first.json["rows"]
    changed = [rows[0], {**rows[1], "field": "Accord_Status__c"}]
    second = product.client.put(
        SETTINGS,
        data=json.dumps({**first.json, "rows": changed}),
        content_type="application/json",
        headers={**admin, "If-Match": '"1"'},
    )

    assert second.status_code == 200, second.text
    assert [row["id"] for row in second.json["rows"]] == [row["id"] for row in rows]
    assert [row["target"] for row in second.json["rows"]] == ["Accord_URL__c", "Accord_Status__c"]

    wrong = [rows[0], {**rows[1], "field": "Weather__c"}]
    third = product.client.put(
        SETTINGS, json={**second.json, "rows": wrong}, headers={**admin, "If-Match": second.headers["ETag"]}
    )
    assert (third.status_code, third.json["items"][0]["key"]) == (422, "rows.1")


@ONE_ENGINE
def test_pickers_show_data_and_fields_with_the_reason_why_one_cannot_be_chosen(product, admin):
    """A78, A79, A41."""
    data = product.client.get(f"{SETTINGS}/data", headers=admin).json["sections"]
    fields = product.client.get(f"{SETTINGS}/fields?datum=accord_url", headers=admin).json["fields"]
    over = product.client.get(f"{SETTINGS}/fields?path=Account", headers=admin)
    nowhere = product.client.get(f"{SETTINGS}/fields?path=Nowhere__r", headers=admin)

    assert [one["key"] for one in data] == ["accord_data", "execution_criteria"]
    assert len(data[0]["data"]) == 8
    by_name = {one["field"]: one for one in fields}
    assert by_name["Accord_URL__c"]["allowed"]
    assert not by_name["Progress__c"]["allowed"]
    assert "URL" in by_name["Progress__c"]["reason"]
    assert by_name["AccountId"]["over"] == "Account"
    assert over.json["fields"][0]["sobject"] == "Account"
    assert nowhere.status_code == 404


@ONE_ENGINE
def test_a_field_that_went_bad_is_marked_in_the_night_and_refuses_no_other_change(product, admin):
    saved = put(product, admin, a_row("accord_url", "Accord_URL__c"), a_row("accord_progress", "Progress__c")).json
    product.change_org("Opportunity", "Progress__c")
    product.clock.advance(hours=30)

    assert product.parts.synced_fields.setup.check_all() == 1
    assert product.parts.synced_fields.setup.check_all() == 0
    admin = product.sign_in(ADMIN)
    loaded = product.client.get(SETTINGS, headers=admin)
    assert [row["status"] for row in loaded.json["rows"]] == ["ok", "bad"]
    assert loaded.json["rows"][1]["reason"]["code"] == "FIELD_GONE"
    assert loaded.json["rows"][1]["field_label"] == "Progress"
    kept = product.client.put(
        SETTINGS, json={**loaded.json, "enabled": False}, headers={**admin, "If-Match": loaded.headers["ETag"]}
    )
    assert (kept.status_code, kept.json["enabled"]) == (200, False)
    assert kept.json["rows"][1]["id"] == saved["rows"][1]["id"]


@ONE_ENGINE
def test_only_admins_set_it_up(product):
    """A38."""
    rep = product.sign_in()

    for path in ("", "/data", "/fields"):
        assert product.client.get(f"{SETTINGS}{path}", headers=rep).status_code == 403
