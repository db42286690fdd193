"""Keeps runs going: when a page is done, the next one is queued, in the lowest lane."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, IntentId, PlanId, new_id
from accord.delivery.model import Intent, Priority
from accord.features.field_sync.runs import store
from accord.features.field_sync.runs.model import Run, RunKind, RunState
from accord.features.field_sync.sources import Sources
from accord.features.field_sync.sync import store as sync_store
from accord.features.field_sync.sync.marks import LOGIN_REASON, Marks
from accord.features.field_sync.sync.model import BACK_FILL, UNDO, Trigger, UndoState, Write
from accord.features.field_sync.undo import store as undo_store
from accord.infra.db import WorkspaceSession

PAGE = 200


@dataclass(frozen=True, slots=True)
class RunBook:
    clock: Clock
    sources: Sources
    marks: Marks

    def stopped(
        self, session: WorkspaceSession, connection_id: ConnectionId, run_ids: Collection[str | None]
    ) -> set[str]:
        """Those of the runs that a person has stopped."""
        return store.stopped_of(session, connection_id, {run_id for run_id in run_ids if run_id is not None})

    def limits(
        self, session: WorkspaceSession, connection_id: ConnectionId, run_ids: Collection[str | None]
    ) -> dict[str, frozenset[str]]:
        """The rows that each of these runs is about, of those that are not about all."""
        return store.rows_of(session, connection_id, {run_id for run_id in run_ids if run_id is not None})

    def count(self, session: WorkspaceSession, run_id: str, *, has_changed: bool, kept: bool = False) -> None:
        store.count(session, run_id, looked=1, changed=int(has_changed), kept=int(kept))

    def advance(self, session: WorkspaceSession, connection_id: ConnectionId) -> None:
        """The next page of every run of which nothing is queued any more; at the end it is done."""
        for run in store.lock_running(session, connection_id):
            if run.kind is RunKind.BACK_FILL:
                if not sync_store.has_marks(session, connection_id, run.id):
                    self._next_plans(session, run)
            elif not undo_store.has_queued(session, connection_id, run.of_run or ""):
                self._next_writes(session, run)

    def resume(self, session: WorkspaceSession, run: Run) -> None:
        """What was queued when the run was stopped goes on."""
        if run.kind is RunKind.BACK_FILL:
            marks = sync_store.load_marks_of_run(session, run.connection_id, run.id)
            self.marks.put_intents(session, run.connection_id, marks, now=self.clock())
        else:
            self._put_back(session, run, undo_store.load_queued(session, run.connection_id, run.of_run or ""))
        self.advance(session, run.connection_id)

    def _next_plans(self, session: WorkspaceSession, run: Run) -> None:
        now, last = self.clock(), run.last_plan
        while ids := self.sources.connected_ids(session, run.connection_id, last, PAGE):
            last = ids[-1]
            self._queue(session, run, ids)
            # plans that wait for their turn already need no second one
            if sync_store.has_marks(session, run.connection_id, run.id):
                break
        if last is not None:
            store.move(session, run.id, last)
        if not ids:
            store.set_state(session, run.id, RunState.DONE, ended_at=now)

    def _queue(self, session: WorkspaceSession, run: Run, ids: Sequence[PlanId]) -> None:
        now = self.clock()
        plans = self.sources.values(session, run.connection_id, ids, today=now.date())
        deals = {one.plan_id: one.opportunity_id for one in plans.values() if one.opportunity_id is not None}
        trigger = Trigger(BACK_FILL, run.started_by, is_look=True, priority=Priority.BACKFILL, run_id=run.id)
        self.marks.put(session, run.connection_id, deals, trigger, now=now)

    def _next_writes(self, session: WorkspaceSession, run: Run) -> None:
        writes = undo_store.load_page(session, run.connection_id, run.of_run or "", limit=PAGE)
        undo_store.set_states(session, [write.id for write in writes], UndoState.QUEUED)
        self._put_back(session, run, writes)
        if not writes:
            store.set_state(session, run.id, RunState.DONE, ended_at=self.clock())

    def _put_back(self, session: WorkspaceSession, run: Run, writes: Sequence[Write]) -> None:
        now = self.clock()
        intents = [_intent(run, write, IntentId(new_id(now))) for write in writes]
        self.marks.outbox.put(session, intents, now=now)


def _intent(run: Run, write: Write, intent_id: IntentId) -> Intent:
    return Intent(
        id=intent_id,
        connection_id=run.connection_id,
        sobject=write.sobject,
        external_id_field="Id",
        external_id=write.record_id,
        fields={"write_id": write.id, "run_id": run.id},
        creates=False,
        entity=f"plan:{write.plan_id}",
        kind="fields_taken_back",
        login_reason=LOGIN_REASON,
        occurred_at=run.started_at,
        aspect=UNDO,
        priority=Priority.BACKFILL,
    )
