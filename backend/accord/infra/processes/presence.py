"""A worker says every few seconds that it is there; who asks whether deliveries go on looks when one was seen last."""

import threading
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


class Presence:
    """A thread that notes the worker as seen; a worker that ends in order takes its note away."""

    def __init__(self, database: Database, clock: Clock, worker: str) -> None:
        self._database = database
        self._clock = clock
        self._worker = worker
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
                with self._database.system() as session:
                    store.note_seen(session, self._worker, now=now)
                    store.forget_workers(session, before=now - DEAD_AFTER)
            except Exception:  # noqa: BLE001 - the database may be away for a while: the thread has to outlive that
                _log.warning("presence_not_noted", exc_info=True)
            if self._over.wait(BEAT_SECONDS):
                return
