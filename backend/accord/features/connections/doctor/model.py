"""What the doctor looks for and what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from accord.core.errors import AccordError
from accord.salesforce.model import SObjectDescribe


class Status(StrEnum):
    PASSED = "passed"
    WARNING = "warning"  # it works, and should be another way
    FAILED = "failed"
    UNKNOWN = "unknown"  # it could not be looked at


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, what was found, and what a person does about it (empty when nothing is to be done)."""

    name: str
    status: Status
    text: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class OwnerFacts:
    """The org's rows about the user whose login this is. `sees_others`: he is shown others' assignments at all."""

    is_sandbox: bool
    username: str
    is_active: bool
    user_type: str
    permissions: frozenset[str]
    sets: frozenset[str]
    licence: str | None = None  # None: the org does not say


@dataclass(frozen=True, slots=True)
class Access:
    """Users with one of our permission sets, and those of them whom no set or profile lets use the API."""

    users: int
    without_api: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """Everything that was read for one visit. None: it could not be read. `refusal`: why there is no login.

    An object that is closed to the login is not among `describes`. `others`: by name, whether what no describe tells of
    is there.
    """

    integration_username: str
    is_sandbox: bool
    certificate_ends: tuple[datetime, ...]
    refusal: AccordError | None
    skew: timedelta | None = None
    owner: OwnerFacts | None = None
    describes: Mapping[str, SObjectDescribe] | None = None
    others: Mapping[str, bool] | None = None
    access: Access | None = None
