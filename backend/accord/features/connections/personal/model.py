"""Values of a member's own Salesforce login: how it is begun, how it stands, and what became of a renewal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accord.core.errors import AuthorizationLostError, TransientError
from accord.core.ids import MemberId
from accord.features.connections.model import PersonalLogin


class RenewalPoint(StrEnum):
    """The places at which a test may end the process."""

    BEFORE_SEND = "before_send"
    AFTER_ANSWER = "after_answer"
    AFTER_COMMIT = "after_commit"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that was begun: whose it is, and the sealed PKCE verifier."""

    id: str
    member_id: MemberId
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Started:
    """Where the member's browser goes, and until when the sign-in can be finished."""

    authorize_url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a login is not there any more, or why Salesforce refused to renew it."""

    code: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How a member's login stands. `lost` may be set beside a login that is there: its last renewal was refused.

    `offered`: he may be asked now whether he wants one.
    """

    connected: bool
    connected_at: datetime | None = None
    renewed_at: datetime | None = None
    lost: Lost | None = None
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What decides whether a member is asked: when another login wrote for him first, and his last "not now"."""

    first_activity_at: datetime | None
    dismissed_at: datetime | None


@dataclass(frozen=True, slots=True)
class LoginRow:
    """What the database knows of a login beside its tokens.

    `holder` is who renews it, until `leased_until`. `rotates`: a renewal uses the refresh token up (None: not
    known yet).
    """

    connected_at: datetime
    renewed_at: datetime | None
    holder: str | None
    leased_until: datetime | None
    rotates: bool | None
    lost: Lost | None


@dataclass(frozen=True, slots=True)
class Use:
    """When a member's login was connected or renewed last: its refresh token was used then."""

    member_id: MemberId
    at: datetime


@dataclass(frozen=True, slots=True)
class Fresh:
    """Somebody else has renewed it already."""

    login: PersonalLogin


@dataclass(frozen=True, slots=True)
class Mine:
    """The caller renews; nobody else does until the lease is over."""

    holder: str
    login: PersonalLogin


@dataclass(frozen=True, slots=True)
class Busy:
    """Another thread or process is at it."""


@dataclass(frozen=True, slots=True)
class Gone:
    """There is nothing to renew; a person has to connect again."""

    error: AuthorizationLostError


Turn = Fresh | Mine | Busy | Gone


class RenewalBusyError(TransientError):
    """Somebody else renews this login and is not done yet."""

    in_doubt = False  # no record was written

    def __init__(self) -> None:
        super().__init__("Your Salesforce login is being renewed. Try again in a moment.", retry_after=5)
