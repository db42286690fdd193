"""Fields of Salesforce that texts of plans name (D30, B1): who sets them up, who reads them, who writes them."""

import json

import pytest

from support.database import ONE_ENGINE
from support.panel_setup import ADMIN, INDUSTRY, NEXT, rows_of, save, tab
from support.panel_setup import put as put_panel
from support.product import RILEY
from support.variables import (
    LEGAL,
    REGIONS,
    SETTINGS,
    a_variable,
    add_custom_fields,
    put,
    variables_of,
)

BUDGET = a_variable("Opportunity.Amount", "Budget")
BRANCH = a_variable("Account.Industry", "Branch", write=False)
LEGAL_ROW = a_variable(LEGAL, "Legal review")
REGIONS_ROW = a_variable(REGIONS, "Regions")


@pytest.fixture
def admin(product):
    return product.sign_in(ADMIN)


def lock_of(row) -> str | None:
    return row["read_only_reason"] and row["read_only_reason"]["code"]


def set_up(product, admin, *rows, version: str = '"0"') -> None:
    answer = put(product, admin, *rows, version=version)
    assert answer.status_code == 200, answer.text


def test_variables_are_off_until_an_admin_turns_them_on_and_cost_no_call_of_their_own(product, admin):
    rep = product.sign_in()
    before = product.client.get(SETTINGS, headers=admin)
    assert (before.json["enabled"], before.json["rows"], before.json["is_default"]) == (False, [], True)
    put(product, admin, BUDGET, BRANCH, enabled=False)
    assert variables_of(product, rep) == {}

    set_up(product, admin, BUDGET, BRANCH, version='"1"')
    variables_of(product, rep)
    calls = product.calls()
    shown = variables_of(product, rep)

    assert product.calls() - calls == 1
    assert [(row["label"], row["type"], lock_of(row)) for row in shown.values()] == [
        ("Budget", "currency", None),
        ("Branch", "picklist", "WRITE_OFF"),
    ]
    configured = product.client.get(f"/api/v1/panels/{product.deal()}/configuration", headers=rep).json["variables"]
    assert [(one["key"], one["label"], one["write"], one["reason"]) for one in configured] == [
        ("Opportunity.Amount", "Budget", True, None),
        ("Account.Industry", "Branch", False, None),
    ]


def test_a_checkbox_and_several_picked_values_are_shown_and_saved_where_the_plan_is(product, admin):
    add_custom_fields(product)
    set_up(product, admin, LEGAL_ROW, REGIONS_ROW)
    product.change_in_salesforce("Opportunity", product.deal(), Regions__c="UK;DACH")
    rep = product.sign_in()

    shown = variables_of(product, rep)
    saved = save(product, rep, (LEGAL, "true", "false"), (REGIONS, "Nordics;UK", "UK;DACH"))

    assert (shown[LEGAL]["type"], shown[LEGAL]["value"], shown[LEGAL]["required"]) == ("boolean", "false", False)
    assert (shown[REGIONS]["type"], shown[REGIONS]["value"]) == ("multipicklist", "DACH;UK")
    assert [one["value"] for one in shown[REGIONS]["options"]] == ["DACH", "Nordics", "UK"]
    assert (saved.status_code, saved.json["saved"]) == (200, [LEGAL, REGIONS])
    assert {row["key"]: row["value"] for row in saved.json["variables"]} == {LEGAL: "true", REGIONS: "Nordics;UK"}
    record = product.record("Opportunity", product.deal())
    assert (record["Legal_Review__c"], set(record["Regions__c"].split(";"))) == (True, {"Nordics", "UK"})


@ONE_ENGINE
def test_a_value_that_is_offered_no_longer_may_stay_and_is_not_picked_anew(product, admin):
    add_custom_fields(product)
    set_up(product, admin, REGIONS_ROW)
    product.change_in_salesforce("Opportunity", product.deal(), Regions__c="UK")
    values = product.org.schema.objects["Opportunity"].fields["Regions__c"].facts["picklistValues"]
    left = [{**one, "active": one["value"] == "DACH"} for one in values]
    product.change_org("Opportunity", "Regions__c", picklistValues=left, restrictedPicklist=False)
    rep = product.sign_in()

    assert [one["value"] for one in variables_of(product, rep)[REGIONS]["options"]] == ["DACH"]
    assert save(product, rep, (REGIONS, "UK;DACH", "UK")).status_code == 200
    refused = save(product, rep, (REGIONS, "DACH;Nordics", "DACH;UK"))
    assert (refused.status_code, refused.json["items"][0]["code"]) == (422, "INVALID_VALUE")


@ONE_ENGINE
def test_a_percentage_is_the_number_before_the_sign_as_salesforce_has_it(product, admin):
    set_up(product, admin, a_variable("Opportunity.Probability", "Chance"))
    product.change_in_salesforce("Opportunity", product.deal(), Probability=60)
    rep = product.sign_in()

    shown = variables_of(product, rep)["Opportunity.Probability"]
    saved = save(product, rep, ("Opportunity.Probability", "75", "60"))

    assert (shown["type"], shown["value"], shown["precision"], shown["scale"]) == ("percent", "60", 3, 0)
    assert saved.json["variables"][0]["value"] == "75"
    assert product.record("Opportunity", product.deal())["Probability"] == 75


