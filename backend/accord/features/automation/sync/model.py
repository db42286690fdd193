"""How a record stands with Salesforce, in the words of a Flow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from accord.core.ids import ConnectionId, PlanId, RecordId
from accord.core.mapped import MappedValue
from accord.infra.db import WorkspaceSession


class SyncState(StrEnum):
    IN_SYNC = "in_sync"
    PENDING = "pending"  # Accord does it by itself
    PARKED = "parked"  # a person has to look at it
    FROZEN = "frozen"  # the org's deliveries, or one value: nothing moves until a person lets it go on
    NOT_MAPPED = "not_mapped"  # Accord has nothing to write about it


@dataclass(frozen=True, slots=True)
class StatusItem:
    """`record_id` or `reference_id` names what is asked about; the reference wins."""

    record_id: str | None = None
    reference_id: str | None = None
    idempotency_key: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class SyncItem:
    record_id: str
    idempotency_key: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class SyncStatus:
    state: SyncState
    reason: str = ""
    pending_count: int = 0
    last_synced_at: datetime | None = None


class MappedValues(Protocol):
    """A feature that carries values between plans and their deals; `plans` says which deal each has, 200 at most."""

    def load(
        self, session: WorkspaceSession, connection_id: ConnectionId, plans: Mapping[PlanId, RecordId]
    ) -> Mapping[PlanId, Sequence[MappedValue]]:
        """How the values of these plans stand; nothing where the feature is off."""

    def compare(self, session: WorkspaceSession, connection_id: ConnectionId, plans: Mapping[PlanId, RecordId]) -> None:
        """These plans are compared with Salesforce soon. Wake the worker after the commit."""
