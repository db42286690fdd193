"""Where the lock is kept, and how the deals of plans were known last."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Row, String, UniqueConstraint, select, update

from accord.core.ids import ConnectionId, PlanId, RecordId, new_id
from accord.features.deal_lock.model import Followed, LockSettings, Watched
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.settings.store import SettingsStore, settings_table

deal_lock_settings = settings_table(
    "deal_lock_settings", Column("allow_modifying", Boolean(create_constraint=False), nullable=False)
)
watched_deal = tenant_table(
    "watched_deal",
    *belongs_to_connection(),
    Column("plan_id", String(36), nullable=False),
    Column("opportunity_id", String(18), nullable=False),
    Column("account_id", String(18)),
    Column("deleted_at", UtcDateTime),
    Column("absence", String(20)),
    ForeignKeyConstraint(["workspace_id", "plan_id"], ["plan.workspace_id", "plan.id"]),
    UniqueConstraint("workspace_id", "plan_id"),
    Index("ix_watched_deal_deal", "workspace_id", "connection_id", "opportunity_id"),
)


def _read(_session: WorkspaceSession, row: Row[Any]) -> LockSettings:
    return LockSettings(row.allow_modifying, row.version, row.changed_at, row.changed_by)


def values_of(settings: LockSettings) -> dict[str, Any]:
    """The switch as a JSON value with which it can be set again."""
    return {"allow_modifying": settings.allow_modifying}


SETTINGS: Final = SettingsStore(
    kind="settings.deal_lock",
    table=deal_lock_settings,
    default=LockSettings(),
    read=_read,
    columns=lambda _session, _connection_id, new: values_of(new),
    values_of=values_of,
)
load_settings = SETTINGS.load


def load_watched(
    session: WorkspaceSession, connection_id: ConnectionId, deals: Iterable[RecordId], *, lock: bool = False
) -> dict[RecordId, Watched]:
    """Those of the deals that are known; at most some hundred."""
    table = watched_deal.c
    wanted = select(watched_deal).where(table.connection_id == connection_id, table.opportunity_id.in_(list(deals)))
    wanted = wanted.order_by(table.plan_id)
    rows = session.rows(wanted.with_for_update() if lock else wanted)
    return {
        RecordId(row.opportunity_id): Watched(
            PlanId(row.plan_id),
            RecordId(row.opportunity_id),
            RecordId(row.account_id) if row.account_id else None,
            row.deleted_at,
            Followed(row.absence) if row.absence else None,
        )
        for row in rows
    }


def add_watched(
    session: WorkspaceSession, connection_id: ConnectionId, new: Sequence[Watched], *, now: datetime
) -> None:
    """A plan has one deal: a new one takes the place of the one before."""
    for one in new:
        row = {"id": new_id(now), "connection_id": connection_id, "plan_id": one.plan_id, **_values(one)}
        if not session.insert_once(watched_deal, row):
            keep_watched(session, one)


def keep_watched(session: WorkspaceSession, one: Watched) -> None:
    session.execute(update(watched_deal).where(watched_deal.c.plan_id == one.plan_id).values(**_values(one)))


def _values(one: Watched) -> dict[str, object]:
    return {
        "opportunity_id": one.opportunity_id,
        "account_id": one.account_id,
        "deleted_at": one.deleted_at,
        "absence": one.absence.value if one.absence else None,
    }
