"""The days that Salesforce keeps."""

from datetime import UTC, date, datetime, timedelta

# Salesforce: "Valid date ranges are from 1700-01-01T00:00:00Z GMT to 4000-12-31T00:00:00Z GMT" (SOAP API, primitives)
FIRST_DAY = date(1700, 1, 1)
LAST_DAY = date(4000, 12, 31)
# a moment whose day is kept wherever its owner lives: a zone is less than a day away from UTC
FIRST_MOMENT = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC) + timedelta(days=1)
LAST_MOMENT = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, tzinfo=UTC) - timedelta(seconds=1)


def is_kept_day(day: date) -> bool:
    return FIRST_DAY <= day <= LAST_DAY


def is_kept_moment(moment: datetime) -> bool:
    """Whether Salesforce keeps the day of this aware time in every time zone. Total: no time is too far away to ask."""
    return FIRST_MOMENT <= moment <= LAST_MOMENT
