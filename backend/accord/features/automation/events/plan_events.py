"""What happens to plans is put into the outbox as platform events, in the transaction in which it happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from accord.core.clock import Clock
from accord.core.identity import Role
from accord.core.ids import IntentId
from accord.delivery.model import Intent
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import note_records
from accord.features.automation.events.model import EVENT_ID, PLAN_EVENT, SCHEMA_VERSION, PlanEventType
from accord.infra.db import WorkspaceSession
from accord.workspace.members.store import find_member
from accord.workspace.plans.events import PlanEvent, PlanEventKind

TOLD: Final[Mapping[PlanEventKind, PlanEventType]] = {
    PlanEventKind.DEAL_CONNECTED: PlanEventType.PLAN_CONNECTED,
}


@dataclass(frozen=True, slots=True)
class PlanEvents:
    """Told by plans; the worker is woken by whoever commits."""

    outbox: Outbox
    clock: Clock

    def __call__(self, session: WorkspaceSession, event: PlanEvent) -> None:
        """Puts the event, if it is of a type that the org is told and about a plan with a deal."""
        kind = TOLD.get(event.kind)
        if kind is None or event.opportunity_id is None:
            return
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
                "OpportunityId__c": event.opportunity_id,
                "PlanId__c": event.plan_id,
                "PreviousValue__c": event.previous,
                "NewValue__c": event.new,
                "IsFinalStage__c": False,
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
        note_records(session, event.connection_id, {intent.id: event.opportunity_id}, now=now)


def _user_of(session: WorkspaceSession, event: PlanEvent) -> str | None:
    """The Salesforce user who did it; customers are none."""
    if event.actor is None or event.actor_is_customer:
        return None
    member = find_member(session, event.actor)
    return member.salesforce_user_id if member else None


def _actor_kind(event: PlanEvent) -> str:
    if event.actor_is_customer:
        return "customer"
    return "flow" if event.actor_role is Role.FLOW else "user"
