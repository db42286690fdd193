"""The rows of one query level: filtered, ordered, cut."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

from localorg.ids import widen
from localorg.soql.catalog import Row
from localorg.soql.errors import (
    INVALID_FIELD,
    INVALID_QUERY_SCOPE,
    MALFORMED_QUERY,
    NUMBER_OUTSIDE_VALID_RANGE,
    NotBuilt,
    SoqlError,
    refused_at,
)
from localorg.soql.filters import Compiler, Predicate
from localorg.soql.nodes import OrderItem, Query
from localorg.soql.scope import Scope, Term
from localorg.soql.values import sort_key

MAX_OFFSET = 2000
_ACCESS_MODES = frozenset({"security_enforced", "user_mode", "system_mode"})
_UNBUILT_SCOPES = frozenset(
    {
        "allprivate",
        "delegated",
        "mine_and_my_groups",
        "mru",
        "my_team_territory",
        "my_territory",
        "scopingrule",
        "team",
        "user_owned",
    }
)


@dataclass(frozen=True, slots=True)
class Ordering:
    """Bound ORDER BY; ties and a query without ORDER BY are in the order of the ids."""

    items: tuple[tuple[Term, OrderItem], ...]

    def sort(self, entries: Iterable[Any], tie: Any) -> list[Any]:
        keyed: list[tuple[list[Any], Any]] = [
            ([sort_key(term.read(entry), term.field) for term, _ in self.items], entry) for entry in entries
        ]
        keyed.sort(key=lambda pair: tie(pair[1]))
        keyed.sort(key=cmp_to_key(self._compare))
        return [entry for _, entry in keyed]

    def _compare(self, one: tuple[list[Any], Any], other: tuple[list[Any], Any]) -> int:
        for left, right, (_, item) in zip(one[0], other[0], self.items, strict=True):
            if left == right:
                continue
            if left is None or right is None:
                return (1 if left is None else -1) * (1 if item.nulls_last else -1)
            return (-1 if left < right else 1) * (-1 if item.descending else 1)
        return 0


@dataclass(frozen=True, slots=True)
class Level:
    """A bound query level, ready to pick from rows."""

    scope: Scope
    predicate: Predicate
    ordering: Ordering
    limit: int | None
    offset: int

    def pick(self, rows: Iterable[Row]) -> list[Row]:
        return self.cut(self.ordering.sort(self.matching(rows), tie=lambda row: str(row.get("Id"))))

    def matching(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if self.predicate(row)]

    def cut(self, entries: list[Any]) -> list[Any]:
        end = None if self.limit is None else self.offset + self.limit
        return entries[self.offset : end]


def bind_level(query: Query, scope: Scope, *, grouped: bool = False) -> Level:
    """Binds FROM, WHERE, ORDER BY, LIMIT and OFFSET; a grouped query orders its groups, not its rows."""
    refuse_unbuilt(query)
    if query.offset is not None and query.offset > MAX_OFFSET:
        raise SoqlError(NUMBER_OUTSIDE_VALID_RANGE, f"Maximum SOQL offset allowed is {MAX_OFFSET}")
    predicate = Compiler(scope, scope.term).compile(query.where)
    mine = _scope_predicate(query, scope)
    ordering = Ordering(() if grouped else tuple((sortable(scope, item), item) for item in query.order_by))
    return Level(scope, lambda row: mine(row) and predicate(row), ordering, limit=query.limit, offset=query.offset or 0)


def sortable(scope: Scope, item: OrderItem) -> Term:
    term = scope.term(item.expression)
    if not term.field.sortable:
        sentence = f"field '{term.field.name}' can not be sorted in a query call"
        raise refused_at(INVALID_FIELD, sentence, text=scope.text, position=term.position)
    return term


def refuse_unbuilt(query: Query) -> None:
    if query.with_filters:
        raise NotBuilt(query.with_filters[0])
    for mode in query.modes:
        if mode.lower() not in _ACCESS_MODES:
            raise SoqlError(MALFORMED_QUERY, f"unexpected token: '{mode}'")
    if query.statistics:
        raise NotBuilt(f"UPDATE {query.statistics[0]}")
    if len(query.sources) > 1:
        raise NotBuilt("several objects in FROM")


def _scope_predicate(query: Query, scope: Scope) -> Predicate:
    names = query.sources[0].scopes
    if not names or [name.lower() for name in names] == ["everything"]:
        return lambda _: True
    name = names[0].lower()
    if len(names) > 1 or name.startswith("lookup ") or name in _UNBUILT_SCOPES:
        raise NotBuilt(f"USING SCOPE {', '.join(names)}")
    if name != "mine" or "ownerid" not in scope.entity.fields:
        raise SoqlError(INVALID_QUERY_SCOPE, f"scope {names[0]} is not supported for {scope.entity.name}")
    user_id = widen(scope.world.user_id)
    return lambda row: row.get("OwnerId") == user_id
