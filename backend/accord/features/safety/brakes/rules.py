"""Decisions about brakes: values in, values out."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from accord.core.errors import Problem, RejectedError


def next_time(now: datetime, wanted: time, zone: str) -> datetime:
    """The next moment at which it is this time of day in this zone (UTC). A time that the clock leaps over on that day
    comes as much later as it leaps; of one that comes twice it is the first.

    Raises RejectedError for a zone that there is none of.
    """
    if zone not in _zones():
        message = "This is no time zone. Take a name such as Europe/London."
        raise RejectedError(message, problems=(Problem("INVALID_VALUE", message, field="time_zone"),))
    there = ZoneInfo(zone)
    day = now.astimezone(there).date()
    while (moment := datetime.combine(day, wanted, there).astimezone(UTC)) <= now:
        day += timedelta(days=1)
    return moment


@cache
def _zones() -> frozenset[str]:
    """Looking for them takes long."""
    return frozenset(available_timezones())


def is_the_name(typed: str, name: str) -> bool:
    """Whether the admin has typed the org's name; case and spaces around it do not matter."""
    return typed.strip().casefold() == name.strip().casefold()
