"""Where the reading of an org stands, and what is told of the deals that were read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from accord.core.ids import ConnectionId, PlanId, RecordId, WorkspaceId
from accord.salesforce.replication import ChangeLog


@dataclass(frozen=True, slots=True)
class Position:
    """`began_at`, `covered_until` and `deleted_until` are by Salesforce's clock, all else is by ours.

    `ahead` is how far Salesforce's clock was before ours. `whole_after` is the last plan of a whole reading that is
    under way, and `whole_at` the end of the last one. `swept_at`: late changes and deletions were looked for. `seen`:
    the records that were read or told lately, with the end of the span in which they were listed.
    """

    began_at: datetime | None = None
    covered_until: datetime | None = None
    deleted_until: datetime | None = None
    ahead: timedelta | None = None
    whole_at: datetime | None = None
    whole_after: PlanId | None = None
    swept_at: datetime | None = None
    seen: Mapping[RecordId, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadDeal:
    """A deal of a plan, as it was just read."""

    plan_id: PlanId
    opportunity_id: RecordId
    account_id: RecordId | None


class OnDealsRead(Protocol):
    """Told which deals were read and are there, and which are `absent`: asked for and not there. In no transaction."""

    def __call__(
        self,
        workspace_id: WorkspaceId,
        connection_id: ConnectionId,
        log: ChangeLog,
        *,
        read: Sequence[ReadDeal] = (),
        absent: Sequence[RecordId] = (),
    ) -> None: ...
