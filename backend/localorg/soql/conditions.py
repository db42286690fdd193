"""WHERE and HAVING, and the field expressions that they, SELECT, GROUP BY and ORDER BY share."""

from collections.abc import Callable
from decimal import Decimal

from localorg.soql.literals import parse_literal, parse_number, refuse_bind, unquote
from localorg.soql.nodes import (
    And,
    Calculation,
    Call,
    Comparison,
    Condition,
    Distance,
    Expression,
    Literal,
    Not,
    Operator,
    Or,
    Path,
    Query,
)
from localorg.soql.tokens import Cursor, Kind

_COMPARING = {
    "=": Operator.EQUAL,
    "!=": Operator.NOT_EQUAL,
    "<>": Operator.NOT_EQUAL,
    "<": Operator.LESS,
    "<=": Operator.LESS_OR_EQUAL,
    ">": Operator.GREATER,
    ">=": Operator.GREATER_OR_EQUAL,
}

SemiJoin = Callable[[Cursor], Query]


def parse_path(cursor: Cursor) -> Path:
    token = cursor.want_name()
    return Path(tuple(part.strip() for part in token.text.split(".")), token.position)


def parse_field(cursor: Cursor) -> Path | Call:
    """A path, `f(path)` or `f(g(path))`: the grammar has no deeper calls."""
    path = parse_path(cursor)
    if not cursor.skip_sign("("):
        return path
    inner = parse_path(cursor)
    argument: Path | Call = inner
    if cursor.skip_sign("("):
        argument = Call(inner.text.upper(), parse_path(cursor), inner.position)
        cursor.want_sign(")")
    cursor.want_sign(")")
    return Call(path.text.upper(), argument, path.position)


def at_distance(cursor: Cursor) -> bool:
    """`DISTANCE(a, ...)`; `distance` and `distance(a)` are a field and an ordinary call."""
    return cursor.at_word("distance") and cursor.ahead().text == "(" and cursor.ahead(3).text == ","


def parse_distance(cursor: Cursor) -> Distance:
    position = cursor.take().position
    cursor.want_sign("(")
    field = parse_path(cursor)
    cursor.want_sign(",")
    cursor.want_word("geolocation")
    cursor.want_sign("(")
    latitude = parse_number(cursor)
    cursor.want_sign(",")
    longitude = parse_number(cursor)
    cursor.want_sign(")")
    cursor.want_sign(",")
    unit = unquote(cursor.want_kind(Kind.STRING), text=cursor.text)
    cursor.want_sign(")")
    return Distance(field, latitude, longitude, unit, position)


def parse_conditions(cursor: Cursor, semi_join: SemiJoin) -> Condition:
    """Conditions joined by AND alone or by OR alone; NOT stands before a single one.

    Salesforce: a mixture without brackets is refused, `NOT a AND b` as well.
    """
    if cursor.skip_word("not"):
        return Not(_parse_condition(cursor, semi_join))
    first = _parse_condition(cursor, semi_join)
    for word, kind in (("and", And), ("or", Or)):
        if cursor.at_word(word):
            operands = [first]
            while cursor.skip_word(word):
                operands.append(_parse_condition(cursor, semi_join))
            return kind(tuple(operands))
    return first


def _parse_condition(cursor: Cursor, semi_join: SemiJoin) -> Condition:
    if cursor.skip_sign("("):
        cursor.deeper()
        inner = parse_conditions(cursor, semi_join)
        cursor.want_sign(")")
        cursor.shallower()
        return inner
    return _parse_comparison(cursor, semi_join)


def _parse_comparison(cursor: Cursor, semi_join: SemiJoin) -> Comparison:
    position = cursor.now.position
    left: Expression = parse_distance(cursor) if at_distance(cursor) else parse_field(cursor)
    if isinstance(left, Path) and cursor.at_sign("+", "-"):
        left = Calculation(left, cursor.take().text, parse_path(cursor), position)
    if cursor.now.kind is Kind.SIGN or isinstance(left, Distance | Calculation):
        return Comparison(left, _comparing(cursor), (parse_literal(cursor),), position)
    if cursor.skip_word("like"):
        return Comparison(left, Operator.LIKE, (parse_literal(cursor, pattern=True),), position)
    if cursor.at_word("includes", "excludes"):
        operator = Operator(cursor.take().text.upper())
        cursor.want_sign("(")
        return Comparison(left, operator, _literals(cursor), position)
    operator = Operator.NOT_IN if cursor.skip_word("not") else Operator.IN
    cursor.want_word("in")
    return Comparison(left, operator, _members(cursor, semi_join), position)


def _members(cursor: Cursor, semi_join: SemiJoin) -> tuple[Literal, ...] | Query:
    """What follows IN: a list, or a query in brackets."""
    refuse_bind(cursor)
    cursor.want_sign("(")
    if not cursor.at_word("select"):
        return _literals(cursor)
    cursor.deeper()
    query = semi_join(cursor)
    cursor.want_sign(")")
    cursor.shallower()
    return query


def _comparing(cursor: Cursor) -> Operator:
    operator = _COMPARING.get(cursor.now.text) if cursor.now.kind is Kind.SIGN else None
    if operator is None:
        cursor.fail()
    cursor.take()
    return operator


def _literals(cursor: Cursor) -> tuple[Literal, ...]:
    """The rest of a list, after its bracket."""
    values = [parse_literal(cursor)]
    while cursor.skip_sign(","):
        values.append(parse_literal(cursor))
    cursor.want_sign(")")
    return tuple(values)


def parse_whole_number(cursor: Cursor) -> int:
    """LIMIT and OFFSET: a plus sign is allowed, a minus is refused."""
    refuse_bind(cursor)
    cursor.skip_sign("+")
    return int(Decimal(cursor.want_kind(Kind.INTEGER).text))
