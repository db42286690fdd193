"""The Tooling API, as far as it says what an org is made of and what uses what: ids of components by their names, and
MetadataComponentDependency. Read only.

Salesforce: Tooling API, "MetadataComponentDependency" (beta): one row for each use, at most 2,000 in an answer and no
following ones; no ORDER BY, OFFSET, count(); only =, !=, AND, OR in WHERE; no filter by names; standard fields and
reports are in no row. Its objects want the permission View Setup and Configuration.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from localorg.calls import Call, Reply
from localorg.errors import Code, Problem, RefusedError, not_built
from localorg.ids import base62, widen
from localorg.soql import FieldInfo, NotBuilt, ObjectInfo, Row, SoqlError, parse, run

if TYPE_CHECKING:
    from localorg.org import Org

DEPENDENCY: Final = "MetadataComponentDependency"
PERMISSION: Final = "ViewSetup"
MOST_ROWS: Final = 2000
# the beginning of an id, by kind of component
PREFIXES: Final = {
    "ApexClass": "01p", "ApexTrigger": "01q", "CustomField": "00N", "CustomObject": "01I", "FlexiPage": "0M0",
    "Flow": "301", "Layout": "00h", "LightningComponentBundle": "0Rb", "NamedCredential": "0XA",
    "QuickActionDefinition": "09D", "ValidationRule": "03d", "WorkflowRule": "01Q",
}  # fmt: skip
_NAMES: Final = {"ApexClass": "Name"}
_SIDES: Final = ("MetadataComponent", "RefMetadataComponent")
_FORBIDDEN: Final = re.compile(
    r"\b(?:ORDER\s+BY|OFFSET|LIKE|NOT)\b|\b(?:COUNT|IN)\s*\(|[<>]"
    r"|\b(?:Ref)?MetadataComponentName\s*!?=|\bRefMetadataComponentType\s*=\s*'StandardEntity'",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the org. A field is called `Opportunity.Stage_Name__c`."""

    kind: str
    name: str

    @property
    def id(self) -> str:
        """The same for every org: made of what it is called."""
        digest = hashlib.sha256(f"{self.kind}:{self.name}".encode()).digest()
        return widen(PREFIXES[self.kind] + base62(int.from_bytes(digest[:8], "big") % 62**12, 12))


@dataclass(frozen=True, slots=True)
class Dependency:
    """`user` uses `part`."""

    user: Component
    part: Component


class Tooling:
    """What an org is made of beside its schema: classes as source declares them, and what was told of uses."""

    def __init__(self, source: Sequence[Path]) -> None:
        classes = {path.stem for folder in source for path in folder.rglob("*.cls")}
        self._parts = {Component("ApexClass", name) for name in classes}
        self._dependencies: list[Dependency] = []

    def use(self, user: Component, part: Component) -> None:
        """From now on `user`, which is made where it is not there, uses `part`."""
        self._parts |= {user, part}
        self._dependencies.append(Dependency(user, part))

    def rows(self, org: "Org", sobject: str) -> Sequence[Row]:
        if sobject == DEPENDENCY:
            return [_dependency_row(one) for one in self._dependencies][:MOST_ROWS]
        if sobject == "CustomField":
            fields = [(one.name, name) for one in org.schema.objects.values() for name in one.fields]
            return [_field_row(holder, name) for holder, name in fields if name.endswith("__c")]
        name = _NAMES.get(sobject, "DeveloperName")
        made = {one for one in self._parts if one.kind == sobject}
        if sobject == "CustomObject":
            made |= {Component(sobject, one) for one in org.schema.objects if one.endswith(("__c", "__e", "__mdt"))}
        bare = re.compile(r"__(?:c|e|mdt)$") if sobject == "CustomObject" else re.compile("$^")
        return [
            {"Id": one.id, name: bare.sub("", one.name), "NamespacePrefix": None}
            for one in sorted(made, key=lambda one: one.name)
        ]


def query(call: Call) -> Reply:
    """GET /tooling/query?q=: one page."""
    text = call.query.get("q")
    if not text:
        raise RefusedError(Problem(Code.MALFORMED_QUERY, "A query string has to be specified", None))
    org, user_id = call.org, call.tx.user_id
    try:
        parsed = parse(text)
        catalog = _Catalog(may=_may_look(org, user_id))
        sobject = parsed.sources[0].path.text
        _check_dependency(sobject, text)
        result = run(
            parsed,
            catalog=catalog,
            source=_Source(org),
            now=org.clock(),
            time_zone=ZoneInfo("GMT"),
            user_id=user_id,
            version=call.version,
        )
    except SoqlError as error:
        raise RefusedError(Problem(error.code, error.message, None)) from error
    except NotBuilt as error:
        raise not_built(str(error.what)) from error
    records = list(result.records)
    body = {"size": len(records), "totalSize": result.total_size, "done": True, "queryLocator": None}
    return Reply(body={**body, "entityTypeName": sobject, "records": records})


def _check_dependency(sobject: str, text: str) -> None:
    if sobject.casefold() == DEPENDENCY.casefold() and _FORBIDDEN.search(text):
        raise SoqlError("MALFORMED_QUERY", f"{DEPENDENCY} does not support this query")


def _may_look(org: "Org", user_id: str) -> bool:
    access = org.access(user_id)
    return access.is_admin or PERMISSION in access.user_permissions


class _Catalog:
    """Without the permission no object of it is there."""

    def __init__(self, *, may: bool) -> None:
        self._may = may

    def sobject(self, name: str) -> ObjectInfo | None:
        known = {one.casefold(): one for one in (DEPENDENCY, *PREFIXES)}
        found = known.get(name.casefold())
        if found is None or not self._may:
            return None
        if found == DEPENDENCY:
            columns = [f"{side}{fact}" for side in _SIDES for fact in ("Id", "Name", "Namespace", "Type")]
        else:
            columns = [_NAMES.get(found, "DeveloperName"), "NamespacePrefix"]
            columns += ["TableEnumOrId"] if found == "CustomField" else []
        return ObjectInfo.of(found, [FieldInfo("Id", "id"), *(FieldInfo(one, "string") for one in columns)])


class _Source:
    def __init__(self, org: "Org") -> None:
        self._org = org

    def rows(self, sobject: str) -> Iterable[Row]:
        return self._org.tooling.rows(self._org, sobject)

    def by_id(self, sobject: str, record_id: str) -> Row | None:
        return next((row for row in self.rows(sobject) if row["Id"] == record_id), None)


def _field_row(holder: str, name: str) -> Row:
    field = Component("CustomField", f"{holder}.{name}")
    bare = name.removesuffix("__c")
    return {"Id": field.id, "DeveloperName": bare, "TableEnumOrId": _holder(holder), "NamespacePrefix": None}


def _holder(sobject: str) -> str:
    """Salesforce: the name of a standard object, the id of a custom one; fields of tasks and events are Activity's."""
    if sobject in {"Task", "Event"}:
        return "Activity"
    return Component("CustomObject", sobject).id if "__" in sobject else sobject


def _dependency_row(one: Dependency) -> dict[str, Any]:
    row: dict[str, Any] = {"Id": "000000000000000AAA"}
    for side, component in zip(_SIDES, (one.user, one.part), strict=True):
        bare = component.name.rpartition(".")[2].removesuffix("__c")
        values = {"Id": component.id, "Name": bare, "Namespace": None, "Type": component.kind}
        row |= {f"{side}{fact}": value for fact, value in values.items()}
    return row
