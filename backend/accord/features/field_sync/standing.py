"""How the synced fields of plans stand, and the wish to have them compared with Salesforce now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, PlanId, RecordId
from accord.core.mapped import MappedValue, Stands
from accord.features.field_sync.model import PlanValues, Row, Settings
from accord.features.field_sync.reasons import SENTENCES, FieldSkip
from accord.features.field_sync.rules import wanted_of
from accord.features.field_sync.setup import load_settings
from accord.features.field_sync.sources import Sources
from accord.features.field_sync.store import is_on
from accord.features.field_sync.sync import store
from accord.features.field_sync.sync.asked import store as asked
from accord.features.field_sync.sync.marks import Marks
from accord.features.field_sync.sync.model import ASKED, Copy, Trigger, known_of
from accord.features.field_sync.why.service import decide_reason
from accord.infra.db import WorkspaceSession
from accord.mapping.values import same

# nothing is to be written, or what is to be written is there
_WELL: Final = frozenset({FieldSkip.UNCHANGED, FieldSkip.NOT_PUBLISHED, FieldSkip.NEWER_PLAN})
ASKS: Final = Trigger(ASKED, is_look=True)


@dataclass(frozen=True, slots=True)
class FieldStandings:
    clock: Clock
    sources: Sources
    marks: Marks

    def load(
        self, session: WorkspaceSession, connection_id: ConnectionId, plans: Mapping[PlanId, RecordId]
    ) -> dict[PlanId, list[MappedValue]]:
        """Every row of these plans (at most 200); nothing while syncing is off."""
        settings = load_settings(session, connection_id, self.sources)
        if not settings.setup.enabled or not settings.setup.rows or not plans:
            return {}
        ids = list(plans)
        values = self.sources.values(session, connection_id, ids, today=self.clock().date())
        stored = store.load_copies(session, connection_id, ids)
        copies = {plan_id: known_of(copy, settings.setup.rows) for plan_id, copy in stored.items()}
        marked = asked.find_marked(session, connection_id, ids)
        return {
            plan_id: [
                decide_standing(row, settings, plan, copies.get(plan_id, Copy(plan_id)), is_marked=plan_id in marked)
                for row in settings.setup.rows
            ]
            for plan_id, plan in values.items()
        }

    def compare(self, session: WorkspaceSession, connection_id: ConnectionId, plans: Mapping[PlanId, RecordId]) -> None:
        """These plans are looked at, and Salesforce is read for it. Wake the worker after the commit."""
        if plans and is_on(session, connection_id):
            asked.forget_readings(session, connection_id, list(plans))
            self.marks.put(session, connection_id, plans, ASKS, now=self.clock())


def decide_standing(row: Row, settings: Settings, plan: PlanValues, copy: Copy, *, is_marked: bool) -> MappedValue:
    """How one row stands for one plan. `is_marked`: it is going to be looked at."""
    skip = decide_reason(row, settings, plan, copy)
    if skip in _WELL:
        return MappedValue(Stands.EQUAL)
    held = copy.held.get(row.id)
    if skip is None and held is not None and same(held.value, wanted_of(row, settings.of(row.id), plan)[0]):
        return MappedValue(Stands.EQUAL)
    # what is known of the last time says nothing about the one that comes
    if skip is None or (is_marked and skip in {FieldSkip.NEVER_LOOKED, FieldSkip.REFUSED, FieldSkip.NO_RECORD}):
        return MappedValue(Stands.WAITS)
    return MappedValue(Stands.NEEDS_SOMEBODY, SENTENCES[skip])
