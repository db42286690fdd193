"""What happens to plans is put into the outbox as platform events, in the transaction in which it happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from accord.core.clock import Clock
from accord.core.identity import Role
from accord.core.ids import IntentId, RecordId
from accord.delivery.model import Intent
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import note_records
from accord.features.automation.events.model import EVENT_ID, PLAN_EVENT, SCHEMA_VERSION, PlanEventType
from accord.infra.db import WorkspaceSession
from accord.workspace.members.store import find_member
from accord.workspace.plans.events import PlanEvent, PlanEventKind
from accord.workspace.plans.people.rules import INVITED

TOLD: Final[Mapping[PlanEventKind, PlanEventType]] = {
    PlanEventKind.DEAL_CONNECTED: PlanEventType.PLAN_CONNECTED,
    PlanEventKind.STAGE_COMPLETED: PlanEventType.STAGE_COMPLETED,
    PlanEventKind.FINAL_STAGE_COMPLETED: PlanEventType.FINAL_STAGE_COMPLETED,
    PlanEventKind.STEP_COMPLETED: PlanEventType.STEP_COMPLETED,
    PlanEventKind.STATUS_CHANGED: PlanEventType.STATUS_CHANGED,
    PlanEventKind.MEMBER_INVITED: PlanEventType.MEMBER_INVITED,
    PlanEventKind.CUSTOMER_ACCEPTED: PlanEventType.MEMBER_JOINED,
    PlanEventKind.CRITERION_CHANGED: PlanEventType.CRITERION_FULFILLED,
}
# of these the org is told what it happened to; of the others, what stood there and what stands there now
NAMED: Final = frozenset(
    {
        PlanEventType.STEP_COMPLETED,
        PlanEventType.MEMBER_INVITED,
        PlanEventType.MEMBER_JOINED,
        PlanEventType.CRITERION_FULFILLED,
    }
)
LONGEST_VALUE: Final = 255  # of the event's fields


@dataclass(frozen=True, slots=True)
class PlanEvents:
    """Told by plans; the worker is woken by whoever commits."""

    outbox: Outbox
    clock: Clock

    def __call__(self, session: WorkspaceSession, *events: PlanEvent) -> None:
        """Puts the events that are of a type that the org is told, and about a plan with a deal."""
        for event in events:
            kind = TOLD.get(event.kind)
            if kind is not None and event.opportunity_id is not None and _is_told(event):
                self._put(session, event, kind, event.opportunity_id)

    def _put(self, session: WorkspaceSession, event: PlanEvent, kind: PlanEventType, deal: RecordId) -> None:
        previous, new = (None, event.subject_text) if kind in NAMED else (event.previous, event.new)
        now = self.clock()
        intent = Intent(
            id=IntentId(event.id),
            connection_id=event.connection_id,
            sobject=PLAN_EVENT,
            external_id_field=EVENT_ID,
            external_id=event.id,
            fields={
                EVENT_ID: event.id,
                "SchemaVersion__c": SCHEMA_VERSION,
                "Type__c": str(kind),
                "OpportunityId__c": deal,
                "PlanId__c": event.plan_id,
                "PreviousValue__c": _cut(previous),
                "NewValue__c": _cut(new),
                "IsFinalStage__c": event.kind is PlanEventKind.FINAL_STAGE_COMPLETED,
                "ActorUserId__c": _user_of(session, event),
                "ActorKind__c": _actor_kind(event),
                "OccurredAt__c": event.at.strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
                "Sequence__c": event.sequence,
            },
            creates=True,
            login_reason="events_of_plans",
            entity=f"plan:{event.plan_id}",
            kind=str(kind),
            occurred_at=event.at,
        )
        self.outbox.put(session, [intent], now=now)
        note_records(session, event.connection_id, {intent.id: deal}, now=now)


def _is_told(event: PlanEvent) -> bool:
    """A criterion is told when it is fulfilled, an invitation when it is one."""
    if event.kind is PlanEventKind.CRITERION_CHANGED:
        return event.previous is None
    return event.kind is not PlanEventKind.MEMBER_INVITED or event.new == INVITED


def _cut(value: str | None) -> str | None:
    return value if value is None or len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…"


def _user_of(session: WorkspaceSession, event: PlanEvent) -> str | None:
    """The Salesforce user who did it; customers are none."""
    if event.actor is None or event.actor_is_customer:
        return None
    member = find_member(session, event.actor)
    return member.salesforce_user_id if member else None


def _actor_kind(event: PlanEvent) -> str:
    if event.actor_is_customer:
        return "customer"
    if event.by_rule is not None:
        return "rule"
    return "flow" if event.actor_role is Role.FLOW else "user"
