"""Wakes the workers of all processes when there is something to deliver: NOTIFY and LISTEN of PostgreSQL.

A ring that is lost does no harm: workers look by themselves too. Behind a pooler that shares connections between
transactions (PgBouncer) nobody hears a ring, and the looking is what remains.
"""

import threading
from collections.abc import Callable
from typing import Final

import structlog
from sqlalchemy import Engine, text

_log = structlog.get_logger()
CHANNEL: Final = "accord_delivery"
AGAIN_SECONDS: Final = 5
# a ring is not worth waiting for the disk
_RING = text("SELECT set_config('synchronous_commit', 'off', true), pg_notify(:channel, '')")


def ring(engine: Engine) -> None:
    """Tells the workers. Call it after the commit; it never fails, for what was committed is not undone by it."""
    try:
        with engine.begin() as connection:
            connection.execute(_RING, {"channel": CHANNEL})
    except Exception:  # noqa: BLE001 - the workers look by themselves
        _log.warning("bell_not_rung", exc_info=True)


class Listener:
    """A thread with a connection of its own: calls `on_ring` at each ring, and once whenever it begins to listen."""

    def __init__(self, engine: Engine, on_ring: Callable[[], None]) -> None:
        self._engine = engine
        self._on_ring = on_ring
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._listen()
            except Exception:  # noqa: BLE001 - the database may be away for a while: the thread has to outlive that
                _log.warning("listening_again", exc_info=True)
                self._over.wait(AGAIN_SECONDS)

    def _listen(self) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            connection.detach()  # it is closed at the end, and never somebody else's
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            self._on_ring()  # for what was rung while nobody listened
            while not self._over.is_set():
                for _ in driver.notifies(timeout=0.5):
                    self._on_ring()
