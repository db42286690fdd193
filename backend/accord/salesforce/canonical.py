"""Values as the platform would keep them, so that two sides compare equal when they mean the same.

Canonical values are: None for empty, text (trimmed, one kind of line end), Decimal (rounded half up to the field's
scale), bool, dates as `2026-12-31`, datetimes as `2026-12-31T09:30:00.000+0000`, times as `09:30:00.000Z`, ids with 18
characters, multi-selects sorted. A date is a date: nothing here knows a time zone but UTC.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from typing import Any

from accord.core.ids import widen
from accord.salesforce.model import FieldDescribe

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATETIME = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)(?:Z|([+-]\d{2}):?(\d{2}))", re.ASCII)
_TIME = re.compile(r"(\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)Z?", re.ASCII)
_MOST_DIGITS = 60


def canonical(field: FieldDescribe, value: Any) -> Any:
    """What the platform would keep of `value` in this field, in one form.

    `value` may be JSON as Salesforce answers it (with Decimal numbers), a canonical value, a date, an aware datetime,
    or a number as text. Raises ValueError for all else: floats, NaN, times without a zone, a datetime for a date.
    """
    if field.type == "boolean":
        return _boolean(value)
    if isinstance(value, str) and not value.strip():
        return None
    return None if value is None else _BY_TYPE.get(field.type, _as_it_is)(field, value)


def to_json(field: FieldDescribe, value: Any) -> Any:
    """What to write for `value`: its canonical form. Numbers are Decimal, which the gateway writes digit by digit."""
    return canonical(field, value)


def from_json(field: FieldDescribe, value: Any) -> Any:
    """The canonical form of a value as Salesforce answered it."""
    return canonical(field, value)


def same(field: FieldDescribe, ours: Any, theirs: Any) -> bool:
    """Whether two values are one and the same to the platform.

    Salesforce keeps and answers numbers as doubles: two that are one double are the same.
    """
    left, right = canonical(field, ours), canonical(field, theirs)
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return float(left) == float(right)
    return bool(left == right)


def choices_of(value: str | None) -> list[str]:
    """The chosen values in a multi-select's text, each once and sorted. Salesforce joins them by semicolons."""
    return sorted({part.strip() for part in (value or "").split(";") if part.strip()})


def _boolean(value: Any) -> bool:
    # Salesforce: a checkbox is never null
    if value is None or value is False or value is True:
        return value is True
    if isinstance(value, str) and value.strip().lower() in {"true", "false", ""}:
        return value.strip().lower() == "true"
    raise ValueError("a checkbox is true or false")


def _text(_field: FieldDescribe, value: Any) -> str | None:
    # Salesforce trims text and keeps one kind of line end. Which white space it counts is not documented, so all of it
    # is ignored on both sides of a comparison.
    return _as_text(value).replace("\r\n", "\n").replace("\r", "\n").strip() or None


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("this field holds text")


def _number(field: FieldDescribe, value: Any) -> Decimal:
    number = _decimal(value)
    with localcontext(prec=_MOST_DIGITS):
        try:
            rounded = number.quantize(Decimal(1).scaleb(-field.scale), rounding=ROUND_HALF_UP)
        except InvalidOperation:
            raise ValueError("this number has too many digits") from None
    return rounded or abs(rounded)  # no minus before zero


def _whole(field: FieldDescribe, value: Any) -> Decimal:
    number = _decimal(value)
    if number != number.to_integral_value():
        raise ValueError("this field holds whole numbers")
    return _number(field, number)


def _decimal(value: Any) -> Decimal:
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return Decimal(value.strip())
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        number = Decimal(value)
        if number.is_finite():
            return number
    raise ValueError("this field holds a number")


def _date(_field: FieldDescribe, value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        return date.fromisoformat(value.strip()).isoformat()
    raise ValueError("this field holds a date such as 2026-12-31")


def _datetime(_field: FieldDescribe, value: Any) -> str:
    moment = value if isinstance(value, datetime) else _parse_datetime(value)
    if moment.utcoffset() is None:
        raise ValueError("a time needs its zone")
    # Salesforce keeps whole seconds and answers in UTC with +0000 (recorded)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def _parse_datetime(value: Any) -> datetime:
    found = _DATETIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError("this field holds a time such as 2026-12-31T09:30:00Z")
    return datetime.fromisoformat(found[1] + (f"{found[2]}:{found[3]}" if found[2] else "+00:00"))


def _time(_field: FieldDescribe, value: Any) -> str:
    if isinstance(value, str):
        found = _TIME.fullmatch(value.strip())
        if found is None:
            raise ValueError("this field holds a time of day such as 09:30:00.000Z")
        value = time.fromisoformat(found[1])
    if not isinstance(value, time) or value.tzinfo is not None:
        raise ValueError("this field holds a time of day such as 09:30:00.000Z")
    return value.isoformat(timespec="milliseconds") + "Z"


def _reference(_field: FieldDescribe, value: Any) -> str:
    return widen(_as_text(value).strip())


def _choices(_field: FieldDescribe, value: Any) -> str | None:
    # Salesforce answers them in the picklist's own order, which may change: sorted is the same for both sides
    return ";".join(choices_of(_as_text(value))) or None


def _as_it_is(_field: FieldDescribe, value: Any) -> Any:
    """Compound fields, files and what is to come: read-only to us."""
    return value


_BY_TYPE: dict[str, Callable[[FieldDescribe, Any], Any]] = {
    **dict.fromkeys(("string", "textarea", "phone", "email", "url", "picklist", "combobox", "encryptedstring"), _text),
    **dict.fromkeys(("double", "currency", "percent"), _number),
    **dict.fromkeys(("reference", "id"), _reference),
    "int": _whole,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "multipicklist": _choices,
}
