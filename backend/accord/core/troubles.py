"""What an admin has to be told because something does not work, or soon will not."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_NAMED: Final = 3
"""So many rows are named in one message: it has to fit into Salesforce's bell."""


class Cause(StrEnum):
    """All that Accord watches. Each is told once a day while it lasts, and once when it is well again."""

    LOGIN_DEAD = "login_dead"  # the integration owner cannot sign in
    MEMBER_LOGINS_DEAD = "member_logins_dead"
    ORG_PAUSED = "org_paused"
    ORG_ON_HOLD = "org_on_hold"
    MANY_PARKED = "many_parked"
    EVENTS_SILENT = "events_silent"  # what changes in the org does not arrive
    PANEL_ROWS_BAD = "panel_rows_bad"  # the check of the night found rows that a rep should not meet
    SYNCED_ROWS_BAD = "synced_rows_bad"
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


def rows_trouble(cause: Cause, bad: Sequence[tuple[str, str]], *, where: str) -> list[Trouble]:
    """One trouble for all rows of an org that stand still: each row's label and what is wrong. None for none."""
    if not bad:
        return []
    named = [f"{label}: {message}" for label, message in bad[:MOST_NAMED]]
    if len(bad) > MOST_NAMED:
        named.append(f"And {len(bad) - MOST_NAMED} more.")
    return [Trouble(cause, "", f"Rows of {where} need an admin", " ".join(named), count=len(bad))]
