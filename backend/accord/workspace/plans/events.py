"""What can happen to a plan. Each event is told in the transaction that stores the change."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from accord.core.identity import Role
from accord.core.ids import ConnectionId, EventId, MemberId, PlanId, RecordId, WorkspaceId
from accord.infra.db import WorkspaceSession


class PlanEventKind(StrEnum):
    """Eleven of them are the triggers of the field sync (A63 to A73)."""

    VIEWED = "viewed"
    CREATED = "created"
    DUPLICATED = "duplicated"
    ARCHIVED = "archived"
    PUBLISHED = "published"
    PLAN_UPDATED = "plan_updated"
    DEAL_CONNECTED = "deal_connected"
    DEAL_DISCONNECTED = "deal_disconnected"
    STAGE_CREATED = "stage_created"
    STAGE_UPDATED = "stage_updated"
    STAGE_DELETED = "stage_deleted"
    STAGE_COMPLETED = "stage_completed"
    FINAL_STAGE_COMPLETED = "final_stage_completed"
    STEP_CREATED = "step_created"
    STEP_UPDATED = "step_updated"
    STEP_DELETED = "step_deleted"
    STEP_COMPLETED = "step_completed"
    STAKEHOLDER_ADDED = "stakeholder_added"
    STAKEHOLDER_REMOVED = "stakeholder_removed"
    MEMBER_INVITED = "member_invited"
    CUSTOMER_ACCEPTED = "customer_accepted"
    COMMENT_ADDED = "comment_added"
    RESOURCE_ADDED = "resource_added"
    CRITERION_CREATED = "criterion_created"
    CRITERION_UPDATED = "criterion_updated"  # how it is called, when it is required, its place
    CRITERION_CHANGED = "criterion_changed"
    CRITERION_DELETED = "criterion_deleted"
    STATUS_CHANGED = "status_changed"


@dataclass(frozen=True, slots=True)
class PlanEvent:
    """One thing that happened.

    `subject_id` and `subject_text` are what it happened to (a stage, a step, a member ...) and how people call that;
    `is_internal`: nothing of it may reach what customers read. `previous` and `new` are values in words. `sequence`
    counts the events of one plan, from 1. `actor` is a member of the workspace, or, with `actor_is_customer`, one of
    the plan; None for what nobody in person did. `actor_role`: None where time alone did it, or a rule: `by_rule` is
    what that is called. `concerns_many`: it is told of many plans at once. `from_salesforce`: the plan has taken over
    what its deal has.
    """

    id: EventId
    kind: PlanEventKind
    workspace_id: WorkspaceId
    connection_id: ConnectionId
    plan_id: PlanId
    opportunity_id: RecordId | None
    actor: MemberId | None
    actor_is_customer: bool
    at: datetime
    subject_id: str | None
    subject_text: str | None
    is_internal: bool
    previous: str | None
    new: str | None
    sequence: int
    actor_role: Role | None = None
    by_rule: str | None = None
    concerns_many: bool = False
    from_salesforce: bool = False

    @property
    def is_batch(self) -> bool:
        """Nobody waits for it: its time came, a rule did it, or it concerns many plans at once."""
        return self.actor_role is None or self.concerns_many


class OnPlanEvent(Protocol):
    """Told in the transaction that stores the change: what is to follow is written there, and nothing is sent.

    Several events are one thing that happened to as many plans of a connection.
    """

    def __call__(self, session: WorkspaceSession, *events: PlanEvent) -> None: ...
