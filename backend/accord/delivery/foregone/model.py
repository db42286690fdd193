"""One write that was not put, because its part of Accord was off."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accord.delivery.parts import Part


@dataclass(frozen=True, slots=True)
class Foregone:
    """One write that would have been put. Those of one `lane` within `gathers` would have gone as one; the first of a
    lane `creates` a record where that is set.
    """

    part: Part
    lane: str
    at: datetime
    creates: bool = False
    gathers: timedelta = timedelta()
