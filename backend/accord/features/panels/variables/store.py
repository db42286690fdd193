"""Where variables and their check are kept: one row each for a connection."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Boolean, Column, LargeBinary, Row

from accord.core.ids import ConnectionId
from accord.features.panels.checks.store import CheckStore, check_table
from accord.features.panels.model import RowSpec, VariableSpec
from accord.features.panels.variables.model import VariableSettings
from accord.infra.db import WorkspaceSession
from accord.workspace.settings.store import SettingsStore, settings_table

variable_settings = settings_table(
    "variable_settings",
    Column("enabled", Boolean(create_constraint=False), nullable=False),
    Column("sealed_rows", LargeBinary, nullable=False),
)
variable_check = check_table("variable_check")


def _read(session: WorkspaceSession, row: Row[Any]) -> VariableSettings:
    rows = session.open(variable_settings, row.connection_id, row.sealed_rows)
    return VariableSettings(row.enabled, tuple(map(_variable, rows)), row.version, row.changed_at, row.changed_by)


def _variable(stored: Mapping[str, Any]) -> VariableSpec:
    row = RowSpec(stored["sobject"], stored["field"], stored["label"])
    return VariableSpec(row, read=stored["read"], write=stored["write"])


def _columns(session: WorkspaceSession, connection_id: ConnectionId, new: VariableSettings) -> dict[str, Any]:
    rows = values_of(new)["rows"]
    return {"enabled": new.enabled, "sealed_rows": session.seal(variable_settings, connection_id, rows)}


def values_of(settings: VariableSettings) -> dict[str, Any]:
    """The settings as a JSON value with which they can be set again."""
    rows = [
        {
            "sobject": one.row.sobject,
            "field": one.row.field,
            "label": one.row.label,
            "read": one.read,
            "write": one.write,
        }
        for one in settings.rows
    ]
    return {"enabled": settings.enabled, "rows": rows}


SETTINGS: Final = SettingsStore(
    kind="settings.variables",
    table=variable_settings,
    default=VariableSettings(),
    read=_read,
    columns=_columns,
    values_of=values_of,
)
CHECKS: Final = CheckStore(variable_check)
load = SETTINGS.load
load_check = CHECKS.load
