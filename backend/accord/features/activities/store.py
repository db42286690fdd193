"""Where activities, the settings of activity and folded Tasks are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    UniqueConstraint,
    delete,
    select,
    tuple_,
    update,
)

from accord.core.ids import ConnectionId, MemberId, RecordId, new_id
from accord.features.activities.model import (
    Activity,
    ActivitySettings,
    Folding,
    Internal,
    KeyHolder,
    Kind,
    KindSettings,
)
from accord.features.activities.settings_rules import DEFAULTS
from accord.infra.db import SystemSession, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.keys import forget_keys, take_or_find
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.settings.store import SettingsStore, settings_table

activity = tenant_table(
    "activity",
    *belongs_to_connection(),
    Column("idempotency_key", String(80), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("opportunity_id", String(18), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    UniqueConstraint("workspace_id", "connection_id", "idempotency_key"),
    system_columns=frozenset({"received_at"}),
    system_deletes=True,
)

activity_settings = settings_table(
    "activity_settings",
    Column("enabled", Boolean(create_constraint=False), nullable=False),
    Column("owner_time_zone", String(64), nullable=False),
    Column("sealed_kinds", LargeBinary, nullable=False),
)

# where the integration owner lives, as Salesforce said when it was last asked
owner_zone = tenant_table(
    "owner_zone",
    *belongs_to_connection(),
    Column("time_zone", String(64), nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    UniqueConstraint("workspace_id", "connection_id"),
)

task_fold = tenant_table(
    "task_fold",
    *belongs_to_connection(),
    Column("opportunity_id", String(18), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("count", Integer, nullable=False),
    Column("happened", LargeBinary, nullable=False),
    Column("member_id", String(36)),
    Column("login_reason", String(80), nullable=False),
    Column("counted_at", UtcDateTime, nullable=False),
    Index("ix_task_fold_newest", "workspace_id", "connection_id", "opportunity_id", "kind", "started_at"),
    system_columns=frozenset({"counted_at"}),
    system_deletes=True,
)

# one row for each deal and kind: who holds it decides alone which Task a repeat belongs to
task_fold_lock = tenant_table(
    "task_fold_lock",
    *belongs_to_connection(),
    Column("opportunity_id", String(18), nullable=False),
    Column("kind", String(40), nullable=False),
    UniqueConstraint("workspace_id", "connection_id", "opportunity_id", "kind"),
)


def take_key(
    session: WorkspaceSession, connection_id: ConnectionId, new: Activity, *, now: datetime, over: datetime
) -> KeyHolder:
    """Takes the activity's key unless another has it, and gives who has it now.

    One taken at `over` or before counts no more. Whoever comes at the same time waits here until this transaction ends.
    """
    values = {
        "id": new.id,
        "connection_id": connection_id,
        "idempotency_key": new.idempotency_key,
        "content_hash": new.content_hash,
        "opportunity_id": new.opportunity_id,
        "kind": str(new.kind),
        "occurred_at": new.occurred_at,
        "received_at": now,
    }
    key = ("connection_id", "idempotency_key")
    holder = take_or_find(session, activity, values, key=key, over=activity.c.received_at <= over)
    return KeyHolder(new.id, new.content_hash) if holder is None else KeyHolder(holder.id, holder.content_hash)


def forget_taken(session: SystemSession, over: datetime) -> int:
    """Deletes the keys taken at `over` or before; says how many."""
    return forget_keys(session, activity, activity.c.received_at <= over)


def _read(session: WorkspaceSession, row: Row[Any]) -> ActivitySettings:
    kinds = session.open(activity_settings, row.connection_id, row.sealed_kinds)
    return ActivitySettings(
        version=row.version,
        enabled=row.enabled,
        owner_time_zone=row.owner_time_zone,
        # a kind that came with a newer version of the program has its defaults
        kinds={kind: _kind(kind, kinds[kind]) if kind in kinds else DEFAULTS.kinds[kind] for kind in Kind},
    )


def _columns(session: WorkspaceSession, connection_id: ConnectionId, new: ActivitySettings) -> dict[str, Any]:
    kinds = {str(kind): _kind_json(one) for kind, one in new.kinds.items()}
    return {
        "enabled": new.enabled,
        "owner_time_zone": new.owner_time_zone,
        "sealed_kinds": session.seal(activity_settings, connection_id, kinds),
    }


def values_of(settings: ActivitySettings) -> dict[str, Any]:
    """The settings as a JSON value with which they can be set again."""
    kinds = [{"kind": str(kind), **_kind_json(one)} for kind, one in settings.kinds.items()]
    return {"enabled": settings.enabled, "owner_time_zone": settings.owner_time_zone, "kinds": kinds}


SETTINGS: Final = SettingsStore(
    kind="settings.activity",
    table=activity_settings,
    default=DEFAULTS,
    read=_read,
    columns=_columns,
    values_of=values_of,
)
load_settings = SETTINGS.load


def load_applied(
    session: WorkspaceSession, connection_id: ConnectionId, *, unsaved: ActivitySettings | None = None
) -> ActivitySettings:
    """The settings as they are applied: the owner lives where Salesforce says, and the setting counts until it has.

    `unsaved` are settings that would be applied in the place of the stored ones.
    """
    settings = unsaved or load_settings(session, connection_id)
    row = session.first(select(owner_zone.c.time_zone).where(owner_zone.c.connection_id == connection_id))
    return settings if row is None else replace(settings, owner_time_zone=row.time_zone)


def set_owner_zone(session: WorkspaceSession, connection_id: ConnectionId, zone: str, *, now: datetime) -> bool:
    """Keeps where the owner lives. True when that is news."""
    mine = owner_zone.c.connection_id == connection_id
    known = session.first(select(owner_zone.c.time_zone).where(mine))
    if known is None:
        new = {"id": new_id(now), "connection_id": connection_id, "time_zone": zone, "read_at": now}
        return session.insert_once(owner_zone, new)
    session.execute(update(owner_zone).where(mine).values(time_zone=zone, read_at=now))
    return bool(known.time_zone != zone)


def _kind_json(one: KindSettings) -> dict[str, Any]:
    return {
        "enabled": one.enabled,
        "folding": str(one.folding),
        "minutes": one.minutes,
        "text": one.text,
        "folded_text": one.folded_text,
        "internal": str(one.internal),
    }


def _kind(kind: Kind, stored: Mapping[str, Any]) -> KindSettings:
    return KindSettings(
        kind=kind,
        enabled=stored["enabled"],
        folding=Folding(stored["folding"]),
        minutes=stored["minutes"],
        text=stored["text"],
        folded_text=stored["folded_text"],
        internal=Internal(stored["internal"]),
    )


def lock_folds(
    session: WorkspaceSession, connection_id: ConnectionId, places: Sequence[tuple[RecordId, Kind]], *, now: datetime
) -> None:
    """Until the end of the transaction nobody else decides about Tasks of these deals and kinds.

    In one order, so that two calls do not wait for each other. SQLite has one writer and needs no lock.
    """
    if session.dialect != "postgresql":
        return
    for opportunity_id, kind in sorted(set(places)):
        place = {"connection_id": connection_id, "opportunity_id": opportunity_id, "kind": str(kind)}
        session.insert_once(task_fold_lock, {"id": new_id(now), **place})
        session.rows(
            select(task_fold_lock.c.id)
            .where(*(task_fold_lock.c[name] == value for name, value in place.items()))
            .with_for_update()
        )


def load_folds(
    session: WorkspaceSession, connection_id: ConnectionId, of: Activity, *, by: MemberId | None, within: timedelta
) -> Sequence[Row[Any]]:
    """The folded Tasks of the deal and kind that began near the time of this activity, the newest first: those that
    were begun for this member, or for the integration owner (None).
    """
    return session.rows(
        select(task_fold)
        .where(
            task_fold.c.connection_id == connection_id,
            task_fold.c.opportunity_id == of.opportunity_id,
            task_fold.c.kind == str(of.kind),
            task_fold.c.member_id.is_not_distinct_from(by),
            task_fold.c.started_at >= of.occurred_at - within,
            task_fold.c.started_at <= of.occurred_at + within,
        )
        .order_by(task_fold.c.started_at.desc(), task_fold.c.id.desc())
    )


def add_fold(session: WorkspaceSession, values: Mapping[str, Any]) -> None:
    session.insert(task_fold, values)


def set_fold(session: WorkspaceSession, fold_id: str, values: Mapping[str, Any]) -> None:
    session.execute(update(task_fold).where(task_fold.c.id == fold_id).values(**values))


def forget_folds(session: SystemSession, over: datetime) -> int:
    """Deletes what is kept of folded Tasks that were counted on last at `over` or before; says how many.

    The Tasks stay. One that a call is just now counting on is left to it.
    """
    old = select(task_fold.c.workspace_id, task_fold.c.id).where(task_fold.c.counted_at <= over)
    free = old.with_for_update(skip_locked=True)
    key = tuple_(task_fold.c.workspace_id, task_fold.c.id)
    return session.execute(delete(task_fold).where(key.in_(free))).rowcount
