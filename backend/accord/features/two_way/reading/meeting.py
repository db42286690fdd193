"""Reads some deals with the integration owner's login and lets their values meet those of their plans."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from accord.core.clock import Clock
from accord.core.errors import RejectedError
from accord.core.ids import ConnectionId, PlanId, RecordId, WorkspaceId, widen
from accord.core.notifications import Notification
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import hurry_locked
from accord.features.two_way import rules, sides, store
from accord.features.two_way.currencies import CurrencyOf, settings_in
from accord.features.two_way.following import Desk, deals_of
from accord.features.two_way.model import DEAL, FIELDS, HISTORY, LAST_CHANGES, Key, Linked, Reason, Standing, ValueState
from accord.features.two_way.reading.model import ReadDeal
from accord.features.two_way.store import Stored
from accord.features.two_way.words import About, decide_word, notification_of
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway, SObjectDescribe
from accord.salesforce.replication import ChangeLog
from accord.salesforce.soql import in_, select
from accord.workspace.plans.access import stage_of
from accord.workspace.plans.two_way import Taken, Taking, TwoWay, apply_deal_stage, load_two_way

_log = structlog.get_logger()
# tells the owner of a deal what concerns him
TellConcerned = Callable[[WorkspaceSession, ConnectionId, Notification], None]


@dataclass(frozen=True, slots=True)
class Org:
    """Two ways to ask one org with the same login. `known_ahead` is what an earlier turn knew of its clock."""

    gateway: Gateway
    log: ChangeLog
    known_ahead: timedelta | None

    @property
    def ahead(self) -> timedelta | None:
        return self.known_ahead if self.log.ahead is None else self.log.ahead


@dataclass(frozen=True, slots=True)
class Meeting:
    database: Database
    clock: Clock
    outbox: Outbox
    currency_of: CurrencyOf
    wake: Callable[[], None]  # tells the worker that there is something new
    tell_concerned: TellConcerned
    taking: Taking

    def ensure(
        self, session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Sequence[PlanId]
    ) -> dict[PlanId, RecordId]:
        """The deals of these plans; what is kept of their values is there from now on."""
        deals = deals_of(load_two_way(session, connection_id, plan_ids).values())
        store.ensure(session, connection_id, deals, now=self.clock())
        return deals

    def read(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, org: Org, deals: Mapping[PlanId, RecordId]
    ) -> list[ReadDeal]:
        """One call for up to 200 deals; gives those that are there."""
        with self.database.reading(workspace_id) as session:
            before = {key: one.version for key, one in store.load(session, deals).items()}
            compares_times = store.load_settings(session, connection_id).compares_times
        describe = org.gateway.describe(DEAL)
        query = select(*sides.fields_to_read(describe)).from_(DEAL).where(in_("Id", sorted(set(deals.values()))))
        rows = {RecordId(widen(row["Id"])): row for row in org.log.query(query)}
        changes = self._changes(workspace_id, connection_id, org, deals, rows) if compares_times else {}
        with self.database.workspace(workspace_id) as session:
            settings = settings_in(session, connection_id, self.currency_of)
            plans = load_two_way(session, connection_id, list(deals), lock=True)
            desk = Desk(session, self.outbox, connection_id, settings, self.clock(), org.ahead)
            meeting = _Meeting(desk, describe, rows, before, changes)
            for key, stored in desk.lock(deals).items():
                meeting.meet(plans[key.plan_id], key, stored)
            desk.taken += _stages(session, describe, plans, deals, rows)
            has_more = desk.finish() or bool(meeting.words) or bool(desk.taken)
            self.taking.tell(session, connection_id, desk.taken)
            for one in meeting.words:
                self.tell_concerned(session, connection_id, one)
        if has_more:
            self.wake()
        meeting.report()
        return [_read_deal(plan, deal, rows[deal]) for plan, deal in deals.items() if deal in rows]

    def hurry_locked(self, workspace_id: WorkspaceId, connection_id: ConnectionId, changed: Sequence[RecordId]) -> None:
        """What people had locked may be open again, now that it was changed (W13)."""
        if not changed:
            return
        with self.database.workspace(workspace_id) as session:
            number = hurry_locked(session, connection_id, changed, now=self.clock())
        if number:
            self.wake()

    def _changes(
        self,
        workspace_id: WorkspaceId,
        connection_id: ConnectionId,
        org: Org,
        deals: Mapping[PlanId, RecordId],
        rows: Mapping[RecordId, Mapping[str, Any]],
    ) -> dict[str, datetime]:
        """When those rows of history were made by which a conflict is decided: a call only where there is one."""
        describe = org.gateway.describe(DEAL)
        with self.database.reading(workspace_id) as session:
            settings = settings_in(session, connection_id, self.currency_of)
            plans = load_two_way(session, connection_id, list(deals))
            desk = Desk(session, self.outbox, connection_id, settings, self.clock(), org.ahead)
            meeting = _Meeting(desk, describe, rows, {}, {})
            asked = [meeting.asks(plans[key.plan_id], key, one) for key, one in store.load(session, deals).items()]
        wanted = sorted({one for one in asked if one is not None})
        try:
            found = org.log.query(select("Id", "CreatedDate").from_(HISTORY).where(in_("Id", wanted)))
        except RejectedError:
            return {}  # this login may not see the history: the record's own date counts
        return {widen(row["Id"]): datetime.fromisoformat(row["CreatedDate"]) for row in found}


def _stages(
    session: WorkspaceSession,
    describe: SObjectDescribe,
    plans: Mapping[PlanId, TwoWay],
    deals: Mapping[PlanId, RecordId],
    rows: Mapping[RecordId, Mapping[str, Any]],
) -> list[Taken]:
    """How far the deals are, kept with their plans; what this login may not see, or what is gone, changes nothing."""
    found = []
    for plan_id, deal in deals.items():
        plan, row = plans.get(plan_id), rows.get(deal)
        if plan is None or row is None or plan.opportunity_id != deal:
            continue
        percent = stage_of(row.get(sides.STAGE)) if sides.STAGE in describe.fields else plan.deal_stage
        name = row.get(sides.STAGE_NAME) if sides.STAGE_NAME in describe.fields else plan.deal_stage_name
        found.append(apply_deal_stage(session, plan, percent, name))
    return [one for one in found if one is not None]


def _read_deal(plan_id: PlanId, deal: RecordId, row: Mapping[str, Any]) -> ReadDeal:
    account = row.get("AccountId")
    return ReadDeal(plan_id, deal, RecordId(widen(account)) if account else None)


@dataclass(slots=True)
class _Meeting:
    """`before`: the versions of the states when Salesforce was asked. `changes`: when which row of history was made."""

    desk: Desk
    describe: SObjectDescribe
    rows: Mapping[RecordId, Mapping[str, Any]]
    before: Mapping[Key, int]
    changes: Mapping[str, datetime]
    frozen: int = 0
    words: list[Notification] = field(default_factory=list)

    def asks(self, plan: TwoWay, key: Key, stored: Stored) -> RecordId | None:
        """The row of history that has to be known for this value, if any."""
        theirs = self._theirs(stored.state.opportunity_id, key.linked)
        if isinstance(theirs, Reason) or plan.opportunity_id != stored.state.opportunity_id:
            return None
        ours = sides.read_ours(self.describe.fields[FIELDS[key.linked]], plan, key.linked)
        terms = self.desk.terms(plan, key.linked)
        if isinstance(ours, Reason) or not rules.wants_times(stored.state, ours, theirs, terms):
            return None
        history_id = self.rows[plan.opportunity_id].get(LAST_CHANGES[key.linked])
        return RecordId(widen(history_id)) if history_id else None

    def meet(self, plan: TwoWay, key: Key, stored: Stored) -> None:
        state = stored.state
        if plan.opportunity_id is None:
            return
        if plan.opportunity_id != state.opportunity_id:
            self.desk.keep(stored, ValueState(plan.opportunity_id))
        elif key.linked not in self.desk.settings.enabled:
            self.desk.keep(stored, replace(state, is_due=False))
        elif self.before.get(key) != stored.version:
            # what was read may be older than what has become known since: it is read again
            self.desk.keep(stored, replace(state, is_due=True))
        else:
            self._meet(plan, key.linked, stored)

    def _meet(self, plan: TwoWay, linked: Linked, stored: Stored) -> None:
        theirs = self._theirs(stored.state.opportunity_id, linked)
        if isinstance(theirs, Reason):
            self.desk.keep(stored, rules.stay_apart(stored.state, theirs))
            return
        mismatch = None
        if linked is Linked.AMOUNT:
            mismatch = rules.decide_currency(sides.our_currency(plan, linked), theirs.currency)
        ours = sides.read_ours(self.describe.fields[FIELDS[linked]], plan, linked)
        if mismatch is not None or isinstance(ours, Reason):
            reason = mismatch or ours
            assert isinstance(reason, Reason), "one of the two is a reason"
            self.desk.keep(stored, rules.stay_apart(stored.state, reason))
            return
        terms = self.desk.terms(plan, linked)
        step = rules.meet(stored.state, ours, theirs, terms)
        word = decide_word(stored.state, step, terms)
        if word is not None:
            about = About(plan.plan_id, stored.state.opportunity_id, linked)
            self.words.append(notification_of(word, about, terms))
        self.frozen += step.state.standing is Standing.FROZEN and stored.state.standing is not Standing.FROZEN
        self.desk.follow(plan, linked, stored, step)

    def _theirs(self, deal: RecordId, linked: Linked) -> Any:
        row = self.rows.get(deal)
        if row is None:
            return Reason.DEAL_NOT_THERE
        return sides.read_theirs(self.describe, row, linked, self.desk.settings.org_currency, self.changes)

    def report(self) -> None:
        if self.desk.taken or self.desk.intents or self.frozen:
            _log.info(
                "two_way_met",
                connection_id=self.desk.connection_id,
                taken=len(self.desk.taken),
                written=len(self.desk.intents),
                frozen=self.frozen,
            )
