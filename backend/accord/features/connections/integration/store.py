"""Settings of a connection: one row each."""

from typing import Any, Final

from sqlalchemy import Column, Date, Row, String

from accord.core.ids import ConnectionId
from accord.features.connections.integration.model import ConnectionSettings
from accord.features.connections.model import IntegrationFlow
from accord.infra.db import WorkspaceSession
from accord.workspace.settings.store import SettingsStore, settings_table

connection_settings = settings_table(
    "connection_settings",
    Column("flow", String(40), nullable=False),
    Column("secret_ends_on", Date),
    Column("key_ends_on", Date),
    Column("method_ends_on", Date),
)


def _read(_session: WorkspaceSession, row: Row[Any]) -> ConnectionSettings:
    return ConnectionSettings(
        IntegrationFlow(row.flow), row.secret_ends_on, row.key_ends_on, row.method_ends_on, row.version
    )


def _columns(_session: WorkspaceSession, _connection_id: ConnectionId, new: ConnectionSettings) -> dict[str, Any]:
    return {
        "flow": new.flow.value,
        "secret_ends_on": new.secret_ends_on,
        "key_ends_on": new.key_ends_on,
        "method_ends_on": new.method_ends_on,
    }


SETTINGS: Final = SettingsStore(
    kind="settings.connection",
    table=connection_settings,
    default=ConnectionSettings(),
    read=_read,
    columns=_columns,
    values_of=ConnectionSettings.values,
)
load = SETTINGS.load
