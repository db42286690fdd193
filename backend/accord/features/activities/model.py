"""An activity: something that happened on a plan and becomes a Task on its deal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accord.core.ids import MemberId, RecordId, UserId


class Kind(StrEnum):
    """The six kinds (A95 to A100)."""

    STEP_UPDATED = "step_updated"
    COMMENT = "comment"
    CUSTOMER_VIEW = "customer_view"
    RESOURCE_ADDED = "resource_added"
    MEMBER_INVITED = "member_invited"
    MEMBER_JOINED = "member_joined"


@dataclass(frozen=True, slots=True)
class Activity:
    """A checked activity, with the key under which its repeats are known."""

    id: str
    opportunity_id: RecordId
    kind: Kind
    subject_text: str
    description: str | None
    occurred_at: datetime
    actor_user_id: UserId | None
    contact_id: RecordId | None
    idempotency_key: str
    content_hash: str


class AuthorReason(StrEnum):
    """Why a Task is written with the login it is written with; it stands in the row (D2)."""

    ACTOR = "actor_has_personal_connection"
    NO_ACTOR = "no_actor_given"
    UNKNOWN_ACTOR = "actor_is_no_member"
    NO_PERSONAL_CONNECTION = "no_personal_connection"


@dataclass(frozen=True, slots=True)
class Author:
    """Whose login writes a Task, and why. `member_id` is None for the integration owner."""

    member_id: MemberId | None
    user_id: UserId | None
    reason: AuthorReason


@dataclass(frozen=True, slots=True)
class Actor:
    """The member who did it. `has_login`: he has a Salesforce login of his own that writes while he is away."""

    member_id: MemberId
    has_login: bool


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """The call that has a key: its activity, and what that was."""

    activity_id: str
    content_hash: str
