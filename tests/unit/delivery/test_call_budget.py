"""An admin's budget of calls: which limit stops what, and when (D67, D68)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from accord.delivery.budget import DEFAULT, CallBudget, Calls, Limit, decide_served, make_forecast, stopped_by
from accord.delivery.model import Priority
from accord.features.call_budget.rules import problems_of
from support.builders import NOON

HOUR = timedelta(hours=1)
NUMBERS = st.integers(0, 120_000)
PERCENT = st.integers(-20, 120)


@st.composite
def budgets(draw: st.DrawFn) -> CallBudget:
    kept = draw(st.integers(0, 90))
    return CallBudget(draw(st.integers(1, 100)), kept, draw(st.integers(1, 100 - kept)))


def calls(used: int, own: int = 0, *, hours_ago: float = 0, allowed: int = 100_000) -> Calls:
    return Calls(used, allowed, NOON - hours_ago * HOUR, own)


def served(one: Calls, budget: CallBudget) -> set[Priority]:
    return set(decide_served(one, NOON, budget))


@given(budgets(), NUMBERS, NUMBERS)
def test_a_reps_save_never_stops_and_nobody_goes_before_somebody_higher(
    budget: CallBudget, used: int, own: int
) -> None:
    found = decide_served(calls(used, own), NOON, budget)

    assert found == tuple(Priority)[: len(found)]
    assert Priority.REP in found
    assert problems_of(budget) == ()


@given(budgets(), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_the_more_is_used_the_fewer_are_served(budget: CallBudget, used: int, own: int, more: int, ours: int) -> None:
    assert served(calls(used + more, own), budget) <= served(calls(used, own), budget)
    assert served(calls(used, own + ours), budget) <= served(calls(used, own), budget)


@given(budgets(), budgets(), NUMBERS, NUMBERS)
def test_a_larger_budget_serves_no_fewer(one: CallBudget, other: CallBudget, used: int, own: int) -> None:
    assume(one.own_share <= other.own_share and one.kept_for_people >= other.kept_for_people)
    assume(one.backfill_stops_at <= other.backfill_stops_at)

    assert served(calls(used, own), one) <= served(calls(used, own), other)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_by_default_only_what_everybody_has_used_counts(used: int, own: int, other: int) -> None:
    assert served(calls(used, own), DEFAULT) == served(calls(used, other), DEFAULT)


@pytest.mark.parametrize(
    ("used", "own", "stopped"),
    [
        (60_000, 13_333, None),  # others use 46,667: a quarter of 53,333 is ours
        (60_000, 13_334, Limit.OWN_SHARE),
        (20_000, 24_999, None),  # Salesforce's number lags behind ours
        (20_000, 25_000, Limit.OWN_SHARE),
    ],
)
def test_accords_share_is_of_what_others_leave(used: int, own: int, stopped: Limit | None) -> None:
    budget = CallBudget(own_share=25)

    assert stopped_by(Priority.EVENT, calls(used, own), budget) is stopped
    assert stopped_by(Priority.REP, calls(used, own), budget) is None


def test_the_limits_are_at_their_percents() -> None:
    budget = CallBudget(kept_for_people=20, backfill_stops_at=50)

    assert stopped_by(Priority.EVENT, calls(79_999), budget) is None
    assert stopped_by(Priority.EVENT, calls(80_000), budget) is Limit.PEOPLE
    assert stopped_by(Priority.BATCH, calls(59_999), budget) is None
    assert stopped_by(Priority.BATCH, calls(60_000), budget) is Limit.BACKFILL
    assert stopped_by(Priority.BACKFILL, calls(49_999), budget) is None
    assert stopped_by(Priority.BACKFILL, calls(50_000), budget) is Limit.BACKFILL


def test_the_forecast_says_which_limit_stops_what_and_when() -> None:
    """10,000 an hour, half of it ours; a quarter of what others leave is ours."""
    said = [calls(40_000, 5_000, hours_ago=2), calls(60_000, 15_000)]

    told = make_forecast(said, NOON, CallBudget(own_share=50))

    assert told is not None
    assert (told.per_hour, told.own_per_hour) == (10_000, 5_000)
    events, backfill = (next(one for one in told.stops if one.priority is each) for each in (
        Priority.EVENT, Priority.BACKFILL,
    ))  # fmt: skip
    # others use 45,000 and 5,000 more an hour: (100,000 - 45,000 - 5,000 t) / 2 = 15,000 + 5,000 t
    assert (events.limit, events.at) == (Limit.OWN_SHARE, NOON + timedelta(hours=12_500 / 7_500))
    assert DEFAULT.stops_at(Priority.BATCH) == (80, Limit.BACKFILL)
    assert (backfill.limit, backfill.at) == (Limit.BACKFILL, NOON + 1.5 * HOUR)


def test_what_has_stopped_says_so_and_what_lasts_for_a_day_is_not_told() -> None:
    quiet = make_forecast([calls(80_000, hours_ago=1), calls(80_000)], NOON)
    calm = make_forecast([calls(1_000, hours_ago=1), calls(1_010)], NOON)

    assert quiet is not None
    assert calm is not None
    assert [(one.priority, one.limit, one.at) for one in quiet.stops][-1] == (Priority.BACKFILL, Limit.BACKFILL, None)
    assert calm.stops == ()
    assert replace(quiet, budget=CallBudget(kept_for_people=15)).kept_for_people == 15_000


@given(PERCENT, PERCENT, PERCENT)
def test_a_budget_that_stops_people_or_has_no_sense_is_refused_by_its_field(own: int, kept: int, back: int) -> None:
    problems = {one.field: one.message for one in problems_of(CallBudget(own, kept, back))}

    assert ("own_share" in problems) == (not 1 <= own <= 100)
    assert ("kept_for_people" in problems) == (not 0 <= kept <= 90)
    if "kept_for_people" not in problems:
        assert ("backfill_stops_at" in problems) == (not 1 <= back <= 100 - kept)
