"""A worker says every few seconds that it is there, and when its deliveries moved last; who asks whether deliveries go
on looks at that.
"""

import os
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog

from accord.core.clock import Clock
from accord.infra.db import Database
from accord.infra.processes import store

_log = structlog.get_logger()
BEAT_SECONDS: Final = 10
MISSED_AFTER: Final = timedelta(seconds=45)  # four beats and a slow commit
DEAD_AFTER: Final = timedelta(hours=1)
# a delivery gives a sign before each of its calls: this is a handful of Salesforce's slowest answers
STALLED_AFTER: Final = timedelta(minutes=3)


def process_name() -> str:
    """What this process is called among all that share a database."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


class Presence:
    """A thread that notes the worker as seen; a worker that ends in order takes its note away.

    `still_for` says for how many seconds the stillest of its deliveries has given no sign.
    """

    def __init__(self, database: Database, clock: Clock, worker: str, still_for: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._worker = worker
        self._still_for = still_for
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="presence", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()
        try:
            with self._database.system() as session:
                store.forget_worker(session, self._worker)
        except Exception:  # noqa: BLE001 - the note grows old by itself
            _log.warning("presence_not_ended", exc_info=True)

    def _beat(self) -> None:
        while True:
            try:
                now = self._clock()
                still = timedelta(seconds=min(self._still_for(), DEAD_AFTER.total_seconds()))
                if still > STALLED_AFTER:
                    _log.error("deliveries_stalled", worker=self._worker, seconds=round(still.total_seconds()))
                with self._database.system() as session:
                    store.note_seen(session, self._worker, now=now, moved_at=now - still)
                    store.forget_workers(session, before=now - DEAD_AFTER)
            except Exception:  # noqa: BLE001 - the database may be away for a while: the thread has to outlive that
                _log.warning("presence_not_noted", exc_info=True)
            if self._over.wait(BEAT_SECONDS):
                return
