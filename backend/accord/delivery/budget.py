"""The API calls of an org: how many of its 24 hours' are used, which deliveries may still make some, and when they will
be used up. Values in, values out.

Salesforce says with every answer how many calls of the last 24 hours were used, by whomever, and how many are allowed
(REST API guide, "Sforce-Limit-Info"). The number lags behind a little. The lowest priority stops first; the last tenth
is for people who save in Salesforce or in the panel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from accord.delivery.model import Priority

# shares of the allowed calls; a rep's save never stops
STOPS_AT: Final = {Priority.EVENT: 0.9, Priority.BATCH: 0.8, Priority.BACKFILL: 0.75}
FRESH: Final = timedelta(minutes=15)  # an older number says nothing: one call is made, and tells how things stand
SHORTEST: Final = timedelta(minutes=5)  # for a rate
RATE_OVER: Final = timedelta(hours=3)
DAY: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Calls:
    """What Salesforce said about the org's calls, and when."""

    used: int
    allowed: int
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Forecast:
    """`per_hour` is None before there is enough to tell. `used_up_at` is None when that is not within a day."""

    calls: Calls
    left: int
    per_hour: float | None
    used_up_at: datetime | None
    stopped: tuple[Priority, ...]


def decide_served(calls: Calls | None, now: datetime) -> tuple[Priority, ...]:
    """The priorities that may make calls now, the highest first."""
    if calls is None or now - calls.seen_at >= FRESH:
        return tuple(Priority)
    return tuple(each for each in Priority if each not in STOPS_AT or calls.used < calls.allowed * STOPS_AT[each])


def make_forecast(samples: Sequence[Calls], now: datetime) -> Forecast | None:
    """What the calls of the last hours say about the next; None when nothing is known. Samples are in order of time."""
    if not samples:
        return None
    last = samples[-1]
    first = next(each for each in samples if last.seen_at - each.seen_at <= RATE_OVER)
    hours = (last.seen_at - first.seen_at) / timedelta(hours=1)
    rate = max(0.0, (last.used - first.used) / hours) if last.seen_at - first.seen_at >= SHORTEST else None
    left = max(0, last.allowed - last.used)
    # calls of yesterday leave the count as new ones come in, so that what would last for longer than a day lasts
    lasts = timedelta(hours=left / rate) if rate else DAY
    return Forecast(
        calls=last,
        left=left,
        per_hour=rate,
        used_up_at=last.seen_at + lasts if lasts < DAY else None,
        stopped=tuple(each for each in Priority if each not in decide_served(last, now)),
    )
