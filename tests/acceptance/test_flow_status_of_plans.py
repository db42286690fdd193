"""A Flow asks how a deal with a plan stands, and has it compared: not only what lies in the outbox counts."""

from dataclasses import replace
from typing import Any

from accord.core.identity import Identity, Role
from accord.features.field_sync.model import PROPOSAL
from accord.features.two_way import rules
from support.activities import call_flow as call
from support.product import Product
from support.two_way import Sides, agreed, make_conflict, make_frozen, set_up_two_way

FIELD = "Accord_URL__c"


def sync_the_address(product: Product) -> None:
    setups = product.parts.synced_fields.setup
    admin = Identity(product.connection.workspace_id, product.connection.id, Role.ADMIN)
    rows = [row for row in PROPOSAL if row.field == FIELD]
    setups.save(admin, replace(setups.load(admin).setup, enabled=True, rows=tuple(rows)))


def a_deal_with_a_plan(product: Product) -> Sides:
    set_up_two_way(product)
    return agreed(product)


def status(product: Product) -> dict[str, Any]:
    (answer,) = call(product, "sync-status", {"recordId": product.deal()})
    return answer


def sync_now(product: Product, **more: Any) -> dict[str, Any]:
    (answer,) = call(product, "sync-now", {"recordId": product.deal(), **more})
    return answer


def test_a_deal_that_was_never_written_is_written_when_a_flow_asks(product: Product) -> None:
    sides = a_deal_with_a_plan(product)
    sync_the_address(product)

    never = status(product)
    asked = sync_now(product)
    waits = status(product)
    product.clock.advance(seconds=2)
    sides.turn()

    assert (never["state"], "A back-fill does it" in never["reason"]) == ("parked", True)
    assert (asked["outcome"], asked["isSuccess"]) == ("queued", True)
    assert waits["state"] == "pending"
    assert status(product)["state"] == "in_sync"
    assert product.record("Opportunity", sides.deal)[FIELD].endswith(sides.plan_id)


def test_what_was_altered_in_salesforce_is_put_right_although_nothing_waits(product: Product) -> None:
    sides = a_deal_with_a_plan(product)
    sync_the_address(product)
    sync_now(product)
    sides.turn()
    sides.edit_deal(**{FIELD: "https://elsewhere.example"})
    before = status(product)

    would, asked = sync_now(product, dryRun=True), sync_now(product)
    sides.turn()

    assert before["state"] == "in_sync"  # nobody has looked
    assert "the plan and the record would be compared" in would["whatToDo"]
    assert asked["outcome"] == "queued"
    assert product.record("Opportunity", sides.deal)[FIELD].endswith(sides.plan_id)


def test_a_conflict_is_parked_and_a_frozen_value_is_frozen_and_both_say_what_to_do(one_product: Product) -> None:
    sides = a_deal_with_a_plan(one_product)
    make_conflict(sides)

    waits_for_somebody, asked = status(one_product), sync_now(one_product)
    make_frozen(sides)
    frozen = status(one_product)

    assert (waits_for_somebody["state"], waits_for_somebody["reason"]) == ("parked", rules.CONFLICT)
    assert (asked["outcome"], asked["whatToDo"]) == ("queued", rules.CONFLICT)
    assert (frozen["state"], frozen["reason"]) == ("frozen", rules.FROZEN)


def test_a_change_in_salesforce_comes_in_at_the_next_turn_when_a_flow_asks(one_product: Product) -> None:
    sides = a_deal_with_a_plan(one_product)

    before = status(one_product)["state"]
    sync_now(one_product)

    assert (before, status(one_product)["state"]) == ("in_sync", "pending")
    sides.turn()
    assert status(one_product)["state"] == "in_sync"
