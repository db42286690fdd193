"""Processes that share a database: each chore is one process's turn, and workers say that they are there."""

import threading
from dataclasses import asdict
from datetime import timedelta

import pytest

from accord.infra.db import Database
from accord.infra.processes import presence, store
from accord.infra.processes.bell import Listener, ring
from accord.infra.processes.chores import Chores
from accord.infra.processes.presence import Presence
from accord.infra.processes.readiness import Readiness, look
from support.builders import MASTER_KEYS, AClock
from support.database import a_postgres_database, open_database

WAIT = 60


class Counted:
    """A chore that counts how often it was done."""

    def __init__(self) -> None:
        self.times = 0
        self._lock = threading.Lock()

    def __call__(self) -> int:
        with self._lock:
            self.times += 1
        return 1


@pytest.fixture
def clock() -> AClock:
    return AClock()


def test_a_chore_is_done_once_an_hour_however_many_processes_look(database: Database, clock: AClock) -> None:
    chore = Counted()
    workers = [Chores(database, clock, {"tidy": chore}) for _ in range(8)]

    def look_at_once() -> None:
        barrier = threading.Barrier(len(workers))
        threads = [threading.Thread(target=lambda w=w: (barrier.wait(), w.run_due())) for w in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT)

    look_at_once()
    look_at_once()
    assert chore.times == 1
    clock.advance(minutes=59)
    look_at_once()
    assert chore.times == 1
    clock.advance(minutes=1)
    look_at_once()
    assert chore.times == 2


def test_a_chore_that_fails_holds_up_no_other_and_is_tried_again_at_its_next_turn(database, clock) -> None:
    works, failures = Counted(), Counted()

    def fails() -> int:
        failures()
        raise OSError("Salesforce is away")

    chores = Chores(database, clock, {"fails": fails, "works": works})
    chores.run_due()
    clock.advance(hours=1)
    chores.run_due()

    assert (failures.times, works.times) == (2, 2)


def test_the_thread_outlives_a_database_that_is_away(database, clock, monkeypatch) -> None:
    from accord.infra.processes import chores as module

    monkeypatch.setattr(module, "LOOK_SECONDS", 0.01)
    done, broken = threading.Event(), [True, True]

    def failing_clock():
        if broken:
            broken.pop()
            raise ConnectionError("the database is away")
        return clock()

    def chore() -> int:
        done.set()
        return 1

    running = Chores(database, failing_clock, {"tidy": chore})
    running.start()

    assert done.wait(WAIT)
    running.stop()
    running._thread.join(WAIT)


def test_a_worker_is_seen_while_it_runs_and_forgotten_when_it_ends(database, clock, monkeypatch) -> None:
    monkeypatch.setattr(presence, "BEAT_SECONDS", 0.01)
    running = Presence(database, clock, "here:1", lambda: 0)
    running.start()
    _wait_for(lambda: look(database, clock).status is Readiness.READY)

    running.stop()

    assert look(database, clock).status is Readiness.DEGRADED


def test_a_worker_that_died_leaves_the_web_degraded_after_some_missed_beats(database, clock) -> None:
    with database.system() as session:
        store.note_seen(session, "here:1", now=clock(), moved_at=clock())
    clock.advance(seconds=40)
    assert look(database, clock).status is Readiness.READY

    clock.advance(seconds=6)

    report = look(database, clock)
    assert (report.status, report.database, report.schema, report.workers) == ("degraded", "ok", "ok", "none_seen")


@pytest.mark.parametrize(("still", "said"), [(170, "ok"), (190, "stalled"), (float("inf"), "stalled")])
def test_a_worker_whose_deliveries_hang_or_died_is_told_from_one_that_works(
    database, clock, monkeypatch, still, said
) -> None:
    """A process that is there proves nothing: one that delivers, beside it, does not hide it."""
    monkeypatch.setattr(presence, "BEAT_SECONDS", 0.01)
    running = Presence(database, clock, "here:1", lambda: still)
    with database.system() as session:
        store.note_seen(session, "there:1", now=clock(), moved_at=clock())
    running.start()
    _wait_for(lambda: look(database, clock).workers == said)
    running.stop()


def test_a_worker_of_the_version_before_counts_as_working(database, clock) -> None:
    with database.system() as session:
        store.note_seen(session, "here:1", now=clock(), moved_at=clock())
        session.execute(store.worker_seen.update().values(moved_at=None))

    assert look(database, clock).workers == "ok"


def test_notes_of_dead_workers_go_away(database, clock) -> None:
    with database.system() as session:
        store.note_seen(session, "dead:1", now=clock() - timedelta(hours=2), moved_at=clock())
        store.note_seen(session, "here:1", now=clock(), moved_at=clock())
        store.note_seen(session, "here:1", now=clock(), moved_at=clock())

        assert store.forget_workers(session, before=clock() - presence.DEAD_AFTER) == 1


@pytest.fixture
def postgres(postgres_socket: str, postgres_template: str):
    with a_postgres_database(postgres_socket, "bell", postgres_template) as url:
        opened = open_database(url)
        yield opened
        opened.close()


def test_a_ring_wakes_every_listener(postgres: Database) -> None:
    heard = [threading.Semaphore(0), threading.Semaphore(0)]
    listeners = [Listener(postgres.engine, each.release) for each in heard]
    for listener in listeners:
        listener.start()
    for each in heard:
        assert each.acquire(timeout=WAIT)  # once when it begins to listen

    ring(postgres.engine)

    for each in heard:
        assert each.acquire(timeout=WAIT)
    for listener in listeners:
        listener.stop()


def test_a_listener_whose_connection_was_cut_listens_again(postgres: Database, monkeypatch) -> None:
    from accord.infra.processes import bell

    monkeypatch.setattr(bell, "AGAIN_SECONDS", 0.05)
    heard = threading.Semaphore(0)
    listener = Listener(postgres.engine, heard.release)
    listener.start()
    assert heard.acquire(timeout=WAIT)

    with postgres.engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query = 'LISTEN accord_delivery' AND datname = current_database()"
        )

    assert heard.acquire(timeout=WAIT)  # it begins anew
    ring(postgres.engine)
    assert heard.acquire(timeout=WAIT)
    listener.stop()


def test_ringing_harms_nobody_when_the_database_is_away(postgres_socket: str) -> None:
    from accord.infra.db import open_engine

    ring(open_engine(f"postgresql+psycopg://accord_program@/gone?host={postgres_socket}"))


def _wait_for(condition) -> None:
    pause = threading.Event()
    for _ in range(WAIT * 100):
        if condition():
            return
        pause.wait(0.01)
    pytest.fail("it did not come about")


def test_a_database_that_does_not_answer_is_not_ready_and_nothing_of_it_is_told(postgres_socket: str, clock) -> None:
    from accord.infra.db import Database, open_engine

    gone = Database(open_engine(f"postgresql+psycopg://accord_program@/gone?host={postgres_socket}"), MASTER_KEYS)

    assert asdict(look(gone, clock)) == {
        "status": "not_ready",
        "database": "unreachable",
        "schema": "unknown",
        "workers": "unknown",
    }


def test_an_older_schema_is_not_ready(database, clock) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")

    report = look(database, clock)

    assert (report.status, report.schema) == ("not_ready", "needs_release")
