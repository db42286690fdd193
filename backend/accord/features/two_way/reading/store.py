"""Where the position of the reading is kept, one row a connection, and who reads at the moment."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Float, String, UniqueConstraint, func, select, update

from accord.core.ids import ConnectionId, PlanId, RecordId, new_id
from accord.features.two_way.reading.model import Position
from accord.infra.db import Json, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.plans.tables import plan

two_way_position = tenant_table(
    "two_way_position",
    *belongs_to_connection(),
    Column("began_at", UtcDateTime),
    Column("covered_until", UtcDateTime),
    Column("deleted_until", UtcDateTime),
    Column("ahead", Float),  # seconds
    Column("whole_at", UtcDateTime),
    Column("whole_after", String(36)),
    Column("swept_at", UtcDateTime),
    Column("seen", Json, nullable=False),
    Column("reader", String(36)),
    Column("leased_until", UtcDateTime),
    UniqueConstraint("workspace_id", "connection_id"),
)

_position = two_way_position.c


def take(
    session: WorkspaceSession, connection_id: ConnectionId, reader: str, *, now: datetime, until: datetime
) -> Position | None:
    """The position, for one reader at a time; None while another one has it. A dead one loses it when its time ends."""
    row = {"id": new_id(now), "connection_id": connection_id, "seen": {}}
    session.insert_once(two_way_position, row)
    free = (_position.leased_until.is_(None)) | (_position.leased_until <= now)
    taken = update(two_way_position).where(_position.connection_id == connection_id, free)
    if session.execute(taken.values(reader=reader, leased_until=until)).rowcount == 0:
        return None
    return load(session, connection_id)


def load(session: WorkspaceSession, connection_id: ConnectionId) -> Position:
    row = session.first(select(two_way_position).where(_position.connection_id == connection_id))
    if row is None:
        return Position()
    return Position(
        began_at=row.began_at,
        covered_until=row.covered_until,
        deleted_until=row.deleted_until,
        ahead=None if row.ahead is None else timedelta(seconds=row.ahead),
        whole_at=row.whole_at,
        whole_after=PlanId(row.whole_after) if row.whole_after else None,
        swept_at=row.swept_at,
        seen={RecordId(deal): datetime.fromisoformat(at) for deal, at in row.seen.items()},
    )


def keep(
    session: WorkspaceSession, connection_id: ConnectionId, reader: str, position: Position, *, until: datetime
) -> bool:
    """Stores how far this reader has come, and keeps its turn. False when another one has it: hands off."""
    mine = update(two_way_position).where(_position.connection_id == connection_id, _position.reader == reader)
    values = {
        "began_at": position.began_at,
        "covered_until": position.covered_until,
        "deleted_until": position.deleted_until,
        "ahead": None if position.ahead is None else position.ahead.total_seconds(),
        "whole_at": position.whole_at,
        "whole_after": position.whole_after,
        "swept_at": position.swept_at,
        "seen": {deal: at.isoformat() for deal, at in position.seen.items()},
    }
    return session.execute(mine.values(**values, leased_until=until)).rowcount == 1


def give_back(session: WorkspaceSession, connection_id: ConnectionId, reader: str) -> None:
    mine = update(two_way_position).where(_position.connection_id == connection_id, _position.reader == reader)
    session.execute(mine.values(reader=None, leased_until=None))


def read_whole(session: WorkspaceSession, connection_id: ConnectionId) -> None:
    """Every deal is read again at the next turn."""
    session.execute(
        update(two_way_position).where(_position.connection_id == connection_id).values(whole_at=None, whole_after=None)
    )


def count_connected(session: WorkspaceSession, connection_id: ConnectionId) -> int:
    """How many plans have a deal and are not archived."""
    mine = (plan.c.connection_id == connection_id, plan.c.opportunity_id.is_not(None), plan.c.archived_at.is_(None))
    found = session.first(select(func.count().label("number")).select_from(plan).where(*mine))
    assert found is not None, "a count has one row"
    return int(found.number)
