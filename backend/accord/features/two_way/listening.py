"""Told what happens to plans: a changed end date or value goes out in the transaction that stores it (A107, A109)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, PlanId
from accord.delivery.foregone.model import Foregone
from accord.delivery.foregone.store import note_foregone
from accord.delivery.outbox import Outbox
from accord.delivery.parts import Part
from accord.features.two_way import rules, store
from accord.features.two_way.following import Desk, deals_of
from accord.features.two_way.model import Linked, ValueState
from accord.features.two_way.sides import our_currency, plain_ours
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.events import PlanEvent, PlanEventKind
from accord.workspace.plans.two_way import load_two_way

_ENDS: Final = {PlanEventKind.DEAL_DISCONNECTED, PlanEventKind.ARCHIVED}
_OF_WORDS: Final = {"end_date": Linked.CLOSE_DATE, "value": Linked.AMOUNT}
_CHANGES: Final = {PlanEventKind.DEAL_CONNECTED, PlanEventKind.PLAN_UPDATED}


@dataclass(frozen=True, slots=True)
class TwoWayListener:
    """A listener of plans; the worker is woken by whoever commits."""

    outbox: Outbox
    clock: Clock

    def __call__(self, session: WorkspaceSession, *events: PlanEvent) -> None:
        changed: dict[ConnectionId, dict[PlanId, None]] = {}
        for event in events:
            if event.kind in _ENDS:
                store.forget_plan(session, event.plan_id)
            elif event.kind in _CHANGES and event.opportunity_id is not None and not event.from_salesforce:
                changed.setdefault(event.connection_id, {})[event.plan_id] = None
                self._forgo(session, event)
        for connection_id, plan_ids in changed.items():
            self._follow(session, connection_id, list(plan_ids))

    def _forgo(self, session: WorkspaceSession, event: PlanEvent) -> None:
        """What would go out if its link were on."""
        linked = _OF_WORDS.get(event.subject_id or "")
        if linked is not None and linked not in store.load_settings(session, event.connection_id).enabled:
            lane = f"{event.plan_id}|{linked}"
            note_foregone(session, event.connection_id, [Foregone(Part.TWO_WAY, lane, self.clock())])

    def _follow(self, session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Sequence[PlanId]) -> None:
        settings = store.load_settings(session, connection_id)
        plans = load_two_way(session, connection_id, plan_ids)
        deals = deals_of(plans.values())
        store.ensure(session, connection_id, deals, now=self.clock())
        desk = Desk(session, self.outbox, connection_id, settings, self.clock())
        for key, stored in desk.lock(deals).items():
            if key.linked not in settings.enabled:
                continue
            plan, state, deal = plans[key.plan_id], stored.state, deals[key.plan_id]
            if state.opportunity_id != deal:
                desk.keep(stored, ValueState(deal))
            elif our_currency(plan, key.linked) not in {None, state.currency}:
                desk.keep(stored, replace(state, is_due=True))  # the reading says why it stays apart
            else:
                step = rules.meet_alone(state, plain_ours(plan, key.linked), desk.terms(plan, key.linked))
                desk.follow(plan, key.linked, stored, step)
        desk.finish()
