"""A plan: the customer's mutual action plan, as far as the first landing keeps it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accord.core.ids import ConnectionId, MemberId, PlanId, RecordId


class Status(StrEnum):
    """The words that Salesforce may be given (A52)."""

    NOT_STARTED = "Not Started"
    ON_TRACK = "On Track"


@dataclass(frozen=True, slots=True)
class Plan:
    id: PlanId
    connection_id: ConnectionId
    opportunity_id: RecordId
    title: str
    stage_title: str
    steps_total: int
    steps_done: int
    created_by: MemberId | None
    created_at: datetime
    creation_key: str | None = None  # digest of the key that a caller gave, to know his repeats by


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What somebody gives to make a plan."""

    opportunity_id: RecordId
    title: str
    stage_title: str
    steps_total: int
    steps_done: int
    creation_key: str | None = None


@dataclass(frozen=True, slots=True)
class Connected:
    """The deal's plan. `is_new`: this wish made it, now or when it came before with the same key."""

    plan: Plan
    is_new: bool
