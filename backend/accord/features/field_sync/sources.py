"""What field sync asks of plans; the root joins the two."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from accord.core.ids import ConnectionId, PlanId
from accord.features.field_sync.model import Criterion, PlanValues
from accord.infra.db import WorkspaceSession

COUNTED_BY = 5000


class LoadValues(Protocol):
    """The present values of these plans (at most 200), by plan; one that is gone is not in it."""

    def __call__(
        self, session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Sequence[PlanId], *, today: date
    ) -> Mapping[PlanId, PlanValues]: ...


@dataclass(frozen=True, slots=True)
class Sources:
    """`connected_ids`: plans with a deal in the order of their ids, behind the given one, at most so many."""

    values: LoadValues
    connected_ids: Callable[[WorkspaceSession, ConnectionId, PlanId | None, int], Sequence[PlanId]]
    criteria: Callable[[WorkspaceSession, ConnectionId], Sequence[Criterion]]

    def count(self, session: WorkspaceSession, connection_id: ConnectionId) -> int:
        """How many plans are connected to a deal."""
        number, last = 0, None
        while ids := self.connected_ids(session, connection_id, last, COUNTED_BY):
            number, last = number + len(ids), ids[-1]
        return number
