"""How the linked values of plans stand, and the wish to have them compared with Salesforce now."""

from collections.abc import Mapping
from dataclasses import dataclass

from accord.core.ids import ConnectionId, PlanId, RecordId
from accord.core.mapped import MappedValue, Stands
from accord.features.two_way import rules, store
from accord.features.two_way.model import Standing, ValueState
from accord.infra.db import WorkspaceSession


@dataclass(frozen=True, slots=True)
class LinkStandings:
    def load(
        self, session: WorkspaceSession, connection_id: ConnectionId, plans: Mapping[PlanId, RecordId]
    ) -> dict[PlanId, list[MappedValue]]:
        """The values of these plans (at most some hundred) whose links are on."""
        enabled = store.load_settings(session, connection_id).enabled
        found: dict[PlanId, list[MappedValue]] = {}
        for key, stored in store.load(session, plans).items() if enabled and plans else ():
            if key.linked in enabled:
                found.setdefault(key.plan_id, []).append(decide_standing(stored.state))
        return found

    def compare(self, session: WorkspaceSession, connection_id: ConnectionId, plans: Mapping[PlanId, RecordId]) -> None:
        """The next turn of the reading compares them."""
        enabled = store.load_settings(session, connection_id).enabled
        if plans and enabled:
            store.mark_due(session, connection_id, plans, enabled)


def decide_standing(state: ValueState) -> MappedValue:
    match state.standing:
        case Standing.FROZEN:
            return MappedValue(Stands.FROZEN, rules.FROZEN)
        case Standing.CONFLICT:
            return MappedValue(Stands.NEEDS_SOMEBODY, rules.CONFLICT)
        case Standing.APART if state.reason is not None:
            return MappedValue(Stands.NEEDS_SOMEBODY, rules.SENTENCES[state.reason])
        case Standing.EQUAL if not state.is_due:
            return MappedValue(Stands.EQUAL)
        case _:
            return MappedValue(Stands.WAITS)
