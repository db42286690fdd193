"""One comparison: a field's type, an operator and literals become a test of a value."""

import operator as python
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from localorg.ids import looks_like_id, widen
from localorg.soql.catalog import FieldInfo, Value
from localorg.soql.dates import Span, span_of
from localorg.soql.errors import INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR, NotBuilt, SoqlError, refused_at
from localorg.soql.literals import like_to_regex
from localorg.soql.nodes import Comparison, DateLiteral, Literal, Money, Operator
from localorg.soql.scope import Scope, Term
from localorg.soql.values import COMPARABLE, IDS, NUMBERS, TEXTS, comparable

Test = Callable[[Value], bool]

_ORDERING = {
    Operator.LESS: python.lt,
    Operator.LESS_OR_EQUAL: python.le,
    Operator.GREATER: python.gt,
    Operator.GREATER_OR_EQUAL: python.ge,
}
_TYPE_NAMES = {"currency": "double", "percent": "double", "datetime": "dateTime", "long": "int"}


def build_test(comparison: Comparison, term: Term, scope: Scope) -> Test:
    """The test of a comparison with literals. Raises SoqlError when the operator or a value does not fit the field.

    Two-valued: a null is different from every value (so `!=` and NOT IN find it) and in no order to any.
    """
    field, operator = term.field, comparison.operator
    assert isinstance(comparison.values, tuple)
    _check_operator(field, operator, comparison, scope)
    if operator is Operator.LIKE:
        return _like(comparison, field, scope)
    wanted = [_Bound(field, literal, scope).value() for literal in comparison.values]
    if operator in {Operator.INCLUDES, Operator.EXCLUDES}:
        return _includes(wanted, negated=operator is Operator.EXCLUDES)
    if operator in _ORDERING:
        return _ordered(field, operator, wanted[0])
    negated = operator in {Operator.NOT_EQUAL, Operator.NOT_IN}

    def test(value: Value) -> bool:
        made = _comparable(value, field)
        return any(_equal(made, one) for one in wanted) is not negated

    return test


def _check_operator(field: FieldInfo, operator: Operator, comparison: Comparison, scope: Scope) -> None:
    fits = field.type in COMPARABLE
    if operator in _ORDERING:
        fits = fits and field.type not in {"boolean", "multipicklist"}
    elif operator is Operator.LIKE:
        fits = field.type in TEXTS and field.type != "multipicklist"
    elif operator in {Operator.INCLUDES, Operator.EXCLUDES}:
        fits = field.type == "multipicklist"
    if not fits:
        # Salesforce: "invalid operator on id field" is recorded for LIKE on an id.
        kind = "id" if field.type in IDS else field.type
        raise refused_at(
            INVALID_QUERY_FILTER_OPERATOR,
            f"invalid operator on {kind} field",
            text=scope.text,
            position=comparison.position,
        )


def _comparable(value: Value, field: FieldInfo) -> Any:
    made = comparable(value, field)
    if field.type == "multipicklist" and made is not None:
        return frozenset(made.split(";"))
    return made


def _equal(made: Any, wanted: Any) -> bool:
    if isinstance(wanted, Span):
        return made is not None and wanted.start <= made < wanted.end
    return bool(made == wanted)


def _ordered(field: FieldInfo, operator: Operator, wanted: Any) -> Test:
    if wanted is None:
        raise NotBuilt(f"comparing null with {operator}")
    compare = _ORDERING[operator]
    if isinstance(wanted, Span):
        # "> TODAY" begins after the range, "<= TODAY" ends with it.
        after = operator in {Operator.GREATER, Operator.LESS_OR_EQUAL}
        wanted = wanted.end if after else wanted.start
        compare = python.ge if operator in {Operator.GREATER, Operator.GREATER_OR_EQUAL} else python.lt

    def test(value: Value) -> bool:
        made = _comparable(value, field)
        return made is not None and bool(compare(made, wanted))

    return test


def _like(comparison: Comparison, field: FieldInfo, scope: Scope) -> Test:
    assert isinstance(comparison.values, tuple)
    literal = comparison.values[0]
    if not isinstance(literal.value, str):
        raise _misfit(field, literal, scope)
    pattern = like_to_regex(literal.value)
    return lambda value: value is not None and value != "" and pattern.fullmatch(str(value)) is not None


def _includes(wanted: list[Any], *, negated: bool) -> Test:
    groups = [group for group in wanted if group is not None]

    def test(value: Value) -> bool:
        chosen = frozenset(str(value).casefold().split(";")) if value else frozenset()
        return any(group <= chosen for group in groups) is not negated

    return test


class _Bound:
    """A literal in the form that `comparable` gives to the field's values."""

    def __init__(self, field: FieldInfo, literal: Literal, scope: Scope) -> None:
        self._field, self._literal, self._scope = field, literal, scope

    def value(self) -> Any:
        value, kind = self._literal.value, self._field.type
        if isinstance(value, Money) and kind == "currency":
            raise NotBuilt("currency literals")
        if value is None:
            if kind == "boolean":
                raise NotBuilt("comparing a checkbox with null")
            return None
        if kind in IDS and isinstance(value, str):
            return self._id(value)
        if kind in {"date", "datetime"} and isinstance(value, DateLiteral):
            world = self._scope.world
            return span_of(value, now=world.now, zone=world.zone, instants=kind == "datetime")
        fits = (
            (kind in TEXTS and isinstance(value, str))
            or (kind in NUMBERS and isinstance(value, Decimal))
            or (kind == "boolean" and isinstance(value, bool))
            or (kind == "date" and isinstance(value, date) and not isinstance(value, datetime))
            or (kind == "datetime" and isinstance(value, datetime))
            or (kind == "time" and isinstance(value, time))
        )
        if not fits or isinstance(value, DateLiteral | Money):
            raise _misfit(self._field, self._literal, self._scope)
        return _comparable(value, self._field)

    def _id(self, value: str) -> str | None:
        if value == "":
            return None
        if not looks_like_id(value):
            raise refused_at(
                INVALID_QUERY_FILTER_OPERATOR,
                f"invalid ID field: {value}",
                text=self._scope.text,
                position=self._literal.position,
            )
        return widen(value)


def _misfit(field: FieldInfo, literal: Literal, scope: Scope) -> SoqlError:
    wants_quotes = field.type in TEXTS | IDS
    kind = "string" if wants_quotes else _TYPE_NAMES.get(field.type, field.type)
    sentence = (
        f"value of filter criterion for field '{field.name}' must be of type {kind} and "
        f"should {'' if wants_quotes else 'not '}be enclosed in quotes"
    )
    return refused_at(INVALID_FIELD, sentence, text=scope.text, position=literal.position)