def test_what_somebody_changed_meanwhile_is_not_overwritten_and_both_values_are_told(product, admin):
    add_custom_fields(product)
    set_up(product, admin, LEGAL_ROW)
    product.change_in_salesforce("Opportunity", product.deal(), Legal_Review__c=True)
    rep = product.sign_in()

    same = save(product, rep, (LEGAL, "true", "false"))
    stale = save(product, rep, (LEGAL, "false", "false"))

    assert same.json["outcomes"][0]["outcome"] == "unchanged"
    assert (stale.status_code, stale.json["code"]) == (409, "STALE_EDIT")
    assert (stale.json["items"][0]["yours"], stale.json["items"][0]["theirs"]) == ("false", "true")


def test_a_rep_without_the_right_in_salesforce_sees_and_writes_nothing_whatever_the_row_says(product, admin):
    set_up(product, admin, a_variable("Opportunity.NextStep", "Next"), BUDGET)
    riley = product.org.users.by_username(RILEY)
    product.org.users.change(
        riley.id, _hidden_fields=["Opportunity.NextStep"], _read_only_fields=["Opportunity.Amount"]
    )
    rep = product.sign_in()

    shown = variables_of(product, rep)

    assert (shown["Opportunity.NextStep"]["value"], lock_of(shown["Opportunity.NextStep"])) == (None, "NOT_VISIBLE")
    assert lock_of(shown["Opportunity.Amount"]) == "NO_EDIT_RIGHT"
    refused = save(product, rep, ("Opportunity.NextStep", "x", None), ("Opportunity.Amount", "1", None))
    assert [one["code"] for one in refused.json["items"]] == ["NOT_VISIBLE", "NO_EDIT_RIGHT"]


def test_a_variable_whose_write_is_off_is_written_only_where_the_slideout_offers_the_field(product, admin):
    put_panel(product, admin, tab("Deal", NEXT))
    set_up(product, admin, BRANCH, a_variable("Opportunity.NextStep", "Next", write=False))
    rep = product.sign_in()
    industry = variables_of(product, rep)["Account.Industry"]["value"]
    step = variables_of(product, rep)["Opportunity.NextStep"]["value"]

    refused = save(product, rep, ("Account.Industry", "Banking", industry))
    by_name = save(product, rep, ("Account.Industry", "Banking", industry), also=("Account.Industry",))
    taken = save(product, rep, ("Opportunity.NextStep", "Call", step))

    assert [(one.status_code, one.json["items"][0]["code"]) for one in (refused, by_name)] == [(422, "WRITE_OFF")] * 2
    assert taken.json["saved"] == ["Opportunity.NextStep"]
    assert [(row["value"], lock_of(row)) for row in taken.json["variables"][1:]] == [("Call", "WRITE_OFF")]
    put_panel(product, admin, tab("Deal", NEXT, INDUSTRY), version='"1"')
    assert save(product, rep, ("Account.Industry", "Banking", industry)).status_code == 200


def test_a_variable_that_nobody_may_read_here_is_shown_nowhere_and_asked_for_nowhere(product, admin):
    secret = a_variable("Opportunity.Description", "Notes", read=False, write=False)
    set_up(product, admin, BUDGET, secret)
    rep = product.sign_in()
    address = f"/api/v1/panels/{product.deal()}"

    assert list(variables_of(product, rep)) == ["Opportunity.Amount"]
    assert "Opportunity.Description" not in rows_of(product, rep, also=("Opportunity.Description",))
    told = product.client.get(f"{address}/configuration", headers=rep).json
    assert [one["label"] for one in told["variables"]] == ["Budget"]
    assert told["closed"] == ["Opportunity.Description"], "in Lightning too, Salesforce's asking for it opens nothing"
    assert product.client.get(f"{address}/why/Opportunity.Description", headers=rep).status_code == 404
    assert product.client.get(f"{address}/why/Opportunity.Amount", headers=rep).json["label"] == "Opportunity Amount"


def test_each_wrong_row_is_named_with_its_reason_and_nothing_is_saved(product, admin):
    add_custom_fields(product)
    wrong = (
        (a_variable("Opportunity.Weather__c", "Weather"), "field", "There is no field"),
        (a_variable("Opportunity.OwnerId", "Owner"), "field", "is a lookup"),
        (a_variable("Opportunity.ExpectedRevenue", "Expected"), "write", "Turn Write off"),
        (a_variable(LEGAL, "Legal", read=True), None, ""),
    )

    answer = put(product, admin, *(row for row, _, _ in wrong))

    assert answer.status_code == 422
    told = {(one["key"], one["field"]): one["message"] for one in answer.json["items"]}
    assert list(told) == [("rows.0", "field"), ("rows.1", "field"), ("rows.2", "write")]
    assert [words in message for (_, _, words), message in zip(wrong, told.values(), strict=False)] == [True] * 3
    assert product.client.get(SETTINGS, headers=admin).headers["ETag"] == '"0"'


