"""Keeps runs going: when a page of plans is done, the next one is queued, in the lowest lane."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, PlanId
from accord.delivery.model import Priority
from accord.features.field_sync.runs import store
from accord.features.field_sync.runs.model import Run, RunKind, RunState
from accord.features.field_sync.sources import Sources
from accord.features.field_sync.sync import store as sync_store
from accord.features.field_sync.sync.marks import Marks
from accord.features.field_sync.sync.model import BACK_FILL, Trigger
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

    def count(self, session: WorkspaceSession, run_id: str, *, has_changed: bool) -> None:
        store.count(session, run_id, looked=1, changed=int(has_changed), kept=0)

    def advance(self, session: WorkspaceSession, connection_id: ConnectionId) -> None:
        """The next page of every back-fill of which nothing is queued any more; at the end it is done."""
        for run in store.lock_running(session, connection_id):
            if run.kind is RunKind.BACK_FILL and not sync_store.has_marks(session, connection_id, run.id):
                self._next_page(session, run)

    def _next_page(self, session: WorkspaceSession, run: Run) -> None:
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
