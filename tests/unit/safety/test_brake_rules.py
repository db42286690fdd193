"""What the brakes forbid, and when a quiet time ends."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.core.errors import RejectedError
from accord.delivery.brakes.model import Brake, Brakes, Waiting
from accord.delivery.brakes.rules import OBSERVED_FOR, count_calls, decide_refusal, observed_until
from accord.features.safety.brakes.rules import is_the_name, next_time
from support.builders import NOON

ON = Brake(NOON, None, None)


@pytest.mark.parametrize(
    ("brakes", "own_edit", "code"),
    [
        (Brakes(), False, None),
        (Brakes(stopped=ON), False, "ORG_STOPPED"),
        (Brakes(stopped=ON), True, "ORG_STOPPED"),
        (Brakes(observed=ON), False, "ORG_OBSERVED"),
        (Brakes(observed=ON), True, None),
        (Brakes(quiet=ON), False, None),
        (Brakes(stopped=ON, observed=ON), True, "ORG_STOPPED"),
    ],
)
def test_a_stop_holds_for_everybody_and_observing_for_what_no_person_does(brakes, own_edit, code):
    refusal = decide_refusal(brakes, own_edit=own_edit)

    assert (refusal and refusal.code) == code


def test_a_sandbox_is_free_at_once_and_production_is_observed_for_a_week():
    assert observed_until(NOON, is_sandbox=True) is None
    assert observed_until(NOON, is_sandbox=False) == NOON + OBSERVED_FOR


@pytest.mark.parametrize(
    ("zone", "now", "ends"),
    [
        ("UTC", datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 11, 22, 10, tzinfo=UTC), datetime(2026, 11, 22, 11, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2026, 11, 22, 16, tzinfo=UTC)),
        ("Europe/London", datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),
    ],
)
def test_quiet_ends_at_that_time_where_the_admin_lives(zone, now, ends):
    assert next_time(now, time(6), zone) == ends


def test_a_time_that_the_clock_leaps_over_comes_later_and_one_that_comes_twice_is_the_first():
    spring, autumn = datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 10, 25, 0, tzinfo=UTC)

    assert next_time(spring, time(1, 30), "Europe/London") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert next_time(autumn, time(1, 30), "Europe/London") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@settings(deadline=None)
@given(
    now=st.integers(0, 15 * 365 * 86_400).map(lambda seconds: NOON + timedelta(seconds=seconds)),
    wanted=st.times(),
    zone=st.sampled_from(["UTC", "Europe/London", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu"]),
)
def test_quiet_is_never_over_already_and_never_longer_than_a_day_and_an_hour(now, wanted, zone):
    length = next_time(now, wanted, zone) - now

    assert 0 < length.total_seconds() <= 25 * 3600


def test_a_zone_that_there_is_none_of_is_refused():
    with pytest.raises(RejectedError):
        next_time(NOON, time(6), "Mars/Olympus")


def test_the_name_is_typed_in_any_case():
    assert is_the_name("  halden ", "Halden")
    assert not is_the_name("Hald", "Halden")


def test_what_waits_takes_the_calls_in_which_its_kind_goes():
    """Two hundred records are one call, 25 events are one, and each bell is one."""
    assert count_calls([Waiting("Task", "comment", True, 200), Waiting("Task", "comment", False, 201)]) == 3
    assert (
        count_calls([Waiting("PlanNews", "plan_news", True, 200), Waiting("Accord_Plan_Event__e", "viewed", True, 51)])
        == 203
    )
