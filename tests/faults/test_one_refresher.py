"""One refresher per login, whoever dies when: the org's reuse detection is the witness. F12, F13, G13."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from accord.core.clock import system_clock
from accord.core.errors import AuthorizationLostError
from accord.core.ids import MemberId
from accord.features.connections.personal import renewal
from accord.features.connections.personal.model import RenewalBusyError, RenewalPoint
from accord.infra.db import Database
from support.database import a_postgres_database, open_database
from support.own_login import connect_own_login, member_id_of, stored_login
from support.product import a_product
from support.renewing import Facts, a_login, renew_in_processes, said_by
from support.running_org import a_running_org

pytestmark = pytest.mark.faults
CROWD = 8
THREAD_ROUNDS = 1000
PROCESS_ROUNDS = 40  # of each of eight processes


def test_eight_threads_renew_at_once_for_a_thousand_rounds_without_a_reuse(sqlite_database: Database) -> None:
    """G13, and each round costs Salesforce one call."""
    with a_product(sqlite_database) as product:
        connect_own_login(product)
        member_id, connection = member_id_of(product), product.connection
        one = product.parts.connections.renewal
        together = Barrier(CROWD)

        def renew(dead: object) -> str:
            together.wait(timeout=100)
            return one.renew(connection, member_id, instead_of=dead).access_token.reveal()  # type: ignore[arg-type]

        with ThreadPoolExecutor(CROWD) as crowd:
            for number in range(THREAD_ROUNDS):
                dead = stored_login(product).access_token  # type: ignore[union-attr]
                given = set(crowd.map(renew, [dead] * CROWD))
                assert len(given) == 1, f"round {number}"
                assert dead.reveal() not in given

        assert (product.org.grants.counts.refreshes, product.org.grants.counts.reuses) == (THREAD_ROUNDS, 0)


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "accord.db").write_bytes(sqlite_template.read_bytes())
    opened = open_database(f"sqlite:///{tmp_path / 'accord.db'}")
    yield opened
    opened.close()


@pytest.fixture
def postgres_url(postgres_socket: str, postgres_template: str) -> Iterator[str]:
    with a_postgres_database(postgres_socket, "one_refresher", postgres_template) as url:
        yield url


@pytest.mark.timeout(300)
def test_eight_processes_renew_one_login_without_a_reuse(postgres_url, tmp_path) -> None:
    """G13 on PostgreSQL, over real sockets; fewer rounds, because each is a login over TLS."""
    with a_running_org(tmp_path) as running:
        database = open_database(postgres_url)
        facts = a_login(running, database, postgres_url)
        ended = said_by(renew_in_processes(facts, processes=CROWD, rounds=PROCESS_ROUNDS))
        database.close()

        counts = running.org.grants.counts
        assert ended == [(0, f"renewed {PROCESS_ROUNDS}")] * CROWD
        assert counts.reuses == 0
        assert PROCESS_ROUNDS <= counts.refreshes <= CROWD * PROCESS_ROUNDS


class AfterTheKill:
    """What another process finds later. `later` moves its clock."""

    def __init__(self, facts: Facts, database: Database) -> None:
        self.facts, self.database, self.later = facts, database, timedelta()
        self.connections = facts.connections(database, clock=lambda: system_clock() + self.later)
        self.connection = facts.connection(self.connections)
        self.member_id = MemberId(facts.member_id)

    def stored(self):
        return self.connections._safe.find_personal_login(self.connection, self.member_id)

    def renew(self):
        one = self.connections.renewal
        return one.renew(self.connection, self.member_id, instead_of=self.stored().access_token)

    def take_turn_and_die(self) -> None:
        """Begins a renewal and ends as a kill would: whatever comes after the answer does not happen."""

        def die(place: RenewalPoint) -> None:
            if place is RenewalPoint.AFTER_ANSWER:
                raise KeyboardInterrupt

        one = self.connections.renewal
        alive, one.at = one.at, die
        with pytest.raises(KeyboardInterrupt):
            self.renew()
        one.at = alive


@pytest.fixture
def kill(database_url, tmp_path):
    """Lets a process renew and kill itself at a place; both engines."""
    with a_running_org(tmp_path) as running:
        opened = []

        def run(place: RenewalPoint, *, rotate: bool = True):
            database = open_database(database_url)
            facts = a_login(running, database, database_url, rotate=rotate)
            database.close()
            ((code, _),) = said_by(renew_in_processes(facts, processes=1, rounds=1, failpoint=place))
            assert code == -9
            opened.append(open_database(database_url))
            return running.org.grants, AfterTheKill(facts, opened[-1])

        yield run
        for database in opened:
            database.close()


@pytest.mark.parametrize("place", [RenewalPoint.BEFORE_SEND, RenewalPoint.AFTER_ANSWER])
def test_a_renewal_that_was_killed_before_its_commit_never_uses_the_token_again(kill, place, monkeypatch) -> None:
    """F13: the member is asked to connect again, and nobody sends the old refresh token a second time."""
    grants, at = kill(place)
    monkeypatch.setattr(renewal, "POLLS", 3)
    refreshes = grants.counts.refreshes

    with pytest.raises(RenewalBusyError):
        at.renew()
    at.later = timedelta(minutes=2)
    with pytest.raises(AuthorizationLostError) as lost:
        at.renew()

    assert lost.value.code == "LOGIN_IN_DOUBT"
    assert "Connect" in lost.value.message
    assert at.stored() is None
    assert (grants.counts.refreshes, grants.counts.reuses) == (refreshes, 0)


def test_a_renewal_that_was_killed_after_its_commit_has_lost_nothing(kill) -> None:
    grants, at = kill(RenewalPoint.AFTER_COMMIT)

    at.renew()
    at.renew()

    assert (grants.counts.refreshes, grants.counts.reuses) == (3, 0)


def test_where_refresh_tokens_stay_a_kill_asks_nobody_to_connect_again(kill, monkeypatch) -> None:
    """Known from an earlier renewal: the platform allows it, so no login is given up."""
    grants, at = kill(RenewalPoint.AFTER_COMMIT, rotate=False)
    monkeypatch.setattr(renewal, "POLLS", 3)
    at.take_turn_and_die()

    at.later = timedelta(minutes=2)

    assert at.renew()
    assert grants.counts.reuses == 0
