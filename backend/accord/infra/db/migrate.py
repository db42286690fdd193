"""Migrations. Embedded (SQLite): a backup copy, then the upgrade, and a newer schema is refused. PostgreSQL: `accord
release` alone upgrades, as the owner of the tables, and puts every tenant table under row-level security.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from accord.core.errors import MisconfiguredError
from accord.infra.db.backup import copy_file
from accord.infra.db.engine import WRITING
from accord.infra.db.row_security import RELEASE, SCOPE, SESSION, admit, require_row_security, secure_tables
from accord.infra.db.session import Database
from accord.infra.db.tables import metadata

_log = structlog.get_logger()
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
    """Brings the schema to the newest revision, in one transaction; nothing happens when it is there. The modules that
    declare tables must be imported (`accord.parts` imports them all).

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
    if engine.dialect.name == "postgresql":
        _release(database)
    elif present != newest_revision():
        _upgrade_file(database, present)


def _upgrade_file(database: Database, present: str | None) -> None:
    if present is not None:
        path = Path(str(database.engine.url.database))
        copy = path.with_name(f"{path.name}.before-{present}")
        copy.unlink(missing_ok=True)  # of an upgrade that failed: the database is as it was then
        copy_file(path, copy)
    with database.engine.connect().execution_options(**WRITING) as connection, connection.begin():
        _run_migrations(connection, database)
    if present is not None:
        _rewrite(database.engine)


def _release(database: Database) -> None:
    with database.engine.begin() as connection:
        # releases that start at once take their turn; migrations may change rows of every workspace
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('accord release'))")
        connection.execute(SCOPE, {"name": SESSION, "value": RELEASE})
        _run_migrations(connection, database)
        secure_tables(connection, metadata.sorted_tables)


def _run_migrations(connection: Connection, database: Database) -> None:
    config = _config()
    config.attributes.update(connection=connection, vault=database.vault)
    command.upgrade(config, "head")


def admit_role(engine: Engine, role: str) -> None:
    """Gives the role of `accord web` and `accord worker` its rights; as the owner of the tables."""
    with engine.begin() as connection:
        admit(connection, role, metadata.sorted_tables)


def require_released(engine: Engine) -> None:
    """What a program on PostgreSQL needs before it starts: this version's schema, and policies that hold for its role.

    Raises MisconfiguredError with the remedy.
    """
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found != newest_revision():
            raise MisconfiguredError(
                f"The database has the schema {found or 'of no version'}, and this version needs {newest_revision()}. "
                "Run `accord release` once, then start again."
            )
        if require_row_security(connection):
            _log.warning("database_role_owns_the_tables")


def _rewrite(engine: Engine) -> None:
    """Writes the file anew, so that what a step has removed is not left in its free pages."""
    with closing(sqlite3.connect(str(engine.url.database))) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
