"""The result of one record's write is a value, not an exception.

`Done` and `Ignored` end an intent; `Refused` says by its recovery what comes next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from accord.core.ids import RecordId


class Recovery(StrEnum):
    """What can be done about a refusal."""

    TRANSIENT = "transient"  # the same request later: locks, time-outs, 5xx
    QUOTA = "quota"  # the whole org waits
    AUTH = "auth"  # the login must be renewed first
    DATA = "data"  # a person changes the record or the org's rule
    SCHEMA = "schema"  # an admin changes the org's fields or rights, or the mapping
    UNKNOWN = "unknown"  # not in our table: tried again a little, then a person looks


@dataclass(frozen=True, slots=True)
class Told:
    """What a write has changed, for the list of writes: the values as they were sent, and as they were seen in
    Salesforce just before; a field that is not in `before` was not looked at.
    """

    written: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """Salesforce has it. `record_id` may stay unknown when the platform hides it (a duplicate of our own key)."""

    record_id: RecordId | None
    created: bool
    note: str | None = None  # for the row's explanation
    left_out: tuple[str, ...] = ()  # fields that could not be written yet
    sent: bool = True  # False: an earlier try had arrived, so nothing was written now
    told: Told | None = None  # None: nobody keeps its values


@dataclass(frozen=True, slots=True)
class Ignored:
    """Salesforce answered success and kept the old value. Never tried again."""

    record_id: RecordId | None
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Salesforce, or the way to it, said no. `in_doubt`: no answer came, the work may have been done all the same."""

    recovery: Recovery
    code: str
    message: str
    advice: str
    fields: tuple[str, ...] = ()
    in_doubt: bool = False


Outcome = Done | Ignored | Refused
