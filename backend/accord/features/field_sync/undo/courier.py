"""Delivery's courier for the taking back of a run: old values go back where the run's own values still stand (D16)."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from accord.core.clock import Clock
from accord.core.ids import RecordId, new_id, widen
from accord.core.outcomes import Done, Outcome, Refused
from accord.delivery.couriers import Courier
from accord.delivery.model import Claim, aspect_of
from accord.features.field_sync import store as setup_store
from accord.features.field_sync.holds import store as holds
from accord.features.field_sync.reasons import FieldSkip
from accord.features.field_sync.runs.book import RunBook
from accord.features.field_sync.sync import store as sync_store
from accord.features.field_sync.sync.model import UNDO, UNDONE, Copy, Held, LoginOf, Trigger, UndoState, Write
from accord.features.field_sync.sync.sending import Sent, send
from accord.features.field_sync.undo import store
from accord.infra.db import Database, WorkspaceSession
from accord.mapping.changeset import Undoing
from accord.mapping.decide import decide_undo
from accord.mapping.values import Canonical
from accord.salesforce.canonical import from_json
from accord.salesforce.model import Gateway
from accord.salesforce.soql import in_, select


@dataclass(frozen=True, slots=True)
class UndoCourier:
    """`others` carries everything that takes nothing back."""

    database: Database
    clock: Clock
    runs: RunBook
    others: Courier
    login_of: LoginOf

    def __call__(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        if aspect_of(claim.rows[0].lane) != UNDO:
            return self.others(gateway, claim)
        return _Undo(self, gateway, claim).run()


class _Undo:
    """The writes of one claim, each of its own record."""

    def __init__(self, courier: UndoCourier, gateway: Gateway, claim: Claim) -> None:
        self._courier = courier
        self._gateway = gateway
        self._claim = claim
        self._now = courier.clock()
        self._runs = {str(row.fields["write_id"]): str(row.fields["run_id"]) for row in claim.rows}
        self._outcomes: dict[str, Outcome] = {}
        self._undone: dict[str, Undoing] = {}
        self._fields: dict[str, str] = {}  # by row: where it goes now
        self._backs: dict[str, Write] = {}  # by the write that is taken back

    def run(self) -> Sequence[Outcome]:
        writes = self._begin()
        present = self._read(list(writes.values())) if writes else {}
        self._undone = {
            key: decide_undo(write.changes, present.get(write.record_id, {})) for key, write in writes.items()
        }
        self._backs = {key: self._back(write) for key, write in writes.items() if self._undone[key].changes}
        with self._session() as session:
            sync_store.add_writes(session, self._claim.connection_id, list(self._backs.values()))
        sent = {one.write.id: one for one in send(self._gateway, list(self._backs.values()), keep=self._keep)}
        self._finish(writes, sent)
        return [
            self._outcomes.get(str(row.fields["write_id"]), Done(RecordId(row.external_id), created=False, sent=False))
            for row in self._claim.rows
        ]

    def _begin(self) -> Mapping[str, Write]:
        of = self._claim.connection_id
        with self._session() as session:
            stopped = self._courier.runs.stopped(session, of, list(self._runs.values()))
            wanted = [key for key, run_id in self._runs.items() if run_id not in stopped]
            found = sync_store.load_writes(session, wanted)
            open_ = {key: one for key, one in found.items() if one.undo_state in {UndoState.QUEUED, UndoState.BEGUN}}
            store.set_states(session, list(open_), UndoState.BEGUN)
            # before anything goes back: whatever looks at such a plan meanwhile does not write the value again
            self._fields = {row.id: row.field for row in setup_store.load(session, of).rows}
            taken = [holds.TakingBack(self._present(one), self._runs[key]) for key, one in open_.items()]
            holds.hold(session, of, taken, now=self._now)
        return open_

    def _present(self, write: Write) -> Write:
        """The write without rows that go to another field by now: what they write there was not taken back."""
        changes = {key: one for key, one in write.changes.items() if self._is_present(write, key)}
        return replace(write, changes=changes)

    def _is_present(self, write: Write, key: str) -> bool:
        return self._fields.get(key, write.names[key]) == write.names[key]

    def _read(self, writes: Sequence[Write]) -> Mapping[RecordId, Mapping[str, Canonical]]:
        """By record and row: what the fields hold now. A field or record that cannot be seen any more is left out."""
        describe = self._gateway.describe(self._claim.sobject)
        names = sorted({name for one in writes for name in one.names.values() if name in describe.fields})
        query = select("Id", *names).from_(self._claim.sobject)
        found = self._gateway.query(query.where(in_("Id", sorted({one.record_id for one in writes}))))
        records = {RecordId(widen(one["Id"])): one for one in found}
        return {
            one.record_id: {
                key: from_json(describe.fields[name], records[one.record_id][name])
                for key, name in one.names.items()
                if name in describe.fields
            }
            for one in writes
            if one.record_id in records
        }

    def _back(self, write: Write) -> Write:
        changes = self._undone[write.id].changes
        return replace(
            write,
            id=new_id(self._now),
            trigger=Trigger(UNDONE, run_id=self._runs[write.id]),
            at=self._now,
            changes=changes,
            names={key: write.names[key] for key in changes},
            is_read=True,
            login=self._courier.login_of(self._claim.workspace_id, self._claim.connection_id),
        )

    def _keep(self, sent: Sequence[Sent]) -> None:
        with self._session() as session:
            narrowed = {one.write.id for one in sent if one.without}
            sync_store.settle_writes(session, [one.settled for one in sent], narrowed=narrowed)

    def _finish(self, writes: Mapping[str, Write], sent: Mapping[str, Sent]) -> None:
        of = self._claim.connection_id
        with self._session() as session:
            copies = sync_store.load_copies(session, of, {one.plan_id for one in writes.values()})
            known = set(copies)
            for key, write in writes.items():
                back = self._backs.get(key)
                done = sent[back.id] if back is not None else None
                if done is not None:
                    self._outcomes[key] = done.outcome
                    if isinstance(done.outcome, Refused):
                        continue
                    if write.plan_id in copies:
                        copies[write.plan_id] = _gone_back(
                            copies[write.plan_id], replace(done, write=self._present(done.write))
                        )
                kept = dict.fromkeys(self._undone[key].changed_since, FieldSkip.CHANGED_SINCE.value)
                kept |= dict.fromkeys(done.without if done else (), FieldSkip.REFUSED.value)
                if kept:
                    store.set_kept(session, key, kept)
                else:
                    store.set_states(session, [key], UndoState.UNDONE)
                self._courier.runs.count(session, self._runs[key], has_changed=done is not None, kept=bool(kept))
            sync_store.save_copies(session, of, list(copies.values()), known=known)
            self._courier.runs.advance(session, of)

    def _session(self) -> AbstractContextManager[WorkspaceSession]:
        return self._courier.database.workspace(self._claim.workspace_id)


def _gone_back(copy: Copy, done: Sent) -> Copy:
    held = {
        **copy.held,
        **{
            key: Held(done.write.record_id, change.new, done.write.at, done.write.id)
            for key, change in done.write.changes.items()
            if key not in done.without
        },
    }
    return replace(copy, held=held, skips={**copy.skips, **dict.fromkeys(done.write.changes, FieldSkip.TAKEN_BACK)})
