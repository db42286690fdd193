"""Who waits for whom on PostgreSQL."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from accord.infra.db import Database

SECONDS = 60


@contextmanager
def postgres(database: Database) -> Iterator[psycopg.Connection]:
    """A connection beside the program's own; each statement by itself."""
    address = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as opened:
        yield opened


def wait_until_somebody_waits(watcher: psycopg.Connection) -> None:
    pause = threading.Event()
    for _ in range(SECONDS * 100):
        (waiting,) = watcher.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ).fetchone()
        if waiting:
            return
        pause.wait(0.01)
    pytest.fail("nobody waits for a lock")
