"""What was written to one record."""

from sqlalchemy import select

from accord.core.ids import ConnectionId, RecordId
from accord.features.field_sync.sync.model import Write, WriteState
from accord.features.field_sync.sync.store import field_sync_write, read_write
from accord.infra.db import WorkspaceSession

MOST_LOADED = 20


def load_writes_of(session: WorkspaceSession, connection_id: ConnectionId, record_id: RecordId) -> list[Write]:
    """The last writes that Salesforce has taken, the newest first."""
    columns = field_sync_write.c
    wanted = (
        select(field_sync_write)
        .where(columns.connection_id == connection_id, columns.record_id == record_id)
        .where(columns.state == WriteState.DONE.value)
        .order_by(columns.id.desc())
        .limit(MOST_LOADED)
    )
    return [read_write(session, row) for row in session.rows(wanted)]
