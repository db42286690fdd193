"""What happens to a plan becomes a Task on its deal, and nothing internal does (A84, A95 to A102, D26)."""

from typing import Any

import pytest

from support.activities import change_settings, fold_nothing, user_id
from support.event_bus import EventBus, an_event_bus
from support.plan_calls import PlanCalls, a_rep_with_a_plan
from support.product import INTEGRATION, Product
from support.running_org import RILEY


def tasks(product: Product) -> list[tuple[str, Any]]:
    product.deliver()
    return sorted((task["Subject"], task.get("Description")) for task in product.tasks())


def subjects(product: Product) -> list[str]:
    return [subject for subject, _ in tasks(product)]


def test_each_of_the_six_kinds_is_a_task(one_product: Product) -> None:
    fold_nothing(one_product)
    rep = a_rep_with_a_plan(one_product)
    dana = rep.invite()
    customer = rep.as_member(dana)

    rep.change_step(due_date="2026-12-01")
    rep.change_step(is_completed=True)
    customer.ok("POST", f"/steps/{rep.step(1)['id']}/comments", {"text": "Legal asked for a redline"})
    customer.ok("POST", "/view", {})
    customer.ok("POST", "/resources", {"title": "Security answers", "url": "https://files.example/answers"})

    assert tasks(one_product) == [
        ("[Accord: Comment] Security review", "Dana Voss: Legal asked for a redline"),
        ("[Accord: Customer View] Dana Voss", None),
        ("[Accord: Member Invited] Dana Voss", None),
        ("[Accord: Member Joined] Dana Voss", None),
        ("[Accord: Resource Added] Security answers", "Dana Voss: https://files.example/answers"),
        ("[Accord: Step Updated] Kick-off", "Due date: 2026-12-01"),
        ("[Accord: Step Updated] Kick-off completed", "Completed on 2026-11-22"),
    ]
    assert {task["WhatId"] for task in one_product.tasks()} == {one_product.deal()}
    assert {task["OwnerId"] for task in one_product.tasks()} == {user_id(one_product, INTEGRATION)}


def test_our_own_views_resources_and_colleagues_make_no_task(one_product: Product) -> None:
    """A101."""
    rep = a_rep_with_a_plan(one_product)

    rep.ok("POST", "/view", {})
    rep.ok("POST", "/resources", {"title": "Ours", "url": "https://files.example/ours"})
    rep.invite("ira@brightwater.example", is_invited=False)

    assert tasks(one_product) == []


def test_views_of_a_day_are_one_task(one_product: Product) -> None:
    """A102."""
    rep = a_rep_with_a_plan(one_product)
    customer = rep.as_member(rep.invite())

    for _ in range(20):
        customer.ok("POST", "/view", {})

    assert [one for one in subjects(one_product) if "View" in one] == ["[Accord: Customer View] 20 views"]


@pytest.mark.parametrize(
    ("internal", "expected"), [("excluded", []), ("marked", ["[Accord: Step Updated] (internal) secret step"])]
)
def test_internal_steps_stay_out_of_tasks_unless_an_admin_wants_them(
    one_product: Product, internal: str, expected: list[str]
) -> None:
    """D26: excluded is what comes by default."""
    if internal == "marked":
        change_settings(one_product, kinds={"internal": "marked"})
    stages = [{"title": "S", "steps": [{"title": "secret step", "is_internal": True}]}]
    rep = a_rep_with_a_plan(one_product, stages=stages)

    rep.change_step(due_date="2026-12-01")

    assert subjects(one_product) == expected


def test_nothing_is_logged_without_a_deal_or_while_activity_is_off(one_product: Product) -> None:
    """A86."""
    without = a_rep_with_a_plan(one_product, opportunity_id=None)
    without.change_step(due_date="2026-12-01")
    change_settings(one_product, enabled=False)
    a_rep_with_a_plan(one_product).change_step(due_date="2026-12-01")

    assert tasks(one_product) == []


def published(product: Product, bus: EventBus) -> list[tuple[str, Any, Any, int, bool]]:
    product.deliver()
    names = ("Type__c", "PreviousValue__c", "NewValue__c", "Sequence__c", "IsFinalStage__c")
    return [tuple(event[name] for name in names) for event in bus.published]  # type: ignore[misc]


def test_the_org_is_told_of_a_plan_from_its_beginning_to_its_final_stage(one_product: Product) -> None:
    """A103, S7: each event with the value before, and a sequence that only goes up."""
    with an_event_bus() as bus:
        rep = a_rep_with_a_plan(one_product)
        customer: PlanCalls = rep.as_member(rep.invite())
        customer.ok("POST", "/view", {})
        for number, stage in ((0, 0), (1, 0), (0, 1)):
            rep.change_step(number, stage, is_completed=True)

        told = published(one_product, bus)

    assert [one[:3] + one[4:] for one in told] == [
        ("plan_connected", None, "Not Started", False),
        ("member_invited", None, "Dana Voss", False),
        ("member_joined", None, "Dana Voss", False),
        ("step_completed", None, "Kick-off", False),
        ("status_changed", "Not Started", "On Track", False),
        ("step_completed", None, "Security review", False),
        ("stage_completed", "Evaluate", "Decide", False),
        ("step_completed", None, "Contract", False),
        ("stage_completed", "Decide", "Decide", False),
        ("final_stage_completed", "Decide", "Decide", True),
    ]
    sequence = [one[3] for one in told]
    assert sequence == sorted(set(sequence))
    assert {event["ActorKind__c"] for event in bus.published} == {"user", "customer"}
    assert {event["ActorUserId__c"] for event in bus.published} == {user_id(one_product, RILEY), None}
