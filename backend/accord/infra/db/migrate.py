"""Migrations. Embedded (SQLite): a backup copy, then the upgrade, and a newer schema is refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from accord.core.errors import MisconfiguredError
from accord.infra.db.backup import copy_file
from accord.infra.db.engine import WRITING
from accord.infra.db.session import Database

SCRIPTS = Path(__file__).resolve().parents[3] / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


def current_revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def is_current(engine: Engine) -> bool:
    return current_revision(engine) == newest_revision()


def upgrade(database: Database) -> None:
    """Brings the schema to the newest revision, in one transaction; nothing happens when it is there.

    A step that seals what lay open takes the database's vault from the attributes of alembic's configuration.

    Raises MisconfiguredError when the database was made by a newer program.
    """
    engine = database.engine
    present = current_revision(engine)
    script = ScriptDirectory.from_config(_config())
    if present is not None and present not in {revision.revision for revision in script.walk_revisions()}:
        raise MisconfiguredError(
            f"The database has revision {present}, which this version of Accord does not know: a newer version "
            "made it. Start that version, or restore the backup that lies beside the file."
        )
    if present == newest_revision():
        return
    if engine.dialect.name == "sqlite" and present is not None:
        path = Path(str(engine.url.database))
        copy = path.with_name(f"{path.name}.before-{present}")
        copy.unlink(missing_ok=True)  # of an upgrade that failed: the database is as it was then
        copy_file(path, copy)
    config = _config()
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        config.attributes.update(connection=connection, vault=database.vault)
        command.upgrade(config, "head")
    if engine.dialect.name == "sqlite" and present is not None:
        _rewrite(engine)


def _rewrite(engine: Engine) -> None:
    """Writes the file anew, so that what a step has removed is not left in its free pages."""
    with closing(sqlite3.connect(str(engine.url.database))) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
