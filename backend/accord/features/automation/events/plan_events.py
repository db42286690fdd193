"""What happens to plans is put into the outbox as platform events, in the transaction in which it happens."""

from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.identity import Identity, Role
from accord.core.ids import IntentId, external_id
from accord.delivery.model import Intent
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import note_records
from accord.features.automation.events.model import EVENT_ID, PLAN_EVENT, SCHEMA_VERSION, PlanEventType
from accord.infra.db import WorkspaceSession
from accord.workspace.plans import rules
from accord.workspace.plans.model import Plan

FIRST = 1  # each plan's events are counted; being connected is the first of them


@dataclass(frozen=True, slots=True)
class PlanEvents:
    """Told by plans; the worker is woken by whoever commits."""

    outbox: Outbox
    clock: Clock

    def connected(self, session: WorkspaceSession, caller: Identity, plan: Plan) -> None:
        """The deal has a plan from now on."""
        now = self.clock()
        event_id = external_id(plan.connection_id, f"plan event:{plan.id}", f"{PlanEventType.PLAN_CONNECTED}:{FIRST}")
        intent = Intent(
            id=IntentId(event_id),
            connection_id=plan.connection_id,
            sobject=PLAN_EVENT,
            external_id_field=EVENT_ID,
            external_id=event_id,
            fields={
                EVENT_ID: event_id,
                "SchemaVersion__c": SCHEMA_VERSION,
                "Type__c": str(PlanEventType.PLAN_CONNECTED),
                "OpportunityId__c": plan.opportunity_id,
                "PlanId__c": plan.id,
                "PreviousValue__c": None,
                "NewValue__c": str(rules.status(plan)),
                "IsFinalStage__c": False,
                "ActorUserId__c": caller.salesforce_user_id,
                "ActorKind__c": "flow" if caller.role is Role.FLOW else "user",
                "OccurredAt__c": plan.created_at.strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
                "Sequence__c": FIRST,
            },
            creates=True,
            login_reason="events_of_plans",
            entity=f"plan:{plan.id}",
            kind=str(PlanEventType.PLAN_CONNECTED),
            occurred_at=plan.created_at,
        )
        self.outbox.put(session, [intent], now=now)
        note_records(session, plan.connection_id, {intent.id: plan.opportunity_id}, now=now)
