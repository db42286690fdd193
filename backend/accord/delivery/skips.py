"""Why a write is not made now, or was not made: a closed list of reasons. Values in, values out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from accord.delivery.gates import Behind, Gate
from accord.delivery.model import LONGEST_GATHERING, Priority, State
from accord.delivery.store import OutboxRow, login_key
from accord.salesforce.error_table import TABLE, Retry


class SkipReason(StrEnum):
    """Each has its sentence below and its case in a test."""

    GATHERING = "gathering"
    EARLIER_WRITE = "earlier_write"
    UNANSWERED_WRITE = "unanswered_write"
    REFUSED = "refused"
    LOCKED = "locked"
    STOPPED = "stopped"
    OBSERVED = "observed"
    QUIET = "quiet"
    CONNECTION_PAUSED = "connection_paused"
    CREATES_PAUSED = "creates_paused"
    LOGIN_PAUSED = "login_paused"
    CALLS_KEPT = "calls_kept"
    PARKED = "parked"
    FIELDS_HELD = "fields_held"
    MERGED = "merged"
    ALREADY_THERE = "already_there"
    IGNORED = "ignored"


SENTENCES: Final = {
    SkipReason.GATHERING: "It waits a few seconds for other changes of the same record, so that they go as one.",
    SkipReason.EARLIER_WRITE: "An earlier write of the same record comes first.",
    SkipReason.UNANSWERED_WRITE: "An earlier write of the record got no answer and may still be carried out. Accord"
    " waits until it cannot, so that it turns nothing back.",
    SkipReason.REFUSED: "Salesforce refused it for a reason that passes. Accord tries again by itself.",
    SkipReason.LOCKED: "The record is locked by people, most often by an approval. Accord tries again when it was"
    " changed, and every hour.",
    SkipReason.STOPPED: "An Accord admin has stopped everything that Accord writes to this org. It goes on in its order"
    " when an admin starts it again.",
    SkipReason.OBSERVED: "This org is only observed at first: everything runs and nothing is written. It goes on in its"
    " order when that is over.",
    SkipReason.QUIET: "Accord keeps quiet while data is loaded: what nobody waits for goes on afterwards.",
    SkipReason.CONNECTION_PAUSED: "Nothing is sent to this org at the moment.",
    SkipReason.CREATES_PAUSED: "The org has no room for new records. Changes of existing ones go on.",
    SkipReason.LOGIN_PAUSED: "The Salesforce login that writes this has to be renewed.",
    SkipReason.CALLS_KEPT: "Most of the org's API calls of 24 hours are used; the rest is kept for people who save."
    " Accord goes on when there is room again.",
    SkipReason.PARKED: "Salesforce refused it, and a person has to look. Retry it when the cause is mended.",
    SkipReason.FIELDS_HELD: "All is written but the fields that Salesforce refused. Retry it when the cause is mended.",
    SkipReason.MERGED: "It went on together with a later write of the same record.",
    SkipReason.ALREADY_THERE: "Salesforce had it already, so it was not sent again.",
    SkipReason.IGNORED: "Salesforce took the write and kept its own value.",
}


# what is said where several are shut: what a person did himself comes first
_FIRST: Final = {Behind.STOPPED: 0, Behind.OBSERVED: 1, Behind.CONNECTION: 2}


@dataclass(frozen=True, slots=True)
class Skip:
    """`detail` is what is known beyond the reason: the advice, or why something is paused. `until` None: not known."""

    reason: SkipReason
    detail: str | None = None
    until: datetime | None = None


def decide_skip(row: OutboxRow, closed: Sequence[Gate], served: Collection[Priority], now: datetime) -> Skip | None:
    """What keeps a row of the outbox, or kept it, from being sent; None when nothing does or did.

    `closed` are the gates of its connection, `served` the priorities that may make calls now.
    """
    match State(row.state):
        case State.WAITING:
            return Skip(SkipReason.EARLIER_WRITE)
        case State.READY:
            return _closed(row, closed) or _not_yet(row, now) or _kept(row, served)
        case State.IN_FLIGHT:
            return None
        case State.PARKED:
            return Skip(SkipReason.PARKED if row.outcome is None else SkipReason.FIELDS_HELD, row.advice)
        case State.FOLDED:
            return Skip(SkipReason.MERGED)
        case State.DONE:
            reason = {"found": SkipReason.ALREADY_THERE, "ignored": SkipReason.IGNORED}.get(row.outcome)
            return None if reason is None else Skip(reason, row.note)


def _closed(row: OutboxRow, closed: Sequence[Gate]) -> Skip | None:
    for gate in sorted(closed, key=lambda gate: _FIRST.get(gate.behind, len(_FIRST))):
        match gate.behind:
            case Behind.STOPPED:
                return Skip(SkipReason.STOPPED)
            case Behind.OBSERVED:
                return Skip(SkipReason.OBSERVED, until=gate.until)
            case Behind.QUIET if Priority(row.priority) is not Priority.REP:
                return Skip(SkipReason.QUIET, until=gate.until)
            case Behind.CONNECTION:
                return Skip(SkipReason.CONNECTION_PAUSED, gate.message, gate.until)
            case Behind.CREATES if row.creates:
                return Skip(SkipReason.CREATES_PAUSED, gate.message, gate.until)
            case Behind.LOGIN if login_key(gate.member_id) == row.login_key:
                return Skip(SkipReason.LOGIN_PAUSED, gate.message, gate.until)
    return None


def _not_yet(row: OutboxRow, now: datetime) -> Skip | None:
    if row.run_at <= now:
        return None
    if not row.attempts:
        gathers = row.run_at - row.put_at <= LONGEST_GATHERING and not row.in_doubt
        return Skip(SkipReason.GATHERING if gathers else SkipReason.UNANSWERED_WRITE, until=row.run_at)
    known = TABLE.get(row.code)
    by_people = known is not None and known.retry is Retry.LATER
    return Skip(SkipReason.LOCKED if by_people else SkipReason.REFUSED, row.advice, row.run_at)


def _kept(row: OutboxRow, served: Collection[Priority]) -> Skip | None:
    return None if Priority(row.priority) in served else Skip(SkipReason.CALLS_KEPT)
