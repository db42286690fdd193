"""The API calls of an org: how many of its 24 hours' are used, which deliveries may still make some, and when they will
be used up. Values in, values out.

Salesforce says with every answer how many calls of the last 24 hours were used, by whomever, and how many are allowed
(REST API guide, "Sforce-Limit-Info"). The number lags behind a little. How many of them were ours we count ourselves.
The lowest priority stops first; a rep's save never stops.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from accord.core.ids import MemberId
from accord.delivery.model import Priority

FRESH: Final = timedelta(minutes=15)  # an older number says nothing: one call is made, and tells how things stand
SHORTEST: Final = timedelta(minutes=5)  # for a rate
RATE_OVER: Final = timedelta(hours=3)
DAY: Final = timedelta(hours=24)


class Limit(StrEnum):
    """What stops a priority."""

    PEOPLE = "people"  # the rest is kept for people who save, in Salesforce or in the panel
    BACKFILL = "backfill"  # so much is used that what can wait waits
    OWN_SHARE = "own_share"  # of what others leave, Accord has used its share


@dataclass(frozen=True, slots=True)
class CallBudget:
    """How many of the org's calls Accord uses, in percent, as an admin sets it. Version 0 is the default.

    `own_share`: of the calls that others leave; 100: all of them. `kept_for_people`: of the allowed calls, which only
    people's saves use. `backfill_stops_at`: of the allowed calls, whoever has used them; scheduled work stops a third
    of the way from there to where events stop.
    """

    own_share: int = 100
    kept_for_people: int = 10
    backfill_stops_at: int = 75
    version: int = 0
    changed_at: datetime | None = None
    changed_by: MemberId | None = None

    def stops_at(self, priority: Priority) -> tuple[int, Limit] | None:
        """At how many percent of the allowed calls a priority stops, and why; None: it never does."""
        events = 100 - self.kept_for_people
        match priority:
            case Priority.REP:
                return None
            case Priority.EVENT:
                return events, Limit.PEOPLE
            case Priority.BATCH:
                return self.backfill_stops_at + (events - self.backfill_stops_at) // 3, Limit.BACKFILL
            case Priority.BACKFILL:
                return self.backfill_stops_at, Limit.BACKFILL


DEFAULT: Final = CallBudget()


@dataclass(frozen=True, slots=True)
class Calls:
    """What Salesforce said about the org's calls, and when. `own`: how many of the last 24 hours' we have counted."""

    used: int
    allowed: int
    seen_at: datetime
    own: int = 0

    @property
    def others(self) -> int:
        return max(0, self.used - self.own)

    def own_most(self, budget: CallBudget) -> float:
        """How many calls Accord may make in 24 hours while others use what they use."""
        return max(0, self.allowed - self.others) * budget.own_share / 100


@dataclass(frozen=True, slots=True)
class Stop:
    """`limit` stops this priority: now where `at` is None, otherwise then, as things go on."""

    priority: Priority
    limit: Limit
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """`per_hour` and `own_per_hour` are None before there is enough to tell. `used_up_at` is None when that is not
    within a day; so is what is not in `stops`.
    """

    calls: Calls
    budget: CallBudget
    left: int
    per_hour: float | None
    own_per_hour: float | None
    used_up_at: datetime | None
    stopped: tuple[Priority, ...]
    stops: tuple[Stop, ...]

    @property
    def kept_for_people(self) -> int:
        """Of the calls that are left."""
        return min(self.left, self.calls.allowed * self.budget.kept_for_people // 100)


def decide_served(calls: Calls | None, now: datetime, budget: CallBudget = DEFAULT) -> tuple[Priority, ...]:
    """The priorities that may make calls now, the highest first."""
    if calls is None or now - calls.seen_at >= FRESH:
        return tuple(Priority)
    return tuple(each for each in Priority if stopped_by(each, calls, budget) is None)


def stopped_by(priority: Priority, calls: Calls, budget: CallBudget) -> Limit | None:
    """What keeps this priority from making calls, as the numbers stand."""
    stops = budget.stops_at(priority)
    if stops is None:
        return None
    percent, limit = stops
    if calls.used * 100 >= calls.allowed * percent:
        return limit
    return Limit.OWN_SHARE if budget.own_share < 100 and calls.own >= calls.own_most(budget) else None


def make_forecast(samples: Sequence[Calls], now: datetime, budget: CallBudget = DEFAULT) -> Forecast | None:
    """What the calls of the last hours say about the next; None when nothing is known. Samples are in order of time."""
    if not samples:
        return None
    last = samples[-1]
    first = next(each for each in samples if last.seen_at - each.seen_at <= RATE_OVER)
    hours = (last.seen_at - first.seen_at) / timedelta(hours=1)
    is_enough = last.seen_at - first.seen_at >= SHORTEST
    rate = max(0.0, (last.used - first.used) / hours) if is_enough else None
    own_rate = max(0.0, (last.own - first.own) / hours) if is_enough else None
    left = max(0, last.allowed - last.used)
    # calls of yesterday leave the count as new ones come in, so that what would last for longer than a day lasts
    lasts = timedelta(hours=left / rate) if rate else DAY
    served = decide_served(last, now, budget)
    stops = (_stop(each, last, budget, rate or 0.0, own_rate or 0.0, is_served=each in served) for each in Priority)
    return Forecast(
        calls=last,
        budget=budget,
        left=left,
        per_hour=rate,
        own_per_hour=own_rate,
        used_up_at=last.seen_at + lasts if lasts < DAY else None,
        stopped=tuple(each for each in Priority if each not in served),
        stops=tuple(one for one in stops if one is not None),
    )


def _stop(  # noqa: PLR0913 - the parts of one decision, each by its name
    priority: Priority, calls: Calls, budget: CallBudget, rate: float, own_rate: float, *, is_served: bool
) -> Stop | None:
    stops = budget.stops_at(priority)
    if stops is None:
        return None
    limit = stopped_by(priority, calls, budget)
    if limit is not None:
        return None if is_served else Stop(priority, limit, None)
    percent, by_all = stops
    lasts = [(_hours(calls.allowed * percent / 100 - calls.used, rate), by_all)]
    if budget.own_share < 100:
        # what others use meanwhile makes our share smaller: both grow towards each other
        share = budget.own_share / 100
        towards = own_rate + share * max(0.0, rate - own_rate)
        lasts.append((_hours(calls.own_most(budget) - calls.own, towards), Limit.OWN_SHARE))
    soonest, limit = min(lasts, key=lambda each: each[0])
    return Stop(priority, limit, calls.seen_at + soonest) if soonest < DAY else None


def _hours(left: float, rate: float) -> timedelta:
    """How long so many calls last, a day at most."""
    return min(DAY, timedelta(hours=left / rate)) if rate > 0 and left / rate < 24 else DAY
