"""How a value stands that a plan and a record of the org share: what Flow actions ask of who carries it."""

from dataclasses import dataclass
from enum import StrEnum


class Stands(StrEnum):
    EQUAL = "equal"  # both sides have it, as far as is known
    WAITS = "waits"  # Accord does it by itself
    NEEDS_SOMEBODY = "needs_somebody"
    FROZEN = "frozen"  # nothing carries it until a person lets it go on


@dataclass(frozen=True, slots=True)
class MappedValue:
    """`reason` says what to do where somebody is needed; otherwise it is empty."""

    stands: Stands
    reason: str = ""
