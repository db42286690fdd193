"""Stages keep their order, whatever goes before them (A67)."""

import pytest

from accord.infra.db import Database
from accord.workspace.plans.model import NewStage
from support.plan_rooms import World, a_world


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    made.make_plan(stages=[NewStage(title) for title in ("Kick-off", "Evaluate", "Decide", "Sign")])
    return made


def order(world: World) -> list[str]:
    return [one.title for one in world.whole().facts.stages]


def change(world: World, number: int, **given: object) -> None:
    stage = world.whole().facts.stages[number]
    world.rooms.elements.change_stage(world.asked(), stage.id, given, version=str(stage.version))


def test_a_stage_behind_one_that_was_deleted_stays_where_it_is_when_it_is_renamed_and_moves_by_what_is_seen(
    world: World,
) -> None:
    first = world.whole().facts.stages[0]
    world.rooms.elements.delete_stage(world.asked(), first.id, version=str(first.version))

    world.told()
    change(world, 2, title="Sign")
    assert (world.told(), world.whole().facts.stages[2].version) == ([], 1), "what is as it was is no change"
    change(world, 0, title="Test")
    assert order(world) == ["Test", "Decide", "Sign"]
    change(world, 1, position=0)
    assert order(world) == ["Decide", "Test", "Sign"]
