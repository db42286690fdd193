"""One message for each cause and day, and one when it is well again."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.core.errors import RejectedError
from accord.core.ids import MemberId
from accord.core.troubles import Trouble
from accord.delivery.gates import Behind, Gate
from accord.features.messages.model import MessageSettings, State
from accord.features.messages.rules import decide_tellings, read_settings, troubles_of
from support.builders import NOON

DEAD = Trouble("login_dead", "", "Dead", "It is dead.")
PAUSED = Trouble("org_paused", "", "Paused", "It is paused.")


def told(looks: list[tuple[timedelta, list[Trouble]]]) -> list[tuple[timedelta, str, State]]:
    """What a row of looks tells, each so long after noon."""
    known, found = {}, []
    for after, troubles in looks:
        for watched, telling in decide_tellings(troubles, known, NOON + after):
            known[watched.key] = watched
            if telling is not None:
                found.append((after, watched.cause, telling.state))
    return found


def test_two_hundred_looks_at_one_cause_tell_it_once_and_once_that_it_is_well():
    looks = [(timedelta(minutes=n), [DEAD]) for n in range(200)] + [(timedelta(hours=5), []), (timedelta(hours=6), [])]

    assert told(looks) == [
        (timedelta(), "login_dead", State.TROUBLE),
        (timedelta(hours=5), "login_dead", State.WELL),
    ]


def test_a_cause_that_lasts_is_told_again_the_next_day():
    looks = [(timedelta(hours=n), [DEAD]) for n in range(49)]

    assert [after for after, _, _ in told(looks)] == [timedelta(), timedelta(days=1), timedelta(days=2)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 300), st.booleans()), max_size=60))
def test_whatever_flaps_is_told_once_a_day_and_well_only_after_it_was_told(steps):
    now, looks = 0, []
    for minutes, is_broken in steps:
        now += minutes
        looks.append((timedelta(minutes=now), [DEAD] if is_broken else []))
    found = told(looks)
    troubles = [after for after, _, state in found if state is State.TROUBLE]

    assert all(later - earlier >= timedelta(days=1) for earlier, later in itertools.pairwise(troubles))
    for (_, _, before), (_, _, state) in itertools.pairwise(found):
        assert not (before is State.WELL and state is State.WELL)
    assert not found or found[0][2] is State.TROUBLE


def test_a_pause_is_told_when_it_has_lasted_for_a_quarter_of_an_hour():
    looks = [(timedelta(minutes=5 * n), [PAUSED]) for n in range(5)]

    assert told(looks) == [(timedelta(minutes=15), "org_paused", State.TROUBLE)]
    assert told([*looks[:3], (timedelta(minutes=14), [])]) == [], "what nobody was told of is not told to be well"


def test_what_ends_is_told_at_each_step_and_daily_when_it_is_over():
    def left(days: int) -> list[Trouble]:
        return [Trouble("certificate_ending", "f", "Ends", "Soon.", step=days)]

    steps = [30] * 23 + [7] * 6 + [1] + [0] * 3
    found = told([(timedelta(days=day), left(step)) for day, step in enumerate(steps)])

    assert [after.days for after, _, _ in found] == [0, 23, 29, 30, 31, 32]


def a_gate(behind: Behind, *, member: str | None = None, lasts: timedelta | None = None) -> Gate:
    until = None if lasts is None else NOON + lasts
    return Gate(behind, MemberId(member) if member else None, "CODE", "Words.", NOON, until)


def test_each_gate_is_a_cause_and_lost_logins_of_members_are_one():
    gates = [
        a_gate(Behind.LOGIN, lasts=timedelta(minutes=1)),
        *(a_gate(Behind.LOGIN, member=f"m{n}") for n in range(3)),
        a_gate(Behind.CONNECTION, lasts=timedelta(minutes=1)),
        a_gate(Behind.CONNECTION),
        a_gate(Behind.STOPPED),
        a_gate(Behind.QUIET, lasts=timedelta(hours=1)),
    ]
    found = troubles_of(gates, parked=21, settings=MessageSettings())

    assert [(each.cause, each.count) for each in found] == [
        ("login_dead", 1), ("org_paused", 1), ("org_on_hold", 1), ("member_logins_dead", 3), ("many_parked", 21)
    ]  # fmt: skip
    assert troubles_of([], parked=20, settings=MessageSettings()) == []


@pytest.mark.parametrize("wanted", [None, "20", True, -1, 1_000_001])
def test_only_a_sensible_number_is_taken(wanted):
    with pytest.raises(RejectedError):
        read_settings({"parked_more_than": wanted}, version=0)
    assert read_settings({"parked_more_than": 5}, version=2) == MessageSettings(5, 2)
