"""Random edits on both sides, with everything that can come between, settle: D29."""

import random
from datetime import timedelta

import pytest

from accord.features.two_way import rules
from accord.features.two_way.model import LinkSettings
from accord.mapping.merge import Policy
from support.two_way_world import World

EDITS = 1000
VALUES = [None, *(f"2026-12-{day:02}" for day in range(1, 9))]


def edit_at_random(world: World, number: int, *, longest_pause: int) -> None:
    """Edits on either side, at any moment of what is under way."""
    for _ in range(number):
        value = world.dice.choice(VALUES)
        world.dice.choice((world.edit_ours, world.edit_theirs))(value)
        for _ in range(world.dice.randrange(5)):
            world.step()
        world.now += timedelta(seconds=world.dice.randrange(longest_pause))


def a_world(policy: Policy, seed: int) -> World:
    return World(LinkSettings(policy=policy), random.Random(seed))


@pytest.mark.parametrize("policy", list(Policy))
def test_after_a_thousand_random_edits_two_writes_at_most_follow_and_then_all_is_quiet(policy, monkeypatch):
    """D29, without the breaker: the merge alone settles, and ten minutes pass without a call."""
    monkeypatch.setattr(rules, "MOST_FLIPS", EDITS)
    for seed in range(5):
        world = a_world(policy, seed)
        edit_at_random(world, EDITS, longest_pause=60)
        writes = world.writes

        world.settle()

        assert world.writes - writes <= 2, f"seed {seed}"
        assert world.is_at_rest(), f"seed {seed}"
        calls, ends = world.calls, world.now + timedelta(minutes=10)
        while world.now < ends:
            world.now += timedelta(seconds=1)
            assert not world.step()
        assert world.calls == calls


@pytest.mark.parametrize("policy", list(Policy))
def test_with_the_breaker_it_settles_too_and_a_thawed_value_settles_again(policy):
    frozen = 0
    for seed in range(5):
        world = a_world(policy, seed)
        edit_at_random(world, EDITS, longest_pause=60)
        world.settle()
        frozen += world.state.frozen_at is not None
        writes = world.writes
        if world.state.frozen_at is not None:
            world.state = rules.thaw(world.state)

        world.settle()

        assert world.writes - writes <= 2
        assert world.is_at_rest()
        assert world.state.frozen_at is None
    assert frozen or policy is Policy.ASK  # nobody flips anything while a person is waited for


@pytest.mark.parametrize("policy", [Policy.SALESFORCE, Policy.OURS, Policy.NEWEST])
def test_a_lone_last_edit_is_never_lost(policy):
    """Whoever wins conflicts: an edit that nobody else's comes near to is on both sides in the end."""
    for seed in range(20):
        world = a_world(policy, seed)
        edit_at_random(world, 30, longest_pause=900)
        world.settle()
        world.now += timedelta(hours=1)
        world.state = rules.thaw(world.state)
        world.settle()

        world.dice.choice((world.edit_ours, world.edit_theirs))("2027-01-31")
        world.settle()

        assert (world.ours, world.theirs) == ("2027-01-31", "2027-01-31"), f"seed {seed}"


def test_a_host_whose_clock_is_two_hours_off_ends_the_same():
    """D28: what is compared are moments of Salesforce's clock, whatever ours says."""
    ends = []
    for hours in (-2, 0, 2):
        world = World(LinkSettings(policy=Policy.NEWEST), random.Random(1), host_ahead=timedelta(hours=hours))
        edit_at_random(world, 200, longest_pause=60)
        world.settle()
        ends.append((world.ours, world.theirs, world.writes, world.takes))

    assert len(set(ends)) == 1
