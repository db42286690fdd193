"""Who changes the values that a plan shares with its deal changes the deal, and has to be allowed to (S3, W12)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accord.core.identity import Identity, Role
from accord.core.ids import RecordId
from accord.features.two_way.model import Linked, LinkSettings
from accord.features.two_way.rights import Right
from support.activities import user_id
from support.lightning import Lightning
from support.own_login import connect_own_login, member_id_of
from support.plan_calls import PlanCalls, a_service
from support.product import Product
from support.running_org import NOOR, RILEY
from support.two_way import Sides, agreed, dollars, set_up_two_way

DAY = {"end_date": "2027-03-01"}
AMOUNT = {"value": {"amount": "1.00", "currency": "USD"}}
OF_THE_DEAL = ["Amount", "CloseDate"]


def linked(product: Product) -> Sides:
    set_up_two_way(product)
    return agreed(product)


def change(sides: Sides, headers: dict[str, str], body: dict[str, Any], **besides: str) -> Any:
    """Somebody changes the plan as it is now."""
    version = {"If-Match": f'"{whole(sides, sides.product.sign_in(RILEY)).json["version"]}"'}
    address = f"/api/v1/plans/{sides.plan_id}"
    return sides.product.client.patch(address, json=body, headers={**headers, **version, **besides})


def whole(sides: Sides, headers: dict[str, str]) -> Any:
    return sides.product.client.get(f"/api/v1/plans/{sides.plan_id}", headers=headers)


def is_refused(answer: Any, *fields: str) -> bool:
    items = [one["field"] for one in answer.json.get("items", [])]
    return (answer.status_code, answer.json.get("code"), items) == (403, "NOT_ALLOWED", list(fields))


def lock(product: Product, how: str, username: str) -> None:
    """Sharing lets the user read the deal alone, or an approval is under way."""
    if how == "approval":
        product.org.submit_for_approval(product.deal(), by=user_id(product, RILEY))
    else:
        product.org.records.find("Opportunity", product.deal())["_read_only_for"] = [user_id(product, username)]


@pytest.mark.parametrize("how", ["sharing", "approval"])
def test_who_may_not_edit_the_deal_changes_neither_of_its_values_through_the_plan(one_product: Product, how) -> None:
    sides = linked(one_product)
    rep, before, end = one_product.sign_in(RILEY), (sides.close_date, sides.amount), one_product.journal_end()
    lock(one_product, how, RILEY)

    assert is_refused(change(sides, rep, DAY), "end_date")
    assert is_refused(change(sides, rep, {**DAY, **AMOUNT, "title": "Another"}), "end_date", "value")

    sides.settle()
    assert ((sides.close_date, sides.amount), sides.value_writes(end)) == (before, [])
    assert whole(sides, rep).json["title"] == "Go-live"
    assert change(sides, rep, {"title": "Another"}).status_code == 200
    set_up_two_way(one_product, {one: LinkSettings(enabled=False) for one in Linked})
    assert change(sides, rep, {**DAY, **AMOUNT}).status_code == 200


def test_in_lightning_what_the_org_has_signed_of_the_running_user_decides(one_product: Product) -> None:
    """Noor's profile hides Amount; her org's word alone counts, for this one deal."""
    sides, noor, deal = linked(one_product), Lightning(one_product, NOOR), one_product.deal()

    assert is_refused(change(sides, noor.headers(deal), DAY), "end_date")
    assert is_refused(change(sides, noor.headers(deal, {"visible_fields": OF_THE_DEAL}), AMOUNT), "value")
    date_alone = noor.headers(deal, {"editable_fields": ["CloseDate"]})
    assert is_refused(change(sides, date_alone, {**DAY, **AMOUNT}), "value")
    foreign = noor.headers("006000000000009AAA", {"editable_fields": OF_THE_DEAL})
    assert change(sides, foreign, DAY).status_code == 404
    for lie in ("CloseDate", {"CloseDate": True}, [["CloseDate"]], None):
        assert is_refused(change(sides, noor.headers(deal, {"editable_fields": lie}), DAY), "end_date")
    assert change(sides, noor.headers(deal, {"editable_fields": OF_THE_DEAL}), DAY).status_code == 200
    sides.deliver()
    assert sides.close_date == DAY["end_date"]
    assert whole(sides, noor.headers(deal)).json["value"] is None
    assert whole(sides, noor.headers(deal, {"visible_fields": OF_THE_DEAL})).json["value"]["amount"] == "125000.50"


def test_what_was_signed_of_one_deal_holds_for_no_other(one_product: Product) -> None:
    rights, deal = one_product.parts.deal_links.values.rights, RecordId(one_product.deal())
    fields = frozenset(OF_THE_DEAL)
    place = (one_product.connection.workspace_id, one_product.connection.id)
    of_another = Identity(
        *place, Role.USER, record_id=RecordId("006000000000009AAA"), visible_fields=fields, editable_fields=fields
    )

    assert rights.refused(of_another, deal, ["end_date", "value"]) == ["end_date", "value"]
    assert rights.find(of_another, deal, Linked.AMOUNT) == Right()
    assert rights.find(replace(of_another, record_id=deal), deal, Linked.AMOUNT) == Right(sees=True, edits=True)


def test_a_plan_with_values_meets_no_deal_that_its_connector_may_not_edit(one_product: Product) -> None:
    """An empty amount would take the plan's; who disconnects, changes and connects again changes the deal too."""
    set_up_two_way(one_product)
    deal, rep = one_product.deal(), one_product.sign_in(RILEY)
    one_product.change_in_salesforce("Opportunity", deal, Amount=None)
    lock(one_product, "sharing", RILEY)
    bare = {"title": "Go-live", "stage_title": "Evaluation", "steps_total": 1, "steps_done": 0}

    made = one_product.client.post("/api/v1/plans", json={**bare, **AMOUNT, "opportunity_id": deal}, headers=rep)
    assert is_refused(made, "value")
    free = one_product.client.post("/api/v1/plans", json={**bare, **AMOUNT, **DAY}, headers=rep)
    calls = PlanCalls(one_product, rep, free.json)
    version = {"If-Match": f'"{calls.ok("GET")["version"]}"'}
    assert is_refused(calls.call("PUT", "/deal", {"opportunity_id": deal}, **version), "end_date", "value")
    calls.change(value=None, end_date=None)
    version = {"If-Match": f'"{calls.plan["version"]}"'}
    assert calls.call("PUT", "/deal", {"opportunity_id": deal}, **version).status_code == 200


