"""PostgreSQL itself keeps workspaces apart, whatever a statement says (D10, G22)."""

import itertools
import subprocess
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from accord.core.errors import MisconfiguredError
from accord.core.ids import WorkspaceId, new_id
from accord.infra.db import Database, metadata, open_engine
from accord.infra.db.migrate import require_released, upgrade
from accord.workspace.plans.store import plan
from support.builders import MASTER_KEYS, NOON, a_workspace
from support.connected import connected
from support.database import (
    OWNER,
    PROGRAM,
    SUPERUSER,
    _program,
    a_postgres_database,
    as_role,
    open_database,
)

_numbers = itertools.count()
TENANT_TABLES = sorted(table.name for table in metadata.sorted_tables if table.info["tenant"])


@pytest.fixture
def url(postgres_socket: str, postgres_template: str) -> Iterator[str]:
    with a_postgres_database(postgres_socket, "walls", postgres_template) as address:
        yield address


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    yield opened
    opened.close()


def raw(url: str, *, role: str = PROGRAM) -> psycopg.Connection:
    return psycopg.connect(as_role(url, role).replace("+psycopg", ""))


def set_to(connection: psycopg.Connection, name: str, value: str) -> None:
    connection.execute("SELECT set_config(%s, %s, true)", (name, value))


def test_every_tenant_table_has_its_policies_and_obeys_them_for_its_owner_too(database: Database) -> None:
    with database.engine.connect() as connection:
        forced = connection.execute(
            text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY relname")
        ).scalars()
        policies = connection.execute(text("SELECT tablename, policyname FROM pg_policies")).all()

        assert list(forced) == TENANT_TABLES
    for name in TENANT_TABLES:
        deletes = {"system_deletes", "system_locks"} if metadata.tables[name].info["system_deletes"] else set()
        assert {policy for table, policy in policies if table == name} == {
            "workspace_rows",
            "system_reads",
            "release_rows",
            *deletes,
        }, name


def test_without_a_workspace_or_with_another_one_every_table_is_empty(url: str) -> None:
    with raw(url, role=SUPERUSER) as connection:
        connection.execute("SET session_replication_role = replica")  # rows without what their foreign keys name
        for table in TENANT_TABLES:
            _insert_something(connection, table, "ours")

    for role, table in itertools.product((PROGRAM, OWNER), TENANT_TABLES):
        with raw(url, role=role) as connection:
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
            for workspace, seen in {"": 0, "theirs": 0, "ours": 1}.items():
                set_to(connection, "accord.workspace", workspace)
                assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (seen,), table
            set_to(connection, "accord.workspace", "theirs")
            assert connection.execute(f"DELETE FROM {table}").rowcount == 0, table
            assert connection.execute(f"UPDATE {table} SET workspace_id = 'theirs'").rowcount == 0, table


def _insert_something(connection: psycopg.Connection, table: str, workspace: str) -> None:
    """A row with anything in it."""
    values = {"workspace_id": workspace, "id": "1"}
    fillers = {"boolean": "false", "bytea": "x", "jsonb": "{}", "integer": "1", "bigint": "1"}
    for name, kind, nullable in connection.execute(
        "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = %s", (table,)
    ).fetchall():
        if nullable == "NO" and name not in values:
            words = NOON.isoformat() if kind.startswith("timestamp") else f"x{next(_numbers)}"
            values[name] = fillers.get(kind, words)
    places = ", ".join(f"%({name})s" for name in values)
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", values)


def test_a_row_cannot_be_written_into_another_workspace_nor_moved_there(url: str, database: Database) -> None:
    ours, theirs = a_workspace(database), a_workspace(database)

    with raw(url) as connection:
        set_to(connection, "accord.workspace", ours)
        _insert_something(connection, "connection", ours)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"), connection.transaction():
            _insert_something(connection, "connection", theirs)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"), connection.transaction():
            connection.execute("UPDATE connection SET workspace_id = %s", (theirs,))
        assert connection.execute("SELECT workspace_id FROM connection").fetchall() == [(ours,)]


def test_a_workspace_that_was_named_is_forgotten_with_its_transaction(database: Database, url: str) -> None:
    """The pool gives the same connection to the next one."""
    at = connected(database)
    engine = open_engine(url, pool_size=1)
    product = Database(engine, MASTER_KEYS)
    with product.reading(at.workspace_id) as session:
        assert session.dialect == "postgresql"

    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM connection")).scalar_one() == 0
    engine.dispose()


