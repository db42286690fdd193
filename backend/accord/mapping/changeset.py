"""What the engine decides for one record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accord.mapping.values import Canonical


@dataclass(frozen=True, slots=True)
class Change:
    """One field's value before and after."""

    old: Canonical
    new: Canonical


@dataclass(frozen=True, slots=True)
class Changeset:
    """By key of a field: what is written, what is already so, and what cannot be told before somebody looks."""

    changes: Mapping[str, Change] = field(default_factory=dict)
    unchanged: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Undoing:
    """By key of a field: what goes back, what has been changed since (its present value), and what is back already."""

    changes: Mapping[str, Change] = field(default_factory=dict)
    changed_since: Mapping[str, Canonical] = field(default_factory=dict)
    already: frozenset[str] = frozenset()
