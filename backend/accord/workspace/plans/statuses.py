"""Time alone changes a status: what it has changed is told by an hourly look."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC

from accord.core.ids import ConnectionId, WorkspaceId
from accord.infra.processes.rounds import go_round
from accord.workspace.plans import rules, store
from accord.workspace.plans.changing import Actor, Change, Changes

PAGE = 200


@dataclass(frozen=True, slots=True)
class StatusWatch:
    changes: Changes
    live_connections: Callable[[], Iterable[tuple[WorkspaceId, ConnectionId]]]

    def tell_all(self) -> int:
        """Tells every plan of which a step has become overdue by one day or by seven. Says how many."""
        return go_round(self.live_connections(), self._tell, failed="late_plans_not_told")

    def _tell(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> int:
        told, actor = 0, Actor(workspace_id, connection_id, None)
        while True:
            number = self._tell_page(actor)
            told += number
            if number < PAGE:
                return told

    def _tell_page(self, actor: Actor) -> int:
        """What was told is not found again: time only makes a status worse."""
        now = self.changes.clock()
        today = now.astimezone(UTC).date()
        with self.changes.database.workspace(actor.workspace_id) as session:
            late = store.load_late(
                session, actor.connection_id, today=today, stalled=today - rules.STALLED_AFTER, limit=PAGE
            )
            facts = store.load_facts(session, actor.connection_id, store.load(session, actor.connection_id, late))
            for one in facts.values():
                self.changes.end(Change(session, actor, now, one, one.plan))
        if facts:
            self.changes.wake()
        return len(facts)
