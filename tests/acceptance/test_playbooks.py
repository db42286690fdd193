"""Playbooks over HTTP, in rules, for Flows, and when somebody is forgotten (B1)."""

from typing import Any

import pytest

from accord.core.errors import RejectedError
from accord.core.ids import new_id
from accord.features.auto_create.model import Settings
from accord.features.auto_create.schemas import read_rule
from accord.features.auto_create.setup import GONE
from support.activities import an_admin, call_flow
from support.auto_create import ADDRESS as RULES
from support.auto_create import given, listening, new_deal, save, shown, the_plans, try_to_save, turn
from support.builders import NOON
from support.database import ONE_ENGINE
from support.plan_calls import STAGES, PlanCalls, a_rep_with_a_plan
from support.playbooks import ADDRESS
from support.playbooks import save as save_playbook
from support.product import Product, a_product
from support.running_org import ADMIN
from support.two_way import an_admin_of

MAIL = "dana@brightwater.example"


def titles_of(product: Product, plan_id: str) -> list[str]:
    plan = product.client.get(f"/api/v1/plans/{plan_id}", headers=an_admin(product)).json
    return [one["title"] for one in plan["stages"]]


def test_an_admin_saves_a_plan_and_a_rep_begins_with_it(product: Product) -> None:
    rep = a_rep_with_a_plan(product)
    rep.change_step(due_date="2026-12-01")
    body = {"plan": rep.plan["id"], "title": "Enterprise", "description": "For big ones"}
    keyed = {**an_admin(product), "Idempotency-Key": "one"}
    refused = product.client.post(ADDRESS, json=body, headers=rep.headers)
    made = product.client.post(ADDRESS, json=body, headers=keyed)
    again = product.client.post(ADDRESS, json=body, headers=keyed)
    taken = product.client.post(ADDRESS, json=body, headers=an_admin(product))

    listed = product.client.get(ADDRESS, headers=rep.headers).json
    assert (refused.status_code, made.status_code, made.headers["ETag"]) == (403, 201, '"1"')
    assert (again.json, taken.status_code, taken.json["items"][0]["field"]) == (made.json, 422, "title")
    assert (listed["can_save"], [one["steps"] for one in listed["playbooks"]]) == (False, [3])
    whole = product.client.get(f"{ADDRESS}/{made.json['id']}", headers=rep.headers).json
    assert whole["content"]["stages"][0]["steps"][0]["due_after"] is not None

    both = {"title": "New", "playbook": made.json["id"], "stages": STAGES}
    wrong = product.client.post("/api/v1/plans", json=both, headers=rep.headers)
    new = product.client.post("/api/v1/plans", json={**both, "stages": None}, headers=rep.headers)
    assert (wrong.status_code, wrong.json["items"][0]["field"]) == (422, "playbook")
    assert [one["title"] for one in new.json["stages"]] == ["Evaluate", "Decide"]
    lines = product.client.get("/api/v1/audit?kind=playbook.saved", headers=an_admin(product)).json["lines"]
    assert [(one["title"], one["new"]["title"]) for one in lines] == [("Playbook saved", "Enterprise")]


@ONE_ENGINE
def test_who_is_no_admin_changes_no_playbook(product: Product) -> None:
    rep = a_rep_with_a_plan(product)
    one = f"{ADDRESS}/{save_playbook(product, rep.plan['id'])['id']}"
    seen = {**rep.headers, "If-Match": '"1"'}
    asked = [("PATCH", one, {"is_offered": False}), ("PUT", f"{one}/content", {"plan": rep.plan["id"]})]
    refused = [product.client.open(to, method=way, json=body, headers=seen) for way, to, body in asked]
    refused.append(product.client.delete(one, headers=seen))

    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert product.client.get(one, headers=rep.headers).headers["ETag"] == '"1"'


@ONE_ENGINE
def test_a_rule_names_one_that_then_is_not_deleted(product: Product) -> None:
    playbook = save_playbook(product, a_rep_with_a_plan(product).plan["id"])
    listening(product, given(playbook="Enterprise", stage_title=""))
    made = new_deal(product)
    turn(product)

    plan = the_plans(product)[made]
    admin = {**an_admin(product), "If-Match": '"1"'}
    kept = product.client.delete(f"{ADDRESS}/{playbook['id']}", headers=admin)
    (rule,) = product.client.get(RULES, headers=admin).json["rules"]
    assert titles_of(product, plan.id) == ["Evaluate", "Decide"]
    assert (kept.status_code, kept.json["code"], "Late deals" in kept.json["message"]) == (409, "PLAYBOOK_IN_USE", True)
    assert rule["playbook"] == playbook["id"]
    both = try_to_save(product, given(playbook=playbook["id"], template_id=plan.id))
    none = try_to_save(product, given(playbook="No such one"))
    gone = try_to_save(product, given(playbook=new_id(NOON)))
    assert "playbook" in [one["field"] for one in both.json["items"]]
    assert [(one["field"], "No such one" in one["message"]) for one in none.json["items"]] == [("playbook", True)]
    assert [one["message"] for one in gone.json["items"]] == [GONE], "an id tells nobody which one that was"
    save(product, given(playbook=None))
    assert (
        product.client.patch(f"{ADDRESS}/{playbook['id']}", json={"is_offered": False}, headers=admin).json["version"]
        == 2
    )
    late = {**admin, "If-Match": '"2"'}
    assert product.client.delete(f"{ADDRESS}/{playbook['id']}", headers=late).status_code == 204
    lines = product.client.get("/api/v1/audit", headers=admin).json["lines"]
    told = [(one["kind"], one["old"]["is_offered"], one["new"] and one["new"]["is_offered"]) for one in lines[:2]]
    assert told == [("playbook.deleted", False, None), ("playbook.changed", True, False)]


