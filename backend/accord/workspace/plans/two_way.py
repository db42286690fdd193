"""The two values that a plan and its deal share: end date and value (A106 to A109).

What is applied here came from Salesforce. It makes no event: whoever applies it knows both sides, and an event would
send it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accord.core.ids import ConnectionId, PlanId, RecordId
from accord.core.money import Money
from accord.infra.db import WorkspaceSession
from accord.workspace.plans import store


@dataclass(frozen=True, slots=True)
class TwoWay:
    """`..._changed_at`: when a value was changed last on our side or applied; None while it never was."""

    plan_id: PlanId
    opportunity_id: RecordId | None
    end_date: date | None
    end_date_changed_at: datetime | None
    value: Money | None
    value_changed_at: datetime | None


def load_two_way(
    session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Sequence[PlanId], *, lock: bool = False
) -> dict[PlanId, TwoWay]:
    """Of those of the plans that there are: at most some hundred, with one query.

    `lock`: until the end of the transaction nobody else changes them.
    """
    return {
        plan_id: TwoWay(
            plan_id,
            one.opportunity_id,
            one.end_date,
            one.end_date_changed_at,
            one.value,
            one.value_changed_at,
        )
        for plan_id, one in store.load(session, connection_id, plan_ids, lock=lock).items()
    }


def apply_end_date(session: WorkspaceSession, plan_id: PlanId, end_date: date | None, at: datetime) -> None:
    """The deal's close date is the plan's end date now; `at` is when Salesforce had it."""
    store.set_two_way(session, plan_id, {"end_date": end_date, "end_date_changed_at": at})


def apply_value(session: WorkspaceSession, plan_id: PlanId, value: Money | None, at: datetime) -> None:
    """The deal's amount is the plan's value now; `at` is when Salesforce had it."""
    amount, currency = (value.amount, value.currency) if value else (None, None)
    store.set_two_way(session, plan_id, {"value_amount": amount, "value_currency": currency, "value_changed_at": at})
