"""The faults that single records suffer: in a collection of 200 one may be refused and 199 written."""

from typing import TYPE_CHECKING

from localorg import errors
from localorg.errors import RefusedError
from localorg.faults import FaultKind
from localorg.records import Row

if TYPE_CHECKING:
    from localorg.transaction import Transaction


def suffer(tx: "Transaction", *, before: Row | None) -> None:
    """Asks the fault script about one record that is about to be written; `before` is None for a new one."""
    match tx.record_fault(creating=before is None):
        case FaultKind.ROW_LOCK:
            raise RefusedError(errors.locked_row([before["Id"]] if before else []))
        case FaultKind.READ_ONLY:
            raise RefusedError(errors.in_maintenance())
        case FaultKind.STORAGE_FULL:
            raise RefusedError(errors.storage_full())
