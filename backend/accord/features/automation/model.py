"""One call of a Flow, as it is remembered for whoever looks into it: no texts, no values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FlowCall:
    """One item of a call. `milliseconds` is the time of the whole call, which carried `items` of them."""

    at: datetime
    action: str
    record_id: str | None  # as the Flow gave it; None when it is no Salesforce id
    reference_id: str | None
    outcome: str
    error_code: str | None
    milliseconds: int
    items: int
