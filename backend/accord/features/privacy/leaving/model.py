"""What leaves the org: the fields that are read, and where copies of data lie."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Read:
    """A field that Accord reads, why, and in which places a copy of its value may lie (none: it is passed on alone)."""

    sobject: str
    field: str
    why: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where data of the org lie at Accord, and for how long. All of them are sealed."""

    name: str
    what: str
    kept: str


@dataclass(frozen=True, slots=True)
class Leaving:
    reads: Sequence[Read]
    places: Sequence[Place]
