"""Turns of chores and signs of life of workers, in tables that all processes share."""

from datetime import datetime, timedelta

from sqlalchemy import Column, String, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from accord.infra.db import SystemSession, UtcDateTime, system_table

chore_turn = system_table(
    "chore_turn",
    Column("name", String(80), primary_key=True),
    Column("next_at", UtcDateTime, nullable=False),
)

worker_seen = system_table(
    "worker_seen",
    Column("worker", String(80), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
    # when the stillest of its deliveries gave its last sign; null of a version that did not say so
    Column("moved_at", UtcDateTime),
)


def add_chore(session: SystemSession, name: str, *, now: datetime) -> None:
    """Makes the chore known and due, unless it is known."""
    dialect = sqlite if session.dialect == "sqlite" else postgresql
    session.execute(dialect.insert(chore_turn).values(name=name, next_at=now).on_conflict_do_nothing())


def load_due(session: SystemSession, *, now: datetime) -> list[str]:
    return [row.name for row in session.rows(select(chore_turn.c.name).where(chore_turn.c.next_at <= now))]


def take_turn(session: SystemSession, name: str, *, now: datetime, every: timedelta) -> bool:
    """True for one of all that ask: the chore is his until its next turn."""
    taken = update(chore_turn).where(chore_turn.c.name == name, chore_turn.c.next_at <= now)
    return session.execute(taken.values(next_at=now + every)).rowcount == 1


def note_seen(session: SystemSession, worker: str, *, now: datetime, moved_at: datetime) -> None:
    times = {"seen_at": now, "moved_at": moved_at}
    noted = session.execute(update(worker_seen).where(worker_seen.c.worker == worker).values(times))
    if noted.rowcount == 0:
        session.execute(insert(worker_seen).values(worker=worker, **times))


def forget_worker(session: SystemSession, worker: str) -> None:
    session.execute(delete(worker_seen).where(worker_seen.c.worker == worker))


def forget_workers(session: SystemSession, *, before: datetime) -> int:
    """Workers that were not seen since then: they have died. Gives their number."""
    return session.execute(delete(worker_seen).where(worker_seen.c.seen_at < before)).rowcount


def last_moves(session: SystemSession, *, since: datetime) -> list[datetime]:
    """Of each worker that was seen since then, when its deliveries moved last."""
    moved = func.coalesce(worker_seen.c.moved_at, worker_seen.c.seen_at, type_=UtcDateTime)
    return [row.moved for row in session.rows(select(moved.label("moved")).where(worker_seen.c.seen_at >= since))]
