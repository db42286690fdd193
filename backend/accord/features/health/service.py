"""What an admin sees of deliveries, and the one thing he can press: try again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.errors import NotFoundError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, IntentId, WorkspaceId
from accord.delivery.claims import find_connections
from accord.delivery.service import Backlog, Delivery, Explanation, Forecast, ParkedCause, ParkedOf
from accord.infra.db import Database
from accord.infra.processes.rounds import go_round


@dataclass(frozen=True, slots=True)
class Overview:
    backlog: Backlog
    causes: Sequence[ParkedCause]


@dataclass(frozen=True, slots=True)
class Health:
    database: Database
    clock: Clock
    delivery: Delivery
    wake: Callable[[], None]  # tells the worker that there is something to do

    def overview(self, caller: Identity) -> Overview:
        """How much waits, and what is parked, by cause, the most frequent first."""
        with self.database.reading(caller.workspace_id) as session:
            backlog = self.delivery.backlog(session, caller.connection_id, now=self.clock())
            return Overview(backlog, self.delivery.causes(session, caller.connection_id))

    def retry(self, caller: Identity, of: ParkedOf) -> int:
        """Tries what is parked again: all of one cause as its card shows it, or everything. Gives how many that are."""
        with self.database.workspace(caller.workspace_id) as session:
            number = self.delivery.retry(session, caller.connection_id, now=self.clock(), of=of)
        self.wake()
        return number

    def forecast(self, caller: Identity) -> Forecast | None:
        """The org's API calls: how many are left, and when they will be used up. None before the org said anything."""
        with self.database.reading(caller.workspace_id) as session:
            return self.delivery.forecast(session, caller.connection_id, now=self.clock())

    def forget_over(self) -> int:
        """Deletes deliveries that are over for longer than they are kept, in every workspace, some at a time.

        Says how many. For a call every hour.
        """
        with self.database.system_reading() as system:
            connections = find_connections(system)

        def forget(workspace_id: WorkspaceId, connection_id: ConnectionId) -> int:
            with self.database.workspace(workspace_id) as session:
                return self.delivery.forget_over(session, connection_id, now=self.clock())

        return go_round(connections, forget, failed="deliveries_not_forgotten")

    def explain(self, caller: Identity, reference: str) -> Explanation:
        """Why a delivery is as it is. Raises NotFoundError, also for one of another connection."""
        with self.database.reading(caller.workspace_id) as session:
            found = self.delivery.explain(session, IntentId(reference), now=self.clock())
        if found.connection_id != caller.connection_id:
            raise NotFoundError("delivery")
        return found
