"""Triggers: a plan is marked, once however many there are, and one intent of its deal's lane is to look at it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from accord.core.ids import ConnectionId, IntentId, PlanId, RecordId, new_id
from accord.delivery.model import Intent, Priority
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import note_records
from accord.features.field_sync.model import DEAL
from accord.features.field_sync.sync import store
from accord.features.field_sync.sync.model import ASKED, FIELDS, Mark, Trigger
from accord.infra.db import WorkspaceSession

# changes of a short time are one write (D12): what is marked waits so long for others
GATHERS: Final = timedelta(seconds=6)
# somebody who completes a step looks at the record beside it: that waits for what comes with it, and each anew
SHORT: Final = timedelta(seconds=1)
HURRIED: Final = frozenset({"step_completed", "stage_completed", "final_stage_completed", ASKED})
LOGIN_REASON: Final = "fields_of_plans"


@dataclass(frozen=True, slots=True)
class Marks:
    outbox: Outbox

    def put(
        self,
        session: WorkspaceSession,
        connection_id: ConnectionId,
        deals: Mapping[PlanId, RecordId],
        trigger: Trigger,
        *,
        now: datetime,
    ) -> None:
        """Marks these plans, in the transaction that changes them; `deals` says to which deal each is connected."""
        wanted: list[Mark] = []
        left: Collection[PlanId] = sorted(deals)
        while left:
            # a mark that stands is held until the end, so that nobody takes it before this change is committed
            known = store.load_marks(session, connection_id, left)
            wished = {plan_id: Mark(plan_id, deals[plan_id], trigger, now) for plan_id in left}
            for plan_id in known.keys() & wished.keys():
                mark = joined(known[plan_id], wished[plan_id])
                store.change_mark(session, mark)
                if needs_intent(known[plan_id], mark):
                    wanted.append(mark)
            new = [one for one in wished.values() if one.plan_id not in known]
            added = store.add_marks(session, connection_id, new)
            wanted += [one for one in new if one.plan_id in added]
            left = [one.plan_id for one in new if one.plan_id not in added]
        self.put_intents(session, connection_id, wanted, now=now)

    def put_intents(
        self, session: WorkspaceSession, connection_id: ConnectionId, marks: Collection[Mark], *, now: datetime
    ) -> None:
        intents = [_intent(connection_id, mark, now) for mark in marks]
        self.outbox.put(session, intents, now=now)
        note_records(session, connection_id, {one.id: RecordId(one.external_id) for one in intents}, now=now)


def joined(before: Mark, new: Mark) -> Mark:
    """One mark for two triggers: the more urgent one decides who waits. The newer one is named, but a back-fill gives
    way to what happened to the plan, and that to what Salesforce did with the deal, as that must be read.
    """
    ours, theirs = before.trigger, new.trigger
    is_run_first = theirs.priority is Priority.BACKFILL and ours.priority is not Priority.BACKFILL
    named = ours if is_run_first or (ours.must_read and not theirs.must_read) else theirs
    trigger = replace(named, is_look=ours.is_look or theirs.is_look, priority=min(ours.priority, theirs.priority))
    return replace(before, opportunity_id=new.opportunity_id, trigger=trigger)


def needs_intent(before: Mark, after: Mark) -> bool:
    """Whether the intent that the first trigger put does not do for both: another deal, more urgent, another run's, one
    that would wait too long, or that must be read however often it is tried.
    """
    return (
        after.trigger.kind in HURRIED
        or before.opportunity_id != after.opportunity_id
        or after.trigger.priority < before.trigger.priority
        or before.trigger.run_id != after.trigger.run_id
        or before.trigger.must_read != after.trigger.must_read
    )


def _intent(connection_id: ConnectionId, mark: Mark, now: datetime) -> Intent:
    gathers = SHORT if mark.trigger.kind in HURRIED else GATHERS
    is_run = mark.trigger.priority is Priority.BACKFILL
    return Intent(
        id=IntentId(new_id(now)),
        connection_id=connection_id,
        sobject=DEAL,
        external_id_field="Id",
        external_id=mark.opportunity_id,
        # what is to be written is read when it is sent
        fields={
            "plan_id": mark.plan_id,
            "run_id": mark.trigger.run_id,
            "kind": mark.trigger.kind,
            "actor_id": mark.trigger.actor_id,
        },
        creates=False,
        entity=f"plan:{mark.plan_id}",
        kind=f"fields_after_{mark.trigger.kind}",
        login_reason=LOGIN_REASON,
        occurred_at=now,
        coalesces=True,
        aspect=FIELDS,
        priority=mark.trigger.priority,
        gathers=timedelta() if is_run else gathers,
    )
