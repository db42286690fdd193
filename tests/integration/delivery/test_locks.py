"""Who writes results down and who gives back rows of the dead take their locks in one order (PostgreSQL)."""

import threading
from dataclasses import replace
from typing import Any

import pytest

from accord.core.ids import MemberId, new_id
from accord.core.outcomes import Recovery, Refused
from accord.delivery.model import Failpoint, Intent, LoginProblem
from accord.delivery.outbox import Outbox
from accord.delivery.payload import Sealer
from accord.infra.db import Database, WorkspaceSession
from support.builders import NOON
from support.database import a_postgres_database, open_database
from support.delivery import ADelivery, once
from support.gateway import a_refusal
from support.locks import SECONDS, postgres, wait_until_somebody_waits


def test_marking_holds_no_row_while_it_waits_for_its_claim(postgres_database: Database) -> None:
    """Somebody has locked the claim, and wants its rows next: he gets them at once."""
    delivery = ADelivery(postgres_database)
    intents = delivery.intents(4)
    delivery.org.refusals[intents[2].external_id] = a_refusal()  # two kinds of marks
    delivery.put(*intents)

    with postgres(postgres_database) as other, postgres(postgres_database) as watcher:

        def lock_the_claim(place: Failpoint) -> None:
            if place is Failpoint.BEFORE_MARK:
                other.execute("BEGIN")
                other.execute("SELECT id FROM claim FOR UPDATE")

        marking = threading.Thread(target=lambda: delivery.drain(at=lock_the_claim))
        marking.start()
        wait_until_somebody_waits(watcher)

        locked = other.execute("SELECT id FROM outbox FOR UPDATE NOWAIT").fetchall()
        other.execute("ROLLBACK")
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
    counts: list[int] = []

    def press() -> None:
        with postgres_database.workspace(delivery.workspace_id) as session:
            counts.append(delivery.view.retry(session, delivery.connection_id, now=delivery.clock()))

    retrying = threading.Thread(target=press)
    with postgres(postgres_database) as watcher:
        with postgres_database.workspace(delivery.workspace_id) as session:
            delivery.outbox.put(session, [later], now=delivery.clock())
            retrying.start()
            wait_until_somebody_waits(watcher)
        retrying.join(SECONDS)
    delivery.drain()

    assert counts == [1]
    assert delivery.org.journal[-1].fields == {"Subject": "y", "Status": "bad"}


def test_a_write_that_has_waited_for_a_merge_holds_what_is_the_record_s_next_now(postgres_database: Database) -> None:
    """Two changes of a record that wait for each other, and a worker who comes between: nothing is lost or turned."""
    delivery = ADelivery(postgres_database)
    first, second, third = (
        delivery.intent(fields={name: "x"}, creates=False, coalesces=True) for name in ("Subject", "Status", "Priority")
    )
    delivery.put(delivery.intent())
    delivery.drain()
    delivery.put(first)

    class Worker:
        """Reads what is sealed; before that another worker looks for something to do."""

        seal = postgres_database.vault.seal

        @staticmethod
        def open(*given: Any) -> str:
            delivery.drain()
            return postgres_database.vault.open(*given)

    def put(intent: Intent, sealer: Sealer) -> None:
        with postgres_database.workspace(delivery.workspace_id) as session:
            Outbox(sealer).put(session, [intent], now=delivery.clock())

    late = threading.Thread(target=lambda: put(third, Worker()))
    with postgres(postgres_database) as watcher:
        with postgres_database.workspace(delivery.workspace_id) as session:
            delivery.outbox.put(session, [second], now=delivery.clock())
            late.start()
            wait_until_somebody_waits(watcher)
        late.join(SECONDS)
    delivery.drain()

    assert [write.fields for write in delivery.org.journal[1:]] == [{"Subject": "x", "Status": "x", "Priority": "x"}]
    assert delivery.states([first, second, third]) == ["folded", "folded", "done"]


def test_two_who_begin_the_same_records_at_once_begin_them_in_one_order(postgres_database: Database) -> None:
    delivery = ADelivery(postgres_database)
    delivery.put(delivery.intent("before"))  # the connection has its gate
    ours = sorted((delivery.intent(name) for name in "ab"), key=lambda intent: intent.lane)
    theirs = sorted((delivery.intent(name) for name in "ab"), key=lambda intent: intent.lane)
    putting = threading.Thread(target=lambda: delivery.put(*theirs))

    with postgres(postgres_database) as watcher:
        with postgres_database.workspace(delivery.workspace_id) as session:
            delivery.outbox.put(session, [ours[0]], now=delivery.clock())
            putting.start()
            wait_until_somebody_waits(watcher)
            delivery.outbox.put(session, [ours[1]], now=delivery.clock())
        putting.join(SECONDS)

    assert delivery.states([*ours, *theirs]) == ["ready", "ready", "waiting", "waiting"]


def test_what_goes_on_with_another_login_and_what_does_not_are_marked_in_one_order(postgres_database: Database) -> None:
    """Somebody has the first of two records, and wants the second: he gets it at once."""
    delivery = ADelivery(postgres_database)
    rep = MemberId(new_id(NOON))
    fields = {"Subject": "x", "Status": "bad"}
    two = (delivery.intent(name, login_member_id=rep, fields=fields) for name in "ab")
    first, second = sorted(two, key=lambda intent: intent.lane)
    for intent in (first, second):
        refusal = Refused(Recovery.SCHEMA, "INVALID_FIELD_FOR_INSERT_UPDATE", "no", "Ask an admin.", ("Status",))
        delivery.org.refusals[intent.external_id] = refusal
    delivery.put(first, second)

    def the_first_alone(_session: WorkspaceSession, intent: Intent, _problem: LoginProblem) -> Intent | None:
        return replace(intent, login_member_id=None) if intent.id == first.id else None

    with postgres(postgres_database) as other, postgres(postgres_database) as watcher:

        def lock_the_first() -> None:
            other.execute("BEGIN")
            other.execute("SELECT id FROM outbox WHERE id = %s FOR UPDATE", (first.id,))

        lock = once(lock_the_first)
        marking = threading.Thread(
            target=lambda: delivery.drain(
                at=lambda place: lock() if place is Failpoint.BEFORE_MARK else None,
                next_logins={"Task": the_first_alone},
            )
        )
        marking.start()
        wait_until_somebody_waits(watcher)

        locked = other.execute("SELECT id FROM outbox WHERE id = %s FOR UPDATE NOWAIT", (second.id,)).fetchall()
        delivery.org.refusals.clear()
        other.execute("ROLLBACK")
        marking.join(SECONDS)

    assert len(locked) == 1
    assert delivery.states([first, second]) == ["done", "parked"]


@pytest.fixture
def postgres_database(postgres_socket: str, postgres_template: str):
    with a_postgres_database(postgres_socket, "locks", postgres_template) as url:
        opened = open_database(url)
        yield opened
        opened.close()
