"""The words between a Flow's call and the features that answer it: an item in, an item out, in the same order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

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


@dataclass(frozen=True, slots=True)
class FlowResult:
    """One item's answer. Business failures are data: one bad item never fails its neighbours."""

    outcome: FlowOutcome
    reference_id: str | None = None
    error_code: str | None = None
    error_message: str | None = None
    what_to_do: str | None = None

    @property
    def is_success(self) -> bool:
        return self.outcome is not FlowOutcome.REFUSED


class LogActivities(Protocol):
    """Logs activities for a caller; as many answers as items, in their order."""

    def __call__(self, caller: Identity, items: Sequence[ActivityItem]) -> Sequence[FlowResult]: ...
