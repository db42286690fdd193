"""Where the last check of settings that name fields is kept: one row for each connection."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, UniqueConstraint, select, update

from accord.core.ids import ConnectionId, new_id
from accord.features.panels.setup.model import Checked, Fault, RowCheck, RowStatus
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection


def check_table(name: str) -> Table:
    """A table with the last check of each connection."""
    return tenant_table(
        name,
        *belongs_to_connection(),
        Column("checked_at", UtcDateTime, nullable=False),
        Column("sealed_rows", LargeBinary, nullable=False),
        UniqueConstraint("workspace_id", "connection_id"),
    )


@dataclass(frozen=True, slots=True)
class CheckStore:
    table: Table

    def load(self, session: WorkspaceSession, connection_id: ConnectionId) -> Checked:
        row = session.first(select(self.table).where(self.table.c.connection_id == connection_id))
        if row is None:
            return Checked()
        rows = session.open(self.table, connection_id, row.sealed_rows)
        return Checked(at=row.checked_at, rows={key: _check(one) for key, one in rows.items()})

    def save(
        self, session: WorkspaceSession, connection_id: ConnectionId, rows: Mapping[str, RowCheck], *, now: datetime
    ) -> None:
        sealed = session.seal(self.table, connection_id, {key: _check_json(one) for key, one in rows.items()})
        values = {"checked_at": now, "sealed_rows": sealed}
        if not session.insert_once(self.table, {"id": new_id(now), "connection_id": connection_id, **values}):
            session.execute(update(self.table).where(self.table.c.connection_id == connection_id).values(values))


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
