"""The settings of activity: what they are until an admin changes them, and what he may set."""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from types import MappingProxyType
from typing import Final
from zoneinfo import available_timezones

from accord.core.errors import Problem, RejectedError
from accord.core.text import is_clean
from accord.features.activities.model import ActivitySettings, Folding, Internal, Kind, KindSettings

LONGEST_TEMPLATE: Final = 200
MOST_MINUTES: Final = int(timedelta(days=1) / timedelta(minutes=1))
_PLACE = re.compile(r"\{([^{}]*)\}")
_KNOWN_PLACES: Final = frozenset({"text", "count"})
_MANY: Final[Mapping[Kind, str]] = {
    Kind.STEP_UPDATED: "{count} updates of steps",
    Kind.COMMENT: "{count} comments",
    Kind.CUSTOMER_VIEW: "{count} views",
    Kind.RESOURCE_ADDED: "{count} resources added",
    Kind.MEMBER_INVITED: "{count} members invited",
    Kind.MEMBER_JOINED: "{count} members joined",
}

DEFAULTS: Final = ActivitySettings(
    version=0,
    enabled=False,
    owner_time_zone="UTC",
    kinds=MappingProxyType(
        {
            kind: KindSettings(
                kind=kind,
                enabled=True,
                folding=Folding.DAY,
                minutes=None,
                text="{text}",
                folded_text=_MANY[kind],
                internal=Internal.EXCLUDED,
            )
            for kind in Kind
        }
    ),
)


def check_settings(new: ActivitySettings) -> ActivitySettings:
    """The settings as they are. Raises RejectedError that names each wrong field."""
    problems = [] if new.owner_time_zone in _time_zones() else [
        _wrong("owner_time_zone", "This is no time zone. Take a name such as Europe/London.")
    ]  # fmt: skip
    for kind in new.kinds.values():
        problems.extend(_problems_of(kind))
    if problems:
        raise RejectedError("The settings were not saved. Correct the fields that are named.", problems=tuple(problems))
    return new


@cache
def _time_zones() -> frozenset[str]:
    """The zones of this machine; reading them takes the opening of 600 files."""
    return frozenset(available_timezones())


def _problems_of(kind: KindSettings) -> list[Problem]:
    found = []
    if (kind.folding is Folding.MINUTES) != (kind.minutes is not None):
        text = "Say how many minutes when folding is 'minutes', and leave it out otherwise."
        found.append(_wrong(f"kinds.{kind.kind}.minutes", text))
    elif kind.minutes is not None and not 1 <= kind.minutes <= MOST_MINUTES:
        found.append(_wrong(f"kinds.{kind.kind}.minutes", f"Take 1 to {MOST_MINUTES} minutes."))
    for name in ("text", "folded_text"):
        problem = _problem_of_template(getattr(kind, name))
        if problem:
            found.append(_wrong(f"kinds.{kind.kind}.{name}", problem))
    if kind.folding is not Folding.NONE and "{count}" not in kind.folded_text:
        found.append(_wrong(f"kinds.{kind.kind}.folded_text", "Say how many with {count}."))
    return found


def _problem_of_template(template: str) -> str | None:
    if not template.strip() or len(template) > LONGEST_TEMPLATE or not is_clean(template):
        return f"A text has 1 to {LONGEST_TEMPLATE} characters that can be stored."
    rest = _PLACE.sub("", template)
    if "{" in rest or "}" in rest or not set(_PLACE.findall(template)) <= _KNOWN_PLACES:
        return "Only {text} and {count} can be filled in."
    return None


def _wrong(field: str, message: str) -> Problem:
    return Problem(code="INVALID_VALUE", field=field, key=field, message=message)


def fill(template: str, *, text: str, count: int) -> str:
    """The template with its places filled. What is filled in is not looked at again."""
    return _PLACE.sub(lambda found: {"text": text, "count": str(count)}[found[1]], template)
