"""What may be written by whom, and what makes a record invalid: rights, names, references, keys and rules."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from localorg import criteria, errors, person_accounts, recycle_bin
from localorg.errors import Code, Problem, RefusedError
from localorg.ids import MASTER_RECORD_TYPE, looks_like_id, widen
from localorg.records import Row
from localorg.schema import Field, SObject

if TYPE_CHECKING:
    from localorg.transaction import Transaction


def visible(tx: "Transaction", sobject: SObject, row: Row) -> bool:
    """Sharing is simple here: everybody who may read the object sees its records, unless a seed hides one from him."""
    if tx.user_id in row.get("_hidden_from", ()):
        return False
    return tx.org.access(tx.user_id).object(sobject.name).read


def locked(tx: "Transaction", row: Row) -> bool:
    """Whether a pending approval keeps this user from changing the record. Salesforce: administrators may change it."""
    return "_approval" in row and row["_approval"] is not None and not tx.org.access(tx.user_id).is_admin


def editable(tx: "Transaction", sobject: SObject, row: Row) -> bool:
    """May this user change this record, if no approval locks it? UserRecordAccess answers the same."""
    rights = tx.org.access(tx.user_id).object(sobject.name)
    return rights.edit and bool(sobject.facts["updateable"]) and tx.user_id not in row.get("_read_only_for", ())


def deletable(tx: "Transaction", sobject: SObject, row: Row) -> bool:
    rights = tx.org.access(tx.user_id).object(sobject.name)
    return rights.delete and bool(sobject.facts["deletable"]) and tx.user_id not in row.get("_read_only_for", ())


def may_create(tx: "Transaction", sobject: SObject) -> None:
    if not (tx.org.access(tx.user_id).object(sobject.name).create and sobject.facts["createable"]):
        text = f"entity type cannot be inserted: {sobject.label}"
        raise RefusedError(Problem(Code.CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, text))


def may_edit(tx: "Transaction", sobject: SObject, row: Row) -> None:
    if not editable(tx, sobject, row):
        raise errors.no_access()
    person_accounts.refuse_contact(sobject, row)
    if sobject.name == "Lead" and row.get("IsConverted"):
        raise RefusedError(Problem(Code.CANNOT_UPDATE_CONVERTED_LEAD, "cannot reference converted lead"))
    if locked(tx, row):
        raise errors.locked()


def may_delete(tx: "Transaction", sobject: SObject, row: Row) -> None:
    if not deletable(tx, sobject, row):
        raise errors.no_access()
    person_accounts.refuse_contact(sobject, row)
    if locked(tx, row):
        raise errors.locked()


def resolve_nested(tx: "Transaction", sobject: SObject, values: Mapping[str, Any]) -> dict[str, Any]:
    """Turns `{"Account": {"Accord_Id__c": "x"}}` into the id of that record. Salesforce: reference by external id."""
    resolved: dict[str, Any] = {}
    for name, value in values.items():
        if not isinstance(value, Mapping):
            resolved[name] = value
            continue
        lookup = next((f for f in sobject.fields.values() if f.facts["relationshipName"] == name), None)
        if lookup is None:
            raise RefusedError(errors.unknown_column(name, sobject.name))
        keys = {key: one for key, one in value.items() if key != "attributes"}
        attributes = value.get("attributes")
        named = attributes.get("type") if isinstance(attributes, Mapping) else None
        kind = str(named or next(iter(lookup.reference_to), ""))
        target = tx.org.schema.find(kind)
        if target is None or len(keys) != 1 or kind not in lookup.reference_to:
            raise errors.not_built(f"a reference to {kind or name} by {len(keys)} keys")
        ((key_name, key),) = keys.items()
        field = target.find(key_name)
        ids = _carriers(tx, target, field, key) if field is not None and field.is_key else []
        if len(ids) != 1:
            text = f"Foreign key external ID: {key} not found for field {key_name} in entity {target.name}"
            raise RefusedError(Problem(Code.INVALID_FIELD, text))
        resolved[lookup.name] = ids[0]
    return resolved


def _carriers(tx: "Transaction", target: SObject, field: Field, key: object) -> list[str]:
    if field.name == "Id":
        found = tx.org.records.find(target.name, widen(str(key))) if looks_like_id(key) else None
        return [str(found["Id"])] if found is not None else []
    return tx.org.records.with_key(target.name, field, key)


def check_names(tx: "Transaction", sobject: SObject, values: Mapping[str, Any], *, creating: bool) -> None:
    """Field-level security, and what is never writable. A field that the user may not see does not exist for him."""
    access = tx.org.access(tx.user_id)
    locked: list[str] = []
    for name in values:
        field = sobject.find(name)
        if field is None or not access.field(sobject.name, field.name).read:
            raise RefusedError(errors.unknown_column(name, sobject.name))
        if field.name == "Id" and creating:
            text = "cannot specify Id in an insert call"
            raise RefusedError(Problem(Code.INVALID_FIELD_FOR_INSERT_UPDATE, text, ("Id",)))
        writable = field.createable if creating else field.updateable
        if not writable or not access.field(sobject.name, field.name).edit:
            locked.append(field.name)
    if locked:
        raise RefusedError(errors.not_writable(locked))


def check_new(tx: "Transaction", sobject: SObject, row: Row) -> None:
    missing = [field.name for field in sobject.required_fields if row.get(field.name) is None]
    if missing:
        raise RefusedError(errors.required_missing(missing))
    _check_values(tx, sobject, row, {name: value for name, value in row.items() if not name.startswith("_")})
    if sobject.name == "PermissionSetAssignment":
        _check_assignment(tx, row)


def _check_assignment(tx: "Transaction", row: Row) -> None:
    """Salesforce: a user has a permission set once."""
    pair = (row["AssigneeId"], row["PermissionSetId"])
    if pair in {(one["AssigneeId"], one["PermissionSetId"]) for one in tx.org.records.all("PermissionSetAssignment")}:
        text = f"Duplicate PermissionSetAssignment. Assignee: {pair[0]}; Permission Set: {pair[1]}"
        raise RefusedError(Problem(Code.DUPLICATE_VALUE, text, ("PermissionSetId", "AssigneeId")))


def check_changed(tx: "Transaction", sobject: SObject, row: Row, given: Mapping[str, Any]) -> None:
    changed = {name: value for name, value in given.items() if not name.startswith("_")}
    emptied = [name for name, value in changed.items() if value is None and not sobject.fields[name].nillable]
    if emptied:
        raise RefusedError(errors.required_missing(emptied))
    _check_values(tx, sobject, row, changed)


def _check_values(tx: "Transaction", sobject: SObject, row: Row, values: Mapping[str, Any]) -> None:
    problems: list[Problem] = []
    for name, value in values.items():
        field = sobject.fields.get(name)
        if field is None or value is None:
            continue
        if field.type == "reference" and name not in {"CreatedById", "LastModifiedById"}:
            problems.extend(_reference_problems(tx, field, str(value), sobject))
        elif field.type == "picklist":
            problems.extend(_record_type_problems(tx, field, str(value), row))
    if problems:
        raise RefusedError(*problems)


def _unknown_record_type(tx: "Transaction", field: Field, value: str, sobject: SObject) -> list[Problem]:
    row = tx.org.records.find("RecordType", value)
    if value == MASTER_RECORD_TYPE or (row and row["SobjectType"] == sobject.name and row["IsActive"]):
        return []
    text = f"{field.label}: this ID value isn't valid for the user: {value}"
    return [Problem(Code.INVALID_CROSS_REFERENCE_KEY, text, (field.name,))]


def _reference_problems(tx: "Transaction", field: Field, value: str, sobject: SObject) -> list[Problem]:
    if field.name == "RecordTypeId":
        return _unknown_record_type(tx, field, value, sobject)
    target = tx.org.schema.of_id(value)
    if target is None or target.name not in field.reference_to:
        unbuilt = [name for name in field.reference_to if name not in tx.org.schema.objects]
        if target is None and unbuilt:
            raise errors.not_built(f"records of {', '.join(unbuilt)}")
        return [errors.wrong_object(field.label, field.name, value)]
    row = tx.org.records.find(target.name, value)
    if row is None:
        if recycle_bin.find(tx.org, target.name, value) is not None:
            return list(errors.entity_is_deleted().problems)
        return [errors.unknown_reference(field.name)]
    if tx.user_id in row.get("_hidden_from", ()):
        text = f"insufficient access rights on cross-reference id: {value[:15]}"
        return [Problem(Code.INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY, text)]
    if field.name == "OwnerId" and target.name == "User" and not row["IsActive"]:
        text = f"operation performed with inactive user [{value[:15]}] as owner of {sobject.label.lower()}"
        return [Problem(Code.INACTIVE_OWNER_OR_USER, text)]
    return []


def _record_type_problems(tx: "Transaction", field: Field, value: str, row: Row) -> list[Problem]:
    record_type = tx.org.records.find("RecordType", row.get("RecordTypeId") or "")
    allowed = (record_type or {}).get("_picklists", {}).get(field.name)
    if allowed is None or value in allowed:
        return []
    return [errors.bad_picklist_value(field.label, field.name, value)]


def check_unique(tx: "Transaction", sobject: SObject, row: Row, *, enforce: bool) -> None:
    """Salesforce: the index is org-wide, although an upsert only finds what its user may see."""
    for field in sobject.key_fields:
        value = row.get(field.name)
        if not field.unique or value is None:
            continue
        others = [one for one in tx.org.records.with_key(sobject.name, field, value) if one != row["Id"]]
        if others:
            holder = tx.org.records.find(sobject.name, others[0])
            seen = not enforce or (holder is not None and visible(tx, sobject, holder))
            raise RefusedError(errors.duplicate_value(field.name, others[0][:15] if seen else "<unknown>"))


def check_rules(tx: "Transaction", sobject: SObject, row: Row) -> None:
    """Validation rules run on the whole new record, also for fields that were not sent."""
    problems = [
        rule.problem()
        for rule in tx.org.rules.of(sobject.name)
        if criteria.holds(tx.org, sobject.name, rule.condition, row, user_id=tx.user_id)
    ]
    if problems:
        raise RefusedError(*problems)
