"""CALENDAR_YEAR() and its like. Salesforce: they count in UTC unless the field stands in convertTimezone().

Fiscal years are calendar years in this org. Week 1 of a month or year is its first seven days; weeks start on Sunday.
"""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from localorg.soql.catalog import FieldInfo, Value
from localorg.soql.values import comparable

DATE_FUNCTIONS: dict[str, Callable[[date], int | date]] = {
    "CALENDAR_MONTH": lambda day: day.month,
    "CALENDAR_QUARTER": lambda day: (day.month + 2) // 3,
    "CALENDAR_YEAR": lambda day: day.year,
    "DAY_IN_MONTH": lambda day: day.day,
    "DAY_IN_WEEK": lambda day: (day.weekday() + 1) % 7 + 1,
    "DAY_IN_YEAR": lambda day: day.timetuple().tm_yday,
    "DAY_ONLY": lambda day: date(day.year, day.month, day.day),
    "FISCAL_MONTH": lambda day: day.month,
    "FISCAL_QUARTER": lambda day: (day.month + 2) // 3,
    "FISCAL_YEAR": lambda day: day.year,
    "HOUR_IN_DAY": lambda day: day.hour if isinstance(day, datetime) else 0,
    "WEEK_IN_MONTH": lambda day: (day.day + 6) // 7,
    "WEEK_IN_YEAR": lambda day: (day.timetuple().tm_yday + 6) // 7,
}


def date_function(name: str, zone: ZoneInfo) -> Callable[[Value, FieldInfo], Value]:
    """The function over a field's value; null stays null."""
    compute = DATE_FUNCTIONS[name]

    def apply(value: Value, field: FieldInfo) -> Value:
        moment = comparable(value, field)
        if moment is None:
            return None
        return compute(moment.astimezone(zone) if isinstance(moment, datetime) else moment)

    return apply
