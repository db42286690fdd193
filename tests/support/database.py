"""A throwaway database of each kind: SQLite in a temporary folder, PostgreSQL on a unix socket of its own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from accord.infra.db import Database, open_engine
from support.builders import MASTER_KEYS


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


@contextmanager
def a_postgres_cluster(*, durable: bool = False) -> Iterator[str]:
    """A cluster that ends with the block; gives its socket folder. As root it runs as nobody, for it refuses root.

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

    run(_program("initdb"), "-D", data, "-U", "accord", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-k {socket} -c listen_addresses='' -c fsync={'on' if durable else 'off'} -c max_connections=60"
    control = _program("pg_ctl")
    run(control, "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
    try:
        yield str(socket)
    finally:
        run(control, "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


@contextmanager
def a_postgres_database(socket: str, name: str, template: str | None = None) -> Iterator[str]:
    """An empty database, or a copy of `template`; gives its DATABASE_URL."""
    with psycopg.connect(host=socket, user="accord", dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    try:
        yield f"postgresql+psycopg://accord@/{name}?host={socket}"
    finally:
        with psycopg.connect(host=socket, user="accord", dbname="postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def open_database(url: str, *, pool_size: int = 16) -> Database:
    return Database(open_engine(url, pool_size=pool_size), MASTER_KEYS)
