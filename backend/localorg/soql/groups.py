"""Queries with GROUP BY or with aggregates: rows made into groups, groups into AggregateResult records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from localorg.soql.catalog import FieldInfo, Row, Value
from localorg.soql.errors import INVALID_FIELD, MALFORMED_QUERY, NotBuilt, SoqlError, refused_at
from localorg.soql.filters import Compiler
from localorg.soql.nodes import Call, Distance, Expression, Grouping, OrderItem, Path, Query, SelectItem, TypeOf
from localorg.soql.rows import Ordering, bind_level
from localorg.soql.scope import AGGREGATES, Scope, Term
from localorg.soql.shape import calls_of
from localorg.soql.values import NUMBERS, comparable, present, sort_key

Group = Sequence[Row]


def is_aggregate(query: Query) -> bool:
    return bool(query.group_by) or any(call.name in AGGREGATES for item in query.select for call in calls_of(item))


@dataclass(frozen=True, slots=True)
class GroupScope:
    """The names of a grouped query: what is grouped, read from any row of the group, and the aggregates."""

    scope: Scope
    grouped: dict[str, Term]

    def term(self, expression: Expression) -> Term:
        """The meaning of an expression for a group of rows."""
        if isinstance(expression, Call) and expression.name in AGGREGATES:
            return self._aggregate(expression)
        inner = self.scope.term(expression)
        if inner.identity not in self.grouped:
            name = expression.text if isinstance(expression, Path) else inner.identity
            raise SoqlError(MALFORMED_QUERY, f"Field must be grouped or aggregated: {name}")
        return Term(inner.identity, inner.field, lambda group: inner.read(group[0]), inner.position)

    def _aggregate(self, call: Call) -> Term:
        if not isinstance(call.argument, Path):
            self.scope.term(call.argument)
            raise NotBuilt(f"{call.name}() of a function")
        inner = self.scope.term(call.argument)
        numeric = call.name in {"SUM", "AVG"}
        if not inner.field.aggregatable or (numeric and inner.field.type not in NUMBERS):
            sentence = f"field {inner.field.name} does not support aggregate operator {call.name}"
            raise refused_at(MALFORMED_QUERY, sentence, text=self.scope.text, position=call.position)
        kind = {"COUNT": "int", "COUNT_DISTINCT": "int", "AVG": "double"}.get(call.name, inner.field.type)
        compute = _COMPUTE[call.name]

        def read(group: Group) -> Value:
            values = [inner.read(row) for row in group]
            return compute([value for value in values if value is not None and value != ""], inner.field)

        return Term(f"{call.name}({inner.identity})", FieldInfo(inner.field.name, kind), read, call.position)

    def ordered(self, item: OrderItem) -> Term:
        try:
            return self.term(item.expression)
        except SoqlError as error:
            if error.message.startswith("Field must be grouped"):
                sentence = error.message.replace("Field", "Ordered field", 1)
                raise SoqlError(MALFORMED_QUERY, sentence) from None
            raise


def _number(value: Value) -> Decimal:
    return Decimal(str(value))


def _average(values: list[Value], _: FieldInfo) -> Value:
    return sum(map(_number, values), Decimal(0)) / len(values) if values else None


_COMPUTE: dict[str, Callable[[list[Value], FieldInfo], Value]] = {
    "COUNT": lambda values, _: len(values),
    "COUNT_DISTINCT": lambda values, field: len({comparable(value, field) for value in values}),
    "SUM": lambda values, _: sum(map(_number, values), Decimal(0)) if values else None,
    "AVG": _average,
    "MIN": lambda values, field: min(values, key=lambda value: sort_key(value, field), default=None),
    "MAX": lambda values, field: max(values, key=lambda value: sort_key(value, field), default=None),
}


def run_grouped(query: Query, scope: Scope) -> list[dict[str, Any]]:
    """The AggregateResult records, ordered by ORDER BY, else by the grouped values."""
    if query.grouping is not Grouping.PLAIN:
        raise NotBuilt(str(query.grouping))
    if not query.group_by and query.limit is not None:
        sentence = "Non-grouped query that uses overall aggregate functions cannot also use LIMIT"
        raise SoqlError(MALFORMED_QUERY, sentence)
    level = bind_level(query, scope, grouped=True)
    keys = [_groupable(scope, expression) for expression in query.group_by]
    groups = GroupScope(scope, {key.identity: key for key in keys})
    columns = _columns(query, groups)
    having = Compiler(scope, groups.term, inside_semi_join=True).compile(query.having)
    ordering = Ordering(tuple((groups.ordered(item), item) for item in query.order_by))
    default = Ordering(
        tuple((groups.term(key), OrderItem(key, descending=False, nulls_last=False)) for key in query.group_by)
    )

    matching = level.matching(scope.world.source.rows(scope.entity.name))
    made = [group for group in _split(matching, keys) if having(group)]
    made = ordering.sort(default.sort(made, tie=lambda _: 0), tie=lambda _: 0)
    return [
        {"attributes": {"type": "AggregateResult"}}
        | {name: present(term.read(group), term.field.type) for name, term in columns.items()}
        for group in level.cut(made)
    ]


def _groupable(scope: Scope, expression: Expression) -> Term:
    term = scope.term(expression)
    if not term.field.groupable:
        sentence = f"field '{term.field.name}' can not be grouped in a query call"
        raise refused_at(INVALID_FIELD, sentence, text=scope.text, position=term.position)
    return term


def _split(rows: list[Row], keys: list[Term]) -> list[Group]:
    if not keys:
        return [rows]
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in sorted(rows, key=lambda one: str(one.get("Id"))):
        key = tuple(comparable(term.read(row), term.field) for term in keys)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _columns(query: Query, groups: GroupScope) -> dict[str, Term]:
    """Salesforce: without an alias a field has its own name, an expression is expr0, expr1 in order."""
    columns: dict[str, Term] = {}
    unnamed = 0
    for item in query.select:
        term, name = _column(item, groups), item.alias
        if name is None and isinstance(item.expression, Path):
            name = term.field.name
        elif name is None:
            name = f"expr{unnamed}"
            unnamed += 1
        if name in columns:
            raise SoqlError(MALFORMED_QUERY, f"duplicate alias: {name}")
        columns[name] = term
    return columns


def _column(item: SelectItem, groups: GroupScope) -> Term:
    expression = item.expression
    if isinstance(expression, Query):
        raise SoqlError(MALFORMED_QUERY, "Grouped query cannot use child relationships in the SELECT list")
    if isinstance(expression, TypeOf | Distance):
        raise NotBuilt("TYPEOF" if isinstance(expression, TypeOf) else "DISTANCE()")
    return groups.term(expression)
