import importlib
import pkgutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import accord
from accord.core.errors import MisconfiguredError
from accord.infra.db import metadata
from accord.infra.db.migrate import current_revision, is_current, newest_revision, upgrade
from support.database import open_database


def test_the_migrations_make_the_very_tables_of_the_code(database):
    for module in pkgutil.walk_packages(accord.__path__, "accord."):
        if module.name.rpartition(".")[2] in {"store", "tables", "crypto"}:
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

    upgrade(database.engine)

    assert current_revision(database.engine) == newest_revision()


def test_a_database_of_a_newer_version_is_refused(database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(MisconfiguredError, match="9999"):
        upgrade(database.engine)


def test_a_second_process_is_refused_the_sqlite_file(tmp_path):
    first = open_database(f"sqlite:///{tmp_path / 'a.db'}")

    with pytest.raises(MisconfiguredError, match="in use by another Accord process"):
        open_database(f"sqlite:///{tmp_path / 'a.db'}")

    first.close()
    open_database(f"sqlite:///{tmp_path / 'a.db'}").close()
