"""Undelete: a record comes back out of the recycle bin, with what its deletion took along.

SOAP API Developer Guide, undelete(). The REST API has no such call; people undelete on the screens of the org.
"""

from typing import TYPE_CHECKING

from localorg import recycle_bin, row_checks
from localorg.errors import Code, Problem, RefusedError
from localorg.ids import looks_like_id, widen
from localorg.records import Row
from localorg.schema import SObject
from localorg.values import moment_text

if TYPE_CHECKING:
    from localorg.transaction import Transaction


def restore(tx: "Transaction", record_id: str) -> None:
    """Takes a record out of the bin, with everything that its deletion took along. Raises RefusedError.

    Salesforce: lookups that the deletion cleared come back where nobody has written them since.
    """
    sobject = tx.org.schema.of_id(record_id) if looks_like_id(record_id) else None
    row = recycle_bin.find(tx.org, sobject.name, widen(record_id)) if sobject else None
    if sobject is None or row is None or row.get("_deleted_with") != row["Id"] or not sobject.facts["undeletable"]:
        # recorded: a child that went with its parent is not in the bin by itself
        raise RefusedError(Problem(Code.UNDELETE_FAILED, "Entity is not in the recycle bin"))
    if not tx.org.access(tx.user_id).object(sobject.name).delete:
        raise RefusedError(Problem(Code.UNDELETE_FAILED, "insufficient access rights on object id"))
    with tx.savepoint():
        _back(tx, sobject, row)
        for other in tx.org.schema.objects.values():
            for one in tx.org.records.all(other.name, with_deleted=True):
                if one.get("_deleted_with") == row["Id"] and one.get("IsDeleted"):
                    _back(tx, other, one)


def _back(tx: "Transaction", sobject: SObject, gone: Row) -> None:
    now = moment_text(tx.now)
    row = {name: value for name, value in gone.items() if name not in {"_deleted_at", "_deleted_with", "_cleared"}}
    row |= {"IsDeleted": False, "SystemModstamp": now, "LastModifiedDate": now, "LastModifiedById": tx.user_id}
    if "MasterRecordId" in row:
        row["MasterRecordId"] = None
    row_checks.check_unique(tx, sobject, row, enforce=True)
    tx.put(sobject.name, row["Id"], row)
    tx.note("undelete", sobject.name, before=None, after=row)
    for child, child_id, field in gone.get("_cleared", ()):
        pointing = tx.org.records.find(child, child_id)
        if pointing is not None and pointing.get(field) is None:
            tx.put(child, child_id, {**pointing, field: row["Id"], "SystemModstamp": now})
