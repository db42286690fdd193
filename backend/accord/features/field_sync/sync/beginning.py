"""Takes up the plans of a claim: their marks, our data and the shadow, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from accord.core.clock import Clock
from accord.core.ids import MemberId, PlanId, RecordId
from accord.delivery.model import Claim, ClaimedRow, Priority
from accord.features.field_sync import store as setup_store
from accord.features.field_sync.holds import store as holds
from accord.features.field_sync.model import Row, RowHealth
from accord.features.field_sync.rules import standing_of
from accord.features.field_sync.runs.book import RunBook
from accord.features.field_sync.sources import Sources
from accord.features.field_sync.sync import store
from accord.features.field_sync.sync.jobs import Job
from accord.features.field_sync.sync.model import BACK_FILL, Copy, Mark, Trigger, known_of, write_of
from accord.infra.db import WorkspaceSession


@dataclass(frozen=True, slots=True)
class Begun:
    jobs: Sequence[Job]
    rows: Sequence[Row]
    health: Mapping[str, RowHealth]
    check_minutes: int


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is read when a claim is taken up."""

    clock: Clock
    sources: Sources
    runs: RunBook

    def begin(self, session: WorkspaceSession, claim: Claim) -> Begun:
        now = self.clock()
        of = claim.connection_id
        setup = setup_store.load(session, of)
        plan_ids = [PlanId(str(row.fields["plan_id"])) for row in claim.rows]
        # marks are taken before the plans are read: who changes one after this moment marks it anew
        marks = store.load_marks(session, of, plan_ids)
        stopped = self.runs.stopped(session, of, [mark.trigger.run_id for mark in marks.values()])
        waiting = {
            mark.plan_id
            for mark in marks.values()
            if mark.trigger.priority is Priority.BACKFILL and mark.trigger.run_id in stopped
        }
        store.drop_marks(session, [plan_id for plan_id in marks if plan_id not in waiting])
        plans = self.sources.values(session, of, plan_ids, today=now.date()) if setup.enabled else {}
        copies = store.load_copies(session, of, plan_ids)
        unsettled = store.load_unsettled(session, of, plan_ids)
        held = holds.load(session, plan_ids)
        triggers = [_trigger(row, marks.get(plan_id)) for row, plan_id in zip(claim.rows, plan_ids, strict=True)]
        limits = self.runs.limits(session, of, [one.run_id for one in triggers])
        jobs = []
        for row, plan_id, trigger in zip(claim.rows, plan_ids, triggers, strict=True):
            plan = plans.get(plan_id)
            deal_id = RecordId(row.external_id)
            copy = known_of(copies.get(plan_id, Copy(plan_id)), setup.rows)
            jobs.append(
                Job(
                    claimed=row,
                    plan_id=plan_id,
                    deal_id=deal_id,
                    trigger=trigger,
                    copy=replace(copy, holds=held.get(plan_id, {})),
                    plan=plan,
                    is_over=plan is None or plan.opportunity_id != deal_id or plan_id in waiting,
                    is_stored=plan_id in copies,
                    unsettled=[write_of(one, setup.rows) for one in unsettled.get(plan_id, ())],
                    only=limits.get(trigger.run_id or ""),
                )
            )
        health = standing_of(setup.rows, setup_store.load_health(session, of), self.sources.criteria(session, of))
        return Begun(jobs, setup.rows, health, setup.check_minutes)


def _trigger(row: ClaimedRow, mark: Mark | None) -> Trigger:
    """The mark's, or of an intent that is tried again the one that put it."""
    if mark is not None:
        return mark.trigger
    run_id, actor = row.fields.get("run_id"), row.fields.get("actor_id")
    kind = str(row.fields.get("kind", BACK_FILL))
    return Trigger(kind=kind, actor_id=MemberId(actor) if actor else None, run_id=run_id)
