"""The three-way merge of one field: what both sides last agreed on, ours and theirs.

Theirs is the other system. Values are canonical, and an echo is nothing but an equal value: who wrote it, and how it
came here, is never asked.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accord.mapping.values import Canonical, same


class Policy(StrEnum):
    """Who wins where both sides have changed a field, to different values."""

    SALESFORCE = "salesforce"
    OURS = "ours"
    NEWEST = "newest"  # by their clock; who cannot be told to be newer is not
    ASK = "ask"  # a person decides, and nothing is changed until then


class Move(StrEnum):
    """What makes the sides equal."""

    NONE = "none"
    TAKE = "take"  # ours becomes theirs
    WRITE = "write"  # theirs becomes ours
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What both sides last had in common; None for empty is a value like others."""

    value: Canonical


@dataclass(frozen=True, slots=True)
class Sides:
    """`base` None: the two have never met. Both times are by the clock of theirs; None where that is not known."""

    ours: Canonical
    theirs: Canonical
    base: Agreed | None = None
    ours_at: datetime | None = None
    theirs_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """`is_conflict`: both had changed the field, so that the policy decided, or asks."""

    move: Move
    is_conflict: bool = False


def decide_merge(sides: Sides, policy: Policy) -> Merged:
    """What to do about one field. Only what both sides changed, to different values, is a conflict.

    At the first meeting an empty side takes the other's value; two values that differ are a conflict.
    """
    if same(sides.ours, sides.theirs):
        return Merged(Move.NONE)
    base = sides.base
    # where there is no base, an empty side counts as the one that has not changed
    if same(sides.ours, base.value if base else None):
        return Merged(Move.TAKE)
    if same(sides.theirs, base.value if base else None):
        return Merged(Move.WRITE)
    return Merged(_by_policy(sides, policy), is_conflict=True)


def _by_policy(sides: Sides, policy: Policy) -> Move:
    match policy:
        case Policy.SALESFORCE:
            return Move.TAKE
        case Policy.OURS:
            return Move.WRITE
        case Policy.NEWEST:
            return Move.WRITE if _is_ours_newer(sides) else Move.TAKE
        case Policy.ASK:
            return Move.ASK


def _is_ours_newer(sides: Sides) -> bool:
    return sides.ours_at is not None and sides.theirs_at is not None and sides.ours_at > sides.theirs_at
