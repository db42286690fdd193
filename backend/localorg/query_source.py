"""What SOQL sees of the org: the schema and the rows of one user, and UserRecordAccess, which is computed."""

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from localorg import recycle_bin, rights_rows
from localorg.ids import looks_like_id, widen
from localorg.org import Org
from localorg.permissions import Access, ObjectRights
from localorg.records import Row
from localorg.schema import OBJECTS_NOT_BUILT, SObject
from localorg.soql import ChildInfo, FieldInfo, NotBuilt, ObjectInfo, Query, SoqlError, Source, parse, run
from localorg.soql.nodes import And, Comparison, Condition, Path

RECORD_ACCESS = "UserRecordAccess"
_COMPUTED = {"PermissionSet": rights_rows.permission_sets, "PermissionSetAssignment": rights_rows.assignments}
_RECORD_ACCESS_INFO = ObjectInfo.of(
    RECORD_ACCESS,
    [
        FieldInfo("Id", "id"),
        FieldInfo("UserId", "reference"),
        FieldInfo("RecordId", "picklist"),
        *(FieldInfo(f"Has{right}Access", "boolean") for right in ("Read", "Edit", "Delete", "Transfer", "All")),
        FieldInfo("MaxAccessLevel", "picklist"),
    ],
)


APPROVAL = "ProcessInstance"
_APPROVAL_INFO = ObjectInfo.of(
    APPROVAL,
    [
        FieldInfo("Id", "id"),
        FieldInfo("TargetObjectId", "reference"),
        FieldInfo("Status", "picklist"),
        FieldInfo("SubmittedById", "reference"),
        FieldInfo("CreatedDate", "datetime"),
    ],
)


class UserCatalog:
    """The schema as `access` shows it; everything when it is None."""

    def __init__(self, org: Org, access: Access | None) -> None:
        self._org = org
        self._access = access
        self._known: dict[str, ObjectInfo] = {
            RECORD_ACCESS.lower(): _RECORD_ACCESS_INFO,
            APPROVAL.lower(): _APPROVAL_INFO,
        }

    def sobject(self, name: str) -> ObjectInfo | None:
        lower = name.lower()
        if lower not in self._known:
            found = self._org.schema.find(name)
            if found is None and lower in {one.lower() for one in OBJECTS_NOT_BUILT}:
                raise NotBuilt(f"the object {name}")
            if (
                found is None
                or found.event is not None
                or (self._access is not None and not self._access.object(found.name).read)
            ):
                return None
            self._known[lower] = self._info(found)
        return self._known[lower]

    def _info(self, sobject: SObject) -> ObjectInfo:
        fields = self._access.visible_fields(sobject) if self._access else sobject.fields.values()
        return ObjectInfo.of(
            sobject.name,
            [_field_info(one.facts) for one in fields],
            [
                ChildInfo(child.name, child.child, child.field)
                for child in sobject.children
                if child.name and child.child in self._org.schema.objects
            ],
        )


def _field_info(facts: Any) -> FieldInfo:
    return FieldInfo(
        name=facts["name"],
        type=facts["type"],
        relationship_name=facts["relationshipName"],
        reference_to=tuple(facts["referenceTo"] or ()),
        filterable=facts["filterable"],
        sortable=facts["sortable"],
        groupable=facts["groupable"],
        aggregatable=facts["aggregatable"],
        case_sensitive=facts["caseSensitive"],
        picklist=tuple((value["value"], value["label"]) for value in facts["picklistValues"]),
    )


class UserRows:
    """The rows that a user may see; with `with_deleted` also what lies in the recycle bin."""

    def __init__(self, org: Org, user_id: str, query: Query, *, with_deleted: bool = False) -> None:
        self._org = org
        self._user_id = user_id
        self._query = query
        self._with_deleted = with_deleted

    def rows(self, sobject: str) -> Iterable[Row]:
        if sobject == RECORD_ACCESS:
            return record_access_rows(self._org, self._query, asking=self._user_id)
        if sobject == APPROVAL:
            return approval_rows(self._org, self._user_id)
        if self._with_deleted:
            found = recycle_bin.rows(self._org, sobject)
        else:
            computed = _COMPUTED.get(sobject)
            found = computed(self._org) if computed else self._org.records.all(sobject)
        return (row for row in found if self._user_id not in row.get("_hidden_from", ()))

    def by_id(self, sobject: str, record_id: str) -> Row | None:
        if sobject not in self._org.schema.objects:
            return None
        if sobject == "PermissionSet":
            return rights_rows.find_permission_set(self._org, record_id)
        row = self._org.records.find(sobject, record_id)
        if row is None and self._with_deleted:
            row = recycle_bin.find(self._org, sobject, record_id)
        return None if row is None or self._user_id in row.get("_hidden_from", ()) else row


