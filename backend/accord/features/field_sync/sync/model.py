"""What is known of one plan's fields in Salesforce, and what was written there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from accord.core.ids import ConnectionId, IntentId, MemberId, PlanId, RecordId, WorkspaceId
from accord.delivery.model import Priority
from accord.features.field_sync.model import Row
from accord.features.field_sync.reasons import FieldSkip
from accord.mapping.changeset import Change
from accord.mapping.values import Canonical

# aspects of a deal's lane: fields of plans, and the taking back of a run
FIELDS: Final = "fields"
UNDO: Final = "undo"
# kinds of triggers beside the events of plans
BACK_FILL: Final = "back_fill"
IN_DOUBT: Final = "in_doubt"
UNDONE: Final = "undo"
ASKED: Final = "asked"  # by a Flow
DEAL_MOVED: Final = "deal_moved"
DEAL_BACK: Final = "deal_back"
# Salesforce itself did something to the deal: what was agreed counts no more before it was read again
FOLLOWED: Final = frozenset({DEAL_MOVED, DEAL_BACK})


@dataclass(frozen=True, slots=True)
class Trigger:
    """Why a plan is looked at. `is_look`: it was viewed, so that Salesforce is read again when that is due (A74)."""

    kind: str
    actor_id: MemberId | None = None
    is_look: bool = False
    priority: Priority = Priority.EVENT
    run_id: str | None = None

    @property
    def must_read(self) -> bool:
        return self.kind in FOLLOWED


@dataclass(frozen=True, slots=True)
class Mark:
    """A plan whose fields have to be looked at: one row, however many triggers; `trigger` is the last one."""

    plan_id: PlanId
    opportunity_id: RecordId
    trigger: Trigger
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What both sides last agreed on for one row. `write_id`: the write that brought it; None: it was there already."""

    record_id: RecordId
    value: Canonical
    at: datetime
    write_id: str | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """A value that was taken back from this record: it is not written there again as it is."""

    record_id: RecordId
    value: Canonical


@dataclass(frozen=True, slots=True)
class RefusedValue:
    """A value that Salesforce refused for this field of this record; it is not sent again as it is."""

    value: Canonical
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Copy:
    """The shadow of one plan: by row what was agreed, refused and skipped. `read_at`: when Salesforce was read last.

    `holds` is kept by itself.
    """

    plan_id: PlanId
    held: Mapping[str, Held] = field(default_factory=dict)
    refused: Mapping[str, RefusedValue] = field(default_factory=dict)
    skips: Mapping[str, FieldSkip] = field(default_factory=dict)
    looked_at: datetime | None = None
    read_at: datetime | None = None
    intent_id: IntentId | None = None
    holds: Mapping[str, Hold] = field(default_factory=dict)


def known_of(copy: Copy, rows: Sequence[Row]) -> Copy:
    """The shadow as far as it is about the fields to which the rows go now."""
    moved = {row.id: row.moved_at for row in rows if row.moved_at is not None}
    if not moved:
        return copy
    looked = {key for key, at in moved.items() if copy.looked_at is None or copy.looked_at <= at}
    return replace(
        copy,
        held={key: one for key, one in copy.held.items() if key not in moved or one.at > moved[key]},
        refused={key: one for key, one in copy.refused.items() if key not in moved or one.at > moved[key]},
        skips={key: one for key, one in copy.skips.items() if key not in looked},
    )


class WriteState(StrEnum):
    SENT = "sent"  # it was about to be sent; whether it arrived is not known yet
    DONE = "done"
    REFUSED = "refused"
    LOST = "lost"  # it was sent, and a later look did not find its values


class UndoState(StrEnum):
    """How far the taking back of one write is."""

    QUEUED = "queued"
    BEGUN = "begun"
    UNDONE = "undone"
    CHANGED_SINCE = "changed_since"  # at least one of its fields


@dataclass(frozen=True, slots=True)
class Write:
    """One write of one record, with the old values (by row): kept before it was sent.

    `login`: the username by which it was sent; None for what was written before that was kept. `is_read`: the old
    values were read from Salesforce for this write; otherwise they are what was known last, and may have changed since.
    """

    id: str
    plan_id: PlanId
    sobject: str
    record_id: RecordId
    trigger: Trigger
    at: datetime
    changes: Mapping[str, Change]
    names: Mapping[str, str]  # by row: the field's API name, as the row may be gone by now
    state: WriteState = WriteState.SENT
    undo_state: UndoState | None = None
    login: str | None = None
    is_read: bool = False


def write_of(write: Write, rows: Sequence[Row]) -> Write:
    """The write as far as it is about the fields to which the rows go now."""
    moved = {row.id: row.moved_at for row in rows if row.moved_at is not None}
    return replace(
        write, changes={key: one for key, one in write.changes.items() if key not in moved or write.at > moved[key]}
    )


@dataclass(frozen=True, slots=True)
class Read:
    """A row's field as it was read; no record when the path leads to none, or it is hidden from the login."""

    record_id: RecordId | None
    value: Canonical = None


Fresh = Mapping[str, Read]
# the username by which a connection's integration owner writes
LoginOf = Callable[[WorkspaceId, ConnectionId], str]
