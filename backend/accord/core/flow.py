"""The words between a Flow's call and the features that answer it: an item in, an item out, in the same order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from accord.core.identity import Identity


class FlowOutcome(StrEnum):
    QUEUED = "queued"
    DONE = "done"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ActivityItem:
    """One activity as a Flow gives it, unchecked."""

    record_id: str
    kind: str
    subject_text: str
    description: str | None = None
    occurred_at: datetime | None = None
    actor_user_id: str | None = None
    contact_id: str | None = None
    is_internal: bool = False
    idempotency_key: str | None = None
    dry_run: bool = False
    plan_member_id: str | None = None  # the customer whom it is about, who may be no contact yet
    asked_at: datetime | None = None  # when it was asked for, where that is not now: an event may arrive days later


@dataclass(frozen=True, slots=True)
class FlowResult:
    """One item's answer. Business failures are data: one bad item never fails its neighbours.

    `error_message` and `what_to_do` are plain sentences; `outputs` are the action's own, under the names of the Flow.
    """

    outcome: FlowOutcome
    reference_id: str | None = None
    error_code: str | None = None
    error_message: str | None = None
    what_to_do: str | None = None
    outputs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_success(self) -> bool:
        return self.outcome is not FlowOutcome.REFUSED


def refused(code: str, message: str, what_to_do: str) -> FlowResult:
    return FlowResult(FlowOutcome.REFUSED, error_code=code, error_message=message, what_to_do=what_to_do)


class LogActivities(Protocol):
    """Logs activities for a caller; as many answers as items, in their order."""

    def __call__(self, caller: Identity, items: Sequence[ActivityItem]) -> Sequence[FlowResult]: ...
