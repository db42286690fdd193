"""Events: their start, their end, their length and their day say the same thing. Object Reference, Event."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from localorg.errors import Code, Problem, RefusedError
from localorg.records import Row
from localorg.row_relations import account_of
from localorg.values import moment_text, parse_moment

if TYPE_CHECKING:
    from localorg.transaction import Transaction

_MINUTE = timedelta(minutes=1)


def derive(tx: "Transaction", row: Row, *, before: Row | None, given: Mapping[str, Any]) -> None:
    """Salesforce: StartDateTime equals ActivityDateTime; an end or a length is needed; an all-day event has no hour."""
    row["AccountId"] = account_of(tx, row.get("WhatId")) or account_of(tx, row.get("WhoId"))
    row["IsGroupEvent"] = False
    start = _start(row, before, given)
    if start is None:
        missing = ("DurationInMinutes", "ActivityDateTime")
        text = f"Required fields are missing: [{', '.join(missing)}]"
        raise RefusedError(Problem(Code.REQUIRED_FIELD_MISSING, text, missing))
    length = _length(row, given, start)
    if length < timedelta(0):
        raise RefusedError(Problem(Code.FIELD_INTEGRITY_EXCEPTION, "Event duration can not be negative", ()))
    end = start + length
    row.update(
        StartDateTime=moment_text(start), ActivityDateTime=moment_text(start), EndDateTime=moment_text(end),
        ActivityDate=start.date().isoformat(), EndDate=end.date().isoformat(),
        DurationInMinutes=int(length / _MINUTE),
    )  # fmt: skip
    if row["IsAllDayEvent"]:
        row["ActivityDateTime"] = None


def _start(row: Row, before: Row | None, given: Mapping[str, Any]) -> datetime | None:
    named = next((given[name] for name in ("StartDateTime", "ActivityDateTime") if given.get(name)), None)
    if named is None and given.get("ActivityDate") and row["IsAllDayEvent"]:
        return datetime.combine(date.fromisoformat(given["ActivityDate"]), datetime.min.time(), tzinfo=UTC)
    if named is None:
        named = (before or {}).get("StartDateTime")
    if named is None:
        return None
    start = parse_moment(named)
    return start.replace(hour=0, minute=0, second=0) if row["IsAllDayEvent"] else start


def _length(row: Row, given: Mapping[str, Any], start: datetime) -> timedelta:
    """Of end and length the one that was said now; an all-day event lasts a day when nobody says otherwise."""
    if given.get("EndDateTime"):
        return parse_moment(given["EndDateTime"]) - start
    if row.get("DurationInMinutes") is not None:
        return timedelta(minutes=row["DurationInMinutes"])
    if row["IsAllDayEvent"]:
        return timedelta(days=1)
    missing = ("DurationInMinutes",)
    raise RefusedError(Problem(Code.REQUIRED_FIELD_MISSING, f"Required fields are missing: [{missing[0]}]", missing))
