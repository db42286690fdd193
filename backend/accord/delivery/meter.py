"""Counts every call that this process makes, and keeps what Salesforce said last: in memory, written down every few
seconds, so that calls of the panel count as soon as those of deliveries, at the price of no write each.

What was not written yet when a process is killed is not counted.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from accord.core.clock import Clock
from accord.core.errors import UnavailableError
from accord.core.ids import ConnectionId, OrgId, WorkspaceId
from accord.delivery.samples import note_calls
from accord.infra.db import Database
from accord.salesforce.model import Usage

_log = structlog.get_logger()
WRITE_SECONDS: Final = 5


class Place(Protocol):
    """A live connection."""

    @property
    def workspace_id(self) -> WorkspaceId: ...
    @property
    def id(self) -> ConnectionId: ...


@dataclass(frozen=True, slots=True)
class _Noted:
    usage: Usage
    own: int


class CallMeter:
    """`place_of` says which live connection an org has; None where it has none any more."""

    def __init__(self, database: Database, clock: Clock, place_of: Callable[[OrgId], Place | None]) -> None:
        self._database = database
        self._clock = clock
        self._place_of = place_of
        self._lock = threading.Lock()
        self._noted: dict[OrgId, _Noted] = {}

    def note(self, org_id: OrgId, usage: Usage) -> None:
        """One call was answered, with what the org said of its calls."""
        with self._lock:
            before = self._noted.get(org_id)
            self._noted[org_id] = _Noted(usage, (before.own if before else 0) + 1)

    def write(self) -> None:
        """Writes down what was noted since the last time, one row for each org. What fails for one holds up no other:
        it is kept for the next time, and raised at the end.
        """
        with self._lock:
            taken, self._noted = self._noted, {}
        fault: Exception | None = None
        for org_id in list(taken):
            try:
                self._write_one(org_id, taken[org_id])
            except Exception as error:  # noqa: BLE001 - raised below
                fault = error
                if isinstance(error, UnavailableError):
                    break  # the others would wait for the database, one after the other
            else:
                del taken[org_id]
        self._take_back(taken)
        if fault is not None:
            raise fault

    def _write_one(self, org_id: OrgId, noted: _Noted) -> None:
        place = self._place_of(org_id)
        if place is None:
            return
        with self._database.workspace(place.workspace_id) as session:
            note_calls(session, place.id, noted.usage, now=self._clock(), own=noted.own)

    def _take_back(self, taken: dict[OrgId, _Noted]) -> None:
        with self._lock:
            for org_id, noted in taken.items():
                newer = self._noted.get(org_id)
                own = noted.own + (newer.own if newer else 0)
                self._noted[org_id] = _Noted(newer.usage if newer else noted.usage, own)


class Metering:
    """A thread that has the meter written down every few seconds, and once more at the end."""

    def __init__(self, meter: CallMeter) -> None:
        self._meter = meter
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="metering", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        is_over = False
        while not is_over:
            is_over = self._over.wait(WRITE_SECONDS)
            try:
                self._meter.write()
            except Exception:  # noqa: BLE001 - the database may be away for a while: the thread has to outlive that
                _log.warning("calls_not_noted", exc_info=True)
