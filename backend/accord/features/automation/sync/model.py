"""How a record stands with Salesforce, in the words of a Flow."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
