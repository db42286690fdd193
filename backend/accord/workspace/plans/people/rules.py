"""Decisions about people of a plan: values in, values out."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from accord.core.errors import Problem
from accord.core.text import is_clean
from accord.workspace.plans.model import PlanMember
from accord.workspace.plans.rules import wrong

MOST_PEOPLE: Final = 500
LONGEST_EMAIL: Final = 254
# what a member became: an event says which
INVITED: Final = "invited"
ADDED: Final = "added"
REMOVED: Final = "member removed"
_EMAIL = re.compile(r"[^\s@<>\"',;:\\()\[\]]+@[^\s@<>\"',;:\\()\[\]]+\.[^\s@<>\"',;:\\()\[\]]+")


def email_problems(field: str, email: str) -> Iterator[Problem]:
    """An address that mail can be sent to, as far as its form tells."""
    if not is_clean(email) or len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        yield wrong(field, "This is no mail address. Give one such as dana@brightwater.example.")


def find_same(members: Sequence[PlanMember], new: PlanMember) -> PlanMember | None:
    """Who takes part already: one of our own people is known by his account, others by their address in any case."""
    if new.member_id is not None:
        return next((one for one in members if one.member_id == new.member_id), None)
    wanted = new.email.strip().casefold()
    return next((one for one in members if one.email.strip().casefold() == wanted), None)
