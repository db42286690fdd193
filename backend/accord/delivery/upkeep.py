"""Upkeep: what is over and was explained for long enough is deleted. What is parked never is."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from accord.core.ids import ConnectionId
from accord.delivery import samples
from accord.delivery.foregone.store import forget_foregone
from accord.delivery.lanes import chunks
from accord.delivery.model import State
from accord.delivery.store import attempt, is_state, outbox
from accord.infra.db import WorkspaceSession

KEPT: Final = timedelta(days=90)
MOST_A_RUN: Final = 5_000  # rows of one connection, so that nobody waits long for the tables


def forget_over(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> int:
    """Deletes the oldest rows that were done or merged more than 90 days ago, with their tries, and what the org said
    about its calls more than a day ago, and old wishes of what is off. Gives the number of rows of the outbox.
    """
    samples.forget_samples(session, connection_id, now=now)
    forget_foregone(session, connection_id, now=now)
    over = (
        select(outbox.c.id)
        .where(outbox.c.connection_id == connection_id, is_state(State.DONE, State.FOLDED))
        .where(outbox.c.finished_at < now - KEPT)
        .order_by(outbox.c.finished_at)
        .limit(MOST_A_RUN)
    )
    ids = [row.id for row in session.rows(over)]
    for chunk in chunks(ids):
        session.execute(delete(attempt).where(attempt.c.outbox_id.in_(chunk)))
        session.execute(delete(outbox).where(outbox.c.id.in_(chunk)))
    return len(ids)
