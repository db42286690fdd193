"""Ids have types. Ours are UUIDv7 as text; Salesforce's are widened to 18 characters at the edge."""

import re
import secrets
import threading
import uuid
from datetime import datetime
from typing import NewType

WorkspaceId = NewType("WorkspaceId", str)
ConnectionId = NewType("ConnectionId", str)
MemberId = NewType("MemberId", str)
PlanId = NewType("PlanId", str)
PlaybookId = NewType("PlaybookId", str)
StageId = NewType("StageId", str)
StepId = NewType("StepId", str)
CriterionId = NewType("CriterionId", str)
EventId = NewType("EventId", str)
IntentId = NewType("IntentId", str)
ClaimId = NewType("ClaimId", str)
SessionId = NewType("SessionId", str)
OrgId = NewType("OrgId", str)
UserId = NewType("UserId", str)
RecordId = NewType("RecordId", str)

_SALESFORCE_ID = re.compile(r"[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?")
_OUR_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CHECK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_NAMESPACE = uuid.UUID("6f1d2c0e-6c1a-5f0e-9d55-0a3f2b7c9e41")


class _Counter:
    """Numbers ids of one millisecond in the order of their making (RFC 9562, 6.2, method 1)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._milliseconds = -1
        self._count = 0

    def next(self, milliseconds: int) -> int:
        """12 bits: from a random beginning in the lower half upwards; after thousands of them it begins again."""
        with self._lock:
            if milliseconds == self._milliseconds:
                self._count = (self._count + 1) % (1 << 12)
            else:
                self._milliseconds, self._count = milliseconds, secrets.randbits(11)
            return self._count


_counter = _Counter()


def new_id(now: datetime) -> str:
    """A UUIDv7 as text: sorted by time of making, also within a millisecond of this process. `now` must be aware."""
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | 0x7 << 76 | _counter.next(milliseconds) << 64 | 0b10 << 62
    return str(uuid.UUID(int=value | secrets.randbits(62)))


def is_our_id(text: str) -> bool:
    """Whether a text has the shape of an id that `new_id` makes."""
    return _OUR_ID.fullmatch(text) is not None


def widen(salesforce_id: str) -> str:
    """The 18-character form of a 15- or 18-character Salesforce id.

    Raises ValueError when it has another shape or its last three characters do not fit the first fifteen
    (the check letters encode which of the fifteen are capitals, five a letter).
    """
    if not _SALESFORCE_ID.fullmatch(salesforce_id):
        raise ValueError("a Salesforce id has 15 or 18 letters and digits")
    short = salesforce_id[:15]
    check = "".join(
        _CHECK_LETTERS[sum(1 << place for place, letter in enumerate(short[start : start + 5]) if letter.isupper())]
        for start in (0, 5, 10)
    )
    if len(salesforce_id) == 18 and salesforce_id[15:].upper() != check:
        raise ValueError("the last three characters of this Salesforce id do not fit the rest")
    return short + check


def external_id(connection_id: ConnectionId, entity: str, event: str) -> str:
    """The id under which Salesforce knows one effect of ours, the same for every repeat: UUIDv5, 36 characters."""
    return str(uuid.uuid5(_NAMESPACE, f"{connection_id}|{entity}|{event}"))
