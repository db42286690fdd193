"""What writing costs the org a day."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Feature(StrEnum):
    ACTIVITY = "activity"  # Tasks
    FIELDS = "fields"  # synced fields of records
    EVENTS = "events"  # platform events
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Put:
    """One write as it came in. Those with the same `batch` can go in one call."""

    sobject: str
    batch: str
    creates: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Cost:
    """A day's worth, measured over so many days. `left` and `share` are None before the org has said its limit."""

    feature: Feature
    days: float
    records_a_day: float
    calls_a_day: float
    storage_mb_a_day: float
    left: int | None
    share: float | None
    because: str
