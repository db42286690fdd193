"""Where the lock is kept, and how the deals of plans were known last."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint, select, update

from accord.core.ids import ConnectionId, MemberId, PlanId, RecordId, new_id
from accord.features.deal_lock.model import Followed, LockSettings, Watched
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection

deal_lock_settings = tenant_table(
    "deal_lock_settings",
    *belongs_to_connection(),
    Column("version", Integer, nullable=False),
    Column("allow_modifying", Boolean(create_constraint=False), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("changed_by", String(36)),
    UniqueConstraint("workspace_id", "connection_id"),
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


def load_settings(session: WorkspaceSession, connection_id: ConnectionId) -> LockSettings:
    """The default while no admin has changed it."""
    row = session.first(select(deal_lock_settings).where(deal_lock_settings.c.connection_id == connection_id))
    if row is None:
        return LockSettings()
    by = MemberId(row.changed_by) if row.changed_by else None
    return LockSettings(row.allow_modifying, row.version, row.changed_at, by)


def save_settings(session: WorkspaceSession, connection_id: ConnectionId, new: LockSettings, *, now: datetime) -> bool:
    """Stores them as the successor of the version before. False when somebody else was first."""
    values = {
        "version": new.version,
        "allow_modifying": new.allow_modifying,
        "changed_at": now,
        "changed_by": new.changed_by,
    }
    if new.version == 1:
        return session.insert_once(deal_lock_settings, {"id": new_id(now), "connection_id": connection_id, **values})
    before = (deal_lock_settings.c.connection_id == connection_id, deal_lock_settings.c.version == new.version - 1)
    return session.execute(update(deal_lock_settings).where(*before).values(values)).rowcount == 1


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
