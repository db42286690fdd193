"""The three brakes of a connection, and what would be written without them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accord.core.ids import MemberId


class BrakeKind(StrEnum):
    STOPPED = "stopped"  # nothing at all is written, until an admin starts it again
    OBSERVED = "observed"  # everything runs; a person's own edit is written, nothing else
    QUIET = "quiet"  # what nobody waits for waits


@dataclass(frozen=True, slots=True)
class Brake:
    """A brake that is on. `until` None: until a person releases it. `by` None: Accord itself, or the operator."""

    since: datetime
    until: datetime | None
    by: MemberId | None


@dataclass(frozen=True, slots=True)
class Brakes:
    """None: the brake is off."""

    stopped: Brake | None = None
    observed: Brake | None = None
    quiet: Brake | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many writes of one object and kind wait. `creates`: they make records."""

    sobject: str
    kind: str
    creates: bool
    count: int
