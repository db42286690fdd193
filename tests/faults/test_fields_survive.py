"""With every tenth call of the org failing in one way or another, fields end as the plans say (promise 1)."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from accord.infra.db import Database
from accord.workspace.plans.events import PlanEventKind
from support.field_sync import SyncWorld
from support.product import a_product

FAULTS = ("reset_before", "reset_after", "late_commit", "unavailable", "concurrent_limit")
PLANS = 45
ROUNDS = 8
MOST_ROUNDS = 60
BATCH = 3  # small, so that there are many calls to fail


@pytest.fixture
def world(database: Database) -> Iterator[SyncWorld]:
    with a_product(database) as product:
        yield SyncWorld(product)


def test_fields_end_as_the_plans_say_though_every_tenth_call_fails(world: SyncWorld) -> None:
    dice = random.Random(11)
    plans = [world.connected(deal) for deal in world.more_deals(PLANS)]
    world.turn_on(check_minutes=1)
    world.drain = replace(world.drain, batch_size=BATCH)
    for number, kind in enumerate(FAULTS):
        match = {"path": "/services/data/.*(query|composite).*"}
        world.product.arm(kind=kind, match=match, rate=0.1 / len(FAULTS), seed=number, delay_ms=50_000)
    world.happens_to(plans)
    for _ in range(ROUNDS):
        changed = dice.sample(plans, 15)
        for plan in changed:
            world.changes(plan, accord_progress=dice.randint(0, 100), accord_stage_name=f"Stage {dice.random():.6f}")
        world.happens_to(changed, dice.choice([PlanEventKind.STEP_UPDATED, PlanEventKind.VIEWED]))
        world.deliver(after=dice.choice([2, 8, 40]))
    rounds = 0
    while world.waits() and rounds < MOST_ROUNDS:
        world.deliver(after=300)
        world.somebody_calls()
        rounds += 1

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
