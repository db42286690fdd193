"""Why a field holds what it holds, and why the last try to change it did not (D6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accord.core.ids import MemberId, RecordId
from accord.core.written import Written


class Outcome(StrEnum):
    """What became of one field of a save. All but the first are reasons why nothing was written."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    IGNORED = "ignored_by_platform"
    STALE = "stale_edit"
    REFUSED = "refused"
    OTHER_FIELD = "other_field"
    STOPPED = "org_stopped"
    UNREACHABLE = "salesforce_unavailable"
    IN_DOUBT = "save_in_doubt"


@dataclass(frozen=True, slots=True)
class Try:
    """One field of one save. `old` is what the rep saw, `new` what he wanted; `words` are Salesforce's own."""

    at: datetime
    member_id: MemberId
    record_id: RecordId
    field: str
    outcome: Outcome
    old: str | None
    new: str | None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    at: datetime
    member_id: MemberId
    outcome: Outcome
    words: str | None


@dataclass(frozen=True, slots=True)
class Why:
    """`is_hidden`: the caller may not see values of this field, so that none are told. `changed_at`: of the record."""

    key: str
    label: str
    is_hidden: bool
    changed_at: datetime | None
    wrote: Sequence[Written]
    skipped: Skipped | None
