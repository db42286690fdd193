"""When a refused write is tried again (G8): from 5 seconds to 6 hours, full jitter, for at least 14 days."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.outcomes import Recovery
from accord.delivery import retry
from accord.delivery.retry import Decision, GiveToPerson, PauseConnection, PauseCreates, PauseLogin, TryAgain
from accord.salesforce.error_table import Retry
from support.gateway import a_refusal

ATTEMPTS = st.integers(1, 10_000)
DICE = st.floats(0, 1, exclude_max=True)
AGES = st.timedeltas(timedelta(0), timedelta(days=60))
SECOND = timedelta(seconds=1)
CODES = {
    Recovery.TRANSIENT: "UNABLE_TO_LOCK_ROW",
    Recovery.DATA: "STRING_TOO_LONG",
    Recovery.SCHEMA: "INVALID_FIELD",
    Recovery.UNKNOWN: "UNKNOWN_EXCEPTION",
    Recovery.QUOTA: "REQUEST_LIMIT_EXCEEDED",
    Recovery.AUTH: "INACTIVE_USER",
}


def decide(recovery: Recovery, code: str = "", *, creates: bool = True, **facts: Any) -> Decision:
    """What comes after a first refusal, just now, unless the facts say otherwise."""
    known = {"attempts": 1, "age": timedelta(0), "dice": 0.5, **facts}
    return retry.decide_retry(a_refusal(recovery, code or CODES[recovery]), creates=creates, **known)


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


@given(attempts=ATTEMPTS, age=AGES, dice=DICE, code=st.sampled_from(["UNABLE_TO_LOCK_ROW", "ENTITY_IS_LOCKED"]))
def test_what_may_pass_is_tried_for_at_least_fourteen_days(
    attempts: int, age: timedelta, dice: float, code: str
) -> None:
    decision = decide(Recovery.TRANSIENT, code, attempts=attempts, age=age, dice=dice)

    assert isinstance(decision, TryAgain if age < timedelta(days=14) else GiveToPerson)


@given(attempts=ATTEMPTS, age=AGES, dice=DICE, recovery=st.sampled_from([Recovery.DATA, Recovery.SCHEMA]))
def test_what_a_person_must_mend_is_parked_after_one_try(
    attempts: int, age: timedelta, dice: float, recovery: Recovery
) -> None:
    assert decide(recovery, attempts=attempts, age=age, dice=dice) == GiveToPerson()


@pytest.mark.parametrize(("attempts", "expected"), [(1, TryAgain), (2, GiveToPerson), (3, GiveToPerson)])
def test_the_unknown_is_tried_twice(attempts: int, expected: type) -> None:
    decision = decide(Recovery.UNKNOWN, attempts=attempts)

    assert isinstance(decision, expected)


@given(attempts=ATTEMPTS, age=AGES, dice=DICE)
def test_a_limit_pauses_the_connection_and_a_lost_login_the_login(attempts: int, age: timedelta, dice: float) -> None:
    assert decide(Recovery.QUOTA, attempts=attempts, age=age, dice=dice) == PauseConnection()
    assert decide(Recovery.AUTH, attempts=attempts, age=age, dice=dice) == PauseLogin()


@given(dice=DICE)
def test_what_people_have_to_finish_is_tried_about_hourly(dice: float) -> None:
    decision = decide(Recovery.TRANSIENT, "ENTITY_IS_LOCKED", attempts=9, dice=dice)

    assert isinstance(decision, TryAgain)
    assert timedelta(minutes=50) <= decision.after <= timedelta(minutes=70)


@given(failures=st.integers(1, 100_000), dice=DICE)
def test_an_outage_that_ends_is_noticed_within_thirty_seconds(failures: int, dice: float) -> None:
    assert timedelta(0) < retry.pause(failures, Retry.SOON, dice=dice) <= 30 * SECOND


@given(failures=st.integers(1, 100_000), dice=DICE)
def test_a_used_up_limit_is_asked_about_once_an_hour_at_most(failures: int, dice: float) -> None:
    paused = retry.pause(failures, Retry.NEXT_DAY, dice=dice)

    assert 30 * SECOND <= paused <= timedelta(hours=1)
    assert failures < 7 or paused >= timedelta(minutes=30)


@given(failures=st.integers(1, 100_000), dice=DICE)
def test_a_read_only_org_is_looked_at_every_few_minutes(failures: int, dice: float) -> None:
    assert 30 * SECOND <= retry.pause(failures, Retry.MAINTENANCE, dice=dice) <= timedelta(minutes=5)


def test_w13_full_storage_stops_new_records_and_holds_up_no_change() -> None:
    full = "STORAGE_LIMIT_EXCEEDED"

    assert decide(Recovery.QUOTA, full) == PauseCreates()
    assert decide(Recovery.QUOTA, full, creates=False) == TryAgain(timedelta(hours=1))


def test_calls_become_smaller_while_they_keep_failing() -> None:
    assert [retry.batch_limit(200, failures=failures) for failures in range(11)] == [
        200, 200, 200, 100, 50, 25, 12, 6, 3, 1, 1,
    ]  # fmt: skip
