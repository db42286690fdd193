"""When a refused write is tried again (G8): from 5 seconds to 6 hours, full jitter, for at least 14 days."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.outcomes import Recovery
from accord.delivery import retry
from accord.delivery.retry import GiveToPerson, PauseConnection, PauseLogin, TryAgain, decide_retry

ATTEMPTS = st.integers(1, 10_000)
DICE = st.floats(0, 1, exclude_max=True)
AGES = st.timedeltas(timedelta(0), timedelta(days=60))
SECOND = timedelta(seconds=1)


@given(attempts=ATTEMPTS, dice=DICE)
def test_a_wait_is_never_shorter_than_five_seconds_nor_longer_than_six_hours(attempts: int, dice: float) -> None:
    assert 5 * SECOND <= retry.backoff(attempts, dice=dice) <= timedelta(hours=6)


@given(attempts=ATTEMPTS)
def test_the_longest_wait_grows_with_each_try_until_six_hours(attempts: int) -> None:
    now, then = retry.ceiling(attempts), retry.ceiling(attempts + 1)

    assert then == min(2 * now, timedelta(hours=6))


@given(attempts=ATTEMPTS)
def test_waits_are_spread_over_the_whole_span(attempts: int) -> None:
    assert retry.backoff(attempts, dice=0) == 5 * SECOND
    assert retry.backoff(attempts, dice=0.5) - 5 * SECOND >= (retry.ceiling(attempts) - 5 * SECOND) * 0.49


@given(attempts=ATTEMPTS, age=AGES, dice=DICE, by_people=st.booleans())
def test_what_may_pass_is_tried_for_at_least_fourteen_days(
    attempts: int, age: timedelta, dice: float, *, by_people: bool
) -> None:
    decision = decide_retry(Recovery.TRANSIENT, attempts=attempts, age=age, dice=dice, by_people=by_people)

    assert isinstance(decision, TryAgain if age < timedelta(days=14) else GiveToPerson)


@given(attempts=ATTEMPTS, age=AGES, dice=DICE, recovery=st.sampled_from([Recovery.DATA, Recovery.SCHEMA]))
def test_what_a_person_must_mend_is_parked_after_one_try(
    attempts: int, age: timedelta, dice: float, recovery: Recovery
) -> None:
    assert decide_retry(recovery, attempts=attempts, age=age, dice=dice) == GiveToPerson()


@pytest.mark.parametrize(("attempts", "expected"), [(1, TryAgain), (2, GiveToPerson), (3, GiveToPerson)])
def test_the_unknown_is_tried_twice(attempts: int, expected: type) -> None:
    decision = decide_retry(Recovery.UNKNOWN, attempts=attempts, age=timedelta(0), dice=0)

    assert isinstance(decision, expected)


@given(attempts=ATTEMPTS, age=AGES, dice=DICE)
def test_a_limit_pauses_the_connection_and_a_lost_login_the_login(attempts: int, age: timedelta, dice: float) -> None:
    assert decide_retry(Recovery.QUOTA, attempts=attempts, age=age, dice=dice) == PauseConnection()
    assert decide_retry(Recovery.AUTH, attempts=attempts, age=age, dice=dice) == PauseLogin()


@given(dice=DICE)
def test_what_people_have_to_finish_is_tried_about_hourly(dice: float) -> None:
    decision = decide_retry(Recovery.TRANSIENT, attempts=9, age=timedelta(0), dice=dice, by_people=True)

    assert isinstance(decision, TryAgain)
    assert timedelta(minutes=50) <= decision.after <= timedelta(minutes=70)


@given(failures=st.integers(1, 100_000), dice=DICE)
def test_an_outage_that_ends_is_noticed_within_thirty_seconds(failures: int, dice: float) -> None:
    assert timedelta(0) < retry.pause(failures, quota=False, dice=dice) <= 30 * SECOND


@given(failures=st.integers(1, 100_000), dice=DICE)
def test_a_used_up_limit_is_asked_about_once_an_hour_at_most(failures: int, dice: float) -> None:
    paused = retry.pause(failures, quota=True, dice=dice)

    assert 30 * SECOND <= paused <= timedelta(hours=1)
    assert failures < 7 or paused >= timedelta(minutes=30)


def test_calls_become_smaller_while_they_keep_failing() -> None:
    assert [retry.batch_limit(200, failures=failures) for failures in range(11)] == [
        200, 200, 200, 100, 50, 25, 12, 6, 3, 1, 1,
    ]  # fmt: skip
