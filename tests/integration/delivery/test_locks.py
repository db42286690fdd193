"""Who writes results down and who gives back rows of the dead take their locks in one order (PostgreSQL)."""

import threading

import psycopg
import pytest

from accord.core.outcomes import Recovery, Refused
from accord.delivery.model import Failpoint
from accord.infra.db import Database
from support.database import a_postgres_database, open_database
from support.delivery import ADelivery
from support.gateway import a_refusal

SECONDS = 10


def test_marking_holds_no_row_while_it_waits_for_its_claim(postgres_database: Database) -> None:
    """Somebody has locked the claim, and wants its rows next: he gets them at once."""
    delivery = ADelivery(postgres_database)
    intents = delivery.intents(4)
    delivery.org.refusals[intents[2].external_id] = a_refusal()  # two kinds of marks
    delivery.put(*intents)
    address = postgres_database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)

    with psycopg.connect(address) as other, psycopg.connect(address, autocommit=True) as watcher:

        def lock_the_claim(place: Failpoint) -> None:
            if place is Failpoint.BEFORE_MARK:
                other.execute("SELECT id FROM claim FOR UPDATE")

        marking = threading.Thread(target=lambda: delivery.drain(at=lock_the_claim))
        marking.start()
        _wait_until_somebody_waits(watcher)

        locked = other.execute("SELECT id FROM outbox FOR UPDATE NOWAIT").fetchall()
        other.rollback()
        marking.join(SECONDS)

    assert len(locked) == 4
    assert delivery.states(intents) == ["done", "done", "parked", "done"]


def test_a_retry_that_waits_for_a_merge_reaches_the_write_that_was_merged_with(postgres_database: Database) -> None:
    delivery = ADelivery(postgres_database)
    first = delivery.intent(fields={"Subject": "x", "Status": "bad"})
    later = delivery.intent(creates=False, fields={"Subject": "y"})
    refusal = Refused(Recovery.DATA, "STRING_TOO_LONG", "too long", "Shorten it.", ("Status",))
    delivery.org.refusals[first.external_id] = refusal
    delivery.org.before = lambda: None if len(delivery.org.writes()) < 2 else delivery.org.refusals.clear()
    delivery.put(first)
    delivery.drain()
    assert delivery.explain(first).fields == ("Status",)
    address = postgres_database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    counts: list[int] = []

    def press() -> None:
        with postgres_database.workspace(delivery.workspace_id) as session:
            counts.append(delivery.view.retry(session, delivery.connection_id, now=delivery.clock()))

    retrying = threading.Thread(target=press)
    with psycopg.connect(address, autocommit=True) as watcher:
        with postgres_database.workspace(delivery.workspace_id) as session:
            delivery.outbox.put(session, [later], now=delivery.clock())
            retrying.start()
            _wait_until_somebody_waits(watcher)
        retrying.join(SECONDS)
    delivery.drain()

    assert counts == [1]
    assert delivery.org.journal[-1].fields == {"Subject": "y", "Status": "bad"}


def _wait_until_somebody_waits(watcher: psycopg.Connection) -> None:
    pause = threading.Event()
    for _ in range(SECONDS * 100):
        (waiting,) = watcher.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ).fetchone()
        if waiting:
            return
        pause.wait(0.01)
    pytest.fail("nobody waits for a lock")


@pytest.fixture
def postgres_database(postgres_socket: str, postgres_template: str):
    with a_postgres_database(postgres_socket, "locks", postgres_template) as url:
        opened = open_database(url)
        yield opened
        opened.close()
