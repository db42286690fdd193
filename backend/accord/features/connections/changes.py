"""What an org says of its own changes, with the integration owner's login."""

from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, WorkspaceId
from accord.features.connections.logins import Logins
from accord.salesforce.describe import DescribeCache
from accord.salesforce.replication import ChangeLog, open_change_log
from accord.salesforce.transport import HttpOptions


@dataclass(frozen=True, slots=True)
class ChangeLogs:
    logins: Logins
    http: HttpOptions
    describes: DescribeCache
    clock: Clock

    def __call__(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> ChangeLog:
        """Raises AuthorizationLostError when that login has to be renewed by a person."""
        login = self.logins.integration_login(workspace_id, connection_id)
        return open_change_log(
            login,
            http=self.http,
            describes=self.describes,
            clock=self.clock,
            renew=lambda: self.logins.integration_login(workspace_id, connection_id, instead_of=login),
        )
