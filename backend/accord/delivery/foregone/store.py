"""Wishes of parts that are off, for a week. Nothing of them is ever sent, and none names a record."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from accord.core.ids import ConnectionId, new_id
from accord.delivery.foregone.model import Foregone
from accord.delivery.parts import Part
from accord.delivery.store import foregone_write
from accord.infra.db import WorkspaceSession

KEPT: Final = timedelta(days=7)
MOST: Final = 200_000


def note_foregone(session: WorkspaceSession, connection_id: ConnectionId, wishes: Sequence[Foregone]) -> None:
    """In the transaction in which they would have been put."""
    rows = [
        {
            "id": new_id(one.at),
            "connection_id": connection_id,
            "part": one.part.value,
            "lane": hashlib.sha256(f"{connection_id}|{one.lane}".encode()).hexdigest()[:16],
            "creates": one.creates,
            "gathers_ms": round(one.gathers / timedelta(milliseconds=1)),
            "at": one.at,
        }
        for one in wishes
    ]
    if rows:
        session.insert_some(foregone_write, rows)


def load_foregone(session: WorkspaceSession, connection_id: ConnectionId, since: datetime) -> list[Foregone]:
    """In order of time; of very many the newest. The lanes are digests."""
    table = foregone_write.c
    recent = select(foregone_write).where(table.connection_id == connection_id, table.at >= since)
    rows = session.rows(recent.order_by(table.at.desc(), table.id.desc()).limit(MOST))
    return [
        Foregone(Part(row.part), row.lane, row.at, row.creates, timedelta(milliseconds=row.gathers_ms))
        for row in reversed(rows)
    ]


def forget_foregone(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> None:
    table = foregone_write.c
    session.execute(delete(foregone_write).where(table.connection_id == connection_id, table.at < now - KEPT))
