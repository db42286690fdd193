"""Settings of a connection: one row each."""

from datetime import datetime

from sqlalchemy import Column, Date, Integer, String, UniqueConstraint, select, update

from accord.core.ids import ConnectionId, MemberId, new_id
from accord.features.connections.integration.model import ConnectionSettings
from accord.features.connections.model import IntegrationFlow
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import ID_LENGTH, belongs_to_connection

connection_settings = tenant_table(
    "connection_settings",
    Column("flow", String(40), nullable=False),
    Column("secret_ends_on", Date),
    Column("key_ends_on", Date),
    Column("method_ends_on", Date),
    Column("version", Integer, nullable=False),
    Column("changed_by", String(ID_LENGTH)),
    Column("changed_at", UtcDateTime, nullable=False),
    *belongs_to_connection(),
    UniqueConstraint("workspace_id", "connection_id"),
)


def load(session: WorkspaceSession, connection_id: ConnectionId) -> ConnectionSettings:
    row = session.first(select(connection_settings).where(connection_settings.c.connection_id == connection_id))
    if row is None:
        return ConnectionSettings()
    return ConnectionSettings(
        IntegrationFlow(row.flow), row.secret_ends_on, row.key_ends_on, row.method_ends_on, row.version
    )


def save(
    session: WorkspaceSession,
    connection_id: ConnectionId,
    new: ConnectionSettings,
    *,
    by: MemberId | None,
    now: datetime,
) -> bool:
    """Stores the settings as the successor of the version before. False when somebody else was first."""
    values = {
        "flow": new.flow.value,
        "secret_ends_on": new.secret_ends_on,
        "key_ends_on": new.key_ends_on,
        "method_ends_on": new.method_ends_on,
        "version": new.version,
        "changed_by": by,
        "changed_at": now,
    }
    table = connection_settings.c
    if new.version == 1:
        return session.insert_once(connection_settings, {"id": new_id(now), "connection_id": connection_id, **values})
    before = (table.connection_id == connection_id, table.version == new.version - 1)
    return session.execute(update(connection_settings).where(*before).values(values)).rowcount == 1
