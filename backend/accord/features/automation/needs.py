"""What the integration owner must be allowed so that Flows are told of plans, and can invite Contacts."""

from typing import Final

from accord.core.needs import Need, Right
from accord.features.automation.events.model import PLAN_EVENT

FIELDS: Final = (
    "AccountId__c",
    "ActorKind__c",
    "ActorUserId__c",
    "EventId__c",
    "IsFinalStage__c",
    "IsReplay__c",
    "NewValue__c",
    "OccurredAt__c",
    "OpportunityId__c",
    "PlanId__c",
    "PreviousValue__c",
    "SchemaVersion__c",
    "Sequence__c",
    "Type__c",
)
_TELL: Final = "tell Flows what happens to plans"
_INVITE: Final = "invite a Contact by Invite Member without its address being passed"


def needs() -> tuple[Need, ...]:
    """Events of plans cannot be switched off; an action that no Flow uses costs nothing."""
    return (
        Need(PLAN_EVENT, "", Right.CREATE, _TELL),
        *(Need(PLAN_EVENT, field, Right.CREATE, _TELL) for field in FIELDS),
        *(Need("Contact", field, Right.READ, _INVITE, is_must=False) for field in ("Name", "Email")),
    )
