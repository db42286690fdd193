"""Connect Deal with a plan that there is, with a playbook, and with a point person (review, section 4; A112)."""

from typing import Any

import pytest

from accord.core.identity import Identity, Role
from accord.core.ids import PlanId
from accord.workspace.plans.model import NewPlan, NewStage, NewStep, PlanFacts
from support.activities import an_admin, user_id
from support.activities import call_flow as call
from support.activities import the_deals as deals
from support.product import Product, a_product
from support.running_org import RILEY

PLAYBOOK = NewPlan(None, "Enterprise", [NewStage("Discovery", [NewStep("Meet"), NewStep("Agree")]), NewStage("Close")])


def org_of(product: Product) -> Identity:
    return Identity(product.connection.workspace_id, product.connection.id, Role.SERVICE)


def a_playbook(product: Product) -> PlanId:
    return product.parts.plans.create(org_of(product), PLAYBOOK).plan.id


def plan_of(product: Product, answer: dict[str, Any]) -> PlanFacts:
    return product.parts.plans.find_plans(org_of(product), [answer["planId"]])[answer["planId"]]


def codes(answers: list[dict[str, Any]]) -> list[str]:
    return [one["errorCode"] for one in answers]


def test_a_playbook_gives_its_parts_and_the_point_person_takes_part(product: Product) -> None:
    product.sign_in()
    riley, playbook = user_id(product, RILEY), a_playbook(product)
    item = {"opportunityId": product.deal(), "playbookKey": playbook, "pointPersonUserId": riley[:15]}

    (would,) = call(product, "connections", {**item, "dryRun": True})
    (made,) = call(product, "connections", {**item, "idempotencyKey": "one"})
    (again,) = call(product, "connections", {**item, "idempotencyKey": "one"})
    (other,) = call(product, "connections", {**item, "planTitle": "Mine"})

    found = plan_of(product, made)
    assert "would be made" in would["whatToDo"]
    assert (made["outcome"], made["wasCreated"]) == ("done", True)
    assert (again["outcome"], again["wasCreated"], again["planId"]) == ("done", True, made["planId"])
    assert (other["outcome"], other["wasCreated"], other["planId"]) == ("duplicate", False, made["planId"])
    assert (found.plan.title, [one.title for one in found.stages]) == ("Enterprise", ["Discovery", "Close"])
    assert (len(found.steps), found.plan.published_at is not None) == (2, True)
    members = product.parts.plans.find_members(org_of(product), [riley])
    assert found.plan.point_person == members[riley]
    people = product.client.get(f"/api/v1/plans/{made['planId']}", headers=product.sign_in()).json["members"]
    assert [one["name"] for one in people] == ["Riley Okafor"]


def test_a_plan_that_there_is_gets_the_deal_once(product: Product) -> None:
    product.sign_in()
    riley, plan = user_id(product, RILEY), a_playbook(product)
    item = {"opportunityId": product.deal(), "planId": plan, "pointPersonUserId": riley}

    (would,) = call(product, "connections", {**item, "dryRun": True})
    (got,) = call(product, "connections", item)
    (again,) = call(product, "connections", {**item, "pointPersonUserId": ""})

    assert would["whatToDo"] == "Dry run: the plan would get this deal."
    assert (got["outcome"], got["wasCreated"], got["planId"]) == ("done", False, plan)
    assert (again["outcome"], again["planId"]) == ("duplicate", plan)
    found = plan_of(product, got).plan
    assert (found.opportunity_id, found.point_person is not None) == (product.deal(), True)


def test_a_locked_deal_and_one_with_another_plan_are_refused_and_fail_no_neighbour(product: Product) -> None:
    first, second, third = deals(product)[:3]
    plan, other = a_playbook(product), a_playbook(product)
    call(product, "connections", {"opportunityId": first, "planId": plan})
    admin = an_admin(product)
    known = product.client.get("/api/v1/settings/deal-lock", headers=admin)
    headers = {**admin, "If-Match": known.headers["ETag"]}
    product.client.put("/api/v1/settings/deal-lock", json={"allow_modifying": False}, headers=headers)

    locked, taken, good = call(
        product,
        "connections",
        {"opportunityId": second, "planId": plan},
        {"opportunityId": first, "planId": other},
        {"opportunityId": third, "planId": other},
    )

    assert codes([locked, taken, good]) == ["DEAL_LOCKED", "ALREADY_CONNECTED", ""]
    assert ("[ACC-209]" in locked["errorMessage"], "[ACC-208]" in taken["errorMessage"]) == (True, True)
    assert (locked["planId"], good["planId"]) == ("", other)
    assert plan_of(product, {"planId": plan}).plan.opportunity_id == first


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_names_no_plan_or_nobody_is_answered_by_itself(product: Product) -> None:
    plan, deal = a_playbook(product), product.deal()
    usual = {"opportunityId": deal}
    stranger = "005000000000999AAA"

    refused = call(
        product,
        "connections",
        usual,
        {**usual, "planId": "nonsense"},
        {**usual, "planId": plan, "playbookKey": plan},
        {**usual, "planId": plan, "planTitle": "Mine"},
        {**usual, "playbookKey": deal},
        {**usual, "playbookKey": plan, "planTitle": "x" * 256},
        {**usual, "planTitle": "Mine", "stageTitle": "One", "pointPersonUserId": deal},
        {**usual, "planTitle": "Mine", "stageTitle": "One", "pointPersonUserId": stranger},
    )

    assert codes(refused) == [
        "INVALID_VALUE", "PLAN_NOT_FOUND", "INVALID_VALUE", "INVALID_VALUE", "PLAN_NOT_FOUND", "INVALID_VALUE",
        "INVALID_ACTOR", "NOT_IN_PLAN",
    ]  # fmt: skip
    assert product.parts.plans.find_for_deal(org_of(product), deal) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_plan_of_another_org_is_none(database: Any, product: Product) -> None:
    with a_product(database) as theirs:
        foreign = a_playbook(theirs)

        answers = call(
            product,
            "connections",
            {"opportunityId": product.deal(), "planId": foreign},
            {"opportunityId": product.deal(), "playbookKey": foreign},
        )

    assert codes(answers) == ["PLAN_NOT_FOUND", "PLAN_NOT_FOUND"]
