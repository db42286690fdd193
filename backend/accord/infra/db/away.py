"""When the database itself fails: it is away, full, or has no connection to spare. Nothing of that is a bug."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import structlog
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from accord.core.errors import UnavailableError

_log = structlog.get_logger()
AGAIN_SECONDS: Final = 10
MESSAGE: Final = (
    "Accord's database does not answer at the moment. What was begun there is stored whole or not at all. "
    "Wait a little and try again."
)
# primary result codes (sqlite.org/rescode.html); every other one is a fault of a statement
_SQLITE_AWAY: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)


def is_away(error: SQLAlchemyError, *, writes: bool = False) -> bool:
    """Whether the database failed, and not what was asked of it. `writes`: the session had the right to write."""
    if isinstance(error, PoolTimeoutError):  # no connection of the pool came free
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return (getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) in _SQLITE_AWAY
    if writes and getattr(error.orig, "sqlstate", None) == _READ_ONLY:
        return True
    # psycopg's OperationalError: no connection, the server stops, its disk is full (SQLSTATE classes 08, 40, 53, 57)
    return isinstance(error, OperationalError) or error.connection_invalidated


_READ_ONLY: Final = "25006"  # a PostgreSQL that lets nobody write: a standby, or one whose disk ran full


@contextmanager
def saying_when_away(*, writes: bool = False) -> Iterator[None]:
    """Raises UnavailableError instead of what SQLAlchemy raises when the database is away."""
    try:
        yield
    except SQLAlchemyError as error:
        if not is_away(error, writes=writes):
            raise
        _log.warning("database_away", kind=type(getattr(error, "orig", None) or error).__name__)
        raise UnavailableError(MESSAGE, retry_after=AGAIN_SECONDS) from error
