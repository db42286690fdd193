"""What is asked of the Tooling API, and what its answers mean. Values in, values out.

Reports are never among them: the Tooling API leaves them out, and only a query job of Bulk API 2.0 tells them (Tooling
API, "MetadataComponentDependency", Limitations). The page says so, and where to look.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from accord.core.errors import AccordError, NotAllowedError
from accord.features.uninstall.uses.model import OUR_USERS, FoundPart, Part, User
from accord.salesforce.soql import Query, any_of, eq, in_, select

MOST_ROWS: Final = 2000  # Tooling API, "MetadataComponentDependency": no more in one answer, and no following ones
IDS_A_CALL: Final = 50
RIGHT: Final = "View Setup and Configuration"
_NAME_OF: Final = {"ApexClass": "Name"}
_CUSTOM: Final = ("__c", "__e", "__mdt")
_OUR_BUNDLES: Final = "accord"
# codes with which a right that is lacking is answered, as far as is known
_NO_RIGHT: Final = frozenset({"INVALID_TYPE", "INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY"})


def lookups(parts: Iterable[Part]) -> Iterator[tuple[str, Query]]:
    """By kind, the query for the ids of parts: custom objects first, because their fields name them by id."""
    names: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        holder, _, name = part.name.rpartition(".")
        names[part.kind].add(bare(name))
        if holder.endswith(_CUSTOM):
            names["CustomObject"].add(bare(holder))
    for kind in sorted(names, key=lambda each: (each != "CustomObject", each)):
        by = _NAME_OF.get(kind, "DeveloperName")
        columns = ("Id", by, "TableEnumOrId") if kind == "CustomField" else ("Id", by)
        yield kind, select(*columns).from_(kind).where(in_(by, sorted(names[kind])))


def bare(name: str) -> str:
    """Salesforce: the DeveloperName has neither the suffix of custom things nor a namespace."""
    for suffix in _CUSTOM:
        if name.endswith(suffix):
            return name.removesuffix(suffix).rpartition("__")[2]
    return name


def match(parts: Iterable[Part], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[FoundPart]:
    """The parts that the org has; `rows` are the answers by kind."""
    objects = {row["DeveloperName"]: row["Id"] for row in rows.get("CustomObject", ())}
    found = []
    for part in parts:
        holder, _, name = part.name.rpartition(".")
        by = _NAME_OF.get(part.kind, "DeveloperName")
        tables = {holder, objects.get(bare(holder), holder)}
        for row in rows.get(part.kind, ()):
            if row[by] == bare(name) and (part.kind != "CustomField" or row["TableEnumOrId"] in tables):
                found.append(FoundPart(part, row["Id"]))
                break
    return found


def questions(found: Sequence[FoundPart]) -> list[Query]:
    """What uses them. Salesforce: only =, !=, AND and OR are taken, and no order."""
    sides = ("MetadataComponentId", "MetadataComponentName", "MetadataComponentType", "RefMetadataComponentId")
    asked = select(*sides).from_("MetadataComponentDependency")
    ids = sorted({one.id for one in found})
    return [
        asked.where(any_of(*(eq("RefMetadataComponentId", each) for each in ids[start : start + IDS_A_CALL])))
        for start in range(0, len(ids), IDS_A_CALL)
    ]


def users_of(rows: Iterable[Mapping[str, Any]], found: Sequence[FoundPart]) -> list[User]:
    """Each user once, with the parts that it uses, by kind and name; what the package brings itself is left out."""
    names = {one.id[:15]: one.part.name for one in found}
    ours = {one.id[:15] for one in found if one.part.is_ours}
    parts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in rows:
        kind, name, used = row["MetadataComponentType"], row["MetadataComponentName"], row["RefMetadataComponentId"]
        user_id = row["MetadataComponentId"] or ""
        if used[:15] in names and user_id[:15] not in ours and not _is_ours(kind, name):
            parts[kind, name, user_id].add(names[used[:15]])
    return [User(*key, tuple(sorted(used))) for key, used in sorted(parts.items())]


def _is_ours(kind: str, name: str) -> bool:
    return (kind, name) in OUR_USERS or (kind == "LightningComponentBundle" and name.startswith(_OUR_BUNDLES))


def decide_refusal(error: AccordError) -> AccordError:
    """What the admin is told when Salesforce does not let us look."""
    if not _NO_RIGHT.isdisjoint(problem.code for problem in error.problems):
        return NotAllowedError(
            f"Salesforce tells this only to users with the permission {RIGHT}. Give it to the integration owner for the"
            " moment, by a permission set of yours, or connect a Salesforce login of your own in the panel."
        )
    return error
