"""What the org's call numbers mean: who may go on, and when they will be used up (D67, D68)."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from accord.delivery.budget import Calls, decide_served, make_forecast
from accord.delivery.model import Priority
from support.builders import NOON

HOUR = timedelta(hours=1)
USED = st.integers(0, 100_000)


def calls(used: int, *, hours_ago: float = 0, allowed: int = 100_000) -> Calls:
    return Calls(used, allowed, NOON - hours_ago * HOUR)


@given(used=USED, allowed=st.integers(0, 100_000))
def test_a_rep_is_always_served_and_nobody_before_somebody_higher(used: int, allowed: int) -> None:
    served = decide_served(calls(used, allowed=allowed), NOON)

    assert served == tuple(Priority)[: len(served)]
    assert Priority.REP in served


def test_without_a_fresh_number_everybody_is_served() -> None:
    assert decide_served(None, NOON) == tuple(Priority)
    assert decide_served(calls(100_000, hours_ago=0.25), NOON) == tuple(Priority)


def test_one_number_says_what_is_left_and_nothing_about_the_rate() -> None:
    told = make_forecast([calls(60_000)], NOON)

    assert told is not None
    assert (told.left, told.per_hour, told.used_up_at) == (40_000, None, None)


def test_the_rate_is_that_of_the_last_hours() -> None:
    told = make_forecast([calls(0, hours_ago=20), calls(50_000, hours_ago=3), calls(65_000)], NOON)

    assert told is not None
    assert told.per_hour == 5_000
    assert told.used_up_at == NOON + 7 * HOUR


def test_what_lasts_for_longer_than_a_day_lasts() -> None:
    """Calls older than 24 hours leave the count."""
    told = make_forecast([calls(10_000, hours_ago=2), calls(12_000)], NOON)

    assert told is not None
    assert (told.per_hour, told.used_up_at) == (1_000, None)


@given(st.lists(st.tuples(USED, st.floats(0, 24)), min_size=1, max_size=9))
def test_any_numbers_give_a_forecast_that_can_be_true(said: list[tuple[int, float]]) -> None:
    samples = sorted((calls(used, hours_ago=ago) for used, ago in said), key=lambda each: each.seen_at)

    told = make_forecast(samples, NOON)

    assert told is not None
    assert told.left >= 0
    assert told.per_hour is None or told.per_hour >= 0
    assert told.used_up_at is None or samples[-1].seen_at <= told.used_up_at < samples[-1].seen_at + 24 * HOUR
