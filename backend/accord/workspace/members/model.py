"""A member: one person of the tenant, tied to the Salesforce user that a sign-in proved."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from accord.core.identity import Role
from accord.core.ids import ConnectionId, MemberId, UserId


class MemberStatus(StrEnum):
    ACTIVE = "active"
    BLOCKED = "blocked"  # by our own admin; no sign-in brings him back


@dataclass(frozen=True, slots=True)
class Person:
    """What Salesforce says of a user. `time_zone` is an IANA name; empty text where Salesforce says nothing."""

    name: str
    email: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Member:
    id: MemberId
    connection_id: ConnectionId
    salesforce_user_id: UserId
    role: Role
    name: str
    email: str
    time_zone: str
    status: MemberStatus
    role_checked_at: datetime  # when Salesforce last said that he has this role


@dataclass(frozen=True, slots=True)
class NewMember:
    """A Salesforce user who signed in for the first time, with the role that his org gives him."""

    connection_id: ConnectionId
    salesforce_user_id: UserId
    role: Role
    person: Person


def known_time_zone(name: str) -> str:
    """The IANA name, or empty text when this machine knows no such zone: whoever reads it then takes UTC."""
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, LookupError):
        return ""
