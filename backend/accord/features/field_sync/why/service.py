"""Why a synced field has its value: who or what wrote it, when, by which row, with which login, or why not (D6)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accord.core.clock import Clock
from accord.core.identity import Identity
from accord.core.ids import MemberId, PlanId
from accord.delivery.model import State, lane_of
from accord.delivery.service import Delivery
from accord.delivery.skips import Skip
from accord.features.field_sync import rules
from accord.features.field_sync.eyes import Eyes
from accord.features.field_sync.model import DEAL, PlanValues, Row, Settings
from accord.features.field_sync.reasons import FieldSkip
from accord.features.field_sync.setup import load_settings
from accord.features.field_sync.sources import Sources
from accord.features.field_sync.sync import store
from accord.features.field_sync.sync.model import FIELDS, Copy, Write, known_of
from accord.infra.db import Database, WorkspaceSession
from accord.mapping.values import Canonical
from accord.workspace.members.store import load_names


@dataclass(frozen=True, slots=True)
class Wrote:
    """`trigger` is what set it off, `by` the member who did that, `login` the username that wrote where it was kept.

    `old` and `new` are None where the caller sees nothing.
    """

    at: datetime
    trigger: str
    by: str | None
    login: str | None
    old: Canonical
    new: Canonical


@dataclass(frozen=True, slots=True)
class WhyField:
    """`value` is what Salesforce shows the caller himself now; None and `is_hidden` where it shows him nothing (S3)."""

    row: Row
    value: Canonical
    is_hidden: bool
    wrote: Wrote | None
    skip: FieldSkip | None


@dataclass(frozen=True, slots=True)
class WhyPlan:
    """`waits`: what keeps the plan's next look from being taken; None when nothing waits."""

    enabled: bool
    fields: Sequence[WhyField]
    waits: Skip | None


@dataclass(frozen=True, slots=True)
class Why:
    """`check_plan` raises NotFoundError for a plan that the caller may not see."""

    database: Database
    clock: Clock
    sources: Sources
    eyes: Eyes
    delivery: Delivery
    check_plan: Callable[[Identity, PlanId], object]

    def of(self, caller: Identity, plan_id: PlanId) -> WhyPlan:
        """Raises NotFoundError."""
        self.check_plan(caller, plan_id)
        of = caller.connection_id
        with self.database.reading(caller.workspace_id) as session:
            settings = load_settings(session, of, self.sources)
            plan = self.sources.values(session, of, [plan_id], today=self.clock().date()).get(plan_id)
            stored = store.load_copies(session, of, [plan_id]).get(plan_id, Copy(plan_id))
            copy = known_of(stored, settings.setup.rows)
            writes = store.load_writes(session, {one.write_id for one in copy.held.values() if one.write_id})
            actors = {one.trigger.actor_id for one in writes.values() if one.trigger.actor_id is not None}
            names = load_names(session, actors)
            waits = self._waits(session, caller, plan)
        deals = [plan.opportunity_id] if plan is not None and plan.opportunity_id is not None else []
        own = self.eyes.of_deals(caller, settings.setup.rows, deals)
        seen = own.get(deals[0], {}) if deals else {}
        fields = []
        for row in settings.setup.rows:
            sees = row.id in seen and seen[row.id].record_id is not None
            held = copy.held.get(row.id)
            write = writes.get(held.write_id) if held is not None and held.write_id else None
            fields.append(
                WhyField(
                    row=row,
                    value=seen[row.id].value if sees else None,
                    is_hidden=not sees,
                    wrote=None if write is None else wrote_of(write, row.id, names, is_hidden=not sees),
                    skip=decide_reason(row, settings, plan, copy),
                )
            )
        return WhyPlan(settings.setup.enabled, fields, waits)

    def _waits(self, session: WorkspaceSession, caller: Identity, plan: PlanValues | None) -> Skip | None:
        if plan is None or plan.opportunity_id is None:
            return None
        lane = f"{lane_of(DEAL, 'Id', plan.opportunity_id)}|{FIELDS}"
        found = self.delivery.explain_lane(session, caller.connection_id, lane, now=self.clock())
        return None if found is None or found.state is State.DONE else found.skip


def wrote_of(write: Write, row_id: str, names: Mapping[MemberId, str], *, is_hidden: bool) -> Wrote:
    """One row of a write."""
    by = names.get(write.trigger.actor_id) if write.trigger.actor_id is not None else None
    change = None if is_hidden else write.changes.get(row_id)
    old, new = (None, None) if change is None else (change.old, change.new)
    return Wrote(write.at, write.trigger.kind, by, write.login, old, new)


def decide_reason(row: Row, settings: Settings, plan: PlanValues | None, copy: Copy) -> FieldSkip | None:
    """Why the row was not written the last time, or would not be now; None when it was written."""
    if not settings.setup.enabled:
        return FieldSkip.SYNC_OFF
    if plan is None or plan.opportunity_id is None:
        return FieldSkip.NOT_CONNECTED
    _, skip = rules.wanted_of(row, settings.of(row.id), plan)
    if skip is not None:
        return skip
    if row.id not in copy.held and row.id not in copy.skips:
        return FieldSkip.NEVER_LOOKED
    return copy.skips.get(row.id)
