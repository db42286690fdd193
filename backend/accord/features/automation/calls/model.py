"""One call of a Flow, as it is remembered for whoever looks into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accord.core.flow import FlowResult


@dataclass(frozen=True, slots=True)
class Answered:
    """One item as the Flow gave it, and its answer. `again`: it is kept, so that an admin can run it again."""

    given: Any
    result: FlowResult
    again: bool = True


@dataclass(frozen=True, slots=True)
class FlowCall:
    """One item of a call, without its texts. `milliseconds` is the time of the whole call, which carried `items` of
    them. `can_run_again`: what the Flow gave is kept.
    """

    id: str
    at: datetime
    action: str
    flow_name: str
    user_id: str | None  # who did it, as the Flow gave it; None when it gave no Salesforce id
    record_id: str | None
    reference_id: str
    outcome: str
    error_code: str | None
    milliseconds: int
    items: int
    can_run_again: bool


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """An item to be run again, as the Flow gave it."""

    action: str
    given: Mapping[str, Any]
