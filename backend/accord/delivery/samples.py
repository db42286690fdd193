"""What orgs said about their API calls, a row for each five minutes of the last day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Final

from sqlalchemy import delete, func, select, update

from accord.core.ids import ConnectionId, new_id
from accord.delivery.budget import Calls
from accord.delivery.store import call_sample
from accord.infra.db import WorkspaceSession
from accord.salesforce.model import Usage

SLOT: Final = timedelta(minutes=5)
KEPT: Final = timedelta(hours=24)


def note_calls(
    session: WorkspaceSession, connection_id: ConnectionId, usage: Usage, *, now: datetime, own: int = 0
) -> None:
    """Writes down what an answer said, and `own` calls of ours more; one row for each five minutes."""
    slot = datetime.fromtimestamp(now.timestamp() // SLOT.total_seconds() * SLOT.total_seconds(), tz=now.tzinfo)
    said = {"used": usage.used, "allowed": usage.allowed, "seen_at": now}
    row = {"id": new_id(now), "connection_id": connection_id, "slot": slot, "own_calls": own, **said}
    if not session.insert_once(call_sample, row):
        session.execute(
            update(call_sample)
            .where(call_sample.c.connection_id == connection_id, call_sample.c.slot == slot)
            .values(**said, own_calls=call_sample.c.own_calls + own)
        )


def load_calls(session: WorkspaceSession, connection_id: ConnectionId) -> Calls | None:
    """What was said last, with our own calls of the 24 hours before."""
    of_connection = call_sample.c.connection_id == connection_id
    found = session.first(select(call_sample).where(of_connection).order_by(call_sample.c.slot.desc()).limit(1))
    if found is None:
        return None
    ours = select(func.sum(call_sample.c.own_calls)).where(of_connection, call_sample.c.slot > found.slot - KEPT)
    own = session.first(ours)
    return Calls(found.used, found.allowed, found.seen_at, int(own[0]) if own else 0)


def load_samples(session: WorkspaceSession, connection_id: ConnectionId) -> Sequence[Calls]:
    """What was said in the last 24 hours, the oldest first, each with our own calls up to then."""
    of_connection = select(call_sample).where(call_sample.c.connection_id == connection_id)
    rows = session.rows(of_connection.order_by(call_sample.c.slot))
    ours = accumulate(row.own_calls if row.slot > rows[-1].slot - KEPT else 0 for row in rows)
    return [Calls(row.used, row.allowed, row.seen_at, own) for row, own in zip(rows, ours, strict=True)]


def forget_samples(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> int:
    """Deletes what is older than a day. Gives the number."""
    old = delete(call_sample).where(call_sample.c.connection_id == connection_id, call_sample.c.slot < now - KEPT)
    return session.execute(old).rowcount
