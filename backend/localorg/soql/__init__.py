"""SOQL: `parse` a query, `run` it over a `Catalog` and a `Source`.

Pure: no clock, no state, no knowledge of the org around it. Unknown names are always refused, never ignored. What the
platform refuses is `SoqlError`; what the platform evaluates and this package does not is `NotBuilt`.
"""

from localorg.soql.catalog import Catalog, ChildInfo, FieldInfo, ObjectInfo, Row, Source, Value
from localorg.soql.errors import NotBuilt, SoqlError
from localorg.soql.evaluate import Result, run
from localorg.soql.grammar import parse
from localorg.soql.literals import quote
from localorg.soql.nodes import Query

__all__ = [
    "Catalog",
    "ChildInfo",
    "FieldInfo",
    "NotBuilt",
    "ObjectInfo",
    "Query",
    "Result",
    "Row",
    "SoqlError",
    "Source",
    "Value",
    "parse",
    "quote",
    "run",
]
