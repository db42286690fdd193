"""Counts in a table that all processes share. One row for each who is counted, used again when its window is over."""

from datetime import datetime

from sqlalchemy import Column, Integer, Row, String, case, delete, func, literal, select
from sqlalchemy.dialects import postgresql

from accord.infra.db import SystemSession, UtcDateTime, system_table

rate_count = system_table(
    "rate_count",
    Column("name", String(64), primary_key=True),
    Column("happened", Integer, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
)


def add(session: SystemSession, name: str, *, now: datetime, ends_at: datetime) -> Row[tuple[int, datetime]]:
    """Counts one more, in the window that is open or in a new one that ends at `ends_at`. PostgreSQL."""
    first = postgresql.insert(rate_count).values(name=name, happened=1, ends_at=ends_at)
    anew = literal(ends_at, UtcDateTime)
    is_open = rate_count.c.ends_at > now
    counted = first.on_conflict_do_update(
        index_elements=[rate_count.c.name],
        set_={
            "happened": case((is_open, rate_count.c.happened + 1), else_=1),
            "ends_at": case((is_open, rate_count.c.ends_at), else_=anew),
        },
    )
    # a count is not worth waiting for the disk: a crash of the database forgives a few requests
    forgiving = func.set_config("synchronous_commit", "off", True)
    return session.execute(counted.returning(rate_count.c.happened, rate_count.c.ends_at, forgiving)).one()


def find(session: SystemSession, name: str, *, now: datetime) -> Row[tuple[int, datetime]] | None:
    return session.first(
        select(rate_count.c.happened, rate_count.c.ends_at).where(rate_count.c.name == name, rate_count.c.ends_at > now)
    )


def forget(session: SystemSession, name: str) -> None:
    session.execute(delete(rate_count).where(rate_count.c.name == name))


def forget_over(session: SystemSession, *, now: datetime) -> int:
    """Deletes the counts whose window is over; says how many."""
    return session.execute(delete(rate_count).where(rate_count.c.ends_at <= now)).rowcount
