"""A unit of work on the records: writes with undo, savepoints, and the journal entries that a commit publishes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from localorg import rows
from localorg.duplicate_rules import DuplicateOptions
from localorg.events import EventMessage
from localorg.faults import FaultKind, RecordFaults
from localorg.journal import JournalEntry
from localorg.records import Row
from localorg.rows import UpsertResult

if TYPE_CHECKING:
    from localorg.org import Org

__all__ = ["Transaction", "UpsertResult"]


def _no_fault(*, creating: bool) -> FaultKind | None:  # noqa: ARG001 - as the fault script is asked
    return None


@dataclass(frozen=True, slots=True)
class _Undo:
    sobject: str
    record_id: str
    before: Row | None


@dataclass(frozen=True, slots=True)
class _Effect:
    op: str
    sobject: str
    record_id: str
    external_id: str | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class Transaction:
    """Made by `Org.transaction`. Refused writes raise RefusedError (SeveralRecordsError for an ambiguous upsert) and
    leave nothing of themselves behind; the caller decides whether the rest goes on.

    `waits_for_locks` and `record_fault` are set by whoever runs a request: whether its writes wait for a held record
    (by starting again, see row_locks.py) or are refused at once, and what the fault script says of each record.

    With `enforce=False` nothing is asked about rights, validation rules or required fields, and system fields may be
    written: that is how a seed puts an org into a state that the API itself could not make. `depth` is how many
    automations are under way; what they write is past the user's rights, but not past rules and automations.
    """

    def __init__(self, org: "Org", *, user_id: str, client: str, request_id: str, journalled: bool) -> None:
        self.org = org
        self.user_id = user_id
        self.client = client
        self.request_id = request_id
        self.now: datetime = org.clock()
        self.waits_for_locks = False
        self.depth = 0
        self.duplicates = DuplicateOptions()
        self.record_fault: RecordFaults = _no_fault
        self._journalled = journalled
        self._undo: list[_Undo] = []
        self._effects: list[_Effect] = []
        self.events: list[EventMessage] = []

    def insert(self, sobject: str, values: Mapping[str, Any], *, enforce: bool = True) -> str:
        """Creates a record, or publishes an event; the 18-character id."""
        with self.savepoint():
            return rows.insert(self, sobject, values, enforce=enforce)

    def update(self, sobject: str, record_id: str, values: Mapping[str, Any], *, enforce: bool = True) -> None:
        """Writes the given fields; None clears one."""
        with self.savepoint():
            rows.update(self, sobject, record_id, values, enforce=enforce)

    def upsert(
        self, sobject: str, key_field: str, key: Any, values: Mapping[str, Any], *, enforce: bool = True
    ) -> UpsertResult:
        """Creates or updates the record with `key` in `key_field`: an external id, an idLookup field, or Id."""
        with self.savepoint():
            return rows.upsert(self, sobject, key_field, key, values, enforce=enforce)

    def delete(self, sobject: str, record_id: str, *, enforce: bool = True) -> None:
        """Puts the record, and what hangs on it, into the recycle bin."""
        with self.savepoint():
            rows.delete(self, sobject, record_id, enforce=enforce)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What happens inside is undone when it raises; what happened before stays."""
        mark = self.mark()
        try:
            yield
        except BaseException:
            self.back_to(mark)
            raise

    def mark(self) -> tuple[int, int, int]:
        return len(self._undo), len(self._effects), len(self.events)

    def back_to(self, mark: tuple[int, int, int]) -> None:
        """Undoes everything since `mark`, but for the events that are published at once."""
        undo, effects, events = mark
        for step in reversed(self._undo[undo:]):
            self.org.records.set(step.sobject, step.record_id, step.before)
        del self._undo[undo:]
        del self._effects[effects:]
        self.events[events:] = [message for message in self.events[events:] if message.immediate]

    def publish_as_flow(self, event: str, values: Mapping[str, Any]) -> None:
        """Publishes as an automation does: past the user's rights, and when the event's definition says."""
        self.depth += 1
        try:
            self.insert(event, values, enforce=False)
        finally:
            self.depth -= 1

    def publish(self, message: EventMessage) -> None:
        """Puts an event on the bus when the transaction commits."""
        self.events.append(message)

    def put(self, sobject: str, record_id: str, row: Row | None) -> None:
        """Stores a row without asking anything; for the row rules of this package."""
        before = self.org.records.set(sobject, record_id, row)
        self._undo.append(_Undo(sobject, record_id, before))

    def note(self, op: str, sobject: str, *, before: Row | None, after: Row | None) -> None:
        """Remembers an effect for the journal."""
        known = self.org.schema.objects[sobject]
        either = after if after is not None else before
        assert either is not None
        names = [f.name for f in known.fields.values() if f.journalled]
        was, is_ = before or {}, (after or {}) if op != "delete" else {}
        changed = [name for name in names if was.get(name) != is_.get(name)]
        keys = (either.get(f.name) for f in known.key_fields if f.facts["externalId"])
        external = next((key for key in keys if key is not None), None)
        self._effects.append(
            _Effect(
                op=op,
                sobject=sobject,
                record_id=either["Id"],
                external_id=None if external is None else str(external),
                before={name: was.get(name) for name in changed} if before is not None else {},
                after={name: is_.get(name) for name in changed} if op != "delete" else {},
            )
        )

    def commit(self) -> None:
        org = self.org
        first = org.journal.last_seq + 1
        entries = [
            JournalEntry(
                seq=first + offset,
                at=self.now,
                user=self.user_id,
                op=effect.op,
                object=effect.sobject,
                id=effect.record_id,
                external_id=effect.external_id,
                before=effect.before,
                after=effect.after,
                request_id=self.request_id,
                client=self.client,
            )
            for offset, effect in enumerate(self._effects if self._journalled else ())
        ]
        if org.data and self._undo:
            touched = dict.fromkeys((one.sobject, one.record_id) for one in self._undo)
            stored = ((o, i, org.records.find(o, i) or org.records.find_deleted(o, i)) for o, i in touched)
            org.data.commit(rows=stored, entries=entries, facts={"next_number": org.ids.next_number})
        org.journal.append(entries)
        org.events.append(self.events)

    def rollback(self) -> None:
        self.back_to((0, 0, 0))
