"""What writing costs the org a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Feature(StrEnum):
    ACTIVITY = "activity"  # Tasks
    FIELDS = "fields"  # synced fields of records
    TWO_WAY = "two_way"  # values that live on both sides
    CONTACTS = "contacts"  # members who become Contacts with a role on the deal
    AUTO_CREATE = "auto_create"  # plans that rules make
    EVENTS = "events"  # platform events
    MESSAGES = "messages"  # Salesforce's bell
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Put:
    """One write as it came in. Those with the same `batch` can go in one call; `kind` says what caused it."""

    sobject: str
    kind: str
    batch: str
    creates: bool
    at: datetime
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """A day's worth, measured over so many days. `left` and `share` are None before the org has said its limit.

    `calls_a_day` are those that write, `reads_a_day` those that look before and after, at most; `share` is of both.
    `is_at_most`: the writes are an upper bound, too. `is_estimated`: some of it was not put because the feature was
    off; it is what would have been.
    """

    feature: Feature
    days: float
    records_a_day: float
    calls_a_day: float
    storage_mb_a_day: float
    left: int | None
    share: float | None
    because: str
    is_estimated: bool = False
    reads_a_day: float = 0.0
    is_at_most: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one thing an org has, and how much of that is left."""

    most: int
    left: int


@dataclass(frozen=True, slots=True)
class Room:
    """What the org has left for everybody; None where it does not tell. `not_known` says why nothing is told."""

    calls_a_day: Share | None = None
    events_an_hour: Share | None = None
    storage_mb: Share | None = None
    not_known: str | None = None


@dataclass(frozen=True, slots=True)
class FeatureCost:
    """What a feature costs. `is_on` is None for what has no switch."""

    cost: Cost
    is_on: bool | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Every feature, all of them together, and what looking for changes in Salesforce costs beside them.

    `measured_calls`: all calls that Accord has made in the 24 hours up to its last one, for whatever; None before any.
    """

    features: Sequence[FeatureCost]
    total: Cost
    looking_calls_a_day: int
    measured_calls: int | None
    room: Room
