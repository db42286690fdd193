"""Who writes results down and who gives back rows of the dead take their locks in one order (PostgreSQL)."""

import threading

import psycopg
import pytest

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
