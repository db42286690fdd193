"""The worker: threads that deliver what is due, wherever it is due."""

import math
import random
import threading
import time
from typing import Final

import structlog

from accord.core.ids import ConnectionId, WorkspaceId
from accord.delivery.claims import find_due
from accord.delivery.drain import Drain
from accord.infra.processes.rounds import go_round

_log = structlog.get_logger()
CALLS_A_VISIT: Final = 10  # then the next connection has its turn
POLL_SECONDS: Final = 0.5
STOP_SECONDS: Final = 20


class Worker:
    """Runs `drain` in `threads` threads. `wake` has them look at once; without it they look every `poll_seconds`.

    `stop` lets calls that are under way end and be written down. A stopped worker can be started again.
    """

    def __init__(self, drain: Drain, *, threads: int = 2, poll_seconds: float = POLL_SECONDS) -> None:
        self._drain = drain
        self._count = threads
        self._poll = poll_seconds
        self._changed = threading.Condition()
        self._wakes = 0
        self._stopping = False
        self._threads: list[threading.Thread] = []
        self._moved: dict[int, float] = {}

    def start(self) -> None:
        if self._threads:
            raise RuntimeError("the worker runs already")
        self._stopping = False
        self._moved = dict.fromkeys(range(self._count), time.monotonic())
        self._threads = [
            threading.Thread(target=self._run, args=(number,), name=f"delivery-{number}", daemon=True)
            for number in range(self._count)
        ]
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There is something new to deliver. Call it after the commit."""
        with self._changed:
            self._wakes += 1
            self._changed.notify_all()

    def still_for(self) -> float:
        """For how many seconds the stillest of the threads has given no sign: it gives one whenever it looks, and
        before each call. Without end when one has died, and 0 for a worker that is stopped.
        """
        threads = self._threads
        if self._stopping or not threads:
            return 0
        if not all(thread.is_alive() for thread in threads):
            return math.inf
        return time.monotonic() - min(self._moved.values())

    def stop(self, *, timeout: float = STOP_SECONDS) -> bool:
        """Takes nothing new and waits for what is under way, at most `timeout` seconds for all threads together.
        False when some is left; that comes back when its lease ends.
        """
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        ends = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0, ends - time.monotonic()))
        ended = not any(thread.is_alive() for thread in self._threads)
        self._threads = []
        return ended

    def _run(self, number: int) -> None:
        order = random.Random(number)  # noqa: S311 - only spreads the threads over the connections
        while self._goes_on(number):
            with self._changed:
                seen = self._wakes
            if self._visit(number, order):
                continue
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or self._wakes != seen, timeout=self._poll)  # noqa: B023

    def _goes_on(self, number: int) -> bool:
        """The sign of life of a thread, which it gives wherever it asks whether to stop."""
        self._moved[number] = time.monotonic()
        return not self._stopping

    def _visit(self, number: int, order: random.Random) -> bool:
        """Goes to each connection with due rows once. True when anything was sent."""
        try:
            with self._drain.database.system_reading() as session:
                due = find_due(session, now=self._drain.clock())
        except Exception:  # noqa: BLE001 - the database may be away for a while: the thread has to outlive that
            _log.exception("delivery_visit_failed")
            return False
        order.shuffle(due)

        def drain(workspace_id: WorkspaceId, connection_id: ConnectionId) -> int:
            report = self._drain.drain(
                workspace_id, connection_id, most=CALLS_A_VISIT, stop=lambda: not self._goes_on(number)
            )
            return report.calls

        return go_round(due, drain, failed="delivery_visit_failed") > 0
