"""When an org counts as silent. Values in, values out."""

from datetime import datetime, timedelta
from typing import Final

from accord.core.troubles import Cause, Trouble
from accord.features.two_way.reading.model import Position

HEARD_WITHIN: Final = timedelta(minutes=5)
SILENT: Final = (
    "Accord does not see what changes in the org: values of plans and the lock of deals follow it no longer. See the "
    "connection's doctor, and the log of the worker for two_way_not_read."
)


def silent_trouble() -> Trouble:
    return Trouble(Cause.EVENTS_SILENT, "", "Nothing is heard from the org", SILENT)


def decide_silent(position: Position, now: datetime) -> bool:
    """Whether the org has not been heard for longer than a reading takes, or never."""
    if position.covered_until is None:
        return True
    return now + (position.ahead or timedelta()) - position.covered_until >= HEARD_WITHIN
