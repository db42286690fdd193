"""The values of messages to admins."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accord.core.troubles import Trouble


class State(StrEnum):
    TROUBLE = "trouble"
    WELL = "well"  # it is well again


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


@dataclass(frozen=True, slots=True)
class MessageSettings:
    """When so many writes are parked, admins are told."""

    parked_more_than: int = 20
    version: int = 0
