"""Fixtures that need a life cycle; everything else is a builder in tests/support."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.infra.db import Database
from support.database import a_postgres_cluster, a_postgres_database, migrate, open_database
from support.reused import ReusedDatabase

# tests make applications of many small things by the thousand: collecting as often as usual takes a third of their time
gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[str]:
    with a_postgres_cluster() as socket:
        yield socket


@pytest.fixture(scope="session")
def postgres_template(postgres_socket: str) -> Iterator[str]:
    """A migrated database that each test copies."""
    with a_postgres_database(postgres_socket, "migrated") as url:
        migrate(url)
        yield "migrated"


@pytest.fixture(scope="session")
def reused_postgres(postgres_socket: str, postgres_template: str) -> Iterator[ReusedDatabase]:
    reused = ReusedDatabase(postgres_socket, "reused", postgres_template)
    with reused.serving():
        yield reused


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "accord.db"
    migrate(f"sqlite:///{path}")
    database = open_database(f"sqlite:///{path}")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database; each test that takes it runs on both engines."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        (tmp_path / "accord.db").write_bytes(template.read_bytes())
        yield f"sqlite:///{tmp_path / 'accord.db'}"
        return
    reused: ReusedDatabase = request.getfixturevalue("reused_postgres")
    with reused.lent() as url:
        yield url


@pytest.fixture
def database(request: pytest.FixtureRequest, database_url: str) -> Iterator[Database]:
    if database_url.startswith("sqlite"):
        opened = open_database(database_url)
        yield opened
        opened.close()
        return
    reused: ReusedDatabase = request.getfixturevalue("reused_postgres")
    with reused.opened() as lent:
        yield lent
