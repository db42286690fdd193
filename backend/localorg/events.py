"""Platform events: what is published, when it counts as published, and the bus that keeps it for 72 hours."""

import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from localorg.allowances import HOURLY_EVENTS, Allowance
from localorg.errors import Code, Problem, RefusedError
from localorg.ids import widen
from localorg.schema import SObject
from localorg.values import moment_text

if TYPE_CHECKING:
    from localorg.transaction import Transaction

ENQUEUED = "OPERATION_ENQUEUED"  # stands where errors stand, and is none
RETENTION = timedelta(
    hours=72
)  # Salesforce, Platform Events Developer Guide: high-volume events are stored for 72 hours


@dataclass(frozen=True, slots=True)
class EventMessage:
    """One event that somebody asked to publish. An `immediate` one is published whatever becomes of its transaction."""

    event: str
    payload: Mapping[str, Any]
    user: str
    request_id: str
    at: datetime
    immediate: bool
    uuid: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True, slots=True)
class PublishedEvent:
    """`seq` counts from 1 without gaps and is the local org's own; `replay_id` grows with gaps, as on the platform."""

    seq: int
    replay_id: int
    message: EventMessage

    def as_json(self) -> dict[str, Any]:
        return {
            "seq": self.seq,
            "at": self.message.at.isoformat(),
            "event": self.message.event,
            "event_uuid": self.message.uuid,
            "replay_id": self.replay_id,
            "payload": dict(self.message.payload),
            "user": self.message.user,
            "request_id": self.message.request_id,
        }


class EventBus:
    """The published events in their order. Thread-safe; kept in memory only."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.allowance = Allowance(clock, limit=HOURLY_EVENTS, window=timedelta(hours=1))
        self._clock = clock
        self._published: list[PublishedEvent] = []
        self._seq = 0
        self._replay_id = 1_000
        self._lock = threading.Lock()

    def append(self, messages: Sequence[EventMessage]) -> None:
        with self._lock:
            for message in messages:
                self._seq += 1
                self._replay_id += 1 if self._seq % 3 else 5
                self._published.append(PublishedEvent(self._seq, self._replay_id, message))

    def after(self, seq: int) -> list[PublishedEvent]:
        """Events of the last 72 hours beyond a sequence number."""
        oldest = self._clock() - RETENTION
        with self._lock:
            self._published = [one for one in self._published if one.message.at > oldest]
            return [one for one in self._published if one.seq > seq]


def publish(tx: "Transaction", sobject: SObject, row: Mapping[str, Any]) -> str:
    """Takes an event for publishing; the id that the platform answers, which says nothing and is always the same.

    Salesforce: the APIs publish at once; automations do as the definition of the event says.
    """
    assert sobject.event is not None
    if not tx.org.events.allowance.take():
        text = "The number of published platform event messages exceeded the hourly publishing limit."
        raise RefusedError(Problem(Code.LIMIT_EXCEEDED, text))
    payload = {**row, "CreatedDate": moment_text(tx.now), "CreatedById": tx.user_id}
    names = [name for name in sobject.fields if name not in {"ReplayId", "EventUuid"}]
    message = EventMessage(
        event=sobject.name,
        payload={name: payload.get(name) for name in names},
        user=tx.user_id,
        request_id=tx.request_id,
        at=tx.now,
        immediate=tx.depth == 0 or not sobject.event.after_commit,
    )
    tx.publish(message)
    return widen(f"{sobject.key_prefix}{tx.org.ids.instance}000000001")


def enqueued(tx: "Transaction", record_id: str) -> list[dict[str, Any]]:
    """The `errors` of a success: one entry, which is none, when the record just created is an event."""
    sobject = tx.org.schema.of_id(record_id)
    if sobject is None or sobject.event is None:
        return []
    return [Problem(ENQUEUED, tx.events[-1].uuid).as_save_error()]


def is_enqueued(outcome: Any) -> bool:
    """Whether an answer is the success of an event, which no roll-back of its request undoes."""
    return isinstance(outcome, Mapping) and outcome.get("success") is True and bool(outcome.get("errors"))
