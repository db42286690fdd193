"""What the brakes of a connection forbid: values in, values out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from accord.core.errors import StoppedError
from accord.delivery.brakes.model import Brakes, Waiting
from accord.delivery.parts import calls_for, part_of

OBSERVED_FOR: Final = timedelta(days=7)  # a production org, before anything is written to it

STOPPED_WORDS: Final = (
    "An Accord admin has stopped everything that Accord writes to this Salesforce org. Nothing was saved; what you"
    " typed is kept. Save it when an admin has started Accord again, or change the record in Salesforce itself."
)
OBSERVED_WORDS: Final = (
    "Accord only observes this Salesforce org at present and writes nothing to it by itself. An Accord admin ends that."
)


def decide_refusal(brakes: Brakes, *, own_edit: bool) -> StoppedError | None:
    """Why nothing may be sent now. `own_edit`: a person saves at this moment, with his own login.

    Quiet is kept by claims alone: they know what somebody waits for.
    """
    if brakes.stopped is not None:
        return StoppedError(STOPPED_WORDS)
    if brakes.observed is not None and not own_edit:
        return StoppedError(OBSERVED_WORDS, code="ORG_OBSERVED")
    return None


def observed_until(now: datetime, *, is_sandbox: bool) -> datetime | None:
    """Until when a new connection is only observed; None: a sandbox is written to at once."""
    return None if is_sandbox else now + OBSERVED_FOR


def count_calls(waiting: Sequence[Waiting]) -> int:
    """About how many API calls it takes to write all that waits."""
    return sum(calls_for(part_of(each.sobject, each.kind), each.count) for each in waiting)
