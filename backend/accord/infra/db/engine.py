"""Engines: SQLite as a careful single file, PostgreSQL as it comes.

SQLite: our own BEGIN IMMEDIATE, WAL, synchronous=FULL (an answer means it is on the disk), and a file lock so that a
second process is refused, because old SQLite libraries can corrupt a WAL that two processes write.
"""

import fcntl
import os
import sqlite3
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.pool import QueuePool

from accord.core.errors import MisconfiguredError

BUSY_SECONDS = 10
WAIT_SECONDS = 10
WRITING = {"accord_writing": True}
READING = {"accord_reading": True, "postgresql_readonly": True}


def open_engine(database_url: str, *, pool_size: int = 16) -> Engine:
    """An engine for `database_url`. On SQLite the folder is made and the file is locked for this process.

    Raises MisconfiguredError when another process holds the file.
    """
    if not database_url.startswith("sqlite"):
        return create_engine(
            database_url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            pool_pre_ping=True,
            hide_parameters=True,
            # a database machine that is gone is noticed within seconds, not when TCP gives up
            connect_args={"connect_timeout": WAIT_SECONDS, "tcp_user_timeout": WAIT_SECONDS * 1000},
        )
    path = make_url(database_url).database
    if not path:
        raise MisconfiguredError("DATABASE_URL must name a file: sqlite:///path/to/accord.db")
    Path(path).resolve().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = _lock_file(Path(path))
    engine = create_engine(
        database_url,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "checkin", _on_checkin)
    event.listen(engine, "engine_disposed", lambda _engine: lock.close())
    return engine


def role_of(database_url: str) -> str:
    """The role that `database_url` signs in with. Raises MisconfiguredError when it names none."""
    role = make_url(database_url).username
    if not role:
        raise MisconfiguredError("DATABASE_URL must name its role: postgresql://ROLE:PASSWORD@HOST/NAME")
    return role


def _lock_file(path: Path) -> TextIO:
    lock = Path(f"{path}.lock").open("a+", encoding="utf-8")  # noqa: SIM115 - held as long as the engine lives
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        raise MisconfiguredError(
            f"{path} is in use by another Accord process (process id {holder}). Stop that one first, or choose "
            "another file by DATABASE_URL. Several processes need PostgreSQL."
        ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _on_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("accord_reading"):
        connection.info["query_only"] = True
        connection.exec_driver_sql("PRAGMA query_only=ON")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("accord_writing") else "BEGIN")


def _on_checkin(connection: sqlite3.Connection | None, record: Any) -> None:
    """The next one who takes this connection may write again."""
    if connection is not None and record.info.pop("query_only", False):
        connection.execute("PRAGMA query_only=OFF")
