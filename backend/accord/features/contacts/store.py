"""Where the setting is kept, who waits to become a Contact, and which contacts were left out.

Locks are taken in one order: the plan, the lanes of the outbox, then these rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Row,
    String,
    UniqueConstraint,
    delete,
    func,
    select,
)

from accord.core.ids import ConnectionId, PlanId, RecordId, new_id
from accord.delivery.model import State, lane_of
from accord.delivery.records.store import ON_ITS_WAY
from accord.delivery.store import is_state, outbox
from accord.features.contacts.model import ALL_PLANS, FIRST_PAGE, ROLE, ContactSettings, LeftOut, LeftOutRow, Wish
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.plans.store import count_connected
from accord.workspace.settings.store import SettingsStore, settings_table

contact_settings = settings_table(
    "contact_settings",
    Column("enabled", Boolean(create_constraint=False), nullable=False),
    Column("lead_source", String(255)),
)
contact_wish = tenant_table(
    "contact_wish",
    *belongs_to_connection(),
    Column("plan_id", String(36), nullable=False),
    Column("plan_member_id", String(36), nullable=False),
    Column("opportunity_id", String(18), nullable=False),
    Column("contact_key", String(36), nullable=False),
    ForeignKeyConstraint(["workspace_id", "plan_id"], ["plan.workspace_id", "plan.id"]),
    UniqueConstraint("workspace_id", "plan_member_id"),
    Index("ix_contact_wish_key", "workspace_id", "connection_id", "contact_key"),
    Index("ix_contact_wish_plan", "workspace_id", "plan_id"),
)
contact_left_out = tenant_table(
    "contact_left_out",
    *belongs_to_connection(),
    Column("plan_id", String(36), nullable=False),
    Column("opportunity_id", String(18), nullable=False),
    Column("contact_id", String(18), nullable=False),
    Column("reason", String(20), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["workspace_id", "plan_id"], ["plan.workspace_id", "plan.id"]),
    UniqueConstraint("workspace_id", "plan_id", "contact_id"),
    Index("ix_contact_left_out_connection", "workspace_id", "connection_id", "id"),
)
_CHUNK = 500


def _read(_session: WorkspaceSession, row: Row[Any]) -> ContactSettings:
    return ContactSettings(row.enabled, row.lead_source, row.version, row.changed_at, row.changed_by)


def values_of(settings: ContactSettings) -> dict[str, Any]:
    """The settings as a JSON value with which they can be set again."""
    return {"enabled": settings.enabled, "lead_source": settings.lead_source}


SETTINGS: Final = SettingsStore(
    kind="settings.contacts",
    table=contact_settings,
    default=ContactSettings(),
    read=_read,
    columns=lambda _session, _connection_id, new: values_of(new),
    values_of=values_of,
)
load_settings = SETTINGS.load


def add_wishes(session: WorkspaceSession, connection_id: ConnectionId, wishes: Sequence[Wish]) -> None:
    session.insert(
        contact_wish,
        [
            {
                "id": one.id,
                "connection_id": connection_id,
                "plan_id": one.plan_id,
                "plan_member_id": one.plan_member_id,
                "opportunity_id": one.opportunity_id,
                "contact_key": one.key,
            }
            for one in wishes
        ],
    )


def load_wishes(session: WorkspaceSession, connection_id: ConnectionId, keys: Iterable[str]) -> list[Wish]:
    """Who waits for the Contacts with these external ids, some hundred at most; the oldest wishes first."""
    table = contact_wish.c
    wanted = select(contact_wish).where(table.connection_id == connection_id, table.contact_key.in_(list(keys)))
    return [_wish(row) for row in session.rows(wanted.order_by(table.id))]


def load_waiting(session: WorkspaceSession, plan_id: PlanId) -> set[str]:
    """Members of the plan who wait to become Contacts."""
    wanted = select(contact_wish.c.plan_member_id).where(contact_wish.c.plan_id == plan_id)
    return {row.plan_member_id for row in session.rows(wanted)}


def delete_wishes(session: WorkspaceSession, ids: Sequence[str]) -> None:
    for start in range(0, len(ids), _CHUNK):
        session.execute(delete(contact_wish).where(contact_wish.c.id.in_(list(ids[start : start + _CHUNK]))))


def forget_member(session: WorkspaceSession, plan_member_id: str) -> None:
    """Nobody waits for him any more."""
    session.execute(delete(contact_wish).where(contact_wish.c.plan_member_id == plan_member_id))


def forget_plan(session: WorkspaceSession, plan_id: PlanId) -> None:
    """The plan has another deal, or none: what was wanted for the one before is not wanted any more."""
    for table in (contact_wish, contact_left_out):
        session.execute(delete(table).where(table.c.plan_id == plan_id))


def forget_all(session: WorkspaceSession, connection_id: ConnectionId) -> None:
    """An admin has switched it off."""
    for table in (contact_wish, contact_left_out):
        session.execute(delete(table).where(table.c.connection_id == connection_id))


def keep_left_out(  # noqa: PLR0913 - a row, each part by its name
    session: WorkspaceSession,
    connection_id: ConnectionId,
    plan_id: PlanId,
    opportunity_id: RecordId,
    left_out: Mapping[RecordId, LeftOut],
    *,
    now: datetime,
) -> None:
    """What was left out when this plan's deal was read last."""
    session.execute(delete(contact_left_out).where(contact_left_out.c.plan_id == plan_id))
    rows = [
        {
            "id": new_id(now),
            "connection_id": connection_id,
            "plan_id": plan_id,
            "opportunity_id": opportunity_id,
            "contact_id": contact_id,
            "reason": reason.value,
            "since": now,
        }
        for contact_id, reason in left_out.items()
    ]
    session.insert(contact_left_out, rows)


