"""The database is away: callers are told when to come back, nothing is half-written, and then all goes on (F19)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from accord.infra.db import Database, engine
from accord.infra.processes.store import forget_worker
from support.activities import an_item, log
from support.database import Cluster, a_cluster_of_its_own, a_postgres_database, migrate, open_database
from support.product import Product, a_product

SHAPE = {"code", "message", "field", "items", "reference"}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with a_cluster_of_its_own() as own:
        yield own


@pytest.fixture(scope="module")
def postgres(cluster: Cluster) -> Iterator[Product]:
    with a_postgres_database(cluster.socket, "away") as url:
        migrate(url)
        database = open_database(url)
        with a_product(database) as made:
            yield made
        database.close()


@contextmanager
def stopped(cluster: Cluster) -> Iterator[None]:
    cluster.stop()
    try:
        yield
    finally:
        cluster.start()


@contextmanager
def told(watched: Engine, name: str, do: Any) -> Iterator[None]:
    event.listen(watched, name, do)
    try:
        yield
    finally:
        event.remove(watched, name, do)


def assert_told_to_come_back(answer: Any) -> None:
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert set(answer.json) == SHAPE
    assert answer.json["code"] == "DATABASE_AWAY"
    assert "try again" in answer.json["message"]


def test_while_the_server_is_stopped_every_way_in_says_when_to_come_back(postgres: Product, cluster: Cluster) -> None:
    rep, flow = postgres.sign_in(), postgres.sign_in_flow()
    panel, ask = f"/api/v1/panels/{postgres.deal()}", postgres.client
    client = {"client_id": postgres.flow_client.client_id, "client_secret": postgres.flow_client.secret.reveal()}
    with stopped(cluster):
        assert_told_to_come_back(ask.get(panel, headers=rep))
        change = {"key": "Opportunity.NextStep", "value": "Call", "seen": None}
        assert_told_to_come_back(ask.patch(panel, json={"changes": [change]}, headers=rep))
        assert_told_to_come_back(ask.post("/oauth/token", data={"grant_type": "client_credentials", **client}))
        said = log(postgres, flow, an_item(postgres))
        assert_told_to_come_back(said)
        assert "[ACC-901]" in said.json["message"]
        page = ask.post("/canvas", data={"signed_request": postgres.signed_request()})
        assert (page.status_code, page.mimetype, "Retry-After" in page.headers) == (503, "text/html", True)
        assert ask.get("/readyz").json["database"] == "unreachable"
        assert ask.get("/healthz").status_code == 200

    assert ask.get(panel, headers=rep).status_code == 200  # no restart of ours was needed (G19)


def test_a_server_that_stops_in_the_middle_of_a_request_leaves_nothing_half_written(
    postgres: Product, cluster: Cluster
) -> None:
    flow, item = postgres.sign_in_flow(), an_item(postgres, idempotencyKey="once")
    before, stops = kept(postgres.parts.database), []

    def stop_behind_the_first_row(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO outbox") and not stops:
            stops.append(statement)
            cluster.stop()

    with told(postgres.parts.database._engine, "after_cursor_execute", stop_behind_the_first_row):
        answer = log(postgres, flow, item)
    cluster.start()

    assert stops
    assert_told_to_come_back(answer)
    assert kept(postgres.parts.database) == before
    again = log(postgres, flow, item).json["items"][0]
    assert again["outcome"] == "queued"
    assert kept(postgres.parts.database)["outbox"] == before["outbox"] + 1


def test_a_server_that_lets_nobody_write_is_told_like_one_that_is_away(postgres: Product) -> None:
    """A standby after a failover, or a server whose disk ran full: reading goes on."""
    flow, item = postgres.sign_in_flow(), an_item(postgres, idempotencyKey="read only")

    def write_nothing(_c: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT"):
            cursor.execute("SET TRANSACTION READ ONLY")

    with told(postgres.parts.database._engine, "before_cursor_execute", write_nothing):
        answer = log(postgres, flow, item)

    assert_told_to_come_back(answer)
    assert log(postgres, flow, item).json["items"][0]["outcome"] == "queued"


def test_a_save_that_salesforce_has_taken_is_told_as_saved(postgres: Product, cluster: Cluster) -> None:
    """What comes behind it, a draft that is dropped, may fail."""
    rep, panel = postgres.sign_in(), f"/api/v1/panels/{postgres.deal()}"
    stops: list[str] = []

    def stop_before_the_draft_goes(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("DELETE FROM panel_draft"):
            stops.append(statement)
            cluster.stop()

    seen = postgres.record("Opportunity", postgres.deal())["NextStep"]
    change = {"key": "Opportunity.NextStep", "value": "Call Legal", "seen": seen}
    with told(postgres.parts.database._engine, "before_cursor_execute", stop_before_the_draft_goes):
        answer = postgres.client.patch(panel, json={"changes": [change]}, headers=rep)
    cluster.start()

    assert stops
    assert (answer.status_code, answer.json["saved"]) == (200, ["Opportunity.NextStep"])
    assert postgres.record("Opportunity", postgres.deal())["NextStep"] == "Call Legal"


def test_no_connection_that_comes_free_is_told_like_a_database_that_is_away(
    postgres: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    rep = postgres.sign_in()
    pool: Any = postgres.parts.database._engine.pool
    monkeypatch.setattr(pool, "_timeout", 0.01)
    taken = [pool.connect() for _ in range(pool.size())]

    answer = postgres.client.get(f"/api/v1/panels/{postgres.deal()}", headers=rep)

    for one in taken:
        one.close()
    assert_told_to_come_back(answer)


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    (tmp_path / "accord.db").write_bytes(sqlite_template.read_bytes())
    return tmp_path / "accord.db"


def test_a_file_that_another_program_keeps_locked_is_told_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    database = open_database(f"sqlite:///{file}")
    with a_product(database) as product:
        flow = product.sign_in_flow()
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert_told_to_come_back(log(product, flow, an_item(product)))
            other.execute("ROLLBACK")
        assert log(product, flow, an_item(product)).status_code == 200
    database.close()


def test_a_full_disk_is_told_so_and_nothing_half_is_in_the_file(file: Path) -> None:
    """SQLite says the same when its file may grow no more (F18)."""
    database = open_database(f"sqlite:///{file}")
    with a_product(database) as product:
        flow, before = product.sign_in_flow(), kept(database)
        many = [an_item(product, subjectText=f"{number}", description="y" * 4000) for number in range(100)]

        def full(connection: Any, *_rest: Any) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}")

        database.engine.pool.dispose()  # type: ignore[attr-defined]
        with told(database.engine, "connect", full):
            assert_told_to_come_back(log(product, flow, *many))
        assert kept(database) == before
    database.close()


def test_a_fault_in_a_statement_of_ours_is_no_database_that_is_away(file: Path) -> None:
    database = open_database(f"sqlite:///{file}")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE worker_seen")

    with pytest.raises(OperationalError), database.system() as session:
        forget_worker(session, "here:1")
    database.close()


def kept(database: Database) -> dict[str, int]:
    """How many rows there are of what a Flow's call writes."""
    with database.engine.connect() as connection:
        return {
            table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in ("outbox", "flow_call", "activity")
        }
