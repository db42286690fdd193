"""What the platform makes of a value before it is stored: trimmed, rounded, typed, or refused."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from localorg import errors
from localorg.errors import Code, Problem
from localorg.ids import looks_like_id, widen
from localorg.schema import Field

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_OFFSET = re.compile(r"([+-]\d\d)(\d\d)$")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
FIRST_YEAR, LAST_YEAR = 1700, 4000
_INT_LIMIT = 2**31


class BadValueError(Exception):
    """A value that its field refuses."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def stored(field: Field, value: Any) -> Any:
    """The value as it is kept and answered. None clears; raises BadValueError.

    Salesforce: text is trimmed and empty text is null, numbers are rounded half up to the field's scale and kept as
    doubles (`5.0`), datetimes are kept in UTC to the second, a boolean is never null.
    """
    if isinstance(value, str):
        value = value.strip().replace("\r\n", "\n") or None
    if value is None:
        return False if field.type == "boolean" else None
    if isinstance(value, (dict, list)):
        raise BadValueError(errors.wrong_type(field.name, field.type, value))
    convert: Callable[[Field, Any], Any] = _BY_TYPE.get(field.type, _text)
    return convert(field, value)


def _text(field: Field, value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if field.length and len(text) > field.length:
        raise BadValueError(errors.too_long(field.label, field.name, text, field.length))
    return text


def _email(field: Field, value: Any) -> str:
    text = _text(field, value)
    if not _EMAIL.fullmatch(text):
        problem = Problem(Code.INVALID_EMAIL_ADDRESS, f"{field.label}: invalid email address: {text}", (field.name,))
        raise BadValueError(problem)
    return text


def _boolean(field: Field, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in {"true", "false"}:
        return str(value).lower() == "true"
    raise BadValueError(errors.wrong_type(field.name, field.type, value))


def _decimal(field: Field, value: Any) -> Decimal:
    if isinstance(value, bool):
        raise BadValueError(errors.wrong_type(field.name, field.type, value))
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise BadValueError(errors.wrong_type(field.name, field.type, value)) from None
    if not number.is_finite():
        raise BadValueError(errors.wrong_type(field.name, field.type, value))
    return number


def _number(field: Field, value: Any) -> float:
    number = _decimal(field, value)
    precision, scale = int(field.facts["precision"] or 18), int(field.facts["scale"] or 0)
    if number.adjusted() >= max(precision - scale, 1):
        raise BadValueError(errors.out_of_range(field.label, field.name, value))
    return float(number.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP))


def _integer(field: Field, value: Any) -> int:
    number = _decimal(field, value)
    if number != number.to_integral_value():
        raise BadValueError(errors.wrong_type(field.name, field.type, value))
    digits = int(field.facts["digits"] or 0)
    if abs(number) >= (10**digits if digits else _INT_LIMIT):
        raise BadValueError(errors.out_of_range(field.label, field.name, value))
    return int(number)


def _date(field: Field, value: Any) -> str:
    # The pattern first: Python also takes the short forms 20261231 and 2026-W53-4.
    if not _DATE.fullmatch(str(value)):
        raise BadValueError(errors.wrong_type(field.name, field.type, value))
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        raise BadValueError(errors.wrong_type(field.name, field.type, value)) from None
    return _in_range(field, day).isoformat()


def _datetime(field: Field, value: Any) -> str:
    try:
        moment = parse_moment(str(value))
    except ValueError:
        raise BadValueError(errors.wrong_type(field.name, field.type, value)) from None
    _in_range(field, moment.date())
    return moment_text(moment)


def _in_range(field: Field, day: date) -> date:
    """Salesforce: days from 1700-01-01 to 4000-12-31."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadValueError(errors.date_out_of_range(field.label, field.name, day))
    return day


def _reference(field: Field, value: Any) -> str:
    if not looks_like_id(value):
        raise BadValueError(errors.wrong_id(field.label, field.name, value))
    return widen(value)


def _choice(field: Field, value: Any) -> str:
    text = _text(field, value)
    # a picklist without listed values (RecordType.SobjectType) takes what the org itself writes
    if field.name.endswith("CurrencyIsoCode") and text not in field.values:
        raise BadValueError(errors.bad_currency(field.label, field.name, text))
    if field.facts["restrictedPicklist"] and field.values and text not in field.values:
        raise BadValueError(errors.bad_picklist_value(field.label, field.name, text))
    return text


def _choices(field: Field, value: Any) -> str | None:
    """Salesforce: the values of a multi-select are kept once each, in the order of the field's definition."""
    chosen = dict.fromkeys(part.strip() for part in str(value).split(";") if part.strip())
    if field.facts["restrictedPicklist"]:
        for part in chosen:
            if part not in field.values:
                raise BadValueError(errors.bad_picklist_value(field.label, field.name, part))
    order = {known: place for place, known in enumerate(field.values)}
    return ";".join(sorted(chosen, key=lambda part: order.get(part, len(order)))) or None


_BY_TYPE: dict[str, Callable[[Field, Any], Any]] = {
    "boolean": _boolean, "int": _integer, "double": _number, "currency": _number, "percent": _number, "date": _date,
    "datetime": _datetime, "reference": _reference, "picklist": _choice, "multipicklist": _choices, "email": _email,
}  # fmt: skip


def parse_moment(text: str) -> datetime:
    """A datetime with its offset, `Z`, `+02:00` or `+0000`; ValueError without one."""
    moment = datetime.fromisoformat(_OFFSET.sub(r"\1:\2", text.replace("Z", "+00:00")))
    if moment.tzinfo is None or "T" not in text:
        raise ValueError(text)
    return moment.astimezone(UTC)


def moment_text(moment: datetime) -> str:
    """Salesforce answers datetimes in UTC, to the second, with zero milliseconds and `+0000` (recorded)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
