"""The select list of a query without aggregates: bound once, then each row made into a record of the answer."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from localorg.soql.catalog import FieldInfo, ObjectInfo, Row
from localorg.soql.errors import (
    INVALID_FIELD,
    MALFORMED_QUERY,
    NotBuilt,
    SoqlError,
    no_such_child_relationship,
    no_such_column,
    no_such_type,
)
from localorg.soql.nodes import Call, Distance, Path, Query, SelectItem, TypeOf
from localorg.soql.rows import Level, bind_level
from localorg.soql.scope import AGGREGATES, NAME_OBJECT, Lookup, Scope, World
from localorg.soql.values import label_of, present

MAX_FIELDS_LIMIT = 200
MAX_CHILD_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Leaf:
    info: FieldInfo
    labelled: bool = False

    def show(self, row: Row) -> Any:
        value = row.get(self.info.name)
        return present(label_of(value, self.info) if self.labelled else value, self.info.type)


@dataclass(slots=True)
class Shape:
    """What one object's record shows: own fields, parents and children, in the order of the select list."""

    entity: ObjectInfo
    parts: "dict[str, Leaf | Parent | Children]" = field(default_factory=dict)

    def show(self, sobject: str, row: Row, world: World) -> dict[str, Any]:
        """Salesforce: through a lookup to several objects the type is Name, the url that of the real record."""
        record: dict[str, Any] = {
            "attributes": {
                "type": self.entity.name,
                "url": f"/services/data/v{world.version}/sobjects/{sobject}/{row.get('Id')}",
            }
        }
        for name, part in self.parts.items():
            if isinstance(part, Leaf):
                record[name] = part.show(row)
            elif isinstance(part, Parent):
                found = part.lookup.follow(row, world.source)
                record[name] = None if found is None else part.shape.show(found[0], found[1], world)
            else:
                record[name] = part.show(row, world)
        return record


@dataclass(frozen=True, slots=True)
class Parent:
    lookup: Lookup
    shape: Shape


@dataclass(slots=True)
class Children:
    """A child subquery. The children are sorted by parent once, however many parents there are."""

    level: Level
    shape: Shape
    key: str
    by_parent: dict[str, list[Row]] | None = None

    def show(self, row: Row, world: World) -> dict[str, Any] | None:
        """Salesforce: no children is null, not an empty list (recorded)."""
        if self.by_parent is None:
            self.by_parent = defaultdict(list)
            for child in world.source.rows(self.level.scope.entity.name):
                self.by_parent[str(child.get(self.key))].append(child)
        picked = self.level.pick(self.by_parent.get(str(row.get("Id")), []))
        if not picked:
            return None
        name = self.level.scope.entity.name
        records = [self.shape.show(name, child, world) for child in picked]
        return {"totalSize": len(records), "done": True, "records": records}


def bind_shape(query: Query, scope: Scope, *, depth: int = 0) -> Shape:
    shape = Shape(scope.entity)
    for item in query.select:
        _add(shape, item, query, scope, depth)
    return shape


def _add(shape: Shape, item: SelectItem, query: Query, scope: Scope, depth: int) -> None:
    expression = item.expression
    if isinstance(expression, TypeOf | Distance):
        raise NotBuilt("TYPEOF" if isinstance(expression, TypeOf) else "DISTANCE()")
    if item.alias is not None and not isinstance(expression, Call):
        raise SoqlError(MALFORMED_QUERY, "only aggregate expressions use field aliasing")
    if isinstance(expression, Query):
        name, children = _bind_children(expression, scope, depth)
        _put(shape, name, children)
    elif isinstance(expression, Path):
        lookups, info = scope.walk(expression)
        _put(_owner(shape, lookups), info.name, Leaf(info))
    elif expression.name == "FIELDS":
        for info in _fields(expression, query, scope):
            _put(shape, info.name, Leaf(info))
    elif expression.name == "TOLABEL" and isinstance(expression.argument, Path):
        lookups, info = scope.walk(expression.argument)
        _put(_owner(shape, lookups), item.alias or info.name, Leaf(info, labelled=True))
    else:
        scope.term(expression)
        raise NotBuilt(f"{expression.name}() outside of GROUP BY")


def _put(shape: Shape, name: str, part: Leaf | Children) -> None:
    if name in shape.parts:
        # Salesforce: SOQL reference, FIELDS(): "duplicate field selected: Id" with INVALID_FIELD.
        raise SoqlError(INVALID_FIELD, f"duplicate field selected: {name}")
    shape.parts[name] = part


def _owner(shape: Shape, lookups: tuple[Lookup, ...]) -> Shape:
    for lookup in lookups:
        name = lookup.field.relationship_name or lookup.field.name
        parent = shape.parts.setdefault(name, Parent(lookup, Shape(lookup.target)))
        if not isinstance(parent, Parent):
            raise SoqlError(INVALID_FIELD, f"duplicate field selected: {name}")
        shape = parent.shape
    return shape


def _fields(call: Call, query: Query, scope: Scope) -> list[FieldInfo]:
    """Salesforce: ALL and CUSTOM are unbounded and want a LIMIT of at most 200; STANDARD is bounded."""
    wanted = call.argument.text.upper() if isinstance(call.argument, Path) else ""
    keep: dict[str, Callable[[FieldInfo], bool]] = {
        "ALL": lambda _: True,
        "STANDARD": lambda info: not info.is_custom,
        "CUSTOM": lambda info: info.is_custom,
    }
    if wanted not in keep:
        raise no_such_column(wanted or call.name, scope.entity.name, text=scope.text, position=call.position)
    if wanted != "STANDARD" and (query.limit is None or query.limit > MAX_FIELDS_LIMIT):
        raise SoqlError(MALFORMED_QUERY, f"The SOQL FIELDS function must have a LIMIT of at most {MAX_FIELDS_LIMIT}")
    return [info for info in scope.entity.fields.values() if keep[wanted](info)]


def _bind_children(query: Query, outer: Scope, depth: int) -> tuple[str, Children]:
    if outer.entity is NAME_OBJECT or depth + 1 >= MAX_CHILD_LEVELS:
        raise NotBuilt(f"more than {MAX_CHILD_LEVELS} levels of child subqueries")
    if query.is_count or query.group_by or any(_is_aggregate(item) for item in query.select):
        raise SoqlError(MALFORMED_QUERY, "only root queries support aggregate expressions")
    source = query.sources[0]
    *prefix, last = source.path.parts
    own = {outer.entity.name.lower(), (outer.alias or "").lower()}
    relation = outer.entity.children.get(last.lower())
    if relation is None or len(prefix) > 1 or (prefix and prefix[0].lower() not in own):
        raise no_such_child_relationship(source.path.text, text=query.text, position=source.path.position)
    entity = outer.world.catalog.sobject(relation.sobject)
    if entity is None:
        raise no_such_type(relation.sobject, text=query.text, position=source.path.position)
    scope = replace(outer, entity=entity, alias=source.alias)
    level = bind_level(query, scope)
    return relation.name, Children(level, bind_shape(query, scope, depth=depth + 1), relation.field)


def _is_aggregate(item: SelectItem) -> bool:
    return any(call.name in AGGREGATES for call in calls_of(item))


def calls_of(item: SelectItem) -> Iterator[Call]:
    expression = item.expression
    while isinstance(expression, Call):
        yield expression
        expression = expression.argument
