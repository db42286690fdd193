"""What goes over the wire: JSON bodies with exact numbers, and paths from checked parts."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from urllib.parse import quote

import orjson

from accord.core.ids import widen
from accord.salesforce.model import AccessToken
from accord.salesforce.soql import Query, name


def encode(body: Any) -> bytes:
    """JSON with Decimals digit by digit. Raises ValueError for floats, NaN, times without a zone and tokens."""
    return orjson.dumps(_exact(body))


def record_path(sobject: str, record_id: str) -> str:
    """The path of a record. Raises ValueError for an id that is none."""
    return f"sobjects/{name(sobject)}/{widen(record_id)}"


def query_path(query: Query, *, with_references: bool = False) -> str:
    """The path of a query as a part of a composite call.

    `with_references` leaves `@{part.field}` as it is, for Salesforce to fill in: never for a query that holds a text of
    somebody's.
    """
    return f"query?q={quote(str(query), safe='@{}[].' if with_references else '')}"


def _exact(value: Any) -> Any:
    if isinstance(value, AccessToken | float):
        raise ValueError(f"a body takes no {type(value).__name__}")  # noqa: TRY004 - a wrong value, as the others
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value.value) if isinstance(value, Enum) else value
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, datetime | date):
        return _moment(value)
    if isinstance(value, Mapping):
        return {str(key): _exact(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_exact(inner) for inner in value]
    raise ValueError(f"a body takes no {type(value).__name__}")


def _number(value: Decimal) -> orjson.Fragment:
    if not value.is_finite():
        raise ValueError("a number in a body must be finite")
    return orjson.Fragment(format(value, "f"))


def _moment(value: datetime | date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.utcoffset() is None:
        raise ValueError("a time in a body needs its zone")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
