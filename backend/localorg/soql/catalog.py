"""What a query needs to know: the schema as one user sees it, and the rows that this user may see.

The org implements `Catalog` and `Source`. A field that the user may not see is absent from the catalog, so that a
query that names it fails as a whole with INVALID_FIELD, as on the platform.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Protocol

Value = str | bool | int | float | Decimal | date | datetime | time | Mapping[str, Any] | None
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field as in the describe: `type` is the describe's type. `picklist` has (value, label) in set-up order."""

    name: str
    type: str
    relationship_name: str | None = None
    reference_to: tuple[str, ...] = ()
    filterable: bool = True
    sortable: bool = True
    groupable: bool = True
    aggregatable: bool = True
    case_sensitive: bool = False
    picklist: tuple[tuple[str, str], ...] = ()

    @property
    def is_custom(self) -> bool:
        return self.name.endswith("__c")


@dataclass(frozen=True, slots=True)
class ChildInfo:
    """A child relationship: the rows of `sobject` whose `field` holds the parent's id."""

    name: str
    sobject: str
    field: str


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """An sObject with its visible fields and child relationships, both keyed by their names in lower case."""

    name: str
    fields: Mapping[str, FieldInfo]
    children: Mapping[str, ChildInfo] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, fields: Iterable[FieldInfo], children: Iterable[ChildInfo] = ()) -> "ObjectInfo":
        return cls(name, {item.name.lower(): item for item in fields}, {item.name.lower(): item for item in children})

    def relationship(self, name: str) -> FieldInfo | None:
        wanted = name.lower()
        for item in self.fields.values():
            if item.relationship_name is not None and item.relationship_name.lower() == wanted:
                return item
        return None


class Catalog(Protocol):
    """The schema as one user sees it."""

    def sobject(self, name: str) -> ObjectInfo | None:
        """The sObject of this API name, capitals ignored; None when it does not exist or is not visible.

        Raises NotBuilt for one that the platform has and this org does not.
        """


class Source(Protocol):
    """The rows that one user may see.

    Rows map canonical field names to values: text, bool, numbers, dates and times either as Python values or in the
    API's spelling. Ids have 18 characters. A missing key is null. Compound fields are mappings.
    """

    def rows(self, sobject: str) -> Iterable[Row]:
        """All rows of the sObject, by its canonical name, in any order."""

    def by_id(self, sobject: str, record_id: str) -> Row | None:
        """The row, or None when it does not exist or is not visible."""