def load_left_out(
    session: WorkspaceSession, connection_id: ConnectionId, *, after: str | None, limit: int
) -> list[LeftOutRow]:
    """Contacts that were left out, by id of their rows."""
    table = contact_left_out.c
    wanted = select(contact_left_out).where(table.connection_id == connection_id)
    if after is not None:
        wanted = wanted.where(table.id > after)
    return [
        LeftOutRow(
            row.id,
            PlanId(row.plan_id),
            RecordId(row.opportunity_id),
            RecordId(row.contact_id),
            LeftOut(row.reason),
            row.since,
        )
        for row in session.rows(wanted.order_by(table.id).limit(limit))
    ]


def count(session: WorkspaceSession, connection_id: ConnectionId) -> tuple[int, int]:
    """How many members wait to become Contacts, and how many contacts were left out."""
    numbers = []
    for table in (contact_wish, contact_left_out):
        found = session.first(select(func.count()).select_from(table).where(table.c.connection_id == connection_id))
        numbers.append(int(found[0]) if found else 0)
    return numbers[0], numbers[1]


def count_to_read(session: WorkspaceSession, connection_id: ConnectionId) -> tuple[int, int]:
    """How many plans have a deal, and of how many the contacts are still to be read since it was switched on."""
    plans = count_connected(session, connection_id, after=None)
    page = outbox.c.connection_id == connection_id, outbox.c.external_id_field == ALL_PLANS
    under_way = select(outbox.c.external_id).where(*page, is_state(*ON_ITS_WAY, State.PARKED))
    pages = [row.external_id for row in session.rows(under_way)]
    if not pages:
        return plans, 0
    if FIRST_PAGE in pages:
        return plans, plans
    return plans, count_connected(session, connection_id, after=PlanId(min(pages)))


def find_last_run(session: WorkspaceSession, connection_id: ConnectionId) -> str | None:
    """The id of the first page that was put last."""
    lane = lane_of(ROLE, ALL_PLANS, FIRST_PAGE)
    first = select(outbox.c.id).where(outbox.c.connection_id == connection_id, outbox.c.lane == lane)
    found = session.first(first.order_by(outbox.c.seq.desc()).limit(1))
    return None if found is None else str(found.id)


def _wish(row: Row[Any]) -> Wish:
    return Wish(row.id, PlanId(row.plan_id), row.plan_member_id, RecordId(row.opportunity_id), row.contact_key)
