"""A consistent copy of an embedded database, also while a server is writing to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from accord.core.errors import MisconfiguredError


def copy_file(source: Path, copy: Path) -> None:
    """Copies the SQLite file `source` with its last commit to `copy`, which its user alone can read.

    Reads only, by SQLite's own backup, so a running server is not in its way. Raises FileNotFoundError without a source
    and FileExistsError when there is something at `copy`; a copy that fails half-way is removed.
    """
    if not source.is_file():
        raise FileNotFoundError(source)
    copy.touch(mode=0o600, exist_ok=False)
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as reading,
            closing(sqlite3.connect(copy)) as writing,
        ):
            reading.backup(writing)
    except BaseException:
        copy.unlink()
        raise


def back_up(database_url: str, copy: Path) -> None:
    """Copies the embedded database of `database_url` to `copy`. Raises MisconfiguredError that says why it cannot."""
    source = make_url(database_url)
    if not source.drivername.startswith("sqlite") or not source.database:
        raise MisconfiguredError("DATABASE_URL names PostgreSQL: back it up with pg_dump.")
    try:
        copy_file(Path(source.database), copy)
    except FileNotFoundError:
        raise MisconfiguredError(f"{source.database} is not there yet, or {copy.parent} is no folder.") from None
    except FileExistsError:
        raise MisconfiguredError(f"{copy} is there already. Name a new file.") from None
