"""The three-way merge of one field: D27, D28, D29."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.mapping.merge import Agreed, Merged, Move, Policy, Sides, decide_merge
from accord.mapping.values import Canonical, same
from support.builders import NOON

A, B, C = "2026-12-31", "2027-01-31", "2027-02-28"
values = st.one_of(st.none(), st.sampled_from([A, B, C]), st.decimals(0, 5, places=1))
times = st.one_of(st.none(), st.integers(-3, 3).map(lambda hours: NOON + timedelta(hours=hours)))
sides = st.builds(
    Sides,
    ours=values,
    theirs=values,
    base=st.one_of(st.none(), values.map(Agreed)),
    ours_at=times,
    theirs_at=times,
)
policies = st.sampled_from(list(Policy))
EARLIER, LATER = NOON, NOON + timedelta(seconds=1)


def after(given_sides: Sides, move: Move) -> Sides:
    """Both sides when the move has been made."""
    match move:
        case Move.TAKE:
            return Sides(given_sides.theirs, given_sides.theirs, Agreed(given_sides.theirs))
        case Move.WRITE:
            return Sides(given_sides.ours, given_sides.ours, Agreed(given_sides.ours))
    return given_sides


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize(
    ("ours", "theirs", "move"),
    [(A, A, Move.NONE), (A, B, Move.TAKE), (B, A, Move.WRITE), (B, B, Move.NONE), (A, None, Move.TAKE)],
)
def test_where_one_side_changed_its_value_goes_to_the_other_whoever_wins_conflicts(policy, ours, theirs, move):
    """A107, A109: a change on either side is reflected on the other."""
    assert decide_merge(Sides(ours, theirs, Agreed(A)), policy) == Merged(move)


@pytest.mark.parametrize(
    ("policy", "move"), [(Policy.SALESFORCE, Move.TAKE), (Policy.OURS, Move.WRITE), (Policy.ASK, Move.ASK)]
)
def test_only_a_field_that_both_changed_differently_is_for_the_policy_to_decide(policy, move):
    assert decide_merge(Sides(B, C, Agreed(A)), policy) == Merged(move, is_conflict=True)


@pytest.mark.parametrize(
    ("ours_at", "theirs_at", "move"),
    [
        (LATER, EARLIER, Move.WRITE),
        (EARLIER, LATER, Move.TAKE),
        (EARLIER, EARLIER, Move.TAKE),
        (None, EARLIER, Move.TAKE),
        (LATER, None, Move.TAKE),
    ],
)
def test_the_newest_wins_and_salesforce_where_none_can_be_told_to_be_newer(ours_at, theirs_at, move):
    """D28: both times are by Salesforce's clock; where one is not known, ours is not called newer."""
    merged = decide_merge(Sides(B, C, Agreed(A), ours_at, theirs_at), Policy.NEWEST)

    assert merged == Merged(move, is_conflict=True)


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize(("ours", "theirs", "move"), [(None, A, Move.TAKE), (A, None, Move.WRITE)])
def test_at_the_first_meeting_an_empty_side_takes_the_others_value(policy, ours, theirs, move):
    assert decide_merge(Sides(ours, theirs), policy) == Merged(move)


def test_at_the_first_meeting_two_values_that_differ_are_a_conflict():
    assert decide_merge(Sides(A, B), Policy.ASK) == Merged(Move.ASK, is_conflict=True)


def test_a_number_that_the_platform_keeps_as_the_same_double_is_an_echo():
    ours, theirs = Decimal("90071992547409.93"), Decimal("90071992547409.931")

    assert decide_merge(Sides(ours, theirs, Agreed(None)), Policy.ASK).move is Move.NONE


@given(sides, policies)
def test_no_move_invents_a_value_and_none_is_left_when_it_has_been_made(given_sides: Sides, policy: Policy):
    move = decide_merge(given_sides, policy).move
    made = after(given_sides, move)

    assert any(same(made.ours, one) for one in (given_sides.ours, given_sides.theirs))
    if move is not Move.ASK:
        assert decide_merge(made, policy).move is Move.NONE


@given(sides, policies)
def test_equal_sides_are_never_touched(given_sides: Sides, policy: Policy):
    """D29: an echo is known by its value alone."""
    echo = Sides(given_sides.ours, given_sides.ours, given_sides.base)

    assert decide_merge(echo, policy) == Merged(Move.NONE)


@given(sides)
def test_seen_from_the_other_side_it_is_the_same_merge(given_sides: Sides):
    swapped = Sides(given_sides.theirs, given_sides.ours, given_sides.base)
    mirror = {Move.TAKE: Move.WRITE, Move.WRITE: Move.TAKE, Move.NONE: Move.NONE, Move.ASK: Move.ASK}
    pairs = ((Policy.SALESFORCE, Policy.OURS), (Policy.OURS, Policy.SALESFORCE), (Policy.ASK, Policy.ASK))

    for policy, of_other in pairs:
        assert decide_merge(swapped, of_other).move is mirror[decide_merge(given_sides, policy).move]


@given(values, values, values, policies)
def test_a_side_that_did_not_change_never_wins_over_one_that_did(
    base: Canonical, ours: Canonical, theirs: Canonical, policy: Policy
):
    """No change is lost but by the policy: where one side still has the base, the other's change stands."""
    merged = decide_merge(Sides(ours, theirs, Agreed(base)), policy)

    if not same(base, ours) and same(base, theirs):
        assert merged == Merged(Move.WRITE)
    if same(base, ours) and not same(base, theirs):
        assert merged == Merged(Move.TAKE)
