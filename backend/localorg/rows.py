"""Insert, update, upsert and delete of records, with everything that the platform enforces on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from localorg import (
    addresses,
    automations,
    duplicate_rules,
    errors,
    events,
    record_faults,
    recycle_bin,
    row_checks,
    row_derived,
    row_effects,
    row_locks,
)
from localorg.errors import Code, Problem, RefusedError, SeveralRecordsError
from localorg.ids import looks_like_id, widen
from localorg.records import Row
from localorg.schema import OBJECTS_NOT_BUILT, Field, SObject
from localorg.values import BadValueError, moment_text, stored

if TYPE_CHECKING:
    from localorg.transaction import Transaction


@dataclass(frozen=True, slots=True)
class UpsertResult:
    id: str
    created: bool


def insert(tx: "Transaction", name: str, values: Mapping[str, Any], *, enforce: bool) -> str:
    sobject = object_for(tx, name, enforce=enforce)
    if enforce:
        row_checks.may_create(tx, sobject)
    if sobject.event is not None:
        return events.publish(tx, sobject, _event(tx, sobject, values, enforce=enforce))
    record_faults.suffer(tx, before=None)
    given = _accepted(tx, sobject, values, creating=True, enforce=enforce)
    row = row_derived.defaults(tx, sobject, given)
    record_id = widen(given["Id"]) if "Id" in given else tx.org.ids.make(sobject.key_prefix)
    row["Id"] = record_id
    now = moment_text(tx.now)
    for audit in ("CreatedDate", "LastModifiedDate", "SystemModstamp"):
        row[audit] = given.get(audit) or now
    for audit in ("CreatedById", "LastModifiedById"):
        row[audit] = given.get(audit) or tx.user_id
    addresses.settle(sobject, row, given)
    row_derived.derive(tx, sobject, row, before=None, given=given)
    if enforce:
        row_checks.check_new(tx, sobject, row)
    by_somebody = enforce or tx.depth > 0
    if by_somebody:
        automations.before_save(tx, sobject, row, before=None, given=given)
    row_checks.check_unique(tx, sobject, row, enforce=enforce)
    if by_somebody:
        row_checks.check_rules(tx, sobject, row)
        duplicate_rules.check(tx, sobject, row, before=None)
    row_locks.take(tx, sobject, before=None, after=row)
    tx.put(sobject.name, record_id, row)
    tx.note("insert", sobject.name, before=None, after=row)
    row_effects.after(tx, sobject.name, before=None, row=row)
    if by_somebody:
        automations.after_save(tx, sobject, row, before=None)
    return record_id


def update(tx: "Transaction", name: str, record_id: str, values: Mapping[str, Any], *, enforce: bool) -> None:
    sobject = object_for(tx, name, enforce=enforce)
    before = existing(tx, sobject, record_id, enforce=enforce)
    if enforce:
        row_checks.may_edit(tx, sobject, before)
    record_faults.suffer(tx, before=before)
    given = _accepted(tx, sobject, values, creating=False, enforce=enforce)
    if enforce and sobject.name == "Opportunity" and before.get("HasOpportunityLineItem"):
        # Salesforce: the amount of an Opportunity with products comes from them; a write is answered 204 and ignored.
        given.pop("Amount", None)
    row = {**before, **given}
    now = moment_text(tx.now)
    row["LastModifiedDate"] = given.get("LastModifiedDate") or now
    row["SystemModstamp"] = given.get("SystemModstamp") or now
    row["LastModifiedById"] = given.get("LastModifiedById") or tx.user_id
    addresses.settle(sobject, row, given)
    row_derived.derive(tx, sobject, row, before=before, given=given)
    if enforce:
        row_checks.check_changed(tx, sobject, row, given)
    by_somebody = enforce or tx.depth > 0
    if by_somebody:
        automations.before_save(tx, sobject, row, before=before, given=given)
    row_checks.check_unique(tx, sobject, row, enforce=enforce)
    if by_somebody:
        row_checks.check_rules(tx, sobject, row)
        duplicate_rules.check(tx, sobject, row, before=before)
    row_locks.take(tx, sobject, before=before, after=row)
    tx.put(sobject.name, row["Id"], row)
    tx.note("update", sobject.name, before=before, after=row)
    row_effects.after(tx, sobject.name, before=before, row=row)
    if by_somebody:
        automations.after_save(tx, sobject, row, before=before)


def upsert(  # noqa: PLR0913 - the platform's own five words for it
    tx: "Transaction", name: str, key_name: str, key: Any, values: Mapping[str, Any], *, enforce: bool
) -> UpsertResult:
    sobject = object_for(tx, name, enforce=enforce)
    field = key_field(tx, sobject, key_name, enforce=enforce)
    if field.name == "Id":
        # Recorded: an upsert by Id with a null id inserts.
        if key is None:
            return UpsertResult(insert(tx, name, values, enforce=enforce), created=True)
        update(tx, name, str(key), values, enforce=enforce)
        return UpsertResult(widen(str(key)), created=False)
    if key is None or not str(key).strip():
        raise RefusedError(Problem(Code.MISSING_ARGUMENT, f"{field.name} not specified"))
    found = find_by_key(tx, sobject, field, key, enforce=enforce)
    if len(found) > 1:
        raise SeveralRecordsError(sobject=sobject.name, field=field.name, ids=found)
    if found:
        update(tx, name, found[0], values, enforce=enforce)
        return UpsertResult(found[0], created=False)
    return UpsertResult(insert(tx, name, {**values, field.name: key}, enforce=enforce), created=True)


def delete(tx: "Transaction", name: str, record_id: str, *, enforce: bool) -> None:
    sobject = object_for(tx, name, enforce=enforce)
    before = existing(tx, sobject, record_id, enforce=enforce)
    if enforce:
        row_checks.may_delete(tx, sobject, before)
    with tx.savepoint():
        recycle_bin.discard(tx, sobject, before)
        row_effects.after(tx, sobject.name, before=before, row=None)


def object_for(tx: "Transaction", name: str, *, enforce: bool) -> SObject:
    """The object by API name; one that the user may not read does not exist for him."""
    sobject = tx.org.schema.find(name)
    if sobject is None:
        if name in OBJECTS_NOT_BUILT:
            raise errors.not_built(f"the object {name}")
        raise errors.not_found()
    if enforce and not tx.org.access(tx.user_id).object(sobject.name).read:
        raise errors.not_found()
    return sobject


def existing(tx: "Transaction", sobject: SObject, record_id: str, *, enforce: bool) -> Row:
    """The live record, if the user may see it."""
    if not looks_like_id(record_id):
        raise errors.unknown_key_field(str(record_id))
    wide = widen(record_id)
    row = tx.org.records.find(sobject.name, wide)
    if row is None and recycle_bin.find(tx.org, sobject.name, wide) is not None:
        raise errors.entity_is_deleted()
    if row is None or (enforce and not row_checks.visible(tx, sobject, row)):
        raise errors.not_found()
    return row


def key_field(tx: "Transaction", sobject: SObject, name: str, *, enforce: bool) -> Field:
    """The field that an upsert or a read by external id goes by."""
    field = sobject.find(name)
    hidden = enforce and field is not None and not tx.org.access(tx.user_id).field(sobject.name, field.name).read
    if field is None or hidden or not field.is_key:
        raise errors.unknown_key_field(name)
    return field


def find_by_key(tx: "Transaction", sobject: SObject, field: Field, key: Any, *, enforce: bool) -> list[str]:
    """Ids of the records with this key that the user may see."""
    try:
        value = stored(field, key)
    except BadValueError as error:
        raise RefusedError(error.problem) from error
    ids = tx.org.records.with_key(sobject.name, field, value)
    if not enforce:
        return ids
    rows = [(one, tx.org.records.find(sobject.name, one)) for one in ids]
    return [one for one, row in rows if row is not None and row_checks.visible(tx, sobject, row)]


def _event(tx: "Transaction", sobject: SObject, values: Mapping[str, Any], *, enforce: bool) -> Row:
    row = row_derived.defaults(tx, sobject, _accepted(tx, sobject, values, creating=True, enforce=enforce))
    row_checks.check_new(tx, sobject, row)
    return row


def _accepted(
    tx: "Transaction", sobject: SObject, values: Mapping[str, Any], *, creating: bool, enforce: bool
) -> dict[str, Any]:
    """The values by their proper field names, typed and trimmed. Raises RefusedError for all that is wrong at once."""
    names = {name: value for name, value in values.items() if name != "attributes"}
    if enforce:
        names = row_checks.resolve_nested(tx, sobject, names)
        row_checks.check_names(tx, sobject, names, creating=creating)
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in names.items():
        if name.startswith("_"):
            given[name] = value
            continue
        field = sobject.find(name)
        if field is None:
            problems.append(errors.unknown_column(name, sobject.name))
            continue
        try:
            given[field.name] = stored(field, value)
        except BadValueError as error:
            problems.append(error.problem)
    if problems:
        raise RefusedError(*problems)
    return given
