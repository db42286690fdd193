"""An activity: something that happened on a plan and becomes a Task on its deal."""

from collections.abc import Mapping
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


class Folding(StrEnum):
    """Which repeats of one kind on one deal become one Task (D24, A102)."""

    NONE = "none"
    DAY = "day"  # those of one day, where the Task's owner lives
    MINUTES = "minutes"  # those within so many minutes of the first


class Internal(StrEnum):
    """What becomes of internal items (D26)."""

    EXCLUDED = "excluded"
    MARKED = "marked"


@dataclass(frozen=True, slots=True)
class KindSettings:
    """How one kind becomes Tasks. Both texts follow the fixed prefix; {text} and {count} are filled in."""

    kind: Kind
    enabled: bool
    folding: Folding
    minutes: int | None  # with Folding.MINUTES alone
    text: str
    folded_text: str
    internal: Internal


@dataclass(frozen=True, slots=True)
class ActivitySettings:
    """Activity of one connection; off until an admin turns it on (A86). `version` counts the changes."""

    version: int
    enabled: bool
    owner_time_zone: str  # where the integration owner's days begin: an IANA name
    kinds: Mapping[Kind, KindSettings]


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a folded Task."""

    at: datetime
    who: str
    text: str
    description: str | None


@dataclass(frozen=True, slots=True)
class Fold:
    """Repeats that are one Task: since when, whose, how many, and the newest of them."""

    id: str  # of the activity that made the Task
    kind: Kind
    started_at: datetime
    time_zone: str  # of the Task's owner
    count: int
    happened: tuple[Happened, ...]
    member_id: MemberId | None  # whose login made the Task
    login_reason: str


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
    is_internal: bool
    idempotency_key: str
    content_hash: str
    plan_member_id: str | None = None  # the customer whom it is about, who may be no contact yet


class AuthorReason(StrEnum):
    """Why a Task is written with the login it is written with; it stands in the row (D2)."""

    ACTOR = "actor_has_personal_connection"
    NO_ACTOR = "no_actor_given"
    UNKNOWN_ACTOR = "actor_is_no_member"
    NO_PERSONAL_CONNECTION = "no_personal_connection"
    # the actor's login was tried, and the integration owner took over (W3)
    LOGIN_LOST = "personal_login_lost"
    NO_API = "actor_without_api_enabled"
    INACTIVE = "actor_is_inactive"
    OF_THE_TASK = "login_that_made_the_task"
    NO_RIGHT = "actor_has_no_right_on_the_record"


@dataclass(frozen=True, slots=True)
class Author:
    """Whose login writes a Task, and why. `member_id` is None for the integration owner.

    `nameless` is the member whose Task it would be if he had a login of his own.
    """

    member_id: MemberId | None
    user_id: UserId | None
    reason: AuthorReason
    time_zone: str = "UTC"  # where the owner of the Task lives
    nameless: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The member who did it. `has_login`: he has a Salesforce login of his own that writes while he is away."""

    member_id: MemberId
    has_login: bool
    time_zone: str = ""  # an IANA name; empty where Salesforce says nothing


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """The call that has a key: its activity, and what that was."""

    activity_id: str
    content_hash: str
