"""What a plan has of its deal: end date and value, which both share (A106 to A109), and how far the deal is.

What is applied here came from Salesforce, and `Taking` tells it in the same transaction. Those events say where it came
from, so that whoever keeps both sides equal does not send it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from accord.core.ids import ConnectionId, PlanId, RecordId
from accord.core.money import Money
from accord.infra.db import WorkspaceSession
from accord.workspace.plans import store
from accord.workspace.plans.changing import Actor, Changes
from accord.workspace.plans.events import PlanEventKind

DEAL_STAGE: Final = "deal_stage"


@dataclass(frozen=True, slots=True)
class TwoWay:
    """`..._changed_at`: when a value was changed last on our side or applied; None while it never was."""

    plan_id: PlanId
    opportunity_id: RecordId | None
    end_date: date | None
    end_date_changed_at: datetime | None
    value: Money | None
    value_changed_at: datetime | None
    deal_stage: int | None = None
    deal_stage_name: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A property of a plan that has Salesforce's value now; both values in words."""

    plan_id: PlanId
    name: str
    previous: str | None
    new: str | None


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
            one.deal_stage,
            one.deal_stage_name,
        )
        for plan_id, one in store.load(session, connection_id, plan_ids, lock=lock).items()
    }


def apply_end_date(session: WorkspaceSession, plan: TwoWay, end_date: date | None, at: datetime) -> Taken:
    """The deal's close date is the plan's end date now; `at` is when Salesforce had it."""
    store.set_taken(session, plan.plan_id, {"end_date": end_date, "end_date_changed_at": at})
    return Taken(plan.plan_id, "end_date", _words(plan.end_date), _words(end_date))


def apply_value(session: WorkspaceSession, plan: TwoWay, value: Money | None, at: datetime) -> Taken:
    """The deal's amount is the plan's value now; `at` is when Salesforce had it."""
    amount, currency = (value.amount, value.currency) if value else (None, None)
    values = {"value_amount": amount, "value_currency": currency, "value_changed_at": at}
    store.set_taken(session, plan.plan_id, values)
    return Taken(plan.plan_id, "value", _words(plan.value), _words(value))


def apply_deal_stage(
    session: WorkspaceSession, plan: TwoWay, stage: int | None, name: str | None = None
) -> Taken | None:
    """How far the deal is, in percent, counts in the plan's score from now on, and the stage of this name says which
    criteria are required. None where both are known.
    """
    if (stage, name) == (plan.deal_stage, plan.deal_stage_name):
        return None
    store.set_taken(session, plan.plan_id, {"deal_stage": stage, "deal_stage_name": name}, is_edit=False)
    if stage == plan.deal_stage:
        return Taken(plan.plan_id, DEAL_STAGE, plan.deal_stage_name, name)
    return Taken(plan.plan_id, DEAL_STAGE, _words(plan.deal_stage), _words(stage))


@dataclass(frozen=True, slots=True)
class Taking:
    """Tells what was taken from Salesforce, in the transaction that has stored it and in which the plans are locked."""

    changes: Changes

    def tell(self, session: WorkspaceSession, connection_id: ConnectionId, taken: Sequence[Taken]) -> None:
        actor = Actor(session.workspace_id, connection_id, None, is_salesforce=True)
        plans = store.load(session, connection_id, [one.plan_id for one in taken])
        for name in dict.fromkeys(one.name for one in taken):
            told = [(plans[one.plan_id], _told(one)) for one in taken if one.name == name]
            plans |= {one.id: one for one in self.changes.tell_of(session, actor, told)}


def _told(one: Taken) -> dict[str, Any]:
    return {
        "kind": PlanEventKind.PLAN_UPDATED,
        "subject_id": one.name,
        "subject_text": None,
        "is_internal": one.name == DEAL_STAGE,
        "previous": one.previous,
        "new": one.new,
    }


def _words(value: date | Money | int | None) -> str | None:
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    return None if value is None else str(value)
