"""What happens to plans sets the sync going: each event marks its plan, and nothing is sent here (A62 to A73)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, PlanId, RecordId
from accord.delivery.foregone.model import Foregone
from accord.delivery.foregone.store import note_foregone
from accord.delivery.model import Priority
from accord.delivery.parts import Part
from accord.features.field_sync.holds import store as holds
from accord.features.field_sync.store import is_on, load
from accord.features.field_sync.sync import store
from accord.features.field_sync.sync.marks import GATHERS, HURRIED, SHORT, Marks
from accord.features.field_sync.sync.model import DEAL_BACK, DEAL_MOVED, Trigger
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.events import PlanEvent, PlanEventKind

# what changes no datum of a plan, most often: looks and words
WRITES_NOTHING: Final = frozenset(
    map(
        str,
        (
            PlanEventKind.VIEWED,
            PlanEventKind.COMMENT_ADDED,
            PlanEventKind.RESOURCE_ADDED,
            PlanEventKind.STEP_UPDATED,
            PlanEventKind.STAKEHOLDER_ADDED,
            PlanEventKind.STAKEHOLDER_REMOVED,
            PlanEventKind.PLAN_UPDATED,
        ),
    )
)
# from then on the plan leads to no record
ENDS: Final = frozenset({PlanEventKind.DEAL_DISCONNECTED, PlanEventKind.ARCHIVED})


@dataclass(frozen=True, slots=True)
class DealTriggers:
    """Told what Salesforce itself did with deals of plans: their fields are compared, though no plan has changed."""

    marks: Marks
    clock: Clock

    def __call__(
        self,
        session: WorkspaceSession,
        connection_id: ConnectionId,
        *,
        moved: Mapping[PlanId, RecordId],
        back: Mapping[PlanId, RecordId],
    ) -> None:
        """`moved` lead to another account by now, which only concerns rows behind a relationship; `back`: restored."""
        setup = load(session, connection_id)
        if not setup.enabled:
            return
        has_paths = any(row.path for row in setup.rows)
        for kind, deals in ((DEAL_MOVED, moved if has_paths else {}), (DEAL_BACK, back)):
            self.marks.put(session, connection_id, deals, Trigger(kind), now=self.clock())


@dataclass(frozen=True, slots=True)
class Triggers:
    """Told by plans, in the transaction of the change; the worker is woken by whoever commits."""

    marks: Marks
    clock: Clock

    def __call__(self, session: WorkspaceSession, *events: PlanEvent) -> None:
        deals: dict[tuple[ConnectionId, Trigger], dict[PlanId, RecordId]] = {}
        for event in events:
            if event.kind in ENDS:
                store.forget_plan(session, event.connection_id, event.plan_id)
                holds.forget_plan(session, event.plan_id)
            elif event.opportunity_id is not None:
                actor = None if event.actor_is_customer else event.actor
                priority = Priority.BATCH if event.is_batch else Priority.EVENT
                trigger = Trigger(str(event.kind), actor, is_look=event.kind is PlanEventKind.VIEWED, priority=priority)
                deals.setdefault((event.connection_id, trigger), {})[event.plan_id] = event.opportunity_id
        for (connection_id, trigger), of_plans in deals.items():
            if is_on(session, connection_id):
                self.marks.put(session, connection_id, of_plans, trigger, now=self.clock())
            elif trigger.kind not in WRITES_NOTHING:
                gathers = SHORT if trigger.kind in HURRIED else GATHERS
                lanes = [Foregone(Part.FIELDS, plan_id, self.clock(), gathers=gathers) for plan_id in of_plans]
                note_foregone(session, connection_id, lanes)
