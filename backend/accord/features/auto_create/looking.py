"""Told which deals changed in Salesforce: those that a rule meets get their plan, once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, MemberId, RecordId, WorkspaceId
from accord.features.auto_create import rules, store
from accord.features.auto_create.deals import deals_of, load_people, query_deals, within
from accord.features.auto_create.model import CHANGED, DEAL, Deal, Page, Rule, Standing, Waits
from accord.infra.audit import Actor, Entry, record
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway, SObjectDescribe
from accord.salesforce.replication import ChangeLog
from accord.salesforce.soql import ge, gt, in_
from accord.workspace.plans.by_rule import PlansByRule, WantedPlan
from accord.workspace.plans.model import Plan
from accord.workspace.plans.store import find_with_plan

_log = structlog.get_logger()
MADE = "plan.made_by_rule"


@dataclass(frozen=True, slots=True)
class RuleWatch:
    """A listener of the reading. It asks Salesforce nothing while no rule is on."""

    database: Database
    clock: Clock
    plans: PlansByRule
    gateway_for: Callable[[WorkspaceId, ConnectionId], Gateway]  # the integration owner's

    def is_listening(self, session: WorkspaceSession, connection_id: ConnectionId) -> bool:
        """Whether it wants to be told of deals that have no plan."""
        return store.is_on(session, connection_id)

    def is_due(self, session: WorkspaceSession, connection_id: ConnectionId) -> bool:
        """Whether it has something to read although nothing has changed."""
        if not store.is_on(session, connection_id):
            return False
        return bool(store.load_due(session, connection_id, limit=1) or store.load_pages(session, connection_id))

    def read_due(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, log: ChangeLog, *, may_back_fill: bool
    ) -> int:
        """Deals whose point person is a member by now; and, when that may be, one page of those that were there before
        their rule. Gives how many were looked at.
        """
        with self.database.reading(workspace_id) as session:
            if not store.is_on(session, connection_id):
                return 0
            due = store.load_due(session, connection_id, limit=rules.PAGE)
            pages = store.load_pages(session, connection_id)
        look = _Look(self, workspace_id, connection_id, log)
        if due:
            look.at(due, is_known=True)
        return len(due) + (look.at_page(pages[0]) if pages and may_back_fill else 0)

    def changed(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, log: ChangeLog, deals: Sequence[RecordId]
    ) -> int:
        """These deals changed. Those that have a plan, or had one, are not read. Gives how many were."""
        with self.database.reading(workspace_id) as session:
            if not store.is_on(session, connection_id):
                return 0
            over = set(find_with_plan(session, connection_id, deals))
            settled = store.find_settled(session, connection_id, deals)
        over |= {deal for deal, standing in settled.items() if standing is not Standing.WAITING}
        wanted = [deal for deal in deals if deal not in over]
        look = _Look(self, workspace_id, connection_id, log)
        for start in range(0, len(wanted), rules.PAGE):
            look.at(wanted[start : start + rules.PAGE])
        return len(wanted)

    def gone(self, workspace_id: WorkspaceId, connection_id: ConnectionId, deals: Sequence[RecordId]) -> None:
        """These deals were deleted: they wait no longer."""
        with self.database.workspace(workspace_id) as session:
            if store.is_on(session, connection_id):
                store.forget_waiting(session, connection_id, deals)

    def missed(self, workspace_id: WorkspaceId, connection_id: ConnectionId, since: datetime) -> None:
        """Nobody can say which deals changed since then: all that did are looked for."""
        with self.database.workspace(workspace_id) as session:
            for rule in store.load_settings(session, connection_id).enabled:
                store.put_page(session, connection_id, Page(rule.id, since=since), now=self.clock())


class _Look:
    """One look at some deals of one org."""

    def __init__(
        self, watch: RuleWatch, workspace_id: WorkspaceId, connection_id: ConnectionId, log: ChangeLog
    ) -> None:
        self._all = watch
        self._workspace_id, self._connection_id = workspace_id, connection_id
        self._log = log

    @property
    def _describe(self) -> SObjectDescribe:
        """Asked for only where something is read: it may cost a call."""
        return self._all.gateway_for(self._workspace_id, self._connection_id).describe(DEAL)

    def at(self, deals: Sequence[RecordId], *, is_known: bool = False) -> None:
        """At most 200. `is_known`: they were met before, and need not have changed since."""
        found = deals_of(self._log.query(query_deals(self._describe, in_("Id", deals))))
        with self._all.database.reading(self._workspace_id) as session:
            on = store.load_settings(session, self._connection_id).enabled
        exempt = {one.id for one in on} if is_known else ()
        self._settle(found, exempt=exempt, absent=set(deals) - {one.id for one in found})

    def at_page(self, page: Page) -> int:
        """Deals of a rule that are there already. Gives how many."""
        with self._all.database.reading(self._workspace_id) as session:
            rule = next((one for one in self._on(session) if one.id == page.rule_id), None)
        if rule is None:
            return self._keep(page, None)
        conditions = [*within(rule), *([ge(CHANGED, page.since)] if page.since is not None else [])]
        if page.after is not None:
            conditions.append(gt("Id", page.after))
        found = deals_of(self._log.query(query_deals(self._describe, *conditions).ordered("Id").limited(rules.PAGE)))
        self._settle(found, exempt={rule.id} if page.since is None else ())
        self._keep(page, found[-1].id if len(found) == rules.PAGE else None)
        return len(found)

    def _on(self, session: WorkspaceSession) -> tuple[Rule, ...]:
        return store.load_settings(session, self._connection_id).enabled

    def _keep(self, page: Page, after: RecordId | None) -> int:
        with self._all.database.workspace(self._workspace_id) as session:
            store.keep_page(session, self._connection_id, page, after)
        return 0

    def _settle(self, deals: Sequence[Deal], *, exempt: Collection[str], absent: Collection[RecordId] = ()) -> None:
        """Gives them their plans, and keeps those that wait for a person."""
        with self._all.database.reading(self._workspace_id) as session:
            on, people = self._on(session), load_people(session, self._connection_id)
            ids = [one.id for one in deals]
            with_plan = find_with_plan(session, self._connection_id, ids)
            settled = store.find_settled(session, self._connection_id, ids)
        over, waiting = set(absent), dict[RecordId, Waits]()
        for deal in deals:
            rule = None
            if deal.id not in with_plan and settled.get(deal.id, Standing.WAITING) is Standing.WAITING:
                ahead = self._log.ahead or timedelta()
                rule = rules.decide_rule(on, deal, ahead=ahead, exempt=exempt)
            who = rules.decide_person(rule, deal, people) if rule is not None else None
            if rule is None or who is None:
                over.add(deal.id)
            elif isinstance(who, Waits):
                waiting[deal.id] = who
            else:
                self._make(deal, rule, who)
        if over or waiting:
            self._note(over, waiting)

    def _note(self, over: Collection[RecordId], waiting: Mapping[RecordId, Waits]) -> None:
        with self._all.database.workspace(self._workspace_id) as session:
            store.forget_waiting(session, self._connection_id, over)
            for deal, waits in waiting.items():
                store.note_waiting(session, self._connection_id, deal, waits, now=self._all.clock())

    def _make(self, deal: Deal, rule: Rule, point_person: MemberId) -> None:
        title, stage_title = rules.title_of(rule, deal), rule.stage_title.strip()
        playbook = rule.playbook.id if rule.playbook else None
        wanted = WantedPlan(deal.id, title, stage_title, rule.template, point_person, rule.name, playbook)

        def may_keep(session: WorkspaceSession, plan: Plan) -> bool:
            now, place = self._all.clock(), self._connection_id
            if rule.id not in {one.id for one in self._on(session)}:
                return False  # it was switched off while the deal was read
            if not store.note_made(session, place, deal.id, rule.id, now=now):
                return False
            new = {"rule": rule.name, "plan_id": plan.id}
            record(session, Entry(place, MADE, Actor.ACCORD, subject=deal.id, new=new), now=now)
            return True

        made = self._all.plans.make(self._workspace_id, self._connection_id, wanted, may_keep)
        _log.info("plan_made_by_rule", connection_id=self._connection_id, rule_id=rule.id, made=made)
