"""Date literals: the range of days, or of instants, that each one means to a user.

Salesforce: SOQL reference, "Date Formats and Date Literals". Days begin at midnight in the user's time zone; weeks
begin on Sunday (the platform takes the first day of the week from the user's locale; this org knows Sunday only);
fiscal years are calendar years.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from localorg.soql.nodes import DateLiteral

_UNITS = ("WEEK", "MONTH", "QUARTER", "YEAR", "FISCAL_QUARTER", "FISCAL_YEAR")
FORMULAS = frozenset(
    {"YESTERDAY", "TODAY", "TOMORROW", "LAST_90_DAYS", "NEXT_90_DAYS"}
    | {f"{when}_{unit}" for when in ("LAST", "THIS", "NEXT") for unit in _UNITS}
)
NUMBERED_FORMULAS = frozenset(
    form for unit in ("DAY", *_UNITS) for form in (f"LAST_N_{unit}S", f"NEXT_N_{unit}S", f"N_{unit}S_AGO")
)
_NEAR_DAYS = {"YESTERDAY": (-1, 0), "TODAY": (0, 1), "TOMORROW": (1, 2)}


@dataclass(frozen=True, slots=True)
class DayRange:
    """From the first day up to, and without, the day `after`."""

    first: date
    after: date
    up_to_now: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to, and without, `end`; both dates or both aware instants."""

    start: date | datetime
    end: date | datetime


def span_of(literal: DateLiteral, *, now: datetime, zone: ZoneInfo, instants: bool) -> Span:
    """The days, or with `instants` the UTC instants, that the literal means at `now` for a user in `zone`."""
    days = day_range(literal, now.astimezone(zone).date())
    if not instants:
        return Span(days.first, days.after)
    if days.up_to_now:
        # Salesforce: LAST_N_DAYS ends with the current second, not with the day.
        return Span(_midnight(days.first, zone), now.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=1))
    return Span(_midnight(days.first, zone), _midnight(days.after, zone))


def day_range(literal: DateLiteral, today: date) -> DayRange:
    """The days that the literal means when the user's day is `today`."""
    if literal.name in _NEAR_DAYS:
        first, after = _NEAR_DAYS[literal.name]
        return DayRange(_plus(today, first), _plus(today, after))
    number = literal.number if literal.number is not None else 90
    match literal.name:
        case "LAST_90_DAYS" | "LAST_N_DAYS":
            return DayRange(_plus(today, -number), _plus(today, 1), up_to_now=True)
        case "NEXT_90_DAYS" | "NEXT_N_DAYS":
            return DayRange(_plus(today, 1), _plus(today, 1 + number))
        case "N_DAYS_AGO":
            return DayRange(_plus(today, -number), _plus(today, 1 - number))
        case _:
            return _of_units(literal.name, literal.number or 0, today)


def _of_units(name: str, number: int, today: date) -> DayRange:
    unit = next(unit for unit in ("WEEK", "MONTH", "QUARTER", "YEAR") if unit in name)
    if name.startswith("THIS_"):
        first, after = 0, 1
    elif name.endswith("_AGO"):
        first, after = -number, 1 - number
    elif name.startswith("LAST_"):
        first, after = -(number if "_N_" in name else 1), 0
    else:
        first, after = 1, 1 + (number if "_N_" in name else 1)
    return DayRange(_unit_start(unit, today, first), _unit_start(unit, today, after))


def _unit_start(unit: str, today: date, steps: int) -> date:
    """The first day of the unit that lies `steps` units away from today's."""
    if unit == "WEEK":
        sunday = _plus(today, -((today.weekday() + 1) % 7))
        return _plus(sunday, 7 * steps)
    months = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}[unit]
    index = today.year * 12 + today.month - 1
    start = (index // months + steps) * months
    year, month = divmod(start, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, 1)


def _plus(day: date, days: int) -> date:
    """LAST_N_DAYS:777777 is valid and reaches further than the calendar does."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    try:
        return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return datetime.combine(day, time.min, tzinfo=UTC)
