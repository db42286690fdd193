"""Following a plan: how many may, and that it is no change."""

import pytest

from accord.core.errors import NotAllowedError, RejectedError
from accord.core.ids import MemberId, new_id
from accord.infra.db import Database
from accord.workspace.plans.following import store
from accord.workspace.plans.following.service import MOST_FOLLOWERS
from support.database import ONE_ENGINE
from support.plan_rooms import World, a_world


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    made.make_plan()
    return made


def follow(world: World, number: int) -> None:
    """So many others follow the plan."""
    home = world.home
    with world.database.workspace(home.workspace_id) as session:
        for _ in range(number):
            member = MemberId(new_id(world.clock()))
            store.add(session, home.connection.id, world.plan_id, member, now=world.clock())


def test_one_more_than_a_plan_can_have_is_refused_and_who_follows_already_is_not(world: World) -> None:
    follow(world, MOST_FOLLOWERS - 1)
    last = world.rooms.following.follow(world.asked())
    assert (last.following, last.followers) == (True, MOST_FOLLOWERS)
    assert world.rooms.following.follow(world.asked()).followers == MOST_FOLLOWERS

    world.rooms.following.stop(world.asked())
    follow(world, 1)
    with pytest.raises(RejectedError, match="at most 50 followers"):
        world.rooms.following.follow(world.asked())
    assert world.whole().followers == MOST_FOLLOWERS


@ONE_ENGINE
def test_nobody_is_told_that_somebody_follows_and_an_archived_plan_is_followed_too(database: Database) -> None:
    world = a_world(database)
    version = world.make_plan(is_draft=True).plan.version
    world.rooms.following.follow(world.asked())
    assert (world.told(), world.whole().plan.version, world.whole().following) == ([], version, True)

    world.change_plan(is_archived=True)
    assert not world.rooms.following.stop(world.asked()).following
    customer = a_customer(world)
    for way in (world.rooms.following.follow, world.rooms.following.stop):
        with pytest.raises(NotAllowedError, match="Customers"):
            way(world.asked(customer))


def a_customer(world: World) -> str:
    world.change_plan(is_archived=False)
    return world.invite()
