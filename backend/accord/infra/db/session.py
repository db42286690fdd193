"""The two kinds of database session. Neither can be opened in a way that mixes tenants."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Insert, Row, Select, Table, Update, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ClauseElement

from accord.core.ids import WorkspaceId
from accord.infra.db.away import saying_when_away
from accord.infra.db.engine import READING, WRITING
from accord.infra.db.row_security import SCOPE, SESSION, SYSTEM, WORKSPACE
from accord.infra.db.vault import SealContext, Vault
from accord.infra.db.wall import Filtered, TenancyError, check_system, tenant_tables
from accord.settings import Secret


class WorkspaceSession:
    """Sees the rows of one workspace. Every statement is narrowed here, every inserted row gets the workspace here."""

    def __init__(self, connection: Connection, workspace_id: WorkspaceId, vault: Vault) -> None:
        self._connection = connection
        self.workspace_id = workspace_id
        self._vault = vault

    def seal(self, table: Table, row: str, texts: Any) -> bytes:
        """Texts of people in a row, as they are stored: any JSON value; `row` is the row's id or other unique key.

        They open again in this workspace, table and row alone.
        """
        return self._vault.seal(self.workspace_id, json.dumps(texts, allow_nan=False), _texts_of(table, row))

    def open(self, table: Table, row: str, sealed: bytes) -> Any:
        """What was sealed of this row. Raises SealBrokenError when it is another row's, or was altered."""
        return json.loads(self._vault.open(self.workspace_id, sealed, _texts_of(table, row)))

    def _narrowed(self, statement: Filtered) -> Filtered:
        for table in tenant_tables(statement):
            statement = statement.where(table.c.workspace_id == self.workspace_id)
        return statement

    def execute(self, statement: Filtered) -> CursorResult[Any]:
        """Runs a select, update or delete, narrowed to this workspace."""
        return self._connection.execute(self._narrowed(statement))

    def execute_many(self, statement: Update, parameters: Sequence[Mapping[str, Any]]) -> None:
        """Runs an update, narrowed to this workspace, once for each set of parameters; for none it does nothing."""
        if not parameters:
            return
        if any("workspace_id" in each for each in parameters):
            raise TenancyError("a row keeps its workspace")
        self._connection.execute(self._narrowed(statement), list(parameters))

    @property
    def dialect(self) -> str:
        return self._connection.dialect.name

    def rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        return self.execute(statement).all()

    def first(self, statement: Select[Any]) -> Row[Any] | None:
        return self.execute(statement).first()

    def insert(self, table: Table, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
        """Inserts one row or many into a tenant table, in this workspace."""
        rows = [values] if isinstance(values, Mapping) else list(values)
        if rows:
            self._connection.execute(insert(table), [self._owned(table, row) for row in rows])

    def insert_once(self, table: Table, values: Mapping[str, Any]) -> bool:
        """Inserts the row unless one of the table's unique keys is taken. True when it was inserted."""
        dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(table).values(self._owned(table, values)).on_conflict_do_nothing()
        # on PostgreSQL the count of an INSERT is thrown away (it reads -1) unless it is asked for
        counted = statement.execution_options(preserve_rowcount=True)
        return self._connection.execute(counted).rowcount == 1

    def insert_new(self, table: Table, values: Sequence[Mapping[str, Any]]) -> int:
        """Inserts those of the rows that take no unique key that is taken. Gives their number."""
        if not values:
            return 0
        dialect = sqlite if self.dialect == "sqlite" else postgresql
        statement = dialect.insert(table).on_conflict_do_nothing()
        return self._connection.execute(statement, [self._owned(table, row) for row in values]).rowcount

    def insert_some(self, table: Table, values: Sequence[Mapping[str, Any]]) -> set[str]:
        """As `insert_new`. Gives the ids of those that were inserted."""
        if not values:
            return set()
        dialect = sqlite if self.dialect == "sqlite" else postgresql
        statement = dialect.insert(table).on_conflict_do_nothing().returning(table.c.id)
        return set(self._connection.scalars(statement, [self._owned(table, row) for row in values]))

    def _owned(self, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
        if not table.info.get("tenant"):
            raise TenancyError(f"{table.name} is no tenant table")
        if row.get("workspace_id", self.workspace_id) != self.workspace_id:
            raise TenancyError("a row of another workspace")
        if any(isinstance(value, ClauseElement) for value in row.values()):
            raise TenancyError("a row is made of values, not of expressions that could read elsewhere")
        return {**row, "workspace_id": self.workspace_id}


class SystemSession:
    """Sees system tables, and of tenant tables the columns that they open to it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> str:
        return self._connection.dialect.name

    def execute(self, statement: Filtered | Insert) -> CursorResult[Any]:
        """Runs a statement that touches nothing of a tenant but what is open to the system (see `check_system`)."""
        check_system(statement)
        return self._connection.execute(statement)

    def rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        return self.execute(statement).all()

    def first(self, statement: Select[Any]) -> Row[Any] | None:
        return self.execute(statement).first()


class Database:
    """Opens sessions. On SQLite one lock of the process is held from begin to commit of every writing one; on
    PostgreSQL each tells the policies of row-level security what it is, for as long as its transaction lasts.

    A session raises UnavailableError when the database is away, full or busy for too long; nothing of it is stored
    then, unless its very commit was cut off: that may have been done, wholly.
    """

    def __init__(self, engine: Engine, master_keys: tuple[tuple[str, Secret], ...]) -> None:
        self._engine = engine
        self.vault = Vault(self.system_reading, master_keys)
        self.dialect = engine.dialect.name
        self._write_lock = threading.Lock() if self.dialect == "sqlite" else None

    @property
    def engine(self) -> Engine:
        """For what works on the whole: migrations, and what a start checks."""
        return self._engine

    @contextmanager
    def _writing(self, scope: Mapping[str, str]) -> Iterator[Connection]:
        if self._write_lock is None:
            with saying_when_away(writes=True), self._engine.begin() as connection:
                connection.execute(SCOPE, scope)
                yield connection
            return
        with (
            saying_when_away(),
            self._write_lock,
            self._engine.connect().execution_options(**WRITING) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _reading(self, scope: Mapping[str, str]) -> Iterator[Connection]:
        with (
            saying_when_away(),
            self._engine.connect().execution_options(**READING) as connection,
            connection.begin(),
        ):
            if self._write_lock is None:
                connection.execute(SCOPE, scope)
            yield connection

    @contextmanager
    def workspace(self, workspace_id: WorkspaceId) -> Iterator[WorkspaceSession]:
        """A writing session of one workspace: committed at the end, rolled back by an exception."""
        with self._writing(_workspace_scope(workspace_id)) as connection:
            yield WorkspaceSession(connection, workspace_id, self.vault)

    @contextmanager
    def reading(self, workspace_id: WorkspaceId) -> Iterator[WorkspaceSession]:
        """A session of one workspace that can only read; on SQLite it waits for nobody."""
        with self._reading(_workspace_scope(workspace_id)) as connection:
            yield WorkspaceSession(connection, workspace_id, self.vault)

    @contextmanager
    def system(self) -> Iterator[SystemSession]:
        """A writing session that belongs to no workspace."""
        with self._writing(_SYSTEM_SCOPE) as connection:
            yield SystemSession(connection)

    @contextmanager
    def system_reading(self) -> Iterator[SystemSession]:
        """A session that belongs to no workspace and can only read; on SQLite it waits for nobody."""
        with self._reading(_SYSTEM_SCOPE) as connection:
            yield SystemSession(connection)

    def close(self) -> None:
        self._engine.dispose()


def _texts_of(table: Table, row: str) -> SealContext:
    return SealContext(table=table.name, connection_id="", user_id="", purpose=f"texts of {row}")


_SYSTEM_SCOPE = {"name": SESSION, "value": SYSTEM}


def _workspace_scope(workspace_id: WorkspaceId) -> Mapping[str, str]:
    if not workspace_id:
        raise TenancyError("a session needs a workspace")
    return {"name": WORKSPACE, "value": workspace_id}