class OneRow:
    """A single new row in the place of its object's rows, for validation rules; parents are read as stored."""

    def __init__(self, org: Org, sobject: str, row: Row) -> None:
        self._org = org
        self._sobject = sobject
        self._row = row

    def rows(self, sobject: str) -> Iterable[Row]:
        return [self._row] if sobject == self._sobject else self._org.records.all(sobject)

    def by_id(self, sobject: str, record_id: str) -> Row | None:
        if sobject == self._sobject and record_id == self._row["Id"]:
            return self._row
        return self._org.records.find(sobject, record_id) if sobject in self._org.schema.objects else None


def query(  # noqa: PLR0913 - each is a separate fact of the caller
    org: Org,
    text: str,
    *,
    user_id: str,
    source: Source | None = None,
    with_deleted: bool = False,
    version: str = "67.0",
) -> tuple[int, list[dict[str, Any]]]:
    """Total size and records. With a `source` of its own the query sees all fields, otherwise those of the user.

    Raises SoqlError for what the platform refuses and NotBuilt for what only this org does not know.
    """
    parsed = parse(text)
    user = org.users.by_id(user_id)
    result = run(
        parsed,
        catalog=_catalog(org, None if source is not None else user_id),
        source=source or UserRows(org, user_id, parsed, with_deleted=with_deleted),
        now=org.clock(),
        time_zone=ZoneInfo(user.time_zone if user else "GMT"),
        user_id=user_id,
        version=version,
    )
    return result.total_size, list(result.records)


def _catalog(org: Org, user_id: str | None) -> UserCatalog:
    """One catalog per user, until his access changes; "" stands for the org itself."""
    access = None if user_id is None else org.access(user_id)
    known = org.catalogs.get(user_id or "")
    if known is None or known[0] is not (access or org.schema):
        known = (access or org.schema, UserCatalog(org, access))
        org.catalogs[user_id or ""] = known
    catalog: UserCatalog = known[1]
    return catalog


def record_access_rows(org: Org, parsed: Query, *, asking: str) -> Iterator[Row]:
    """Salesforce: UserRecordAccess answers only for a UserId and RecordIds that the condition names, and leaves out
    records that the asking user may not read himself.
    """
    users = list(_compared(parsed.where, "userid"))
    records = list(_compared(parsed.where, "recordid"))
    if len(users) != 1 or not records:
        text = "UserRecordAccess can only be queried with filters on UserId and RecordId"
        raise SoqlError("MALFORMED_QUERY", text)
    for record_id in dict.fromkeys(widen(one) for one in records if looks_like_id(one)):
        if record_access(org, asking, record_id)["HasReadAccess"]:
            yield record_access(org, widen(users[0]), record_id)


def record_access(org: Org, user_id: str, record_id: str) -> Row:
    """What one user may do with one record."""
    sobject = org.schema.of_id(record_id)
    row = org.records.find(sobject.name, record_id) if sobject else None
    rights = ObjectRights()
    if sobject is not None and row is not None and user_id not in row.get("_hidden_from", ()):
        access = org.access(user_id)
        rights = access.object(sobject.name)
        if user_id in row.get("_read_only_for", ()) or (row.get("_approval") and not access.is_admin):
            rights = ObjectRights(read=rights.read)
    full = rights.read and rights.edit and rights.delete
    level = "All" if full else "Edit" if rights.edit else "Read" if rights.read else "None"
    return {
        "Id": record_id,
        "UserId": user_id,
        "RecordId": record_id,
        "HasReadAccess": rights.read,
        "HasEditAccess": rights.edit,
        "HasDeleteAccess": rights.delete,
        "HasTransferAccess": full,
        "HasAllAccess": full,
        "MaxAccessLevel": level,
    }


def approval_rows(org: Org, user_id: str) -> Iterator[Row]:
    """Approvals under way, of the records that the user may read."""
    for sobject in ("Account", "Opportunity"):
        if org.access(user_id).object(sobject).read:
            for row in org.records.all(sobject):
                if row.get("_approval") and user_id not in row.get("_hidden_from", ()):
                    yield {"TargetObjectId": row["Id"], "Status": "Pending", **row["_approval"]}


def _compared(condition: Condition | None, name: str) -> Iterator[str]:
    """The texts that a field is compared with, anywhere under AND."""
    if isinstance(condition, And):
        for operand in condition.operands:
            yield from _compared(operand, name)
    elif (
        isinstance(condition, Comparison)
        and isinstance(condition.left, Path)
        and condition.left.parts[-1].lower() == name
        and not isinstance(condition.values, Query)
    ):
        yield from (str(one.value) for one in condition.values)
