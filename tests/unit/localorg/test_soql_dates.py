"""Date literals: which days they are, and where a day begins for the user."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localorg.soql.dates import FORMULAS, NUMBERED_FORMULAS, day_range
from localorg.soql.nodes import DateLiteral
from support.soql_world import a_world, an_opportunity, names

TODAY = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("literal", "first", "last"),
    [
        ("YESTERDAY", "2026-11-17", "2026-11-17"),
        ("TODAY", "2026-11-18", "2026-11-18"),
        ("TOMORROW", "2026-11-19", "2026-11-19"),
        ("LAST_WEEK", "2026-11-08", "2026-11-14"),
        ("THIS_WEEK", "2026-11-15", "2026-11-21"),
        ("NEXT_WEEK", "2026-11-22", "2026-11-28"),
        ("LAST_MONTH", "2026-10-01", "2026-10-31"),
        ("THIS_MONTH", "2026-11-01", "2026-11-30"),
        ("NEXT_MONTH", "2026-12-01", "2026-12-31"),
        ("LAST_90_DAYS", "2026-08-20", "2026-11-18"),
        ("NEXT_90_DAYS", "2026-11-19", "2027-02-16"),
        ("LAST_N_DAYS:3", "2026-11-15", "2026-11-18"),
        ("NEXT_N_DAYS:3", "2026-11-19", "2026-11-21"),
        ("N_DAYS_AGO:3", "2026-11-15", "2026-11-15"),
        ("LAST_N_WEEKS:2", "2026-11-01", "2026-11-14"),
        ("NEXT_N_WEEKS:2", "2026-11-22", "2026-12-05"),
        ("N_WEEKS_AGO:2", "2026-11-01", "2026-11-07"),
        ("LAST_N_MONTHS:11", "2025-12-01", "2026-10-31"),
        ("NEXT_N_MONTHS:2", "2026-12-01", "2027-01-31"),
        ("N_MONTHS_AGO:12", "2025-11-01", "2025-11-30"),
        ("THIS_QUARTER", "2026-10-01", "2026-12-31"),
        ("LAST_QUARTER", "2026-07-01", "2026-09-30"),
        ("NEXT_QUARTER", "2027-01-01", "2027-03-31"),
        ("LAST_N_QUARTERS:2", "2026-04-01", "2026-09-30"),
        ("NEXT_N_QUARTERS:2", "2027-01-01", "2027-06-30"),
        ("N_QUARTERS_AGO:4", "2025-10-01", "2025-12-31"),
        ("THIS_YEAR", "2026-01-01", "2026-12-31"),
        ("LAST_YEAR", "2025-01-01", "2025-12-31"),
        ("NEXT_YEAR", "2027-01-01", "2027-12-31"),
        ("LAST_N_YEARS:2", "2024-01-01", "2025-12-31"),
        ("NEXT_N_YEARS:2", "2027-01-01", "2028-12-31"),
        ("N_YEARS_AGO:2", "2024-01-01", "2024-12-31"),
        ("THIS_FISCAL_QUARTER", "2026-10-01", "2026-12-31"),
        ("LAST_FISCAL_YEAR", "2025-01-01", "2025-12-31"),
        ("NEXT_N_FISCAL_QUARTERS:1", "2027-01-01", "2027-03-31"),
        ("N_FISCAL_YEARS_AGO:1", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_literal_is_the_days_from_its_first_to_its_last(literal, first, last):
    name, _, number = literal.partition(":")

    days = day_range(DateLiteral(name, int(number) if number else None), TODAY)

    assert (days.first.isoformat(), (days.after - timedelta(days=1)).isoformat()) == (first, last)


@given(
    st.one_of(
        st.builds(DateLiteral, st.sampled_from(sorted(FORMULAS)), st.none()),
        st.builds(DateLiteral, st.sampled_from(sorted(NUMBERED_FORMULAS)), st.integers(0, 10**12)),
    ),
    st.dates(),
)
def test_every_literal_has_a_range_however_far_it_reaches(literal, today):
    days = day_range(literal, today)

    assert date.min <= days.first <= date.max
    assert date.min <= days.after <= date.max
    assert days.first <= days.after or literal.number is not None


def closing(**days):
    return a_world(Opportunity=[an_opportunity(key, CloseDate=day) for key, day in days.items()])


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("= TODAY", ["bbb"]),
        ("!= TODAY", ["aaa", "ccc", "ddd"]),
        ("< TODAY", ["aaa"]),
        ("<= TODAY", ["aaa", "bbb"]),
        ("> TODAY", ["ccc"]),
        (">= TODAY", ["bbb", "ccc"]),
        ("IN (YESTERDAY, TOMORROW)", ["aaa", "ccc"]),
        ("NOT IN (YESTERDAY, TOMORROW)", ["bbb", "ddd"]),
        ("= THIS_WEEK", ["aaa", "bbb", "ccc"]),
        ("= 2026-11-18", ["bbb"]),
        ("> LAST_N_DAYS:1", ["ccc"]),
        ("= null", ["ddd"]),
    ],
)
def test_a_date_is_compared_with_the_whole_range(condition, found):
    world = closing(aaa="2026-11-17", bbb="2026-11-18", ccc=date(2026, 11, 19), ddd=None)

    assert names(f"SELECT Name FROM Opportunity WHERE CloseDate {condition}", world) == found


def created(**instants):
    return a_world(Opportunity=[an_opportunity(key, CreatedDate=instant) for key, instant in instants.items()])


def test_a_day_begins_at_midnight_of_the_user():
    world = created(aaa="2026-11-18T04:59:59.000+0000", bbb="2026-11-18T05:00:00.000+0000")
    query = "SELECT Name FROM Opportunity WHERE CreatedDate = TODAY"

    assert names(query, world, zone="UTC") == ["aaa", "bbb"]
    assert names(query, world, zone="America/New_York") == ["bbb"]


def test_today_is_the_users_day_and_not_that_of_utc():
    world = closing(aaa="2026-11-18", bbb="2026-11-19")
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)

    assert names("SELECT Name FROM Opportunity WHERE CloseDate = TODAY", world, now=late, zone="Asia/Tokyo") == ["bbb"]


def test_the_day_of_a_clock_change_has_25_hours():
    world = created(
        aaa="2026-11-01T04:00:00.000+0000", bbb="2026-11-02T04:30:00.000+0000", ccc="2026-11-02T05:00:00.000+0000"
    )
    query = "SELECT Name FROM Opportunity WHERE CreatedDate = N_DAYS_AGO:17"

    assert names(query, world, zone="America/New_York") == ["aaa", "bbb"]


def test_the_last_days_end_with_the_present_second():
    world = created(
        aaa="2026-11-15T00:00:00.000+0000",
        bbb=datetime(2026, 11, 18, 9, 30, 0, 900_000, tzinfo=UTC),
        ccc="2026-11-18T09:30:01.000+0000",
    )

    assert names("SELECT Name FROM Opportunity WHERE CreatedDate = LAST_N_DAYS:3", world) == ["aaa", "bbb"]


def test_instants_are_compared_whatever_their_offset():
    world = created(aaa="2026-11-18T09:00:00.000+0000")

    assert names("SELECT Name FROM Opportunity WHERE CreatedDate = 2026-11-18T11:00:00+02:00", world) == ["aaa"]
    assert names("SELECT Name FROM Opportunity WHERE CreatedDate < 2026-11-18T09:00:00Z", world) == []


def test_a_literal_that_reaches_before_the_calendar_is_fine():
    world = created(aaa="2026-11-18T09:00:00.000+0000")

    assert names("SELECT Name FROM Opportunity WHERE CreatedDate = LAST_N_DAYS:777777", world, zone="Asia/Tokyo") == [
        "aaa"
    ]
