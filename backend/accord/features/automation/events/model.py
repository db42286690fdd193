"""The two events: ours to the org (`Accord_Plan_Event__e`), and the org's to us (`Accord_Request__e`)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

PLAN_EVENT: Final = "Accord_Plan_Event__e"
EVENT_ID: Final = "EventId__c"
SCHEMA_VERSION: Final = 1


class PlanEventType(StrEnum):
    """What the org is told."""

    PLAN_CONNECTED = "plan_connected"
    STAGE_COMPLETED = "stage_completed"
    FINAL_STAGE_COMPLETED = "final_stage_completed"
    STEP_COMPLETED = "step_completed"
    STATUS_CHANGED = "status_changed"
    MEMBER_INVITED = "member_invited"
    MEMBER_JOINED = "member_joined"
    CRITERION_FULFILLED = "criterion_fulfilled"


BY_EVENT: Final = "event: "  # before an action in the log of calls: an event has asked for it


class RequestAction(StrEnum):
    """What the org may ask."""

    LOG_ACTIVITY = "log_activity"
    SYNC_NOW = "sync_now"
    UPDATE_STEP = "update_step"
    INVITE_MEMBER = "invite_member"
    SET_CRITERION = "set_criterion"


# what changes a plan is read and done as at the address of this operation
ON_PLANS: Final = {
    RequestAction.UPDATE_STEP: "updateAccordSteps",
    RequestAction.INVITE_MEMBER: "inviteAccordMembers",
    RequestAction.SET_CRITERION: "setAccordCriteria",
}
# the action of Flow with which the same is done
SAME_AS: Final = {
    f"{BY_EVENT}{RequestAction.LOG_ACTIVITY}": "logAccordActivities",
    f"{BY_EVENT}{RequestAction.SYNC_NOW}": "syncAccordRecordsNow",
    **{f"{BY_EVENT}{action}": operation for action, operation in ON_PLANS.items()},
}


@dataclass(frozen=True, slots=True)
class RequestEvent:
    """One event that asks something, unchecked. `request_id` is the reference that the publishing action answered."""

    event_uuid: str
    action: str
    record_id: str
    request_id: str | None = None
    created_at: datetime | None = None
    kind: str | None = None
    subject_text: str | None = None
    description: str | None = None
    occurred_at: datetime | None = None
    actor_user_id: str | None = None
    contact_id: str | None = None
    is_internal: bool = False
    idempotency_key: str | None = None
    flow_name: str | None = None
    inputs: str | None = None  # of an action on the deal's plan: JSON, under the names of Flow


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an event. `is_known`: it had arrived before, and this is what became of it then."""

    event_uuid: str
    outcome: str
    error_code: str | None
    reference_id: str
    is_known: bool = False
