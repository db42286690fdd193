"""Where the owners of Tasks live, as their rows in Salesforce say: that decides the date of a Task (W5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from accord.core.clock import Clock
from accord.core.errors import AccordError
from accord.core.ids import ConnectionId, UserId, WorkspaceId, widen
from accord.features.activities import store
from accord.infra.db import Database
from accord.infra.processes.rounds import go_round
from accord.salesforce.model import Gateway
from accord.salesforce.soql import in_parts, select
from accord.workspace.members.model import known_time_zone
from accord.workspace.members.store import load_time_zones, set_time_zone

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class OwnerZones:
    """Reads them once in a while and keeps them, so that logging an activity asks nobody."""

    database: Database
    clock: Clock
    owner_gateway: Callable[[WorkspaceId, ConnectionId], Gateway]
    connections: Callable[[], Sequence[tuple[WorkspaceId, ConnectionId]]]

    def read_all(self) -> int:
        """Reads those of every live connection. Says how many zones have changed. For a call every hour."""
        return go_round(self.connections(), self.read, failed="zones_not_read")

    def read(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> int:
        """Reads those of one connection: one call for up to some hundred users. Says how many have changed.

        Where Salesforce cannot be asked, what was known before stays.
        """
        with self.database.reading(workspace_id) as session:
            known = load_time_zones(session, connection_id)
        try:
            gateway = self.owner_gateway(workspace_id, connection_id)
            zones = _fetch(gateway, [gateway.user_id, *known])
        except AccordError as error:
            _log.warning("zones_not_read", connection_id=connection_id, code=error.code)
            return 0
        changed = {
            member_id: zone
            for user_id, (member_id, before) in known.items()
            if (zone := zones.get(user_id, "")) not in {"", before}
        }
        with self.database.workspace(workspace_id) as session:
            for member_id, zone in changed.items():
                set_time_zone(session, member_id, zone)
            owner = zones.get(gateway.user_id, "")
            moved = bool(owner) and store.set_owner_zone(session, connection_id, owner, now=self.clock())
        return len(changed) + int(moved)


def _fetch(gateway: Gateway, users: Sequence[UserId]) -> dict[UserId, str]:
    """The zones of these users, as far as Salesforce shows them and this machine knows them."""
    zones: dict[UserId, str] = {}
    for some in in_parts("Id", users):
        for row in gateway.query(select("Id", "TimeZoneSidKey").from_("User").where(some)):
            zones[UserId(widen(row["Id"]))] = known_time_zone(row["TimeZoneSidKey"] or "")
    return zones
