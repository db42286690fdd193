"""A throwaway database of each kind: SQLite in a temporary folder, PostgreSQL on a unix socket of its own."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, Table, event
from sqlalchemy.engine import make_url

import accord.app  # noqa: F401 - declares every table, also those that the test at hand does not import
from accord.infra.db import Database, metadata, open_engine
from accord.infra.db.engine import WRITING
from accord.infra.db.migrate import admit_role, upgrade
from accord.infra.db.row_security import admit, secure_tables
from support.builders import MASTER_KEYS

SUPERUSER = "accord"
OWNER = "accord_owner"
PROGRAM = "accord_program"

# for tests of what no database has a part in
ONE_ENGINE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class PostgresMissingError(Exception):
    pass


def _program(name: str) -> str:
    """PostgreSQL's server programs often lie beside the PATH."""
    places = [
        *os.environ["PATH"].split(os.pathsep),
        *(str(p) for p in sorted(Path("/usr/lib/postgresql").glob("*/bin"))),
    ]
    places += [
        "/opt/homebrew/opt/postgresql@15/bin",
        "/opt/homebrew/opt/postgresql@16/bin",
        "/usr/local/opt/postgresql/bin",
    ]
    found = shutil.which(name, path=os.pathsep.join(reversed(places)))
    if found is None:
        raise PostgresMissingError(f"{name} was not found: install PostgreSQL (Debian: apt-get install postgresql)")
    return found


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server that a test may stop and start again."""

    socket: str
    start: Callable[[], None]
    stop: Callable[[], None]


@contextmanager
def a_postgres_cluster(*, durable: bool = False) -> Iterator[str]:
    """A cluster that ends with the block; gives its socket folder."""
    with a_cluster_of_its_own(durable=durable) as cluster:
        yield cluster.socket


@contextmanager
def a_cluster_of_its_own(*, durable: bool = False) -> Iterator[Cluster]:
    """A cluster that ends with the block. As root it runs as nobody, for it refuses root.

    A `durable` one waits for the disk as in production; for tests that is time lost.
    """
    folder = Path(tempfile.mkdtemp(prefix="accord-pg-"))
    as_other: dict[str, str] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
        as_other = {"user": "nobody"}
    data, socket = folder / "data", folder

    def run(*command: str | Path) -> None:
        out, err = subprocess.DEVNULL, subprocess.PIPE
        subprocess.run(command, check=True, stdout=out, stderr=err, cwd=folder, **as_other)

    run(_program("initdb"), "-D", data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-k {socket} -c listen_addresses='' -c fsync={'on' if durable else 'off'} -c max_connections=60"
    control = _program("pg_ctl")

    def start() -> None:
        run(control, "-D", data, "-l", folder / "log", "-w", "-o", options, "start")

    def stop() -> None:
        run(control, "-D", data, "-m", "immediate", "-w", "stop")

    start()
    try:
        with _as_superuser(str(socket)) as connection:
            for role in (OWNER, PROGRAM):
                connection.execute(f"CREATE ROLE {role} LOGIN")
        yield Cluster(str(socket), start, stop)
    finally:
        stop()
        shutil.rmtree(folder)


def _as_superuser(socket: str) -> psycopg.Connection[Any]:
    return psycopg.connect(host=socket, user=SUPERUSER, dbname="postgres", autocommit=True)


@contextmanager
def a_postgres_database(socket: str, name: str, template: str | None = None) -> Iterator[str]:
    """An empty database, or a copy of `template`; gives its DATABASE_URL, in the role that the programs have."""
    with _as_superuser(socket) as connection:
        copied = f' TEMPLATE "{template}"' if template else ""
        connection.execute(f'CREATE DATABASE "{name}" OWNER {OWNER}{copied}')
    try:
        yield f"postgresql+psycopg://{PROGRAM}@/{name}?host={socket}"
    finally:
        with _as_superuser(socket) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def as_role(url: str, role: str) -> str:
    """The same database, in another role."""
    return make_url(url).set(username=role).render_as_string(hide_password=False)


def migrate(url: str) -> None:
    """What `accord release` does: migrations and policies as the owner, rights for the programs' role."""
    database = Database(open_engine(as_role(url, OWNER) if url.startswith("postgresql") else url), MASTER_KEYS)
    upgrade(database)
    if database.dialect == "postgresql":
        admit_role(database.engine, PROGRAM)
    database.close()


class CompiledStatements(dict[tuple[Any, ...], Any]):
    """What SQLAlchemy keeps of each statement that it has turned into SQL, for all engines of one dialect. A program
    has one engine and compiles a statement once; tests have an engine each, and compiling took a sixth of their time.
    """

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        dialect, *statement = key
        return super().get((dialect.name, *statement), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        dialect, *statement = key
        super().__setitem__((dialect.name, *statement), compiled)


compiled_statements = CompiledStatements()


def open_engine_of_tests(url: str, *, pool_size: int = 16) -> Engine:
    engine = open_engine(url, pool_size=pool_size)
    engine.update_execution_options(compiled_cache=compiled_statements)
    return engine


class WatchedDatabase(Database):
    """Its sessions have the role of the programs; `engine` is the eye of the test, which sees every workspace."""

    def __init__(self, engine: Engine, eye: Engine) -> None:
        super().__init__(engine, MASTER_KEYS)
        self._eye = eye

    @property
    def engine(self) -> Engine:
        return self._eye

    def close(self) -> None:
        self._eye.dispose()
        super().close()


def open_database(url: str, *, pool_size: int = 16, waits_for_disk: bool = False) -> Database:
    """`waits_for_disk`: a commit is on the disk, as in the programs. A test's own file outlives no power cut, and a
    process that is killed has told the system what it wrote.
    """
    engine = open_engine_of_tests(url, pool_size=pool_size)
    if not url.startswith("sqlite"):
        return WatchedDatabase(engine, open_engine_of_tests(as_role(url, SUPERUSER), pool_size=2))
    if not waits_for_disk:
        event.listen(engine, "connect", _leave_it_to_the_system)
    return Database(engine, MASTER_KEYS)


def _leave_it_to_the_system(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def add_tables(database: Database, tables: Sequence[Table]) -> None:
    """Tables of a test, as a release would add them."""
    with database.engine.connect().execution_options(**WRITING) as connection, connection.begin():
        metadata.create_all(connection, tables=tables)
        if database.dialect == "postgresql":
            secure_tables(connection, [*metadata.sorted_tables, *tables])
            admit(connection, PROGRAM, tables)
