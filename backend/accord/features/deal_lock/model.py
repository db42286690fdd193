"""Whether a plan's deal may be changed, and what happens to deals without anybody's changing the connection."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accord.core.ids import MemberId, PlanId, RecordId


@dataclass(frozen=True, slots=True)
class LockSettings:
    """'Allow Modifying Connected Deal after Creation' (A111). Version 0 is the default, before any admin changed it."""

    allow_modifying: bool = True
    version: int = 0
    changed_at: datetime | None = None
    changed_by: MemberId | None = None


class Followed(StrEnum):
    """What happened to a deal in Salesforce. None of it changes the connection."""

    DEAL_DELETED = "deal_deleted"  # it lies in the recycle bin
    DEAL_GONE = "deal_gone"  # deleted for good, or hidden from our login: Salesforce answers the same to both
    DEAL_UNDELETED = "deal_undeleted"
    DEAL_FOUND = "deal_found"  # our login sees it again
    ACCOUNT_MERGED = "account_merged"  # the platform moved the deal to the master of a merge
    ACCOUNT_CHANGED = "account_changed"  # a person moved the deal


@dataclass(frozen=True, slots=True)
class Watched:
    """A plan's deal as it was known last. `absence`: why it is not there, since `deleted_at`."""

    plan_id: PlanId
    opportunity_id: RecordId
    account_id: RecordId | None
    deleted_at: datetime | None = None
    absence: Followed | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """`old` and `new` are ids of accounts."""

    what: Followed
    deal: Watched
    old: RecordId | None = None
    new: RecordId | None = None