def test_only_admins_set_variables_up_and_nobody_overwrites_what_he_has_not_seen(product, admin):
    rep = product.sign_in(RILEY)

    mine = [
        product.client.get(SETTINGS, headers=rep),
        put(product, rep, BUDGET),
        product.client.get(f"{SETTINGS}/fields?sobject=Account", headers=rep),
    ]
    body = {"enabled": True, "rows": []}

    assert [one.status_code for one in mine] == [403] * 3
    assert product.client.put(SETTINGS, json=body, headers=admin).status_code == 428
    set_up(product, admin, BUDGET)
    assert put(product, admin, BRANCH).status_code == 412
    loaded = product.client.get(SETTINGS, headers=admin)
    again = product.client.put(SETTINGS, json=loaded.json, headers={**admin, "If-Match": loaded.headers["ETag"]})
    assert (again.status_code, again.headers["ETag"]) == (200, '"2"')


@ONE_ENGINE
def test_a_text_of_a_plan_keeps_the_name_and_never_holds_the_value(product, admin):
    """A5: what customers could be given is the text as it was typed."""
    set_up(product, admin, BUDGET)
    rep = product.sign_in()
    budget = variables_of(product, rep)["Opportunity.Amount"]["value"]
    plan = {"opportunity_id": product.deal(), "title": "Within {{Budget}}", "stage_title": "{{ budget }}"}

    made = product.client.post("/api/v1/plans", json={**plan, "steps_total": 1, "steps_done": 0}, headers=rep).json
    shown = product.client.get(f"/api/v1/plans/{made['id']}", headers=rep)

    assert (shown.json["title"], shown.json["stages"][0]["title"]) == (plan["title"], plan["stage_title"])
    assert budget not in shown.json["title"] + json.dumps(shown.json["stages"])


@ONE_ENGINE
def test_the_picker_offers_the_wider_types_and_says_what_nobody_can_write(product, admin):
    add_custom_fields(product)

    answer = product.client.get(f"{SETTINGS}/fields?sobject=Opportunity", headers=admin)

    found = {one["field"]: one for one in answer.json["fields"]}
    wider = [found[name] for name in ("Legal_Review__c", "Regions__c", "Probability")]
    assert [(one["type"], one["writable"]) for one in wider] == [
        ("boolean", True),
        ("multipicklist", True),
        ("percent", True),
    ]
    assert (found["ExpectedRevenue"]["type"], found["ExpectedRevenue"]["writable"]) == ("currency", False)
    assert (found["OwnerId"]["allowed"], "nine types" in found["OwnerId"]["reason"]) == (False, True)
    assert {one["over"] for one in found.values()} == {None}


def test_variables_are_turned_off_while_salesforce_is_away(product, admin):
    set_up(product, admin, BUDGET)
    checked_at = product.client.get(SETTINGS, headers=admin).json["checked_at"]
    product.clock.advance(minutes=20)  # what the org's describes said is not kept that long
    admin = product.sign_in(ADMIN)
    product.arm(kind="unavailable", match={"path": "/services/data/.*"}, rate=1)

    off = put(product, admin, BUDGET, enabled=False, version='"1"')
    assert (off.json["enabled"], off.json["checked_at"]) == (False, checked_at), "nobody has looked at them since"
    for enabled in (True, False):
        other = put(product, admin, BRANCH, enabled=enabled, version='"2"')
        assert other.status_code == 503, "what is new has to be looked at, also while it is off"

    product.faults.clear()
    product.clock.advance(days=1)
    assert product.parts.variables.night.check_all() == 0, "nobody looks at what is off"


@ONE_ENGINE
def test_the_check_of_the_night_marks_a_variable_whose_field_is_gone_and_admins_are_told(product, admin):
    put_panel(product, admin, tab("Deal", INDUSTRY))  # the field is a variable alone
    set_up(product, admin, BUDGET, a_variable("Opportunity.NextStep", "Next", write=False))

    def next_night(**change) -> list[str | None]:
        product.change_org("Opportunity", "NextStep", **change)
        product.clock.advance(days=1)
        product.parts.variables.check_all()
        rows = product.client.get(SETTINGS, headers=product.sign_in(ADMIN)).json["rows"]
        return [row["reason"] and row["reason"]["code"] for row in rows]

    assert next_night(type="reference") == [None, "TYPE_NOT_ALLOWED"]
    place = product.connection.workspace_id, product.connection.id
    (told,) = product.parts.panel_setups.troubles(*place)
    assert (told.cause, "Next: " in told.text) == ("panel_rows_bad", True)

    assert next_night() == [None, "FIELD_GONE"]
    rep = product.sign_in()
    shown = product.client.get(f"/api/v1/panels/{product.deal()}/configuration", headers=rep).json["variables"]
    assert [one["reason"] and one["reason"]["code"] for one in shown] == [None, "FIELD_GONE"]
    assert lock_of(variables_of(product, rep)["Opportunity.NextStep"]) == "FIELD_GONE"