def test_the_applications_server_changes_for_a_member_what_his_stored_login_may(one_product: Product) -> None:
    """By itself it stands for the whole org; for one of our people it may what he may."""
    sides = linked(one_product)
    server, rep = a_service(one_product), PlanCalls(one_product, one_product.sign_in(RILEY), {"id": sides.plan_id})
    me = member_id_of(one_product)
    mine = {"role": "user", "name": "Riley", "email": "riley@halden.example", "member_id": me}
    as_riley = {"Accord-Member": rep.invite(**mine)["id"]}

    assert whole(sides, {**server, **as_riley}).json["value"] is None
    assert is_refused(change(sides, server, {**DAY, **AMOUNT}, **as_riley), "end_date", "value")
    assert change(sides, server, {"value": {"amount": "130000.00", "currency": "USD"}}).status_code == 200
    connect_own_login(one_product)
    assert whole(sides, {**server, **as_riley}).json["value"]["amount"] == "130000.00"
    assert change(sides, server, DAY, **as_riley).status_code == 200
    lock(one_product, "sharing", RILEY)
    assert is_refused(change(sides, server, AMOUNT, **as_riley), "value")
    assert sides.plan.end_date == date(2027, 3, 1)
    assert sides.plan.value == dollars("130000.00")


def test_what_an_approval_had_locked_is_tried_when_the_deal_has_changed_and_not_an_hour_later(product: Product) -> None:
    """W13: an end date that was given before the approval began. A change that leaves the lock costs one try."""
    sides = linked(product)
    lock(product, "approval", RILEY)
    sides.edit_plan(end_date=date(2027, 3, 1))
    sides.deliver()
    sides.settle()  # the approval itself is a change
    end, tries = product.journal_end(), counted(product)

    sides.turn()
    assert counted(product) == tries  # nothing has changed
    sides.edit_deal(NextStep="Ask legal")
    sides.turn()
    assert (counted(product), sides.value_writes(end)) == (tries + 1, [])
    product.org.end_approval(product.deal())
    sides.turn(minutes=2)

    assert sides.close_date == "2027-03-01"


def counted(product: Product) -> int:
    """How often Accord has tried to write records."""
    by_path = product.counter.report(since=0)["by_path"]
    return sum(count for path, count in by_path.items() if path.endswith("composite/sobjects"))