@ONE_ENGINE
def test_one_that_goes_while_a_rule_with_it_is_being_saved_is_not_named(product: Product) -> None:
    """Two admins at once: the rule was checked while the playbook was there."""
    playbook = save_playbook(product, a_rep_with_a_plan(product).plan["id"])
    caller = an_admin_of(product)
    wanted = Settings((read_rule({**given(playbook="Enterprise"), "id": ""}),))
    checked = product.parts.deal_links.rules.prepare(caller, wanted)
    gone = {**an_admin(product), "If-Match": '"1"'}
    assert product.client.delete(f"{ADDRESS}/{playbook['id']}", headers=gone).status_code == 204

    with pytest.raises(RejectedError) as refused:
        checked.carry_out(product.parts.database, caller.workspace_id)

    assert [(one.field, one.message) for one in refused.value.problems] == [("playbook", GONE)]
    assert shown(product) == []


@ONE_ENGINE
def test_a_file_names_a_playbook_by_its_title_and_an_org_without_it_says_so(product: Product) -> None:
    """D75: ids stay in the org in which they were made."""
    save_playbook(product, a_rep_with_a_plan(product).plan["id"])
    save(product, given(playbook="Enterprise"))
    file = product.client.get("/api/v1/settings-file", headers=an_admin(product)).json
    assert file["settings"]["settings.auto_create"]["rules"][0]["playbook"] == "Enterprise"

    def compare(other: Product) -> Any:
        return other.client.post("/api/v1/settings-file/check", json={"file": file}, headers=an_admin(other)).json

    with a_product(product.parts.database) as other:
        lacks = [one["message"] for one in compare(other)["lacks"]]
        assert lacks == ["There is no playbook Enterprise. Save one with this title first, or choose another one."]
        save_playbook(other, a_rep_with_a_plan(other).plan["id"])
        assert compare(other)["can_apply"]


@ONE_ENGINE
def test_a_flow_names_one_by_its_title_or_its_id_and_still_a_plan(product: Product) -> None:
    source = a_rep_with_a_plan(product)
    playbook = save_playbook(product, source.plan["id"])
    made = [
        call_flow(product, "connections", {"opportunityId": new_deal(product), "playbookKey": key})[0]
        for key in ("Enterprise", playbook["id"], source.plan["id"], "enterprise", "Enter")
    ]

    assert [one["errorCode"] for one in made] == ["", "", "", "", "PLAN_NOT_FOUND"]
    assert [titles_of(product, one["planId"]) for one in made[:4]] == [["Evaluate", "Decide"]] * 4


@ONE_ENGINE
def test_who_is_forgotten_is_named_in_no_playbook(product: Product) -> None:
    """D70: what somebody has typed there too, and in the line that tells of it."""
    rep: PlanCalls = a_rep_with_a_plan(product)
    rep.invite(name="Dana Voss", email=MAIL)
    rep.change_step(title="Call Dana Voss", description=f"or write to {MAIL}.")
    rep.ok("POST", "/resources", {"title": "Case", "url": f"https://files.example/?to={MAIL}"})
    playbook = save_playbook(product, rep.plan["id"], title="As for Dana Voss")
    save(product, given(playbook=playbook["id"], stage_title=""))
    save(product, given(playbook=None))
    admin = product.sign_in(ADMIN)

    answer = product.client.post("/api/v1/forget", json={"email": MAIL, "confirm": MAIL}, headers=admin)

    assert (answer.status_code, answer.json["left"]) == (200, 0)
    assert (answer.json["deleted"]["playbook"], answer.json["deleted"]["audit_line"]) == (1, 3)
    assert "Voss" not in product.client.get("/api/v1/audit", headers=admin).text
    before = {**admin, "If-Match": '"1"'}
    late = product.client.patch(f"{ADDRESS}/{playbook['id']}", json={"title": "As for Dana Voss"}, headers=before)
    assert late.status_code == 412, "who still has the name before him does not bring it back"
    whole = product.client.get(f"{ADDRESS}/{playbook['id']}", headers=admin).json
    step, link = whole["content"]["stages"][0]["steps"][0], whole["content"]["resources"][0]["url"]
    assert (whole["title"], step["title"]) == ("As for (forgotten)", "Call (forgotten)")
    assert (step["description"], link) == ("or write to (forgotten).", "https://files.example/?to=(forgotten)")
