"""Told what happens to plans: a changed end date or value goes out in the transaction that stores it (A107, A109)."""

from dataclasses import dataclass, replace
from typing import Final

from accord.core.clock import Clock
from accord.delivery.outbox import Outbox
from accord.features.two_way import rules, store
from accord.features.two_way.following import Desk, deals_of
from accord.features.two_way.model import ValueState
from accord.features.two_way.sides import our_currency, plain_ours
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.events import PlanEvent, PlanEventKind
from accord.workspace.plans.two_way import load_two_way

_ENDS: Final = {PlanEventKind.DEAL_DISCONNECTED, PlanEventKind.ARCHIVED}
_CHANGES: Final = {PlanEventKind.DEAL_CONNECTED, PlanEventKind.PLAN_UPDATED}


@dataclass(frozen=True, slots=True)
class TwoWayListener:
    """A listener of plans; the worker is woken by whoever commits."""

    outbox: Outbox
    clock: Clock

    def __call__(self, session: WorkspaceSession, event: PlanEvent) -> None:
        if event.kind in _ENDS:
            store.forget_plan(session, event.plan_id)
        elif event.kind in _CHANGES and event.opportunity_id is not None:
            self._follow(session, event)

    def _follow(self, session: WorkspaceSession, event: PlanEvent) -> None:
        settings = store.load_settings(session, event.connection_id)
        plan = load_two_way(session, event.connection_id, [event.plan_id])[event.plan_id]
        deals = deals_of([plan])
        store.ensure(session, event.connection_id, deals, now=self.clock())
        desk = Desk(session, self.outbox, event.connection_id, settings, self.clock())
        for key, stored in desk.lock(deals).items():
            if key.linked not in settings.enabled:
                continue
            state, deal = stored.state, deals[event.plan_id]
            if state.opportunity_id != deal:
                desk.keep(stored, ValueState(deal))
            elif our_currency(plan, key.linked) not in {None, state.currency}:
                desk.keep(stored, replace(state, is_due=True))  # the reading says why it stays apart
            else:
                step = rules.meet_alone(state, plain_ours(plan, key.linked), desk.terms(plan, key.linked))
                desk.follow(plan, key.linked, stored, step)
        desk.finish()
