import importlib
import pkgutil
import shutil
import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import accord
from accord.core.errors import MisconfiguredError
from accord.infra.db import metadata, migrate
from accord.infra.db.migrate import current_revision, is_current, newest_revision, upgrade
from support.builders import a_workspace
from support.database import open_database


def test_the_migrations_make_the_very_tables_of_the_code(database):
    for module in pkgutil.walk_packages(accord.__path__, "accord."):
        if module.name.rpartition(".")[2] in {"store", "tables", "vault"}:
            importlib.import_module(module.name)
    ours = set(metadata.tables)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _parents: kind != "table" or name in ours}
        )
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_upgrading_twice_changes_nothing(database):
    assert is_current(database.engine)

    upgrade(database)

    assert current_revision(database.engine) == newest_revision()


def test_a_database_of_a_newer_version_is_refused(database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(MisconfiguredError, match="9999"):
        upgrade(database)


def test_a_second_process_is_refused_the_sqlite_file(tmp_path):
    first = open_database(f"sqlite:///{tmp_path / 'a.db'}")

    with pytest.raises(MisconfiguredError, match="in use by another Accord process"):
        open_database(f"sqlite:///{tmp_path / 'a.db'}")

    first.close()
    open_database(f"sqlite:///{tmp_path / 'a.db'}").close()


def test_the_file_is_copied_before_an_upgrade_changes_it(sqlite_template, tmp_path, monkeypatch):
    """The next version's step is made up; the copy has the state before it, with what was written last."""
    (tmp_path / "accord.db").write_bytes(sqlite_template.read_bytes())
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9999_next.py").write_text(
        f"from alembic import op\nrevision = '9999'\ndown_revision = '{newest_revision()}'\n"
        "def upgrade():\n    op.execute('DROP TABLE attempt')\n"
    )
    before = newest_revision()
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    database = open_database(f"sqlite:///{tmp_path / 'accord.db'}")
    a_workspace(database, "Written last")

    upgrade(database)

    assert is_current(database.engine)
    database.close()
    copy = tmp_path / f"accord.db.before-{before}"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT name FROM workspace").fetchall() == [("Written last",)]
        assert connection.execute("SELECT count(*) FROM attempt").fetchone() == (0,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (before,)
