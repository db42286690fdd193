"""Chores that have to be done once an hour, by whichever process comes first."""

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

import structlog

from accord.core.clock import Clock
from accord.infra.db import Database
from accord.infra.processes import store

_log = structlog.get_logger()
LOOK_SECONDS: Final = 60
EVERY: Final = timedelta(hours=1)

Chore = Callable[[], int]  # does it, and says how much there was to do


class Chores:
    """A thread that looks from time to time which chores are due and takes their turn; the turn is a row that all
    processes share, so one of them does it. What fails is tried again at its next turn.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        chores: Mapping[str, Chore],
        often: Mapping[str, timedelta] | None = None,
        *,
        look_seconds: float | None = None,
    ) -> None:
        """`often` says how often a chore is done that is not done once an hour; `look_seconds` is
        between two looks, a minute unless it is given.
        """
        self._database = database
        self._clock = clock
        self._chores = chores
        self._often = often or {}
        self._look_seconds = look_seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="chores", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """No chore is begun any more; one that is under way ends with the process, and its next turn finds the rest."""
        self._over.set()

    def run_due(self) -> None:
        """Does what is due and nobody else has taken."""
        with self._database.system() as session:
            for name in self._chores:
                store.add_chore(session, name, now=self._clock())
        with self._database.system_reading() as session:
            due = set(store.load_due(session, now=self._clock()))
        for name, chore in self._chores.items():
            if name not in due or self._over.is_set():
                continue
            with self._database.system() as session:
                mine = store.take_turn(session, name, now=self._clock(), every=self._often.get(name, EVERY))
            if mine:
                self._do(name, chore)

    def _do(self, name: str, chore: Chore) -> None:
        try:
            count = chore()
            if count or name not in self._often:
                _log.info(name, count=count)
        except Exception:  # noqa: BLE001 - it holds up no other
            _log.exception("chore_failed", kind=name)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self.run_due()
            except Exception:  # noqa: BLE001 - the database may be away for a while: the thread has to outlive that
                _log.exception("chores_not_found")
            self._over.wait(self._look_seconds or LOOK_SECONDS)
