"""Counts by windows: in the memory of the one process on SQLite, in the database where processes are many."""

import threading
from datetime import timedelta

import pytest

from accord.core.errors import TooManyRequestsError
from accord.features.connections.client_secrets import WrongTries
from accord.infra.db import Database
from accord.infra.limits import Counters, counters_for, forget_over
from accord.infra.limits.counters import REMEMBERED, MemoryCounters, SharedCounters
from accord.infra.limits.store import rate_count
from support.builders import NOON
from support.database import a_postgres_database, open_database

MINUTE = timedelta(minutes=1)


@pytest.fixture
def counters(database: Database) -> Counters:
    return counters_for(database)


def test_one_process_counts_in_its_memory_and_many_in_the_database(database: Database) -> None:
    expected = {"sqlite": MemoryCounters, "postgresql": SharedCounters}[database.dialect]

    assert isinstance(counters_for(database), expected)


def test_a_window_begins_with_the_first_and_ends_by_itself(counters: Counters) -> None:
    seconds = [0, 10, 59, 60, 61]
    tallies = [counters.add("me", now=NOON + timedelta(seconds=each), window=MINUTE) for each in seconds]

    assert [tally.happened for tally in tallies] == [1, 2, 3, 1, 2]
    assert tallies[2].ends_at == NOON + MINUTE
    assert tallies[4].ends_at == NOON + 2 * MINUTE
    assert counters.find("me", now=NOON + timedelta(minutes=3)) is None


def test_everybody_is_counted_apart_and_what_is_forgotten_begins_anew(counters: Counters) -> None:
    counters.add("me", now=NOON, window=MINUTE)
    counters.add("you", now=NOON, window=MINUTE)
    counters.forget("me")

    assert counters.find("me", now=NOON) is None
    assert counters.find("you", now=NOON) is not None


def test_none_is_missed_when_many_count_at_once(counters: Counters) -> None:
    barrier = threading.Barrier(8)

    def count() -> None:
        barrier.wait()
        for _ in range(10):
            counters.add("me", now=NOON, window=MINUTE)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    found = counters.find("me", now=NOON)
    assert found is not None
    assert found.happened == 80


def test_memory_is_bounded() -> None:
    counters = MemoryCounters()
    for number in range(REMEMBERED + 5):
        counters.add(str(number), now=NOON, window=MINUTE)

    assert len(counters._tallies) == REMEMBERED


@pytest.fixture
def two_processes(postgres_socket: str, postgres_template: str):
    """Two databases as two processes open them."""
    with a_postgres_database(postgres_socket, "counters", postgres_template) as url:
        first, second = open_database(url), open_database(url)
        yield first, second
        first.close()
        second.close()


def test_wrong_tries_at_one_process_count_at_the_other(two_processes) -> None:
    here, there = (WrongTries(counters_for(each)) for each in two_processes)
    for _ in range(10):
        here.count("accord-1", "192.0.2.1", NOON)

    with pytest.raises(TooManyRequestsError) as refused:
        there.check("accord-1", "192.0.2.1", NOON + MINUTE)

    assert refused.value.retry_after == 240


def test_no_address_lies_in_the_table_and_what_is_over_goes(two_processes) -> None:
    database, _ = two_processes
    counters_for(database).add("stranger|192.0.2.1", now=NOON, window=MINUTE)

    with database.engine.connect() as connection:
        stored = connection.execute(rate_count.select()).all()

    assert "192.0.2.1" not in str(stored)
    assert forget_over(database, now=NOON + MINUTE) == 1
