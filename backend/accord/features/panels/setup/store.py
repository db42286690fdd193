"""Where panels' set-ups and their checks are kept: one row each for a connection."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Column, LargeBinary, Row

from accord.core.ids import ConnectionId
from accord.features.panels.checks.store import CheckStore, check_table
from accord.features.panels.model import RowSpec, TabRule, TabSpec
from accord.features.panels.setup.model import Setup
from accord.features.panels.setup.rules import values_of
from accord.infra.db import WorkspaceSession
from accord.workspace.settings.store import SettingsStore, settings_table

panel_setup = settings_table("panel_setup", Column("sealed_tabs", LargeBinary, nullable=False))
panel_check = check_table("panel_check")
CHECKS: Final = CheckStore(panel_check)


def _read(session: WorkspaceSession, row: Row[Any]) -> Setup:
    return Setup(
        tabs=tuple(_tab(one) for one in session.open(panel_setup, row.connection_id, row.sealed_tabs)),
        version=row.version,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )


def _columns(session: WorkspaceSession, connection_id: ConnectionId, new: Setup) -> dict[str, Any]:
    return {"sealed_tabs": session.seal(panel_setup, connection_id, [_tab_json(tab) for tab in new.tabs])}


SETTINGS: Final = SettingsStore(
    kind="settings.panel",
    table=panel_setup,
    default=Setup(),
    read=_read,
    columns=_columns,
    values_of=lambda setup: values_of(setup.tabs),
)
load = SETTINGS.load
load_check, save_check = CHECKS.load, CHECKS.save


def _tab_json(tab: TabSpec) -> dict[str, Any]:
    return {
        "key": tab.key,
        "label": tab.label,
        "rows": [
            {"sobject": row.sobject, "field": row.field, "label": row.label, "is_open": row.is_open} for row in tab.rows
        ],
        "rule": {"record_types": list(tab.rule.record_types), "stages": list(tab.rule.stages)},
    }


def _tab(stored: Mapping[str, Any]) -> TabSpec:
    return TabSpec(
        key=stored["key"],
        label=stored["label"],
        rows=tuple(RowSpec(**row) for row in stored["rows"]),
        rule=TabRule(tuple(stored["rule"]["record_types"]), tuple(stored["rule"]["stages"])),
    )
