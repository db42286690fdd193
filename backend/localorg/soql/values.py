"""Field values: made comparable, made ready for an answer."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from localorg.ids import looks_like_id, widen
from localorg.soql.catalog import FieldInfo, Value

NUMBERS = frozenset({"int", "long", "double", "currency", "percent"})
IDS = frozenset({"id", "reference"})
MOMENTS = frozenset({"date", "datetime", "time"})
TEXTS = frozenset(
    {
        "string",
        "textarea",
        "phone",
        "url",
        "email",
        "picklist",
        "combobox",
        "encryptedstring",
        "anyType",
        "multipicklist",
    }
)
COMPARABLE = NUMBERS | IDS | MOMENTS | TEXTS | {"boolean"}

Comparable = Any


def comparable(value: Value, field: FieldInfo) -> Comparable:
    """The value in the one form that is compared, grouped and sorted; None for null and for empty text.

    Salesforce: a checkbox reached through an empty lookup counts as false; text is compared without regard to capitals
    except in case-sensitive unique fields.
    """
    if field.type == "boolean":
        return bool(value)
    if value is None or value == "":
        return None
    if field.type in NUMBERS:
        return value if isinstance(value, Decimal) else Decimal(str(value))
    if field.type in MOMENTS:
        return _moment(value, field.type)
    if field.type in IDS:
        return widen(str(value)) if looks_like_id(value) else str(value)
    text = str(value)
    return text if field.case_sensitive else text.casefold()


def _moment(value: Value, kind: str) -> date | datetime | time:
    if kind == "datetime":
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        assert isinstance(moment, datetime), f"not a datetime: {value!r}"
        return moment.astimezone(UTC)
    if kind == "date":
        day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
        assert isinstance(day, date), f"not a date: {value!r}"
        return day.date() if isinstance(day, datetime) else day
    clock = time.fromisoformat(value) if isinstance(value, str) else value
    assert isinstance(clock, time), f"not a time: {value!r}"
    return clock if clock.tzinfo else clock.replace(tzinfo=UTC)


def present(value: Value, kind: str) -> Any:
    """The value as JSON shows it. `kind` is the field's type.

    Salesforce: datetimes end in +0000 with milliseconds; numbers other than int have a decimal point; empty is null,
    but a checkbox is never null.
    """
    if kind == "boolean":
        return bool(value)
    if value is None or value == "":
        return None
    if isinstance(value, date | time):
        return _spell(value)
    if kind in NUMBERS and not isinstance(value, Mapping):
        whole = kind in {"int", "long"}
        return int(value) if whole else float(value)
    return value


def _spell(value: date | time) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}+0000"
    if isinstance(value, date):
        return value.isoformat()
    return value.strftime("%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"


def sort_key(value: Value, field: FieldInfo) -> Comparable:
    """Salesforce: picklists sort in the order of their set-up, values outside of it after the others."""
    made = comparable(value, field)
    if made is None or not field.picklist or field.type == "multipicklist":
        return made
    order = {item.casefold(): place for place, (item, _) in enumerate(field.picklist)}
    return (order.get(str(made).casefold(), len(order)), str(made))


def label_of(value: Value, field: FieldInfo) -> Value:
    """The label of a picklist's value; several values of a multi-select keep their semicolons."""
    if not isinstance(value, str):
        return value
    labels = dict(field.picklist)
    if field.type == "multipicklist":
        return ";".join(labels.get(part, part) for part in value.split(";"))
    return labels.get(value, value)
