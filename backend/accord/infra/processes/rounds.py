"""A round over the orgs: what fails for one holds up no other."""

from collections.abc import Callable, Iterable

import structlog

from accord.core.errors import AccordError
from accord.core.ids import ConnectionId, WorkspaceId

_log = structlog.get_logger()


def go_round(
    orgs: Iterable[tuple[WorkspaceId, ConnectionId]], visit: Callable[[WorkspaceId, ConnectionId], int], *, failed: str
) -> int:
    """Visits each org and gives the sum of what the visits give. An org whose visit fails waits for the next round, and
    the log says `failed` of it: by its code where that is known, else whole.
    """
    count = 0
    for workspace_id, connection_id in orgs:
        try:
            count += visit(workspace_id, connection_id)
        except AccordError as error:
            _log.warning(failed, connection_id=connection_id, code=error.code)
        except Exception:  # noqa: BLE001 - a fault of ours with one org must not end the round of all others
            _log.exception(failed, connection_id=connection_id)
    return count
