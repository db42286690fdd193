"""Counters by fixed windows: in the memory of the one process on SQLite, in the database where processes are many."""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from accord.infra.db import Database
from accord.infra.limits import store

REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Tally:
    """So often in the window that ends then."""

    happened: int
    ends_at: datetime


class Counters(Protocol):
    """Counts by name. A window begins with the first count and ends by itself."""

    def add(self, name: str, *, now: datetime, window: timedelta) -> Tally:
        """Counts one more."""
        ...

    def find(self, name: str, *, now: datetime) -> Tally | None:
        """What was counted in the window that is open."""
        ...

    def forget(self, name: str) -> None: ...


def counters_for(database: Database) -> Counters:
    return MemoryCounters() if database.dialect == "sqlite" else SharedCounters(database)


def forget_over(database: Database, *, now: datetime) -> int:
    """Deletes the shared counts whose window is over; says how many. For a call every hour."""
    with database.system() as session:
        return store.forget_over(session, now=now)


class MemoryCounters:
    """Of those who are counted the newest 10,000 are remembered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tallies: OrderedDict[str, Tally] = OrderedDict()

    def add(self, name: str, *, now: datetime, window: timedelta) -> Tally:
        with self._lock:
            before = self._tallies.get(name)
            is_open = before is not None and before.ends_at > now
            tally = Tally(before.happened + 1, before.ends_at) if before and is_open else Tally(1, now + window)
            self._tallies[name] = tally
            self._tallies.move_to_end(name)
            while len(self._tallies) > REMEMBERED:
                self._tallies.popitem(last=False)
            return tally

    def find(self, name: str, *, now: datetime) -> Tally | None:
        with self._lock:
            tally = self._tallies.get(name)
            return tally if tally is not None and tally.ends_at > now else None

    def forget(self, name: str) -> None:
        with self._lock:
            self._tallies.pop(name, None)


class SharedCounters:
    """One row of the database for each who is counted, by the digest of his name: no address lies there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, *, now: datetime, window: timedelta) -> Tally:
        with self._database.system() as session:
            row = store.add(session, _digest(name), now=now, ends_at=now + window)
        return Tally(row.happened, row.ends_at)

    def find(self, name: str, *, now: datetime) -> Tally | None:
        with self._database.system_reading() as session:
            row = store.find(session, _digest(name), now=now)
        return None if row is None else Tally(row.happened, row.ends_at)

    def forget(self, name: str) -> None:
        with self._database.system() as session:
            store.forget(session, _digest(name))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
