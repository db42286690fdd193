"""Why a field holds what it holds, and why the last try to change it did not (D6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accord.core.ids import MemberId, RecordId
from accord.core.written import Written
from accord.features.panels.model import RowSpec


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
    """Why nothing was written. `at` and `member_id` of who tried; None where nobody did, but a rule of an admin's."""

    reason: str
    sentence: str
    at: datetime | None = None
    member_id: MemberId | None = None


class Sight(StrEnum):
    """Whether the caller may be told values of a field."""

    SHOWN = "shown"
    HIDDEN = "hidden"  # Salesforce does not show him the field
    NO_LOGIN = "no_login"  # he has no login by which Salesforce could be asked


@dataclass(frozen=True, slots=True)
class Glance:
    """The field that is asked about. `record_id`: whose it is, as far as the caller may know; `changed_at`: when that
    record was changed last.
    """

    spec: RowSpec
    record_id: RecordId | None
    sight: Sight
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """Without values where `sight` is not SHOWN. `changed_at`: of the record."""

    key: str
    label: str
    sight: Sight
    changed_at: datetime | None
    wrote: Sequence[Written]
    skipped: Skipped | None

    @property
    def members(self) -> set[MemberId]:
        """Everybody whose name is told."""
        writers = {one.member_id for one in self.wrote if one.member_id is not None}
        tried = self.skipped.member_id if self.skipped else None
        return writers if tried is None else {*writers, tried}
