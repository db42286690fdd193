"""Where panels' set-ups and their checks are kept: one row each for a connection."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, LargeBinary, Row, UniqueConstraint, select, update

from accord.core.ids import ConnectionId, new_id
from accord.features.panels.model import RowSpec, TabRule, TabSpec
from accord.features.panels.setup.model import Checked, Fault, RowCheck, RowStatus, Setup
from accord.features.panels.setup.rules import values_of
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.settings.store import SettingsStore, settings_table

panel_setup = settings_table("panel_setup", Column("sealed_tabs", LargeBinary, nullable=False))
panel_check = tenant_table(
    "panel_check",
    *belongs_to_connection(),
    Column("checked_at", UtcDateTime, nullable=False),
    Column("sealed_rows", LargeBinary, nullable=False),
    UniqueConstraint("workspace_id", "connection_id"),
)


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


def load_check(session: WorkspaceSession, connection_id: ConnectionId) -> Checked:
    row = session.first(select(panel_check).where(panel_check.c.connection_id == connection_id))
    if row is None:
        return Checked()
    rows = session.open(panel_check, connection_id, row.sealed_rows)
    return Checked(at=row.checked_at, rows={key: _check(one) for key, one in rows.items()})


def save_check(
    session: WorkspaceSession, connection_id: ConnectionId, rows: Mapping[str, RowCheck], *, now: datetime
) -> None:
    sealed = session.seal(panel_check, connection_id, {key: _check_json(one) for key, one in rows.items()})
    values = {"checked_at": now, "sealed_rows": sealed}
    if not session.insert_once(panel_check, {"id": new_id(now), "connection_id": connection_id, **values}):
        session.execute(update(panel_check).where(panel_check.c.connection_id == connection_id).values(values))


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


def _check_json(check: RowCheck) -> dict[str, Any]:
    return {
        "status": str(check.status),
        "fault": str(check.fault) if check.fault else None,
        "message": check.message,
        "seen_by": sorted(check.seen_by),
        "editable": check.editable,
    }


def _check(stored: Mapping[str, Any]) -> RowCheck:
    return RowCheck(
        status=RowStatus(stored["status"]),
        fault=Fault(stored["fault"]) if stored["fault"] else None,
        message=stored["message"],
        seen_by=frozenset(stored["seen_by"]),
        editable=stored["editable"],
    )
