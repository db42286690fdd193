"""What an admin has to be told because something does not work, or soon will not."""

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """All that Accord watches. Each is told once a day while it lasts, and once when it is well again."""

    LOGIN_DEAD = "login_dead"  # the integration owner cannot sign in
    MEMBER_LOGINS_DEAD = "member_logins_dead"
    ORG_PAUSED = "org_paused"
    ORG_ON_HOLD = "org_on_hold"
    MANY_PARKED = "many_parked"
    EVENTS_SILENT = "events_silent"  # what changes in the org does not arrive
    CERTIFICATE_ENDING = "certificate_ending"
    SECRET_ENDING = "secret_ending"  # noqa: S105 - a cause
    KEY_ENDING = "key_ending"
    LOGIN_METHOD_ENDING = "login_method_ending"
    PERSONAL_LOGIN_ENDING = "personal_login_ending"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cause as it stands now; `subject` tells several of a kind apart.

    `step` is how far something has come that ends on a day: 30, 7, 1 or 0 days before it; None for what is simply
    broken. `count` is how many it concerns. `text` says in a sentence or two what is wrong and what to do.
    """

    cause: Cause
    subject: str
    title: str
    text: str
    count: int = 1
    step: int | None = None