def test_a_system_transaction_reads_but_writes_nothing_and_deletes_only_where_that_is_declared(
    url: str, database: Database
) -> None:
    at = connected(database)

    with raw(url) as connection:
        set_to(connection, "accord.session", "system")
        assert connection.execute("SELECT workspace_id FROM connection").fetchall() == [(at.workspace_id,)]
        assert connection.execute("UPDATE connection SET label = 'x'").rowcount == 0
        assert connection.execute("DELETE FROM connection").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
            _insert_something(connection, "plan", at.workspace_id)


def test_the_words_of_a_release_open_nothing_to_the_programs_role(url: str, database: Database) -> None:
    connected(database)

    for role, seen in {PROGRAM: 0, OWNER: 1}.items():
        with raw(url, role=role) as connection:
            set_to(connection, "accord.session", "release")
            assert connection.execute("SELECT count(*) FROM connection").fetchone() == (seen,)


def test_the_programs_role_cannot_take_the_wall_away(url: str) -> None:
    for statement in (
        "ALTER TABLE member DISABLE ROW LEVEL SECURITY",
        "DROP POLICY workspace_rows ON member",
        "UPDATE alembic_version SET version_num = '0000'",
        "CREATE TABLE mine (id int)",
    ):
        with raw(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_a_release_mends_what_is_missing_and_touches_nothing_that_is_there(url: str) -> None:
    with raw(url, role=OWNER) as connection:
        connection.execute("DROP POLICY workspace_rows ON member")
        connection.execute("CREATE POLICY somebodys ON outbox USING (true)")
        connection.execute("ALTER TABLE plan NO FORCE ROW LEVEL SECURITY")
    impatient = "&options=-c%20lock_timeout%3D500"  # milliseconds
    owner = Database(open_engine(as_role(url, OWNER) + impatient), MASTER_KEYS)
    program = open_engine(url)

    with pytest.raises(MisconfiguredError, match=r"missing on member, outbox, plan\. Run `accord release`"):
        require_released(program)
    upgrade(owner)
    require_released(program)
    with raw(url, role=PROGRAM) as reader:
        reader.execute("SELECT 1 FROM member")  # whoever alters a table now has to wait for this reader
        upgrade(owner)
    owner.close()
    program.dispose()


@pytest.mark.parametrize(("role", "words"), [(SUPERUSER, "superuser or has BYPASSRLS"), ("passes_by", "BYPASSRLS")])
def test_a_role_that_passes_the_policies_is_refused(url: str, role: str, words: str) -> None:
    with raw(url, role=SUPERUSER) as connection:
        connection.execute(
            "DO $$ BEGIN CREATE ROLE passes_by LOGIN BYPASSRLS; EXCEPTION WHEN duplicate_object THEN END $$"
        )
        connection.execute(f"GRANT {PROGRAM} TO passes_by")
    engine = open_engine(as_role(url, role))

    with pytest.raises(MisconfiguredError, match=words):
        require_released(engine)
    engine.dispose()


def test_a_program_that_owns_its_tables_is_held_by_them_too(url: str) -> None:
    """One role for everything, as small installations and some hosters have it."""
    a_workspace(open_owner := Database(open_engine(as_role(url, OWNER)), MASTER_KEYS))
    require_released(open_owner.engine)

    with open_owner.workspace(WorkspaceId(new_id(NOON))) as session:
        assert session.rows(plan.select()) == []
    open_owner.close()


def test_an_older_schema_is_refused_with_the_remedy(url: str) -> None:
    with raw(url, role=OWNER) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    engine = open_engine(url)

    with pytest.raises(MisconfiguredError, match="Run `accord release`"):
        require_released(engine)
    engine.dispose()


def test_the_owners_backup_holds_every_workspace(url: str, database: Database) -> None:
    """pg_dump refuses tables under forced policies until it is told what it is."""
    connected(database)
    environment = {"PGOPTIONS": "-c accord.session=release", "PATH": "/usr/bin:/bin"}
    address = as_role(url, OWNER).replace("+psycopg", "")

    dump = subprocess.run(
        [_program("pg_dump"), "--enable-row-security", "--data-only", "--table", "connection", address],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "integration@halden.example" in dump


def test_a_statement_of_a_session_that_names_no_workspace_at_all_still_sees_one_only(url: str) -> None:
    """What slipped past the wall in the program stands before the wall in the database."""
    product = Database(open_engine(url), MASTER_KEYS)
    ours, theirs = a_workspace(product), a_workspace(product)
    for workspace_id in (ours, theirs):
        with raw(url) as connection:
            set_to(connection, "accord.workspace", workspace_id)
            _insert_something(connection, "connection", workspace_id)

    with product.reading(ours) as session:
        assert session._connection.execute(text("SELECT workspace_id FROM connection")).all() == [(ours,)]
    with pytest.raises(DBAPIError), product.workspace(ours) as session:
        session._connection.execute(text("UPDATE connection SET workspace_id = :theirs"), {"theirs": theirs})
    product.close()
