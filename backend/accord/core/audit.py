"""The values of the audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from accord.core.ids import ConnectionId, MemberId


class Actor(StrEnum):
    """Who did it."""

    MEMBER = "member"
    SALESFORCE_ADMIN = "salesforce_admin"  # an administrator whose sign-in was proved
    APPLICATION = "application"  # its server, by a login of its own
    OPERATOR = "operator"  # who runs the program and owns its database
    ACCORD = "accord"  # the product by itself


def actor_of(member_id: MemberId | None) -> Actor:
    """Who changes settings: an admin, or without one the operator."""
    return Actor.OPERATOR if member_id is None else Actor.MEMBER


class Action(StrEnum):
    CHANGED = "changed"
    PUT_BACK = "put_back"  # an earlier line was taken back
    IMPORTED = "imported"  # came from a file


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written down. `kind` says what was changed, such as `settings.panel`; `subject` is the record or row that
    it is about, where there is one. `old` and `new` are JSON values in the form in which they can be set again.
    `version` is the version that the settings have since; `undoes` the line that was put back.
    """

    connection_id: ConnectionId
    kind: str
    actor: Actor
    member_id: MemberId | None = None
    subject: str = ""
    old: Any = None
    new: Any = None
    version: int | None = None
    action: Action = Action.CHANGED
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it stands in the audit."""

    id: str
    at: datetime
    entry: Entry


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which lines are wanted; empty: all. `before` is the id of a line: what comes after it in the list."""

    kind: str | None = None
    subject: str | None = None
    member_id: MemberId | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """A page, newest first. `next_before` begins the next one; None: this was the last."""

    lines: Sequence[Line]
    next_before: str | None
