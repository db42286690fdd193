"""Row locks: which records a write has to lock, and the wait for those that another transaction holds.

Transactions of this org last milliseconds and follow each other, so that none ever waits for another one. What is held
here stands for the long transactions of a real org: somebody (the door) says which records are held and until when.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from localorg import errors
from localorg.errors import RefusedError
from localorg.ids import widen
from localorg.records import Row
from localorg.schema import SObject

if TYPE_CHECKING:
    from localorg.transaction import Transaction

LOCK_WAIT_SECONDS = 10.0

# A child's write locks the records that these fields name. Salesforce: Record Locking Cheat Sheet for contacts, deals
# and tasks, Record-Level Locking (a child locks its master) for line items; the others hold to their parents by
# lookups that cascade or restrict, as the recorded describes say. Lookups that a deletion merely clears lock nothing.
_LOCKED_THROUGH = {
    "Case": ("AccountId", "ContactId"),
    "Contact": ("AccountId",),
    "Event": ("WhatId", "WhoId", "AccountId"),
    "Opportunity": ("AccountId",),
    "OpportunityContactRole": ("OpportunityId", "ContactId"),
    "OpportunityLineItem": ("OpportunityId",),
    "PricebookEntry": ("Pricebook2Id", "Product2Id"),
    "Task": ("WhatId", "WhoId", "AccountId"),
}

_Result = TypeVar("_Result")


class HeldElsewhereError(Exception):
    """A write has to wait: everything that its request did so far is undone, and it starts again."""

    def __init__(self, ids: Collection[str]) -> None:
        super().__init__(", ".join(ids))
        self.ids = tuple(ids)


class RowLocks:
    """The records that are held, each until a time of the org's clock. Thread-safe.

    `wait_seconds` is how long a write waits, on everybody's clock, before it is refused; with 0 it is refused at once.
    `waiting` is how many wait now.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.wait_seconds = LOCK_WAIT_SECONDS
        self.waiting = 0
        self._clock = clock
        self._until: dict[str, datetime] = {}
        self._changed = threading.Condition()

    def hold(self, ids: Iterable[str], *, until: datetime) -> None:
        with self._changed:
            self._until.update({widen(one): until for one in ids})

    def release(self) -> None:
        """Lets go of everything; whoever waits goes on."""
        with self._changed:
            self._until.clear()
            self._changed.notify_all()

    def held(self, ids: Iterable[str]) -> list[str]:
        """Those of `ids` that are held at this moment."""
        with self._changed:
            now = self._clock()
            return [one for one in ids if one in self._until and now < self._until[one]]

    def wait_for_waiting(self, count: int, *, timeout: float) -> bool:
        """Blocks until `count` writes wait, at most `timeout` seconds; whether they do."""
        with self._changed:
            return self._changed.wait_for(lambda: self.waiting >= count, timeout)

    def run(self, request: Callable[[float], _Result]) -> _Result:
        """Runs a request, anew after each wait. `request` is told how many seconds it may still wait: when the time is
        up it may not, and is refused instead.
        """
        deadline = time.monotonic() + self.wait_seconds
        while True:
            try:
                return request(max(deadline - time.monotonic(), 0))
            except HeldElsewhereError as held:
                self._wait(held.ids, deadline)

    def _wait(self, ids: Collection[str], deadline: float) -> None:
        with self._changed:
            self.waiting += 1
            self._changed.notify_all()
            try:
                while (rest := deadline - time.monotonic()) > 0 and (held := self.held(ids)):
                    ends = min((self._until[one] - self._clock()).total_seconds() for one in held)
                    self._changed.wait(min(rest, max(ends, 0.001)))
            finally:
                self.waiting -= 1


def take(tx: "Transaction", sobject: SObject, *, before: Row | None, after: Row | None) -> None:
    """Locks what a write of a record needs: itself and the records that it hangs on, before and after.

    Raises HeldElsewhereError when the request may wait for one, else RefusedError.
    """
    needed = {row["Id"] for row in (before,) if row is not None}
    if not _is_light(sobject, before, after):
        through = _LOCKED_THROUGH.get(sobject.name, ())
        needed |= {row[name] for row in (before, after) if row is not None for name in through if row.get(name)}
    _lock(tx, needed)


def take_alone(tx: "Transaction", row: Row) -> None:
    """Locks one record without what it hangs on: its lookup to a record that is deleted is about to be cleared."""
    _lock(tx, {row["Id"]})


def _lock(tx: "Transaction", ids: Collection[str]) -> None:
    held = tx.org.locks.held(sorted(ids))
    if held and tx.waits_for_locks:
        raise HeldElsewhereError(held)
    if held:
        raise RefusedError(errors.locked_row(held))


def _is_light(sobject: SObject, before: Row | None, after: Row | None) -> bool:
    """Salesforce, Record Locking Cheat Sheet: a new Task locks nothing when it is closed or has no date."""
    creating = before is None and after is not None
    return sobject.name == "Task" and creating and bool(after and (after["IsClosed"] or not after["ActivityDate"]))
