"""What orgs said about their API calls, a row for each five minutes of the last day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update

from accord.core.ids import ConnectionId, new_id
from accord.delivery.budget import Calls
from accord.delivery.store import call_sample
from accord.infra.db import WorkspaceSession
from accord.salesforce.model import Usage

SLOT: Final = timedelta(minutes=5)
KEPT: Final = timedelta(hours=24)


def note_calls(session: WorkspaceSession, connection_id: ConnectionId, usage: Usage, *, now: datetime) -> None:
    """Writes down what an answer said; one row for each five minutes."""
    slot = datetime.fromtimestamp(now.timestamp() // SLOT.total_seconds() * SLOT.total_seconds(), tz=now.tzinfo)
    said = {"used": usage.used, "allowed": usage.allowed, "seen_at": now}
    row = {"id": new_id(now), "connection_id": connection_id, "slot": slot, **said}
    if not session.insert_once(call_sample, row):
        session.execute(
            update(call_sample)
            .where(call_sample.c.connection_id == connection_id, call_sample.c.slot == slot)
            .values(**said)
        )


def load_calls(session: WorkspaceSession, connection_id: ConnectionId) -> Calls | None:
    """What was said last."""
    found = session.first(
        select(call_sample)
        .where(call_sample.c.connection_id == connection_id)
        .order_by(call_sample.c.slot.desc())
        .limit(1)
    )
    return None if found is None else Calls(found.used, found.allowed, found.seen_at)


def load_samples(session: WorkspaceSession, connection_id: ConnectionId) -> Sequence[Calls]:
    """What was said in the last 24 hours, the oldest first."""
    of_connection = select(call_sample).where(call_sample.c.connection_id == connection_id)
    return [
        Calls(row.used, row.allowed, row.seen_at) for row in session.rows(of_connection.order_by(call_sample.c.slot))
    ]


def forget_samples(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> int:
    """Deletes what is older than a day. Gives the number."""
    old = delete(call_sample).where(call_sample.c.connection_id == connection_id, call_sample.c.slot < now - KEPT)
    return session.execute(old).rowcount
