"""The recycle bin: what deleting takes along, and how long it stays.

A deleted row keeps what the bin must know under names of the org's own: `_deleted_at`, `_deleted_with` (the record
whose deletion took it along, or itself) and `_cleared` (lookups of others that pointed to it).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from localorg import record_faults, row_locks
from localorg.errors import Code, Problem, RefusedError
from localorg.records import Row
from localorg.schema import ChildRelationship, SObject
from localorg.values import moment_text, parse_moment

if TYPE_CHECKING:
    from localorg.org import Org
    from localorg.transaction import Transaction

KEPT = timedelta(days=15)
"""Salesforce Help, "Recycle Bin": deleted records are kept for 15 days."""


def is_kept(row: Row, now: datetime) -> bool:
    """False when the bin has been emptied of this row; a row without a date was deleted by an older version."""
    deleted_at = row.get("_deleted_at")
    return deleted_at is None or now - parse_moment(deleted_at) <= KEPT


def find(org: "Org", sobject: str, record_id: str) -> Row | None:
    """A row that lies in the bin."""
    row = org.records.find_deleted(sobject, record_id)
    return row if row is not None and is_kept(row, org.clock()) else None


def rows(org: "Org", sobject: str) -> Iterator[Row]:
    """All rows of an object, with those in the bin: what a queryAll sees."""
    now = org.clock()
    return (row for row in org.records.all(sobject, with_deleted=True) if not row.get("IsDeleted") or is_kept(row, now))


def discard(tx: "Transaction", sobject: SObject, row: Row, *, with_id: str | None = None, **facts: str) -> None:
    """Puts the row into the bin, and with it all children whose relationship cascades.

    Other lookups to it are cleared. `facts` are written into the deleted row (the master of a merge). Every record
    that is written on the way is locked first, so that one which is held elsewhere stops the whole deletion. Raises
    RefusedError for a record whose children hold it, and what row_locks.take raises.
    """
    record_faults.suffer(tx, before=row)
    row_locks.take(tx, sobject, before=row, after=None)
    children = [child for child in sobject.children if child.child in tx.org.schema.objects]
    for child in children:
        if child.restrict and not child.cascade:
            _refuse_held(tx, row, child)
    now = moment_text(tx.now)
    root = with_id or row["Id"]
    # a lookup that nobody writes (Task.AccountId) is the platform's own and follows by itself
    loose = [
        child for child in children if child.cascade or tx.org.schema.get(child.child).fields[child.field].updateable
    ]
    hanging = [(child, one["Id"]) for child in loose for one in _pointing(tx, child, row["Id"])]
    gone = {
        **row, **facts, "IsDeleted": True, "SystemModstamp": now, "LastModifiedDate": now,
        "LastModifiedById": tx.user_id, "_deleted_at": now, "_deleted_with": root,
        "_cleared": [[child.child, one_id, child.field] for child, one_id in hanging if not child.cascade],
    }  # fmt: skip
    tx.put(sobject.name, row["Id"], gone)
    tx.note("delete", sobject.name, before=row, after=gone)
    for child, one_id in hanging:
        one = tx.org.records.find(child.child, one_id)
        if one is None:
            continue  # it went along by another of its lookups
        if child.cascade:
            discard(tx, tx.org.schema.get(child.child), one, with_id=root)
        else:
            record_faults.suffer(tx, before=one)
            row_locks.take_alone(tx, one)
            tx.put(child.child, one_id, {**one, child.field: None, "SystemModstamp": now})


def _pointing(tx: "Transaction", child: ChildRelationship, record_id: str) -> list[Row]:
    return [one for one in tx.org.records.all(child.child) if one.get(child.field) == record_id]


def _refuse_held(tx: "Transaction", row: Row, child: ChildRelationship) -> None:
    holding = _pointing(tx, child, row["Id"])
    if not holding:
        return
    known = tx.org.schema.get(child.child)
    names = ", ".join(str(one.get("CaseNumber") or one.get("Name") or one["Id"]) for one in holding)
    text = (
        f"Your attempt to delete {row.get('Name') or row['Id']} could not be completed because it is associated with "
        f"the following {str(known.facts['labelPlural']).lower()}.: {names}\n"
    )
    raise RefusedError(Problem(Code.DELETE_FAILED, text))
