"""Queries, built from checked names and quoted values. No other place of the product writes SOQL.

    query = select("Id", "Name").from_("Opportunity").where(eq("Id", record_id)).limited(1)

Names are checked against a strict pattern, values are turned into literals by `literal` alone. A condition that no row
can meet (IN of nothing) makes the whole query `never`, and the gateway answers it without a call.
Grammar: SOQL and SOSL Reference, "Quoted String Escape Sequences", "Date Formats and Date Literals".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

Scalar = str | bool | int | Decimal | date | datetime | None

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}(?:\.[A-Za-z][A-Za-z0-9_]{0,79}){0,5}")
_ESCAPES = str.maketrans(
    {"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)
_LIKE_ESCAPES = str.maketrans({"%": "\\%", "_": "\\_"})
_HIGHEST_OFFSET = 2000  # beyond it the platform answers NUMBER_OUTSIDE_VALID_RANGE
_IDS_IN_A_QUERY = 300
COUNT = "COUNT()"


def name(text: str) -> str:
    """An API name of an sObject, checked. Raises ValueError."""
    if not _NAME.fullmatch(text):
        raise ValueError("an API name has letters, digits and underscores")
    return text


def path(text: str) -> str:
    """A field or a path to a parent's field (Account.Owner.Name), checked: at most five steps up. Raises ValueError."""
    if not _PATH.fullmatch(text):
        raise ValueError("a field is a path of API names")
    return text


def quote(text: str) -> str:
    """One string literal with this very value."""
    return f"'{text.translate(_ESCAPES)}'"


def literal(value: Scalar) -> str:
    """The literal of a typed value. Floats, NaN and times without a zone are refused with ValueError."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "TRUE", False: "FALSE"}[value]
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, int | Decimal):
        return _number(value)
    if isinstance(value, datetime):  # before date: every datetime is a date as well
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise ValueError(f"a query takes no {type(value).__name__}")


def _number(value: int | Decimal) -> str:
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError("a number in a query must be finite")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _moment(value: datetime) -> str:
    if value.utcoffset() is None:
        raise ValueError("a time in a query needs its zone")
    spec = "milliseconds" if value.microsecond else "seconds"
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=spec) + "Z"


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of WHERE. `always` is True or False where no row needs to be looked at to know."""

    text: str
    always: bool | None = None


NEVER = Condition("Id = null", always=False)
ALWAYS = Condition("Id != null", always=True)


def eq(field: str, value: Scalar) -> Condition:
    return Condition(f"{path(field)} = {literal(value)}")


def ne(field: str, value: Scalar) -> Condition:
    return Condition(f"{path(field)} != {literal(value)}")


def lt(field: str, value: Scalar) -> Condition:
    return Condition(f"{path(field)} < {literal(value)}")


def le(field: str, value: Scalar) -> Condition:
    return Condition(f"{path(field)} <= {literal(value)}")


def gt(field: str, value: Scalar) -> Condition:
    return Condition(f"{path(field)} > {literal(value)}")


def ge(field: str, value: Scalar) -> Condition:
    return Condition(f"{path(field)} >= {literal(value)}")


def in_(field: str, values: Iterable[Scalar]) -> Condition:
    """One of `values` (each once, in their order); no value at all means no row."""
    literals = list(dict.fromkeys(literal(value) for value in values))
    return Condition(f"{path(field)} IN ({', '.join(literals)})") if literals else NEVER


def in_parts(field: str, values: Sequence[Scalar]) -> Iterator[Condition]:
    """The same in as many conditions as it takes queries to ask for any number of ids.

    Salesforce: a query travels in the address of its request, which has at most 16,384 bytes (REST API guide, "Status
    Codes", 414); 300 ids with what surrounds them have some 9,000.
    """
    for start in range(0, len(values), _IDS_IN_A_QUERY):
        yield in_(field, values[start : start + _IDS_IN_A_QUERY])


def starts_with(field: str, text: str) -> Condition:
    """LIKE with `text` taken letter by letter: its % and _ mean themselves."""
    return Condition(f"{path(field)} LIKE '{like_text(text)}%'")


def contains(field: str, text: str) -> Condition:
    return Condition(f"{path(field)} LIKE '%{like_text(text)}%'")


def like_text(text: str) -> str:
    """The inside of a LIKE literal that matches `text` alone."""
    return text.translate(_ESCAPES).translate(_LIKE_ESCAPES)


def not_(condition: Condition) -> Condition:
    if condition.always is not None:
        return NEVER if condition.always else ALWAYS
    return Condition(f"(NOT ({condition.text}))")


def all_of(*conditions: Condition) -> Condition:
    """Every one of them; nothing at all is always met."""
    if any(each.always is False for each in conditions):
        return NEVER
    return _joined(" AND ", [each for each in conditions if each.always is None], nothing=ALWAYS)


def any_of(*conditions: Condition) -> Condition:
    """At least one of them; nothing at all is never met."""
    if any(each.always is True for each in conditions):
        return ALWAYS
    return _joined(" OR ", [each for each in conditions if each.always is None], nothing=NEVER)


def _joined(word: str, conditions: list[Condition], *, nothing: Condition) -> Condition:
    if not conditions:
        return nothing
    if len(conditions) == 1:
        return conditions[0]
    return Condition("(" + word.join(each.text for each in conditions) + ")")


@dataclass(frozen=True, slots=True)
class Selection:
    """The fields of a query that does not say yet from where."""

    fields: tuple[str, ...]

    def from_(self, sobject: str) -> "Query":
        return Query(fields=self.fields, sobject=name(sobject))


def select(*fields: str) -> Selection:
    """Begins a query: fields or paths to parents' fields, each once. Raises ValueError for none or a malformed one."""
    if not fields:
        raise ValueError("a query needs a field")
    return Selection(tuple(dict.fromkeys(path(field) for field in fields)))


def count() -> Selection:
    """Begins a query for the number of rows: the answer has no records, only `totalSize`."""
    return Selection((COUNT,))


@dataclass(frozen=True, slots=True)
class Query:
    """One query. Each method gives a new one; `str(query)` is its SOQL."""

    fields: tuple[str, ...]
    sobject: str
    condition: Condition = ALWAYS
    order: tuple[str, ...] = ()
    limit: int | None = None
    offset: int | None = None

    @property
    def never(self) -> bool:
        """No row can meet it: there is nothing to ask Salesforce."""
        return self.condition.always is False or self.limit == 0

    def where(self, *conditions: Condition) -> "Query":
        """Narrows further: all of them, and what was asked for before."""
        return replace(self, condition=all_of(self.condition, *conditions))

    def ordered(self, field: str, *, descending: bool = False) -> "Query":
        return replace(self, order=(*self.order, path(field) + (" DESC" if descending else "")))

    def limited(self, limit: int, *, offset: int = 0) -> "Query":
        """At most `limit` rows behind the first `offset` (at most 2000, the platform's own bound)."""
        if limit < 0 or not 0 <= offset <= _HIGHEST_OFFSET:
            raise ValueError("a limit is not negative, an offset is at most 2000")
        return replace(self, limit=limit, offset=offset or None)

    def __str__(self) -> str:
        parts = [f"SELECT {', '.join(self.fields)} FROM {self.sobject}"]  # noqa: S608 - names and literals checked above
        if self.condition.always is not True:
            parts.append(f"WHERE {self.condition.text}")
        if self.order:
            parts.append(f"ORDER BY {', '.join(self.order)}")
        if self.limit is not None:
            parts.append(f"LIMIT {self.limit}")
        if self.offset is not None:
            parts.append(f"OFFSET {self.offset}")
        return " ".join(parts)
