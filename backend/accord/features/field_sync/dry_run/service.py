"""The dry run: reads what a back-fill would read, decides what it would decide, and writes nothing (D14)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from accord.core.clock import Clock
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, MemberId, PlanId, RecordId, WorkspaceId
from accord.delivery.service import Delivery
from accord.features.field_sync.dry_run.model import DryRun, TriedField, TriedPlan
from accord.features.field_sync.eyes import Eyes
from accord.features.field_sync.model import UNCHECKED, PlanValues, Row, RowHealth, Setup
from accord.features.field_sync.reasons import FieldSkip
from accord.features.field_sync.runs.book import PAGE
from accord.features.field_sync.setup import FieldSyncSetup
from accord.features.field_sync.sources import Sources
from accord.features.field_sync.sync import store
from accord.features.field_sync.sync.model import Copy, Fresh
from accord.features.field_sync.sync.reading import read_fields
from accord.features.field_sync.sync.rules import Decision, decide_plan
from accord.infra.db import Database
from accord.salesforce.model import Gateway

Pairs = Sequence[tuple[Row, RowHealth]]


@dataclass(frozen=True, slots=True)
class DryRuns:
    database: Database
    clock: Clock
    sources: Sources
    setup: FieldSyncSetup
    eyes: Eyes
    delivery: Delivery
    gateway_for: Callable[[WorkspaceId, ConnectionId, MemberId | None], Gateway]

    def look(
        self, caller: Identity, rows: Sequence[Row] | None, *, after: PlanId | None = None, limit: int = 50
    ) -> DryRun:
        """What a back-fill would do with some plans, by the saved rows or by these.

        Raises RejectedError that names each wrong row, and what a gateway raises.
        """
        pairs = self._pairs(caller, rows)
        of = caller.connection_id
        with self.database.reading(caller.workspace_id) as session:
            ids = self.sources.connected_ids(session, of, after, limit)
            found = self.sources.values(session, of, ids, today=self.clock().date())
            plans = [plan for plan_id in ids if (plan := found.get(plan_id)) and plan.opportunity_id is not None]
            forecast = self.delivery.forecast(session, of, now=self.clock())
            total = self.sources.count(session, of)
        deals = [plan.opportunity_id for plan in plans if plan.opportunity_id is not None]
        readable = [row for row, health in pairs if row.facts is not None and health.writes]
        reading = read_fields(self.gateway_for(caller.workspace_id, of, None), readable, deals)
        pairs = [(row, reading.paused.get(row.id, health)) for row, health in pairs]
        each = {
            plan.plan_id: decide_plan(pairs, plan, Copy(plan.plan_id), reading.deals.get(_deal(plan), {}))
            for plan in plans
        }
        decided = self._without_older(caller, each)
        own = self.eyes.of_deals(caller, readable, deals)
        tried = [_tried(plan, pairs, decided[plan.plan_id], own.get(_deal(plan), {})) for plan in plans]
        targets = {
            (row.facts.sobject, decided[plan.plan_id].records[row.id])
            for plan in plans
            for row, _ in pairs
            if row.facts is not None and row.id in decided[plan.plan_id].changes
        }
        by_object = Counter(sobject for sobject, _ in targets)
        objects = {row.facts.sobject for row in readable if row.facts is not None}
        skips = Counter(field.skip for plan in tried for field in plan.fields if field.skip is not None)
        return DryRun(
            plans=tried,
            after=ids[-1] if len(ids) == limit else None,
            records=len(targets),
            skipped=skips,
            reads=reading.calls,
            writes=sum(ceil(number / PAGE) for number in by_object.values()),
            total=total,
            calls_at_most=ceil(total / PAGE) * (1 + len(objects)),
            calls_left=forecast.left if forecast is not None else None,
        )

    def _pairs(self, caller: Identity, rows: Sequence[Row] | None) -> Pairs:
        if rows is None:
            settings = self.setup.load(caller)
            return [(row, settings.health.get(row.id, UNCHECKED)) for row in settings.setup.rows]
        present = self.setup.load(caller).setup
        wanted = Setup(enabled=True, rows=tuple(rows), check_minutes=present.check_minutes)
        return self.setup.checked(caller, wanted, self.clock())

    def _without_older(self, caller: Identity, decided: Mapping[PlanId, Decision]) -> Mapping[PlanId, Decision]:
        """Of several plans that lead to one record only the newest writes it."""
        targets = {record for one in decided.values() for record in one.records.values()}
        with self.database.reading(caller.workspace_id) as session:
            owners = dict(store.load_owners(session, caller.connection_id, targets))
        for plan_id in sorted(decided):
            owners.update(
                {record: max(owners.get(record, plan_id), plan_id) for record in decided[plan_id].records.values()}
            )
        return {plan_id: _narrowed(plan_id, one, owners) for plan_id, one in decided.items()}


def _narrowed(plan_id: PlanId, decided: Decision, owners: Mapping[RecordId, PlanId]) -> Decision:
    left = {key for key in decided.changes if owners[decided.records[key]] != plan_id}
    changes = {key: change for key, change in decided.changes.items() if key not in left}
    return replace(decided, changes=changes, skips={**decided.skips, **dict.fromkeys(left, FieldSkip.NEWER_PLAN)})


def _tried(plan: PlanValues, pairs: Pairs, decided: Decision, own: Fresh) -> TriedPlan:
    fields = []
    for row, _ in pairs:
        sees = row.id in own and own[row.id].record_id is not None
        change = decided.changes.get(row.id)
        is_same = row.id in decided.agreed
        old = change.old if change else decided.agreed.get(row.id)
        new = change.new if change else decided.agreed.get(row.id)
        is_hidden = not sees and (change is not None or is_same)
        shown = (None, None) if is_hidden else (old, new)
        fields.append(TriedField(row, *shown, decided.skips.get(row.id), is_hidden))
    return TriedPlan(plan.plan_id, _deal(plan), fields)


def _deal(plan: PlanValues) -> RecordId:
    assert plan.opportunity_id is not None, "plans without a deal are left out"
    return plan.opportunity_id
