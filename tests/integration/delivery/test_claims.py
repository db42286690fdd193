"""Claims: who holds what, for how long, and what a worker that comes too late may still do."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from accord.core.ids import ClaimId, MemberId
from accord.delivery import claims
from accord.delivery.claims import ClaimTerms, TakenBatch, claim_batch, find_due, renew
from accord.delivery.gates import close_creates, close_login
from accord.delivery.model import Cause, Failpoint, Priority
from accord.delivery.store import claim
from accord.infra.db import Database
from support.delivery import ADelivery
from support.machines import wait_for


@pytest.fixture
def delivery(database: Database) -> ADelivery:
    return ADelivery(database)


class DiesHere(BaseException):
    """Ends a drain as kill -9 would: nothing of it runs any more."""


def dies_at(place: Failpoint) -> object:
    def die(reached: Failpoint) -> None:
        if reached is place:
            raise DiesHere

    return die


def _claim(delivery: ADelivery, **changes: int) -> TakenBatch | None:
    terms = ClaimTerms(worker="tests", lease=delivery.lease, **changes)
    with delivery.database.workspace(delivery.workspace_id) as session:
        return claim_batch(session, delivery.connection_id, terms, now=delivery.clock())


def test_claims_of_many_workers_do_not_overlap(delivery: ADelivery) -> None:
    delivery.put(*delivery.intents(300))
    taken: list[str] = []
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        while batch := _claim(delivery, limit=10, parallel=1000):
            taken.extend(row.id for row in batch.rows)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == 300
    assert len(set(taken)) == 300


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_a_claim_does_not_wait_for_a_transaction_that_adds_to_a_record(delivery: ADelivery) -> None:
    busy, free = delivery.intents(2)
    delivery.put(busy, free)
    with delivery.database.workspace(delivery.workspace_id) as session:
        delivery.outbox.put(session, [delivery.intent("r0", creates=False)], now=delivery.clock())
        batch = _claim(delivery)

    assert batch is not None
    assert [row.id for row in batch.rows] == [free.id]


BY_BATCHES_OR_ROWS = pytest.mark.parametrize("most_batches", [claims.MOST_BATCHES, 1])


@BY_BATCHES_OR_ROWS
def test_past_closed_gates_the_oldest_row_of_the_highest_priority_goes_first(
    delivery: ADelivery, monkeypatch: pytest.MonkeyPatch, most_batches: int
) -> None:
    """W13: what waits for a login, or for room for new records, is left out, and the others keep their turn."""
    monkeypatch.setattr(claims, "MOST_BATCHES", most_batches)
    closed, other = (MemberId(f"0190c0de-0000-7000-8000-00000000000{end}") for end in "9b")
    wanted = [
        delivery.intent("its login is closed", login_member_id=closed, creates=False),
        delivery.intent("makes a record", login_member_id=other),
        delivery.intent("can wait", creates=False, priority=Priority.BATCH),
        delivery.intent("older", creates=False),
        delivery.intent("younger, of a batch before it", login_member_id=other, creates=False),
    ]
    for intent in wanted:
        delivery.put(intent)
        delivery.clock.advance(minutes=1)
    # the first of its batch, and not due
    delivery.put(delivery.intent("later", creates=False, priority=Priority.REP, gathers=timedelta(seconds=10)))
    cause = Cause("CLOSED", "For a while.", delivery.clock() + timedelta(hours=1))
    with delivery.database.workspace(delivery.workspace_id) as session:
        close_login(session, delivery.connection_id, closed, cause, now=delivery.clock())
        close_creates(session, delivery.connection_id, cause, now=delivery.clock())

    taken = []
    while batch := _claim(delivery):
        taken.append([row.id for row in batch.rows])

    assert taken == [[wanted[3].id], [wanted[4].id], [wanted[2].id]]


def test_without_room_for_new_records_what_changes_others_goes_on(delivery: ADelivery) -> None:
    """W13: no login is lost; the older row makes a record, and waits."""
    makes, changes = delivery.intent("makes"), delivery.intent("changes", creates=False)
    delivery.put(makes)
    delivery.clock.advance(minutes=1)
    delivery.put(changes)
    cause = Cause("STORAGE_LIMIT_EXCEEDED", "Full.", delivery.clock() + timedelta(hours=1))
    with delivery.database.workspace(delivery.workspace_id) as session:
        close_creates(session, delivery.connection_id, cause, now=delivery.clock())

    batch = _claim(delivery)

    assert batch is not None
    assert [row.id for row in batch.rows] == [changes.id]
    assert _claim(delivery) is None


@BY_BATCHES_OR_ROWS
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_behind_a_closed_gate_too_a_claim_waits_for_nobody(
    delivery: ADelivery, monkeypatch: pytest.MonkeyPatch, most_batches: int
) -> None:
    """The oldest row that may go is being added to: the next call that can be made is made."""
    monkeypatch.setattr(claims, "MOST_BATCHES", most_batches)
    login = MemberId("0190c0de-0000-7000-8000-000000000009")
    busy, free = delivery.intent("busy"), delivery.intent("free", creates=False)
    delivery.put(delivery.intent("closed", login_member_id=login), busy, free)
    with delivery.database.workspace(delivery.workspace_id) as session:
        close_login(session, delivery.connection_id, login, Cause("LOST", "Sign in again."), now=delivery.clock())
    with delivery.database.workspace(delivery.workspace_id) as session:
        delivery.outbox.put(session, [delivery.intent("busy", creates=False)], now=delivery.clock())
        batch = _claim(delivery)

    assert batch is not None
    assert [row.id for row in batch.rows] == [free.id]


def test_only_the_oldest_write_of_a_record_is_claimed(delivery: ADelivery) -> None:
    first, later = delivery.intent(), delivery.intent(creates=False)
    delivery.put(first, later)

    batch = _claim(delivery)

    assert batch is not None
    assert [row.id for row in batch.rows] == [first.id]
    assert _claim(delivery) is None


def test_the_database_refuses_a_second_head_of_a_lane(delivery: ADelivery) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import IntegrityError

    delivery.put(delivery.intent(), delivery.intent(creates=False))

    with pytest.raises(IntegrityError), delivery.database.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET state = 'in_flight'"))


def test_a_late_worker_cannot_acknowledge_anothers_batch(delivery: ADelivery) -> None:
    intent = delivery.intent()
    delivery.put(intent)

    def while_sending() -> None:
        delivery.org.before = lambda: None
        delivery.clock.advance(minutes=5)
        assert delivery.drain().done == 1
        assert delivery.explain(intent).finished_at == delivery.clock()
        delivery.clock.advance(minutes=5)

    delivery.org.before = while_sending
    late = delivery.drain()

    assert (late.done, late.late) == (0, 1)
    assert delivery.explain(intent).finished_at == delivery.clock() - timedelta(minutes=5)
    assert [effect.op for effect in delivery.org.journal] == ["insert", "update"]


def test_a_late_worker_cannot_give_back_what_another_holds(delivery: ADelivery) -> None:
    delivery.put(delivery.intent())

    def while_sending() -> None:
        delivery.clock.advance(minutes=5)
        other = _claim(delivery)
        assert other is not None
        raise ConnectionError

    delivery.org.before = while_sending

    assert delivery.drain().late == 1
    assert _claim(delivery) is None


@pytest.mark.parametrize("place", list(Failpoint))
def test_a_dead_workers_batch_comes_back_at_lease_end(delivery: ADelivery, place: Failpoint) -> None:
    """Wherever it dies, each record arrives once."""
    intents = delivery.intents(5)
    delivery.put(*intents)
    with pytest.raises(DiesHere):
        delivery.drain(at=dies_at(place))
    delivery.clock.advance(seconds=29)
    before = delivery.drain().done
    delivery.clock.advance(seconds=2)
    after = delivery.drain().done

    never_held = {Failpoint.BEFORE_CLAIM: (5, 0), Failpoint.AFTER_MARK: (0, 0)}
    assert (before, after) == never_held.get(place, (0, 5))
    assert delivery.states(intents) == ["done"] * 5
    assert [effect.op for effect in delivery.org.journal] == ["insert"] * 5


def test_what_comes_back_is_found_due_without_anything_else_being_due(delivery: ADelivery) -> None:
    delivery.put(delivery.intent())
    _claim(delivery)
    delivery.clock.advance(minutes=1)

    with delivery.database.system_reading() as session:
        due = find_due(session, now=delivery.clock())

    assert due == [(delivery.workspace_id, delivery.connection_id)]


def test_a_heartbeat_keeps_a_slow_call_from_being_given_away(database: Database) -> None:
    """The beat comes in real time, three times a lease; how long the call takes, the clock of the test says."""
    delivery = ADelivery(database, lease=timedelta(seconds=0.3))
    delivery.put(delivery.intent())
    grabbed = []

    def is_renewed() -> bool:
        with database.reading(delivery.workspace_id) as session:
            held = session.first(select(claim.c.leased_until))
        return held is not None and held.leased_until == delivery.clock() + delivery.lease

    def slow() -> None:
        for _ in range(3):
            delivery.clock.advance(seconds=0.2)
            wait_for(is_renewed, 20)
            grabbed.append(_claim(delivery))

    delivery.org.before = slow
    delivery.drain()

    assert grabbed == [None] * 3
    assert [effect.op for effect in delivery.org.journal] == ["insert"]


def test_a_heartbeat_does_not_renew_a_foreign_claim(delivery: ADelivery) -> None:
    delivery.put(delivery.intent())
    _claim(delivery)

    with delivery.database.workspace(delivery.workspace_id) as session:
        assert not renew(session, ClaimId("another"), until=delivery.clock())


def test_a_connection_has_no_more_calls_at_a_time_than_allowed(delivery: ADelivery) -> None:
    delivery.put(*delivery.intents(30))

    taken = [_claim(delivery, limit=5, parallel=2) for _ in range(4)]

    assert [batch is not None for batch in taken] == [True, True, False, False]


def test_rows_of_different_logins_go_in_different_calls(delivery: ADelivery) -> None:
    from accord.core.ids import MemberId

    delivery.put(delivery.intent("a", login_member_id=MemberId("rep")), delivery.intent("b"))

    report = delivery.drain()

    assert report.calls == 2
    assert {effect.login for effect in delivery.org.journal} == {"rep", None}


def test_writes_put_at_once_by_many_keep_the_order_of_their_commits(delivery: ADelivery) -> None:
    """Ten transactions begin and continue the same three records at once: one make each, and no number twice."""
    together = threading.Barrier(10)
    failed: list[BaseException] = []

    def work(number: int) -> None:
        intents = [delivery.intent(record, fields={"Subject": str(number)}) for record in "abc"]
        together.wait()
        try:
            delivery.put(*intents)
        except BaseException as error:  # noqa: BLE001 - shown by the test
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    delivery.drain()

    assert failed == []
    for record in "abc":
        operations = [effect.op for effect in delivery.org.of(delivery.intent(record).external_id)]
        assert operations == ["insert"] + ["update"] * 9


def test_putting_while_a_record_is_acknowledged_leaves_nothing_behind(delivery: ADelivery) -> None:
    """A write that is put while the one before it is being marked done becomes the next head."""
    over = threading.Event()

    def write_on() -> None:
        for number in range(40):
            delivery.put(delivery.intent(creates=number == 0, fields={"Subject": str(number)}))
        over.set()

    writer = threading.Thread(target=write_on)
    writer.start()
    while not over.is_set():
        delivery.drain()
    writer.join()
    delivery.drain()

    assert [effect.fields["Subject"] for effect in delivery.org.journal] == [str(number) for number in range(40)]
