"""What follows from a decision about a linked value, in one transaction: its state, the plan's value, the write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from accord.core.ids import ConnectionId, IntentId, PlanId, RecordId, new_id
from accord.delivery import lanes
from accord.delivery.model import Intent, lane_of
from accord.delivery.outbox import Outbox
from accord.delivery.parts import TWO_WAY
from accord.delivery.records.service import note_records
from accord.features.two_way import store
from accord.features.two_way.model import DEAL, FIELDS, Key, Linked, Settings, Terms, ValueState
from accord.features.two_way.rules import Step, is_required, to_their_clock
from accord.features.two_way.sides import as_money, ours_at
from accord.features.two_way.store import Stored
from accord.infra.db import WorkspaceSession
from accord.mapping.merge import Move
from accord.workspace.plans.two_way import Taken, TwoWay, apply_end_date, apply_value

KEY: Final = "Id"  # a deal is known by its own id; we never make one
LOGIN_REASON: Final = "two_way_values"


@dataclass(slots=True)
class Desk:
    """One transaction's work on linked values of a connection. `ahead`: how far Salesforce's clock is before ours.

    `taken`: what plans have of Salesforce by it, for whoever tells it.
    """

    session: WorkspaceSession
    outbox: Outbox
    connection_id: ConnectionId
    settings: Settings
    now: datetime
    ahead: timedelta | None = None
    saved: list[Stored] = field(default_factory=list)
    intents: list[Intent] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)

    def lock(self, deals: Mapping[PlanId, RecordId]) -> dict[Key, Stored]:
        """The states of these plans' values. The caller has locked the plans; the lanes come before the states."""
        names = [lane(deal, linked) for deal in deals.values() for linked in Linked]
        lanes.lock_heads(self.session, self.connection_id, names)
        return store.load(self.session, deals, lock=True)

    def terms(self, plan: TwoWay, linked: Linked) -> Terms:
        return Terms(
            settings=self.settings.links[linked],
            now=self.now,
            intent_id=IntentId(new_id(self.now)),
            ours_at=to_their_clock(ours_at(plan, linked), self.ahead),
            may_be_empty=not is_required(linked),
        )

    def follow(self, plan: TwoWay, linked: Linked, stored: Stored, step: Step) -> None:
        """Does what was decided."""
        self.keep(stored, step.state)
        match step.move:
            case Move.TAKE:
                self._take(plan, linked, step)
            case Move.WRITE:
                self._write(plan, linked, step)

    def keep(self, stored: Stored, state: ValueState) -> None:
        """A state that is as it was is not stored, so that who looked at it keeps what he saw."""
        if state != stored.state:
            self.saved.append(replace(stored, state=state))

    def finish(self) -> bool:
        """Stores all of it. True when there is something to deliver: wake the worker after the commit."""
        store.save(self.session, self.saved)
        self.outbox.put(self.session, self.intents, now=self.now)
        note_records(
            self.session,
            self.connection_id,
            {one.id: RecordId(one.external_id) for one in self.intents},
            now=self.now,
        )
        return bool(self.intents)

    def _take(self, plan: TwoWay, linked: Linked, step: Step) -> None:
        if linked is Linked.CLOSE_DATE:
            assert step.value is None or isinstance(step.value, str), "a date is text here"
            day = date.fromisoformat(step.value) if step.value else None
            self.taken.append(apply_end_date(self.session, plan, day, self.now))
        else:
            value = as_money(step.value, step.state.currency)
            self.taken.append(apply_value(self.session, plan, value, self.now))

    def _write(self, plan: TwoWay, linked: Linked, step: Step) -> None:
        assert step.state.pending is not None, "a write is pending until it has arrived"
        self.intents.append(
            Intent(
                id=step.state.pending.intent_id,
                connection_id=self.connection_id,
                sobject=DEAL,
                external_id_field=KEY,
                external_id=step.state.opportunity_id,
                fields={FIELDS[linked]: step.value},
                creates=False,
                entity=f"plan:{plan.plan_id}",
                kind=f"{TWO_WAY}{linked}",
                login_reason=LOGIN_REASON,
                occurred_at=self.now,
                coalesces=True,
                aspect=linked.value,
            )
        )


def lane(deal: RecordId, linked: Linked) -> str:
    """The lane of a linked value: a write of the other value, or of anything else, does not hold it up."""
    return f"{lane_of(DEAL, KEY, deal)}|{linked}"


def deals_of(plans: Iterable[TwoWay]) -> dict[PlanId, RecordId]:
    """The connected ones."""
    return {one.plan_id: one.opportunity_id for one in plans if one.opportunity_id is not None}
