"""What was written to one record."""

from sqlalchemy import select

from accord.core.ids import ConnectionId, RecordId
from accord.core.written import WantedWrites
from accord.features.field_sync.sync.model import Write, WriteState
from accord.features.field_sync.sync.store import field_sync_write, read_write
from accord.infra.db import WorkspaceSession

MOST_LOADED = 20


def load_newest(session: WorkspaceSession, connection_id: ConnectionId, wanted: WantedWrites) -> list[Write]:
    """Writes of all plans, the newest first."""
    columns = field_sync_write.c
    query = select(field_sync_write).where(columns.connection_id == connection_id)
    if wanted.record_id is not None:
        query = query.where(columns.record_id == wanted.record_id)
    if wanted.before is not None:
        query = query.where(columns.id < wanted.before)
    rows = session.rows(query.order_by(columns.id.desc()).limit(wanted.most))
    return [read_write(session, row) for row in rows]


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
