"""Names bound to the schema: what a path or a function call of a query means, and how it is read from a row."""

from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from localorg.soql.catalog import Catalog, FieldInfo, ObjectInfo, Row, Source, Value
from localorg.soql.datefunctions import DATE_FUNCTIONS, date_function
from localorg.soql.errors import (
    INVALID_FIELD,
    MALFORMED_QUERY,
    NotBuilt,
    SoqlError,
    no_such_column,
    no_such_relationship,
    refused_at,
)
from localorg.soql.nodes import Call, Expression, Path
from localorg.soql.values import label_of

AGGREGATES = frozenset({"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX"})
MAX_LEVELS = 5
_UNBUILT_FUNCTIONS = {"FORMAT": "FORMAT()", "CONVERTCURRENCY": "convertCurrency()", "GROUPING": "GROUPING()"}

# Salesforce: a lookup to several sObjects leads to the object Name, which has these fields of all of them.
NAME_OBJECT = ObjectInfo.of(
    "Name",
    [
        FieldInfo("Id", "id"),
        *(
            FieldInfo(name, "string")
            for name in ("Name", "Type", "FirstName", "LastName", "Title", "Alias", "Username")
        ),
        FieldInfo("Email", "email"),
        FieldInfo("Phone", "phone"),
        FieldInfo("IsActive", "boolean", aggregatable=False),
    ],
)


@dataclass(frozen=True, slots=True)
class World:
    """Everything outside the query that its answer depends on."""

    catalog: Catalog
    source: Source
    now: datetime
    zone: ZoneInfo
    user_id: str
    version: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """One step from a row to its parent."""

    field: FieldInfo
    target: ObjectInfo
    sobjects: tuple[str, ...]

    def follow(self, row: Row, source: Source) -> tuple[str, Row] | None:
        """The parent's sObject and row; None when the lookup is empty or leads to nothing visible."""
        parent_id = row.get(self.field.name)
        if not parent_id:
            return None
        for sobject in self.sobjects:
            parent = source.by_id(sobject, str(parent_id))
            if parent is not None:
                return sobject, {**parent, "Type": sobject} if self.target is NAME_OBJECT else parent
        return None


@dataclass(frozen=True, slots=True)
class Term:
    """A bound expression. `identity` is equal for equal meanings; `field` tells the type of what `read` gives."""

    identity: str
    field: FieldInfo
    read: Callable[[Any], Value]
    position: int


@dataclass(frozen=True, slots=True)
class Scope:
    """The object that the names of one query level are looked up in."""

    text: str
    entity: ObjectInfo
    alias: str | None
    world: World

    def walk(self, path: Path) -> tuple[tuple[Lookup, ...], FieldInfo]:
        """The parents to pass and the field at the end. Raises SoqlError for a name that is not there."""
        *steps, last = self._without_own_name(path)
        if len(steps) > MAX_LEVELS:
            sentence = f"SOQL relationship paths can not have more than {MAX_LEVELS} levels: {path.text}"
            raise refused_at(INVALID_FIELD, sentence, text=self.text, position=path.position)
        entity = self.entity
        lookups: list[Lookup] = []
        for step in steps:
            lookup = entity.relationship(step)
            bound = self._lookup(lookup) if lookup is not None else None
            if bound is None:
                raise no_such_relationship(step, text=self.text, position=path.position)
            lookups.append(bound)
            entity = bound.target
        field = entity.fields.get(last.lower())
        if field is None:
            raise no_such_column(last, entity.name, text=self.text, position=path.position)
        return tuple(lookups), field

    def _without_own_name(self, path: Path) -> tuple[str, ...]:
        first = path.parts[0].lower()
        if len(path.parts) > 1 and (
            (self.alias is not None and first == self.alias.lower())
            or (first == self.entity.name.lower() and self.entity.relationship(first) is None)
        ):
            return path.parts[1:]
        return path.parts

    def _lookup(self, field: FieldInfo) -> Lookup | None:
        """None when the user may see nothing that the field refers to."""
        several = len(field.reference_to) > 1
        visible: list[ObjectInfo] = []
        for name in field.reference_to:
            # An object that is not built has no rows, so that a lookup to it among others can not lead there.
            with suppress(NotBuilt) if several else nullcontext():
                found = self.world.catalog.sobject(name)
                visible += [found] if found is not None else []
        if not visible:
            return None
        target = NAME_OBJECT if several else visible[0]
        return Lookup(field, target, tuple(found.name for found in visible))

    def term(self, expression: Expression) -> Term:
        """The meaning of an expression for a row. Aggregates have none here and are refused."""
        if isinstance(expression, Path):
            return self._path_term(expression)
        if not isinstance(expression, Call):
            raise NotBuilt("DISTANCE()" if hasattr(expression, "unit") else "calculations in conditions")
        if expression.name in AGGREGATES:
            sentence = f"aggregate function not allowed here: {expression.name}"
            raise refused_at(MALFORMED_QUERY, sentence, text=self.text, position=expression.position)
        if expression.name in _UNBUILT_FUNCTIONS:
            if isinstance(expression.argument, Path):
                self.walk(expression.argument)
            raise NotBuilt(_UNBUILT_FUNCTIONS[expression.name])
        if expression.name == "TOLABEL" and isinstance(expression.argument, Path):
            return self._label_term(expression.argument)
        if expression.name in DATE_FUNCTIONS:
            return self._date_term(expression)
        raise self.no_such_function(expression)

    def no_such_function(self, call: Call) -> SoqlError:
        return refused_at(INVALID_FIELD, f"Invalid function: {call.name}", text=self.text, position=call.position)

    def _path_term(self, path: Path) -> Term:
        lookups, field = self.walk(path)
        source = self.world.source

        def read(row: Row) -> Value:
            for lookup in lookups:
                found = lookup.follow(row, source)
                if found is None:
                    return None
                row = found[1]
            value: Value = row.get(field.name)
            return value

        names = [lookup.field.relationship_name or "" for lookup in lookups] + [field.name]
        return Term(".".join(names), field, read, path.position)

    def _label_term(self, path: Path) -> Term:
        inner = self._path_term(path)
        labelled = FieldInfo(inner.field.name, "string", filterable=inner.field.filterable)
        return Term(
            f"toLabel({inner.identity})", labelled, lambda row: label_of(inner.read(row), inner.field), path.position
        )

    def _date_term(self, call: Call) -> Term:
        argument, zone, wanted = call.argument, ZoneInfo("UTC"), {"date", "datetime"}
        if isinstance(argument, Call):
            if argument.name != "CONVERTTIMEZONE":
                raise self.no_such_function(argument)
            argument, zone, wanted = argument.argument, self.world.zone, {"datetime"}
        if call.name == "HOUR_IN_DAY":
            wanted = {"datetime"}
        assert isinstance(argument, Path)
        inner = self._path_term(argument)
        if inner.field.type not in wanted:
            sentence = f"Invalid type for date function {call.name}: {inner.field.type}"
            raise refused_at(INVALID_FIELD, sentence, text=self.text, position=call.position)
        compute = date_function(call.name, zone)
        kind = "date" if call.name == "DAY_ONLY" else "int"
        field = FieldInfo(call.name, kind, filterable=inner.field.filterable)
        identity = f"{call.name}({inner.identity} in {zone.key})"
        return Term(identity, field, lambda row: compute(inner.read(row), inner.field), call.position)
