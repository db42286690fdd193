"""The values of messages to admins."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from accord.core.ids import IntentId, UserId
from accord.core.troubles import Trouble

TEST: Final = "test"  # the cause of a message that an admin sends himself
MOST_PEOPLE: Final = 100


class State(StrEnum):
    TROUBLE = "trouble"
    WELL = "well"  # it is well again
    TEST = "test"


class Way(StrEnum):
    """How people are told, beside the inbox in the settings tab, which has every message."""

    EMAIL = "email"
    BELL = "bell"  # Salesforce's own


class Start(StrEnum):
    """What was decided for a way when the message was made."""

    QUEUED = "queued"
    OFF = "off"  # switched off by an admin
    NOT_SET_UP = "not_set_up"  # nobody has named a mail server
    UNREACHABLE = "unreachable"  # the org itself cannot be reached, so its bell cannot ring
    NOBODY = "nobody"  # there is nobody to tell


class Fate(StrEnum):
    """What has become of it."""

    OFF = "off"
    NOT_SET_UP = "not_set_up"
    UNREACHABLE = "unreachable"
    NOBODY = "nobody"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Told:
    """What has become of one way of a message. `count` is how many were told, or are to be; `text` says why not."""

    way: Way
    fate: Fate
    count: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """How a message set out. `people`: how many it is for; `bell_intent` is in the outbox."""

    email: Start
    bell: Start
    people: int
    bell_intent: IntentId | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """What is known of one cause. `since` None: it is well now. `told_at` is when a trouble was told last, at this
    `step`; `is_open`: that was told, and not yet that it is well again.
    """

    cause: str
    subject: str
    title: str
    since: datetime | None = None
    told_at: datetime | None = None
    step: int | None = None
    is_open: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.cause, self.subject


@dataclass(frozen=True, slots=True)
class Telling:
    """A message that is to be told now. `trouble` None: the cause is well again."""

    state: State
    watched: Watched
    since: datetime
    trouble: Trouble | None
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the inbox. `until` is when its trouble was well again."""

    id: str
    cause: str
    state: State
    title: str
    text: str
    at: datetime
    since: datetime
    until: datetime | None
    count: int
    seen_at: datetime | None
    started: Started | None = None
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageSettings:
    """`people` are told, or who is in the org's group `group_id` when a message is made; without both all admins.
    `tell_concerned`: owners of deals and members are told by bell what concerns
    them alone.
    """

    parked_more_than: int = 20
    by_email: bool = True
    by_bell: bool = True
    tell_concerned: bool = True
    people: tuple[UserId, ...] | None = None
    group_id: str | None = None
    version: int = 0

    @property
    def rings(self) -> bool:
        """Whether anybody is told by bell."""
        return self.by_bell or self.tell_concerned
