"""Conditions compiled to predicates."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from localorg.ids import widen
from localorg.soql.errors import INVALID_FIELD, MALFORMED_QUERY, NotBuilt, SoqlError, no_such_type, refused_at
from localorg.soql.matching import build_test
from localorg.soql.nodes import And, Comparison, Condition, Expression, Not, Operator, Or, Path, Query
from localorg.soql.scope import Scope, Term
from localorg.soql.values import IDS

Predicate = Callable[[Any], bool]
MAX_SEMI_JOINS = 2


def everything(_: Any) -> bool:
    return True


@dataclass(slots=True)
class Compiler:
    """Compiles the conditions of one WHERE or HAVING.

    `bind` gives an expression its meaning: for rows that is `scope.term`, for groups it also knows the aggregates.
    """

    scope: Scope
    bind: Callable[[Expression], Term]
    inside_semi_join: bool = False
    semi_joins: int = 0

    def compile(self, condition: Condition | None) -> Predicate:
        return everything if condition is None else self._compile(condition, under_or=False)

    def _compile(self, condition: Condition, *, under_or: bool) -> Predicate:
        if isinstance(condition, And):
            wanted = [self._compile(one, under_or=under_or) for one in condition.operands]
            return lambda row: all(predicate(row) for predicate in wanted)
        if isinstance(condition, Or):
            options = [self._compile(one, under_or=True) for one in condition.operands]
            return lambda row: any(predicate(row) for predicate in options)
        if isinstance(condition, Not):
            inner = self._compile(condition.operand, under_or=under_or)
            return lambda row: not inner(row)
        return self._comparison(condition, under_or=under_or)

    def _comparison(self, comparison: Comparison, *, under_or: bool) -> Predicate:
        term = self.bind(comparison.left)
        if not term.field.filterable:
            sentence = f"field '{term.field.name}' can not be filtered in a query call"
            raise refused_at(INVALID_FIELD, sentence, text=self.scope.text, position=term.position)
        if isinstance(comparison.values, Query):
            return self._semi_join(comparison, comparison.values, term, under_or=under_or)
        test = build_test(comparison, term, self.scope)
        return lambda row: test(term.read(row))

    def _semi_join(self, comparison: Comparison, query: Query, term: Term, *, under_or: bool) -> Predicate:
        self._check_semi_join(query, under_or=under_or)
        inner = _scope_of(query, self.scope)
        item = query.select[0].expression
        if not isinstance(item, Path):
            raise NotBuilt("functions in a semi-join")
        selected = inner.term(item)
        self._check_same_object(term, selected, inner)
        predicate = Compiler(inner, inner.term, inside_semi_join=True).compile(query.where)
        found = {
            widen(str(value))
            for row in self.scope.world.source.rows(inner.entity.name)
            if predicate(row) and (value := selected.read(row))
        }
        negated = comparison.operator is Operator.NOT_IN

        def test(row: Any) -> bool:
            value = term.read(row)
            return (bool(value) and widen(str(value)) in found) is not negated

        return test

    def _check_semi_join(self, query: Query, *, under_or: bool) -> None:
        """Salesforce: SOQL reference, "Comparison Operators", limits of semi-joins and anti-joins."""
        if self.inside_semi_join:
            raise SoqlError(MALFORMED_QUERY, "Nesting of semi join sub-selects is not supported")
        if under_or:
            raise SoqlError(MALFORMED_QUERY, "Semi join sub-selects are not allowed with the 'OR' operator")
        self.semi_joins += 1
        if self.semi_joins > MAX_SEMI_JOINS:
            raise SoqlError(MALFORMED_QUERY, f"Maximum {MAX_SEMI_JOINS} semi join sub-selects are allowed")
        if query.with_filters or query.modes or query.sources[0].scopes:
            raise NotBuilt("WITH and USING in a semi-join")

    def _check_same_object(self, outer: Term, inner: Term, scope: Scope) -> None:
        for term in (outer, inner):
            if term.field.type not in IDS:
                sentence = f"semi join sub-selects need an id or reference field: {term.field.name}"
                raise refused_at(INVALID_FIELD, sentence, text=self.scope.text, position=term.position)
        outer_targets, inner_targets = self._targets(outer, self.scope), self._targets(inner, scope)
        if outer_targets and inner_targets and not outer_targets & inner_targets:
            sentence = (
                f"The selected field '{inner.field.name}' in the subquery and the left operand field in the where "
                f"expression in the outer query '{outer.field.name}' should point to the same object type"
            )
            raise SoqlError(MALFORMED_QUERY, sentence)

    @staticmethod
    def _targets(term: Term, scope: Scope) -> set[str]:
        """The objects that the field's ids belong to; empty where that is not known (the id of a parent)."""
        if term.field.type == "reference":
            return set(term.field.reference_to)
        return {scope.entity.name} if "." not in term.identity else set()


def _scope_of(query: Query, outer: Scope) -> Scope:
    source = query.sources[0]
    entity = outer.world.catalog.sobject(source.path.text)
    if entity is None:
        raise no_such_type(source.path.text, text=query.text, position=source.path.position)
    if len(query.sources) > 1:
        raise NotBuilt("several objects in FROM")
    return replace(outer, entity=entity, alias=source.alias)
