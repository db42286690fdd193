"""What an admin sees of deliveries, and the one thing he can press: try again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.errors import NotFoundError
from accord.core.identity import Identity
from accord.core.ids import IntentId
from accord.delivery.service import Backlog, Delivery, Explanation, ParkedCause
from accord.infra.db import Database


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

    def retry(self, caller: Identity, code: str | None) -> int:
        """Tries what is parked again: all of one cause, or everything. Gives how many intents that are."""
        with self.database.workspace(caller.workspace_id) as session:
            number = self.delivery.retry(session, caller.connection_id, now=self.clock(), code=code)
        self.wake()
        return number

    def explain(self, caller: Identity, reference: str) -> Explanation:
        """Why a delivery is as it is. Raises NotFoundError, also for one of another connection."""
        with self.database.reading(caller.workspace_id) as session:
            found = self.delivery.explain(session, IntentId(reference))
        if found.connection_id != caller.connection_id:
            raise NotFoundError("delivery")
        return found
