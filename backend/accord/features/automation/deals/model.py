"""Items of the two actions, unchecked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GetPlanItem:
    record_id: str
    idempotency_key: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ConnectDealItem:
    opportunity_id: str
    title: str
    stage_title: str
    steps_total: int = 0
    steps_done: int = 0
    idempotency_key: str | None = None
    dry_run: bool = False
