"""Who wants to be told of deals that no plan has: told by the one reader, so that an org is asked once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from accord.core.ids import ConnectionId, RecordId, WorkspaceId
from accord.infra.db import WorkspaceSession
from accord.salesforce.replication import ChangeLog


class OtherDeals(Protocol):
    """Told of deals that no plan of ours has. Whatever it does is done before the position is stored: who dies is told
    again.
    """

    def is_listening(self, session: WorkspaceSession, connection_id: ConnectionId) -> bool:
        """Whether it wants to be told. While nobody does and there is no plan with a deal, the org is not asked."""
        ...

    def is_due(self, session: WorkspaceSession, connection_id: ConnectionId) -> bool:
        """Whether it has something to read although nothing has changed."""
        ...

    def read_due(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, log: ChangeLog, *, may_back_fill: bool
    ) -> int:
        """Reads it; gives how many deals."""
        ...

    def changed(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, log: ChangeLog, deals: Sequence[RecordId]
    ) -> int:
        """These deals were made or changed, each told once. Gives how many it has read."""
        ...

    def gone(self, workspace_id: WorkspaceId, connection_id: ConnectionId, deals: Sequence[RecordId]) -> None:
        """These were deleted."""
        ...

    def missed(self, workspace_id: WorkspaceId, connection_id: ConnectionId, since: datetime) -> None:
        """The org does not tell any more what has changed since then, by its clock."""
        ...
