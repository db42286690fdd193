"""Answers a parsed query from a catalog and a source."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from localorg.soql.catalog import Catalog, Source
from localorg.soql.errors import NotBuilt, no_such_type
from localorg.soql.groups import is_aggregate, run_grouped
from localorg.soql.nodes import Query
from localorg.soql.rows import bind_level
from localorg.soql.scope import Scope, World
from localorg.soql.shape import bind_shape


@dataclass(frozen=True, slots=True)
class Result:
    """All records at once; the caller cuts them into pages."""

    total_size: int
    records: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        return {"totalSize": self.total_size, "done": True, "records": list(self.records)}


def run(  # noqa: PLR0913 - each is a separate fact of the user or of the moment
    query: Query,
    *,
    catalog: Catalog,
    source: Source,
    now: datetime,
    time_zone: ZoneInfo,
    user_id: str,
    version: str = "67.0",
) -> Result:
    """The rows of `query` as the user sees them; `version` ("67.0") is the API version of the records' urls.

    Raises SoqlError where the platform refuses, NotBuilt where it would answer and this org does not know how.
    """
    world = World(catalog, source, now, time_zone, user_id, version)
    first = query.sources[0]
    entity = catalog.sobject(first.path.text)
    if entity is None:
        raise no_such_type(first.path.text, text=query.text, position=first.path.position)
    scope = Scope(query.text, entity, first.alias, world)
    if query.is_count:
        if query.group_by:
            raise NotBuilt("COUNT() with GROUP BY")
        level = bind_level(query, scope)
        return Result(len(level.cut(level.matching(source.rows(entity.name)))), ())
    if is_aggregate(query):
        records = tuple(run_grouped(query, scope))
        return Result(len(records), records)
    shape = bind_shape(query, scope)
    picked = bind_level(query, scope).pick(source.rows(entity.name))
    records = tuple(shape.show(entity.name, row, world) for row in picked)
    return Result(len(records), records)
