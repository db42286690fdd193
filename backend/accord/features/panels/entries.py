"""What a rep typed: read, checked and made canonical, or refused with words that name the row."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from accord.core.dates import FIRST_DAY, LAST_DAY, is_kept_day
from accord.core.errors import Problem
from accord.core.text import is_clean
from accord.features.panels.model import Row, RowType
from accord.features.panels.row_types import TEXT_LENGTH
from accord.salesforce.canonical import canonical, choices_of
from accord.salesforce.model import FieldDescribe

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def required(row: Row) -> bool:
    describe = row.describe
    if describe is None or row.type is RowType.BOOLEAN:  # a checkbox is never empty
        return False
    return not describe.nillable and not describe.defaulted_on_create


def invalid(key: str, field: str | None, message: str) -> Problem:
    return Problem(code="INVALID_VALUE", key=key, field=field, message=message)


def parse(row: Row, given: Any) -> tuple[Any, Problem | None]:
    """The canonical value of what came over the wire, or what is wrong with it."""
    assert row.describe is not None
    try:
        if given is None or (isinstance(given, str) and not given.strip()):
            _require_value(row)
            return None, None
        if not isinstance(given, str):
            raise ValueError("must be sent as text.")  # noqa: TRY004, TRY301 - the caller's fault, told like the others
        if not is_clean(given):
            raise ValueError("holds a character that cannot be stored. Type it anew.")  # noqa: TRY301 - as above
        return _PARSERS[row.type](row, row.describe, given), None
    except ValueError as error:
        return None, invalid(row.spec.key, row.spec.field, f"{row.spec.label} {error}")


def _require_value(row: Row) -> None:
    if row.type is RowType.BOOLEAN:
        raise ValueError("must be true or false.")
    if required(row):
        raise ValueError("cannot be empty in Salesforce. Fill it in.")


def _date(_row: Row, _describe: FieldDescribe, given: str) -> str:
    try:
        day = date.fromisoformat(given if _DATE.fullmatch(given) else "")
    except ValueError:
        raise ValueError("must be a date such as 2026-12-31.") from None
    if not is_kept_day(day):
        raise ValueError(f"must lie between {FIRST_DAY} and {LAST_DAY}: Salesforce keeps no other day.")
    return day.isoformat()


def _number(_row: Row, describe: FieldDescribe, given: str) -> Any:
    if not _NUMBER.fullmatch(given.strip()):
        raise ValueError("must be a number such as 125000.50.")
    number = Decimal(given.strip())
    whole = max(describe.precision - describe.scale, 0) if describe.precision else 18
    limit = Decimal(10) ** whole
    # rounding may add a digit, so it is asked before and after
    if abs(number) >= limit or abs(rounded := canonical(describe, number)) >= limit:
        raise ValueError(f"may have {whole} digits before the point.")
    return rounded


def _choice(row: Row, _describe: FieldDescribe, given: str) -> str:
    # a value that is no longer offered may stay, but not be chosen anew
    if given not in {option.value for option in row.options or ()} and given != row.value:
        raise ValueError("has no such value: choose one of the values that are offered.")
    return given


def _choices(row: Row, describe: FieldDescribe, given: str) -> Any:
    offered = {option.value for option in row.options or ()} | set(choices_of(row.value))
    if not offered.issuperset(choices_of(given)):
        raise ValueError("has no such value: choose from the values that are offered.")
    if not choices_of(given):
        _require_value(row)
    return canonical(describe, given)


def _checkbox(_row: Row, _describe: FieldDescribe, given: str) -> bool:
    if given not in {"true", "false"}:
        raise ValueError("must be true or false.")
    return given == "true"


def _text(row: Row, describe: FieldDescribe, given: str) -> Any:
    limit = min(describe.length, TEXT_LENGTH) if row.type is RowType.TEXT else describe.length
    if len(given) > limit:
        raise ValueError(f"may have {limit} characters; this text has {len(given)}.")
    return canonical(describe, given)


_PARSERS: Mapping[RowType, Callable[[Row, FieldDescribe, str], Any]] = {
    RowType.DATE: _date,
    RowType.CURRENCY: _number,
    RowType.NUMBER: _number,
    RowType.PERCENT: _number,
    RowType.PICKLIST: _choice,
    RowType.TEXT: _text,
    RowType.LONG_TEXT: _text,
    RowType.BOOLEAN: _checkbox,
    RowType.MULTIPICKLIST: _choices,
}
