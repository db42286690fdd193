"""Settings on their way from one org to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from accord.core.errors import Problem

FORMAT: Final = "accord-settings"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The settings of an org, by kind. It holds no values of records, no names of people and no secrets."""

    settings: Mapping[str, Any]
    made_at: datetime | None = None
    org_name: str = ""
    is_sandbox: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One place in a kind of settings; None: it is not there."""

    path: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Difference:
    kind: str
    title: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Lack:
    """What the org has not, or does not take."""

    kind: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file would change here. `ticket` stands for this file and the settings as they are now."""

    differences: Sequence[Difference]
    lacks: Sequence[Lack]
    ticket: str
