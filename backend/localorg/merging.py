"""Merges: the losers' children move to the master, the losers go to the recycle bin and name their master.

SOAP API Developer Guide, merge(). The REST API has no such call; people merge on the screens of the org.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from localorg import errors, recycle_bin, row_checks, rows
from localorg.errors import Code, Problem, RefusedError
from localorg.ids import looks_like_id, widen
from localorg.records import Row
from localorg.schema import SObject

if TYPE_CHECKING:
    from localorg.transaction import Transaction

MERGEABLE = ("Lead", "Contact", "Account")
MOST_LOSERS = 2


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The platform's own words: the master, the losers, and the records that were moved to the master."""

    id: str
    merged_record_ids: tuple[str, ...]
    updated_related_ids: tuple[str, ...]


def merge(
    tx: "Transaction", master_id: str, loser_ids: Sequence[str], *, values: Mapping[str, Any] | None = None
) -> MergeResult:
    """Merges up to two records into a third; `values` are written into the master.

    Raises RefusedError for an object that cannot be merged, records of different objects, and missing rights;
    ValueError for too many losers, which no screen lets anybody choose.
    """
    sobject = tx.org.schema.of_id(master_id) if looks_like_id(master_id) else None
    if sobject is None or sobject.name not in MERGEABLE:
        name = sobject.name if sobject else master_id
        raise RefusedError(Problem(Code.INVALID_TYPE, f"Only {', '.join(MERGEABLE)} can be merged, not {name}", None))
    if any((tx.org.records.find(sobject.name, widen(one)) or {}).get("IsPersonAccount") for one in loser_ids):
        raise errors.not_built("merges of person accounts")
    losers = [widen(one) for one in loser_ids]
    if not losers or len(set(losers)) > MOST_LOSERS or widen(master_id) in losers:
        raise ValueError("A merge takes one or two records into a third one.")
    with tx.savepoint():
        rows.update(tx, sobject.name, master_id, values or {}, enforce=True)
        moved: list[str] = []
        for loser_id in losers:
            loser = rows.existing(tx, sobject, loser_id, enforce=True)
            row_checks.may_delete(tx, sobject, loser)
            moved += _move_children(tx, sobject, loser, master_id)
            recycle_bin.discard(tx, sobject, loser, MasterRecordId=widen(master_id))
    return MergeResult(widen(master_id), tuple(losers), tuple(dict.fromkeys(moved)))


def _move_children(tx: "Transaction", sobject: SObject, loser: Row, master_id: str) -> list[str]:
    """Lookups that somebody writes come first: those that the platform derives (Task.AccountId) follow them."""
    known = [child for child in sobject.children if child.child in tx.org.schema.objects]
    known.sort(key=lambda child: not tx.org.schema.get(child.child).fields[child.field].updateable)
    moved = []
    for child in known:
        for one in list(tx.org.records.all(child.child)):
            if one.get(child.field) == loser["Id"]:
                tx.update(child.child, one["Id"], {child.field: widen(master_id)}, enforce=False)
                moved.append(str(one["Id"]))
    return moved
