"""With every tenth call of the org failing in one way or another, fields end as the plans say (promise 1)."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from accord.features.field_sync.model import PROPOSAL
from accord.features.field_sync.runs.model import RunState
from accord.infra.db import Database
from accord.workspace.plans.events import PlanEventKind
from support.database import ONE_ENGINE
from support.field_sync import SyncWorld
from support.product import a_product

FAULTS = ("reset_before", "reset_after", "late_commit", "unavailable", "concurrent_limit")
PLANS = 45
FEW_PLANS = 12
ROUNDS = 8
MOST_ROUNDS = 60
BATCH = 3  # small, so that there are many calls to fail


@pytest.fixture
def world(database: Database) -> Iterator[SyncWorld]:
    with a_product(database) as product:
        yield SyncWorld(product)


def break_every_tenth_call(world: SyncWorld) -> None:
    for number, kind in enumerate(FAULTS):
        match = {"path": "/services/data/.*(query|composite).*"}
        world.product.arm(kind=kind, match=match, rate=0.1 / len(FAULTS), seed=number, delay_ms=50_000)


def deliver_all(world: SyncWorld) -> None:
    rounds = 0
    while world.waits() and rounds < MOST_ROUNDS:
        world.deliver(after=300)
        world.somebody_calls()
        rounds += 1


def test_fields_end_as_the_plans_say_though_every_tenth_call_fails(world: SyncWorld) -> None:
    dice = random.Random(11)
    plans = [world.connected(deal) for deal in world.more_deals(PLANS)]
    world.turn_on(check_minutes=1)
    world.drain = replace(world.drain, batch_size=BATCH)
    break_every_tenth_call(world)
    world.happens_to(plans)
    for _ in range(ROUNDS):
        changed = dice.sample(plans, 15)
        for plan in changed:
            world.changes(plan, accord_progress=dice.randint(0, 100), accord_stage_name=f"Stage {dice.random():.6f}")
        world.happens_to(changed, dice.choice([PlanEventKind.STEP_UPDATED, PlanEventKind.VIEWED]))
        world.deliver(after=dice.choice([2, 8, 40]))
    deliver_all(world)

    world.product.clock.advance(hours=1)
    world.somebody_calls()
    assert not world.waits()
    assert sum(fault["hits"] for fault in world.product.faults.report()) >= 3
    for plan in plans:
        told = world.plans[plan]
        found = world.product.record("Opportunity", told.opportunity_id or "")
        assert (found["Progress__c"], found["Stage_Name__c"]) == (
            told.values["accord_progress"],
            told.values["accord_stage_name"],
        )


@ONE_ENGINE
def test_a_back_fill_and_its_undoing_end_well_though_every_tenth_call_fails(world: SyncWorld) -> None:
    """D16, D17: each field is filled, and each has what it had before; what somebody wrote meanwhile stays."""
    plans = [world.connected(deal) for deal in world.more_deals(FEW_PLANS)]
    deals = [world.plans[plan].opportunity_id or "" for plan in plans]
    progress = next(row for row in PROPOSAL if row.field == "Progress__c")
    for number, deal in enumerate(deals):
        world.product.change_in_salesforce("Opportunity", deal, Progress__c=number)
    world.turn_on(progress)
    world.drain = replace(world.drain, batch_size=BATCH)
    break_every_tenth_call(world)
    runs, hits = world.fields.runs, []

    def is_done(run_id: str) -> bool:
        deliver_all(world)
        hits.append(sum(fault["hits"] for fault in world.product.faults.report()))
        return not world.waits() and runs.get(world.admin, run_id).run.state is RunState.DONE

    def shown() -> list[float]:
        return [world.product.record("Opportunity", deal)["Progress__c"] for deal in deals]

    filled = runs.start(world.admin).run.id
    assert is_done(filled)
    assert shown() == [40] * FEW_PLANS
    world.product.change_in_salesforce("Opportunity", deals[0], Progress__c=99)
    undone = runs.undo(world.admin, filled).run.id
    assert is_done(undone)
    assert shown() == [99, *range(1, FEW_PLANS)]
    assert 1 <= hits[0] < hits[1]
