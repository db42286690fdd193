"""What leaves the org: the fields that are read, and where copies of data lie."""

from collections.abc import Sequence
from dataclasses import dataclass

from accord.features.privacy.places.model import Place


@dataclass(frozen=True, slots=True)
class Read:
    """A field that Accord reads, why, and in which places a copy of its value may lie (none: it is passed on alone)."""

    sobject: str
    field: str
    why: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaving:
    """`region` is where the database lies, in words; None when that was not said."""

    reads: Sequence[Read]
    places: Sequence[Place]
    region: str | None
