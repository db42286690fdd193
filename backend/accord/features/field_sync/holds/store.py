"""Values that an undone run had written: each is not written again while the plan goes on wanting it as it is (D16).

One row for each plan and row of the set-up. Whatever else happens to the plan is synced as ever.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary, String, UniqueConstraint, delete, func, select

from accord.core.ids import ConnectionId, PlanId, RecordId, new_id
from accord.features.field_sync.sync.model import Hold, Write
from accord.features.field_sync.sync.stored import value_json, value_of
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection

field_sync_hold = tenant_table(
    "field_sync_hold",
    *belongs_to_connection(),
    Column("plan_id", String(36), nullable=False),
    Column("row_id", String(36), nullable=False),
    Column("record_id", String(18), nullable=False),
    Column("run_id", String(36), nullable=False),
    Column("held_at", UtcDateTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    UniqueConstraint("workspace_id", "plan_id", "row_id"),
    Index("ix_field_sync_hold_run", "workspace_id", "connection_id", "run_id"),
)
_C = field_sync_hold.c


@dataclass(frozen=True, slots=True)
class TakingBack:
    """A write that is taken back, and the run that does it."""

    write: Write
    run_id: str


def hold(session: WorkspaceSession, connection_id: ConnectionId, taken: Sequence[TakingBack], *, now: datetime) -> None:
    """Holds every value of these writes, in the place of what was held before."""
    drop(session, {one.write.plan_id: one.write.changes.keys() for one in taken})
    rows = []
    for one in taken:
        for key, change in one.write.changes.items():
            row_id = new_id(now)
            rows.append(
                {
                    "id": row_id,
                    "connection_id": connection_id,
                    "plan_id": one.write.plan_id,
                    "row_id": key,
                    "record_id": one.write.record_id,
                    "run_id": one.run_id,
                    "held_at": now,
                    "sealed": session.seal(field_sync_hold, row_id, {"value": value_json(change.new)}),
                }
            )
    session.insert_new(field_sync_hold, rows)


def load(session: WorkspaceSession, plan_ids: Collection[PlanId]) -> dict[PlanId, dict[str, Hold]]:
    """By plan and row."""
    found: dict[PlanId, dict[str, Hold]] = {}
    for row in session.rows(select(field_sync_hold).where(_C.plan_id.in_(list(plan_ids)))):
        value = value_of(session.open(field_sync_hold, row.id, row.sealed)["value"])
        found.setdefault(PlanId(row.plan_id), {})[row.row_id] = Hold(RecordId(row.record_id), value)
    return found


def drop(session: WorkspaceSession, rows: Mapping[PlanId, Collection[str]]) -> None:
    """These rows of these plans are held no longer."""
    for plan_id, keys in rows.items():
        session.execute(delete(field_sync_hold).where(_C.plan_id == plan_id, _C.row_id.in_(sorted(keys))))


def drop_rows(session: WorkspaceSession, connection_id: ConnectionId, row_ids: Collection[str]) -> None:
    """These rows go to other fields by now, where nothing was taken back."""
    if row_ids:
        session.execute(
            delete(field_sync_hold).where(_C.connection_id == connection_id, _C.row_id.in_(sorted(row_ids)))
        )


def forget_plan(session: WorkspaceSession, plan_id: PlanId) -> None:
    session.execute(delete(field_sync_hold).where(_C.plan_id == plan_id))


def count(session: WorkspaceSession, connection_id: ConnectionId, run_id: str) -> int:
    """How many values are held since this run has taken another one back."""
    counted = select(func.count().label("number")).where(_C.connection_id == connection_id, _C.run_id == run_id)
    row = session.first(counted.select_from(field_sync_hold))
    return 0 if row is None else int(row.number)
