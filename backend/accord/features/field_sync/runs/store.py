"""Where runs are kept."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, Row, String, select, update

from accord.core.ids import ConnectionId, MemberId
from accord.features.field_sync.runs.model import Run, RunKind, RunState
from accord.infra.db import Json, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection

MOST_LISTED = 50

field_sync_run = tenant_table(
    "field_sync_run",
    *belongs_to_connection(),
    Column("kind", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("of_run", String(36)),
    Column("cursor", String(36)),
    Column("total", Integer, nullable=False),
    Column("looked", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("started_by", String(36)),
    Column("ended_at", UtcDateTime),
    Column("row_ids", Json),
    Index("ix_field_sync_run_state", "workspace_id", "connection_id", "state"),
)


def add(session: WorkspaceSession, run: Run) -> None:
    session.insert(
        field_sync_run,
        {
            "id": run.id,
            "connection_id": run.connection_id,
            "kind": run.kind.value,
            "state": run.state.value,
            "of_run": run.of_run,
            "cursor": run.cursor,
            "total": run.total,
            "looked": 0,
            "changed": 0,
            "kept": 0,
            "started_at": run.started_at,
            "started_by": run.started_by,
            "row_ids": None if run.row_ids is None else list(run.row_ids),
        },
    )


def find(session: WorkspaceSession, connection_id: ConnectionId, run_id: str) -> Run | None:
    row = session.first(
        select(field_sync_run).where(field_sync_run.c.connection_id == connection_id, field_sync_run.c.id == run_id)
    )
    return None if row is None else _run(row)


def load_all(session: WorkspaceSession, connection_id: ConnectionId) -> list[Run]:
    """The newest first, some fifty of them."""
    wanted = select(field_sync_run).where(field_sync_run.c.connection_id == connection_id)
    return [_run(row) for row in session.rows(wanted.order_by(field_sync_run.c.id.desc()).limit(MOST_LISTED))]


def lock_running(session: WorkspaceSession, connection_id: ConnectionId) -> list[Run]:
    """The runs that go on; nobody else moves them on until the end of the transaction."""
    running = (field_sync_run.c.connection_id == connection_id, field_sync_run.c.state == RunState.RUNNING.value)
    wanted = select(field_sync_run).where(*running).order_by(field_sync_run.c.id)
    return [_run(row) for row in session.rows(wanted.with_for_update())]


def stopped_of(session: WorkspaceSession, connection_id: ConnectionId, run_ids: Collection[str]) -> set[str]:
    if not run_ids:
        return set()
    wanted = select(field_sync_run.c.id).where(
        field_sync_run.c.connection_id == connection_id,
        field_sync_run.c.id.in_(sorted(run_ids)),
        field_sync_run.c.state == RunState.STOPPED.value,
    )
    return {row.id for row in session.rows(wanted)}


def rows_of(
    session: WorkspaceSession, connection_id: ConnectionId, run_ids: Collection[str]
) -> dict[str, frozenset[str]]:
    """By run, of those that are about some rows alone."""
    if not run_ids:
        return {}
    wanted = select(field_sync_run).where(
        field_sync_run.c.connection_id == connection_id, field_sync_run.c.id.in_(sorted(run_ids))
    )
    return {row.id: frozenset(row.row_ids) for row in session.rows(wanted) if row.row_ids is not None}


def move(session: WorkspaceSession, run_id: str, cursor: str) -> None:
    session.execute(update(field_sync_run).where(field_sync_run.c.id == run_id).values(cursor=cursor))


def set_state(session: WorkspaceSession, run_id: str, state: RunState, *, ended_at: datetime | None) -> None:
    values = {"state": state.value, "ended_at": ended_at}
    session.execute(update(field_sync_run).where(field_sync_run.c.id == run_id).values(**values))


def count(session: WorkspaceSession, run_id: str, *, looked: int, changed: int, kept: int) -> None:
    mine = update(field_sync_run).where(field_sync_run.c.id == run_id)
    columns = field_sync_run.c
    session.execute(
        mine.values(looked=columns.looked + looked, changed=columns.changed + changed, kept=columns.kept + kept)
    )


def has_undo_of(session: WorkspaceSession, connection_id: ConnectionId, run_id: str) -> bool:
    of_run = (field_sync_run.c.connection_id == connection_id, field_sync_run.c.of_run == run_id)
    return session.first(select(field_sync_run.c.id).where(*of_run)) is not None


def _run(row: Row[Any]) -> Run:
    return Run(
        id=row.id,
        connection_id=ConnectionId(row.connection_id),
        kind=RunKind(row.kind),
        state=RunState(row.state),
        total=row.total,
        started_at=row.started_at,
        started_by=MemberId(row.started_by) if row.started_by else None,
        of_run=row.of_run,
        cursor=row.cursor,
        looked=row.looked,
        changed=row.changed,
        kept=row.kept,
        ended_at=row.ended_at,
        row_ids=None if row.row_ids is None else tuple(row.row_ids),
    )
