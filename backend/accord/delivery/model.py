"""Delivery's values: what is to be written, what a worker has taken, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any, Protocol

from accord.core.ids import ClaimId, ConnectionId, IntentId, MemberId, RecordId, WorkspaceId
from accord.core.outcomes import Recovery, Told
from accord.infra.db import WorkspaceSession
from accord.salesforce.model import Gateway

BATCH_SIZE = 200  # Salesforce: sObject Collections take 200 records a call
LONGEST_GATHERING = timedelta(seconds=10)


class State(StrEnum):
    """Where an intent stands. One of ready, in flight and parked is the head of its lane; the others wait behind it."""

    WAITING = "waiting"  # an earlier intent of the same record is not done yet
    READY = "ready"
    IN_FLIGHT = "in_flight"
    DONE = "done"
    PARKED = "parked"  # a person has to look at it
    FOLDED = "folded"  # was parked, and went on together with the next intent of its record


class Priority(IntEnum):
    """Who goes first, and who stops last when the org's API calls run short (D68)."""

    REP = 0  # somebody waits for it
    EVENT = 1  # something has happened
    BATCH = 2  # its time came, or a rule or a setting concerns many records at once
    BACKFILL = 3  # it can wait: what was there before, and what is checked again


@dataclass(frozen=True, slots=True)
class ParkedOf:
    """Which parked writes are meant: those of one cause as a card shows it. What is None is not asked for."""

    code: str | None = None
    sobject: str | None = None
    recovery: Recovery | None = None


class Failpoint(StrEnum):
    """The places at which a test may end the process."""

    BEFORE_CLAIM = "before_claim"
    AFTER_CLAIM = "after_claim"
    BEFORE_SEND = "before_send"
    AFTER_SEND = "after_send"
    BEFORE_MARK = "before_mark"
    AFTER_MARK = "after_mark"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a record was refused, kept for the person who can mend it. `message` is Salesforce's own."""

    recovery: Recovery
    code: str
    message: str
    advice: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Fields that Salesforce refused while the others can be written, and why (D63)."""

    fields: Mapping[str, Any]
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Intent:
    """One write of one record that must reach Salesforce.

    `creates`: this intent makes the record, so `fields` hold all of it; a later one (`creates` False) holds changed
    fields only. `create_only` names the fields that go out with the first write alone. `fields` hold JSON values and
    Decimals; dates and times are text as Salesforce writes them. `login_member_id` None is the integration owner.
    """

    id: IntentId
    connection_id: ConnectionId
    sobject: str
    external_id_field: str
    external_id: str
    fields: Mapping[str, Any]
    creates: bool
    entity: str  # what of ours it is about, e.g. "activity:0190…"
    kind: str  # what happened, e.g. "step_updated"
    login_reason: str  # why this login writes it
    occurred_at: datetime
    login_member_id: MemberId | None = None
    create_only: frozenset[str] = frozenset()
    coalesces: bool = False  # its fields say how things stand, so that of several that wait the last is enough
    aspect: str = ""  # a part of the record that waits for something of its own and must not hold up the rest
    priority: Priority = Priority.EVENT
    held: Held | None = None  # fields that are kept back, beside `fields`
    gathers: timedelta = timedelta()  # it waits so long, LONGEST_GATHERING at most, for others that say more

    @property
    def lane(self) -> str:
        """Writes of one lane keep their order; lanes are independent of each other."""
        record = lane_of(self.sobject, self.external_id_field, self.external_id)
        return f"{record}|{self.aspect}" if self.aspect else record


def lane_of(sobject: str, external_id_field: str, external_id: str) -> str:
    """The lane of a record's own writes."""
    return f"{sobject}|{external_id_field}|{external_id}"


def aspect_of(lane: str) -> str:
    """The aspect in `Intent.lane`; names of objects and fields have no bar in them, and neither has an aspect."""
    return lane.rpartition("|")[2] if lane.count("|") > 2 else ""


@dataclass(frozen=True, slots=True)
class ClaimedRow:
    """One intent in a worker's hands. `in_doubt`: an earlier try may have reached Salesforce without our knowing.

    `fields` are to be written now; `held` ones were refused before and wait for a person.
    """

    id: IntentId
    lane: str
    external_id: str
    fields: Mapping[str, Any]
    in_doubt: bool
    attempts: int
    first_refused_at: datetime | None
    record_id: RecordId | None  # known from an earlier intent of the same record
    alone: bool = False  # it failed a whole call by itself before
    fenced_until: datetime | None = None  # until then an unanswered try of it may still be committed
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A batch that one call can carry. Whoever holds the claim may acknowledge it, nobody else, and only once."""

    id: ClaimId
    workspace_id: WorkspaceId
    connection_id: ConnectionId
    login_member_id: MemberId | None
    sobject: str
    external_id_field: str
    creates: bool
    rows: tuple[ClaimedRow, ...]
    leased_until: datetime


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a gate is closed. `until` None: a person opens it."""

    code: str
    message: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The intent has its effect (or never will, by Salesforce's silent choice: `outcome` says which)."""

    row: ClaimedRow
    outcome: str  # created, updated, found, ignored
    record_id: RecordId | None
    note: str | None = None
    left_out: tuple[str, ...] = ()  # fields that could not be written yet
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """The intent goes back. `refusal` is set when this try counts against the record."""

    row: ClaimedRow
    run_at: datetime
    in_doubt: bool
    refusal: Refusal | None = None
    alone: bool = False  # it is claimed by itself from now on, so that it holds up no other


@dataclass(frozen=True, slots=True)
class Park:
    """The intent waits for a person. `in_doubt`: its last try may have been carried out all the same."""

    row: ClaimedRow
    refusal: Refusal
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Salvage:
    """The fields that the refusal names are held back; the others go out at once (D63)."""

    row: ClaimedRow
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Reroute:
    """A member's login may not write this; another one goes on with it, at once (W3), or `otherwise` comes true."""

    row: ClaimedRow
    refusal: Refusal
    otherwise: Park | Salvage
    in_doubt: bool = False


Mark = Finished | Again | Park | Salvage | Reroute


@dataclass(frozen=True, slots=True)
class LoginProblem:
    """Why a member's login cannot write an intent: AUTH for the login itself, else what the record's refusal says."""

    recovery: Recovery
    code: str


class NextLogin(Protocol):
    """Asked about an intent that a member's login cannot write: the intent as another login writes it (the same id and
    record), or None when it has to wait for this very login. It is asked once more only if the answer names another
    member. The session is there to read.
    """

    def __call__(self, session: WorkspaceSession, intent: Intent, problem: LoginProblem) -> Intent | None: ...


@dataclass(frozen=True, slots=True)
class DrainReport:
    """What one drain did, in numbers of intents. `calls` counts claims; what was acknowledged too late is `late`."""

    done: int = 0
    retried: int = 0
    parked: int = 0
    late: int = 0
    calls: int = 0

    def __add__(self, other: "DrainReport") -> "DrainReport":
        return DrainReport(
            done=self.done + other.done,
            retried=self.retried + other.retried,
            parked=self.parked + other.parked,
            late=self.late + other.late,
            calls=self.calls + other.calls,
        )


class GatewaySource(Protocol):
    """Gives the gateway of a login. Raises AuthorizationLostError when that login has to be renewed by a person."""

    def gateway_for(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, member_id: MemberId | None
    ) -> Gateway: ...
