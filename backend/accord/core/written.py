"""Who or what wrote a value: what the panel and the list of writes ask of everything that writes to Salesforce."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from accord.core.identity import Identity
from accord.core.ids import IntentId, MemberId, RecordId


class Writer(StrEnum):
    """By which rule a value was written."""

    PANEL = "panel"  # somebody saved it in the panel
    FIELD_SYNC = "field_sync"  # data of a plan, by a row of an admin
    TWO_WAY = "two_way"  # a value that runs both ways


@dataclass(frozen=True, slots=True)
class Written:
    """One value that Salesforce has taken from us. `member_id`: on whose doing; None for nobody of ours.

    `old` and `new` are texts as they are sent, None for empty. `own_login`: False for the integration owner's, whose
    name is `login_name` where it was kept. `old_is_read`: the old value was seen in Salesforce when this was written;
    otherwise it is what was known last.
    """

    at: datetime
    writer: Writer
    member_id: MemberId | None
    own_login: bool
    old: str | None
    new: str | None
    login_name: str | None = None
    old_is_read: bool = True


class Before(StrEnum):
    """What is known of the value before a write."""

    KNOWN = "known"
    NEW_RECORD = "new_record"  # the write has made the record: there was none
    NOT_KNOWN = "not_known"  # it was written without a look at what was there


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """One field of a write; texts as they are sent, None for empty. `old` counts only where it is known."""

    field: str
    old: str | None
    new: str | None
    before: Before = Before.KNOWN


class Fate(StrEnum):
    """What has become of a write."""

    WRITTEN = "written"
    WAITING = "waiting"
    PARKED = "parked"
    NOT_WRITTEN = "not_written"


@dataclass(frozen=True, slots=True)
class WriteLine:
    """One write of one record. `id` grows with time and is nobody else's, whoever tells of the write.

    `writer` is None for what delivery alone knows, `kind` what set it off. `reason` is a sentence without a value: why
    it waits, or was not written. `reference` names it in the API of deliveries.
    """

    id: str
    at: datetime
    writer: Writer | None
    kind: str
    fate: Fate
    sobject: str
    record_id: RecordId | None
    member_id: MemberId | None = None
    own_login: bool = False
    login_name: str | None = None
    values: tuple[WrittenValue, ...] = ()
    reason: str | None = None
    reference: IntentId | None = None


@dataclass(frozen=True, slots=True)
class WantedWrites:
    """The newest lines of one record, or of all; with `before`, those that are older than the line with this id."""

    most: int
    record_id: RecordId | None = None
    before: str | None = None


class ListsWrites(Protocol):
    """One of those who know of writes."""

    def lines(self, caller: Identity, wanted: WantedWrites) -> Sequence[WriteLine]:
        """The newest first, at most as many as wanted."""
        ...


@dataclass(frozen=True, slots=True)
class NotWritten:
    """Why a value that is ours to write was not written the last time, or is not now. The sentence holds no value."""

    reason: str
    sentence: str


class TellsWritten(Protocol):
    """One of those who write to fields of records."""

    def wrote(self, caller: Identity, record_id: RecordId, field: str) -> Sequence[Written]:
        """What it wrote to one field of one record, the newest first; at most a handful."""
        ...

    def left(self, caller: Identity, record_id: RecordId, field: str) -> NotWritten | None:
        """Why it has left the field as it is; None when it has not, and when the field is none of its own."""
        ...
