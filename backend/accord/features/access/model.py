"""Who may what in Accord, as the org's permission sets say."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    USER = "user"
    AUTOMATED_PROCESS = "automated_process"  # Salesforce: what event-triggered flows and schedules run as


class OurSet(StrEnum):
    """The permission sets that open Accord to people."""

    REP = "Accord_Rep"
    ADMIN = "Accord_Admin"


LABELS: Final = {OurSet.REP: "Accord Rep", OurSet.ADMIN: "Accord Admin"}


@dataclass(frozen=True, slots=True)
class OrgUser:
    """An active user as the org has him."""

    user_id: str
    name: str
    username: str
    kind: Kind
    sets: frozenset[str]
    has_api: bool
    unfit_licence: str | None = None  # his user licence, when it cannot open the panel


@dataclass(frozen=True, slots=True)
class Missing:
    """What a user lacks, by its name in Setup, and what he cannot do without it."""

    what: str  # licence, permission_set or user_permission
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Person:
    user: OrgUser
    rep: bool
    admin: bool
    flow: bool
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """`why_not` says why nothing can be assigned from here; None: it can. `more`: the org has more users than these."""

    people: Sequence[Person]
    why_not: str | None
    more: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    user_id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would get the set, and who would not. `ticket` stands for exactly this."""

    permission_set: OurSet
    gives: Sequence[OrgUser]
    skips: Sequence[Skipped]
    ticket: str


@dataclass(frozen=True, slots=True)
class Assigned:
    user: OrgUser
    ok: bool
    message: str
