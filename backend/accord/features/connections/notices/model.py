"""What ends soon: a login, a key, or a way of signing in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Ending(StrEnum):
    CERTIFICATE = "certificate"  # the org's, with which Apex signs
    SECRET = "secret"  # noqa: S105 - a kind; the app's consumer secret
    KEY = "key"  # the certificate that the app has for our key
    LOGIN_METHOD = "login_method"
    PERSONAL_LOGIN = "personal_login"  # a member's, when nothing uses it


@dataclass(frozen=True, slots=True)
class End:
    """Something that ends. `subject` tells several of a kind apart: a fingerprint, a member's id, else empty."""

    kind: Ending
    subject: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """An end that an admin is warned of. `days` is the warning that was reached: 30, 7, 1, or 0 when it is over."""

    end: End
    days: int
    since: datetime
