"""The parsed query. Positions count characters of the text from 0; names are as typed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Path:
    """`Account.Owner.Name`, in parts."""

    parts: tuple[str, ...]
    position: int

    @property
    def text(self) -> str:
        return ".".join(self.parts)


@dataclass(frozen=True, slots=True)
class Call:
    """`SUM(Amount)` or `CALENDAR_YEAR(convertTimezone(CreatedDate))`; `name` in upper case."""

    name: str
    argument: "Path | Call"
    position: int


@dataclass(frozen=True, slots=True)
class Distance:
    """DISTANCE(field, GEOLOCATION(latitude, longitude), 'unit')."""

    field: Path
    latitude: Decimal
    longitude: Decimal
    unit: str
    position: int


@dataclass(frozen=True, slots=True)
class TypeOf:
    operand: Path
    branches: tuple[tuple[str, tuple[Path, ...]], ...]
    otherwise: tuple[Path, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Calculation:
    """`Amount + Discount__c` on the left of a comparison."""

    left: Path
    sign: str
    right: Path
    position: int


Expression = Path | Call | Distance | Calculation


@dataclass(frozen=True, slots=True)
class DateLiteral:
    """`TODAY`, `LAST_N_DAYS:7`; `name` in upper case."""

    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Money:
    """`USD5000`."""

    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Literal:
    value: str | Decimal | bool | date | datetime | time | DateLiteral | Money | None
    position: int


class Operator(StrEnum):
    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    LIKE = "LIKE"
    IN = "IN"
    NOT_IN = "NOT IN"
    INCLUDES = "INCLUDES"
    EXCLUDES = "EXCLUDES"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`values` holds one literal, the list of IN and INCLUDES, or the semi-join's query."""

    left: Expression
    operator: Operator
    values: "tuple[Literal, ...] | Query"
    position: int


@dataclass(frozen=True, slots=True)
class And:
    operands: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    operands: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    operand: "Condition"


Condition = And | Or | Not | Comparison


@dataclass(frozen=True, slots=True)
class SelectItem:
    expression: "Path | Call | Distance | TypeOf | Query"
    alias: str | None
    position: int


@dataclass(frozen=True, slots=True)
class FromItem:
    path: Path
    alias: str | None
    scopes: tuple[str, ...] = ()


class Grouping(StrEnum):
    PLAIN = "GROUP BY"
    ROLLUP = "GROUP BY ROLLUP"
    CUBE = "GROUP BY CUBE"


@dataclass(frozen=True, slots=True)
class OrderItem:
    expression: Expression
    descending: bool
    nulls_last: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query, a child subquery or a semi-join. `is_count` is `SELECT COUNT()`, which has no select items."""

    text: str
    is_count: bool
    select: tuple[SelectItem, ...]
    sources: tuple[FromItem, ...]
    position: int
    where: Condition | None = None
    modes: tuple[str, ...] = ()
    with_filters: tuple[str, ...] = ()
    grouping: Grouping = Grouping.PLAIN
    group_by: tuple[Expression, ...] = ()
    having: Condition | None = None
    order_by: tuple[OrderItem, ...] = ()
    limit: int | None = None
    offset: int | None = None
    purpose: str | None = None
    statistics: tuple[str, ...] = ()
