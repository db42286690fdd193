"""Where the set-up of synced fields is kept, and how each row stands."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Row, String, UniqueConstraint, delete, select, update

from accord.core.ids import ConnectionId, new_id
from accord.features.field_sync.model import Fault, FieldFacts, RowHealth, RowState, Setup
from accord.features.field_sync.model import Row as SyncedRow
from accord.features.field_sync.rules import values_of
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.settings.store import SettingsStore, settings_table

field_sync_setup = settings_table(
    "field_sync_setup",
    Column("enabled", Boolean(create_constraint=False), nullable=False),
    Column("check_minutes", Integer, nullable=False),
    Column("sealed_rows", LargeBinary, nullable=False),
)
field_sync_health = tenant_table(
    "field_sync_health",
    *belongs_to_connection(),
    Column("row_id", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("fault", String(40)),
    Column("code", String(120)),
    Column("sealed_words", LargeBinary, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("checked_at", UtcDateTime),
    UniqueConstraint("workspace_id", "connection_id", "row_id", name="uq_field_sync_health_row"),
)


def _read(session: WorkspaceSession, row: Row[Any]) -> Setup:
    return Setup(
        enabled=row.enabled,
        rows=tuple(_row(one) for one in session.open(field_sync_setup, row.connection_id, row.sealed_rows)),
        check_minutes=row.check_minutes,
        version=row.version,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )


def _columns(session: WorkspaceSession, connection_id: ConnectionId, new: Setup) -> dict[str, Any]:
    return {
        "enabled": new.enabled,
        "check_minutes": new.check_minutes,
        "sealed_rows": session.seal(field_sync_setup, connection_id, [_stored(row) for row in new.rows]),
    }


SETTINGS: Final = SettingsStore(
    kind="settings.field_sync",
    table=field_sync_setup,
    default=Setup(),
    read=_read,
    columns=_columns,
    values_of=values_of,
)
load = SETTINGS.load


def is_on(session: WorkspaceSession, connection_id: ConnectionId) -> bool:
    """Whether anything is synced at all: what every trigger asks first."""
    found = session.first(select(field_sync_setup.c.enabled).where(field_sync_setup.c.connection_id == connection_id))
    return found is not None and bool(found.enabled)


def load_health(session: WorkspaceSession, connection_id: ConnectionId) -> dict[str, RowHealth]:
    rows = session.rows(select(field_sync_health).where(field_sync_health.c.connection_id == connection_id))
    return {
        row.row_id: RowHealth(
            state=RowState(row.state),
            fault=Fault(row.fault) if row.fault else None,
            message=session.open(field_sync_health, f"{connection_id}|{row.row_id}", row.sealed_words),
            code=row.code,
            since=row.since,
            checked_at=row.checked_at,
        )
        for row in rows
    }


def save_health(
    session: WorkspaceSession, connection_id: ConnectionId, rows: Mapping[str, RowHealth], *, now: datetime
) -> None:
    """How these rows stand from now on; the others stand as before."""
    for row_id in sorted(rows):
        health = rows[row_id]
        values = {
            "state": health.state.value,
            "fault": health.fault.value if health.fault else None,
            "code": health.code,
            "sealed_words": session.seal(field_sync_health, f"{connection_id}|{row_id}", health.message),
            "since": health.since or now,
            "checked_at": health.checked_at,
        }
        made = {"id": new_id(now), "connection_id": connection_id, "row_id": row_id, **values}
        if not session.insert_once(field_sync_health, made):
            mine = (field_sync_health.c.connection_id == connection_id, field_sync_health.c.row_id == row_id)
            session.execute(update(field_sync_health).where(*mine).values(values))


def keep_health_of(session: WorkspaceSession, connection_id: ConnectionId, row_ids: Sequence[str]) -> None:
    """Forgets how rows stood that are not there any more."""
    of_connection = field_sync_health.c.connection_id == connection_id
    session.execute(delete(field_sync_health).where(of_connection, field_sync_health.c.row_id.not_in(list(row_ids))))


def _stored(row: SyncedRow) -> dict[str, Any]:
    return {**asdict(row), "moved_at": row.moved_at.isoformat() if row.moved_at else None}


def _row(stored: Mapping[str, Any]) -> SyncedRow:
    facts = FieldFacts(**stored["facts"]) if stored["facts"] else None
    moved_at = stored.get("moved_at")
    return SyncedRow(**{**stored, "facts": facts, "moved_at": datetime.fromisoformat(moved_at) if moved_at else None})
