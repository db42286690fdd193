"""The worker's threads: they deliver what is due by themselves, and stop without leaving anything half done."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from accord.delivery.worker import Worker
from accord.infra.db import Database
from support.delivery import ADelivery
from support.machines import wait_for


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


@contextmanager
def a_worker(delivery: ADelivery, *, poll_seconds: float = 60) -> Iterator[Worker]:
    worker = Worker(delivery.a_drain(), threads=2, poll_seconds=poll_seconds)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


@contextmanager
def quiet_threads() -> Iterator[None]:
    """What kills a thread here is meant to."""
    before, threading.excepthook = threading.excepthook, lambda _args: None
    try:
        yield
    finally:
        threading.excepthook = before


def _delivered(delivery: ADelivery) -> threading.Event:
    arrived = threading.Event()
    delivery.org.after = arrived.set
    return arrived


def test_a_woken_worker_delivers_at_once(delivery: ADelivery) -> None:
    arrived = _delivered(delivery)
    with a_worker(delivery) as worker:
        delivery.put(delivery.intent())
        worker.wake()

        assert arrived.wait(30)


def test_a_worker_that_nobody_wakes_looks_by_itself(delivery: ADelivery) -> None:
    arrived = _delivered(delivery)
    with a_worker(delivery, poll_seconds=0.05):
        delivery.put(delivery.intent())

        assert arrived.wait(30)


def test_stopping_lets_a_call_end_and_writes_it_down(delivery: ADelivery) -> None:
    intent = delivery.intent()
    sending, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        sending.set()
        may_end.wait(30)

    delivery.org.before = slow
    with a_worker(delivery) as worker:
        delivery.put(intent)
        worker.wake()
        assert sending.wait(30)
        threading.Timer(0.1, may_end.set).start()

        assert worker.stop(timeout=30)

    assert delivery.explain(intent).outcome == "created"


def test_a_stopped_worker_takes_nothing_new_and_can_begin_again(delivery: ADelivery) -> None:
    arrived = _delivered(delivery)
    with a_worker(delivery, poll_seconds=0.05) as worker:
        worker.stop()
        delivery.put(delivery.intent())
        worker.wake()
        assert not arrived.wait(0.3)
        worker.start()

        assert arrived.wait(30)


def test_connections_are_served_side_by_side(database: Database) -> None:
    """While the calls of one connection hang, another one's go through (F27)."""
    stuck, other = ADelivery(database), ADelivery(database)
    hanging, may_end = threading.Event(), threading.Event()

    def hang() -> None:
        hanging.set()
        may_end.wait(30)

    stuck.org.before = hang
    arrived = _delivered(other)
    gateways = _Both({stuck.connection_id: stuck, other.connection_id: other})
    worker = Worker(stuck.a_drain(gateways=gateways, batch_size=1, parallel=1), threads=2, poll_seconds=0.05)
    stuck.put(*stuck.intents(5))
    worker.start()
    assert hanging.wait(30)
    other.put(other.intent())
    worker.wake()

    assert arrived.wait(30)
    may_end.set()
    assert worker.stop()


class _Both:
    def __init__(self, deliveries: dict[str, ADelivery]) -> None:
        self._deliveries = deliveries

    def gateway_for(self, workspace_id: str, connection_id: str, member_id: str | None) -> object:
        return self._deliveries[connection_id].org.gateway_for(workspace_id, connection_id, member_id)  # type: ignore[arg-type]


def test_a_worker_outlives_a_database_that_is_away_for_a_moment(delivery: ADelivery) -> None:
    arrived = _delivered(delivery)
    drain = delivery.a_drain()
    broken = [True, True]
    clock = delivery.clock

    def failing_clock() -> object:
        if broken:
            broken.pop()
            raise ConnectionError("the database is away")
        return clock()

    worker = Worker(delivery.a_drain(clock=failing_clock), threads=1, poll_seconds=0.05)
    delivery.put(delivery.intent())
    worker.start()

    assert arrived.wait(30)
    assert worker.stop()
    assert drain.drain(delivery.workspace_id, delivery.connection_id).done == 0


def test_stopping_waits_for_all_threads_together_no_longer_than_it_was_told(
    delivery: ADelivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging, may_end = threading.Semaphore(0), threading.Event()

    def hang() -> None:
        hanging.release()
        may_end.wait(30)

    delivery.org.before = hang
    worker = Worker(delivery.a_drain(batch_size=1, parallel=4), threads=4, poll_seconds=0.01)
    delivery.put(*delivery.intents(8))
    worker.start()
    threads = list(worker._threads)
    for _ in threads:
        assert hanging.acquire(timeout=20)
    waits: list[float] = []
    for thread in threads:
        monkeypatch.setattr(thread, "join", partial(_noted, waits, thread.join))

    ended = worker.stop(timeout=0.2)

    monkeypatch.undo()
    may_end.set()
    for thread in threads:
        thread.join(20)
    assert not ended
    assert len(waits) == len(threads)
    assert sum(waits) < 0.3, "each is given what those before it have left"


def _noted(waits: list[float], join: Callable[[float], None], timeout: float) -> None:
    waits.append(timeout)
    join(timeout)


def test_a_thread_that_hangs_in_a_call_gives_no_sign_until_it_goes_on(delivery: ADelivery) -> None:
    hanging, may_end = threading.Event(), threading.Event()

    def hang() -> None:
        hanging.set()
        may_end.wait(30)

    delivery.org.before = hang
    with a_worker(delivery, poll_seconds=0.01) as worker:
        delivery.put(delivery.intent())
        assert hanging.wait(30)
        wait_for(lambda: worker.still_for() > 0.3, 30)  # the other one goes on and does not hide it

        may_end.set()
        wait_for(lambda: worker.still_for() < 0.3, 30)
    assert worker.still_for() == 0


def test_a_thread_that_died_is_known_at_once(delivery: ADelivery) -> None:
    class Gone(BaseException):
        """What no thread outlives."""

    def dies() -> object:
        raise Gone

    worker = Worker(delivery.a_drain(clock=dies), threads=1, poll_seconds=0.01)
    with quiet_threads():
        worker.start()
        wait_for(lambda: worker.still_for() == float("inf"), 30)
        worker.stop()
