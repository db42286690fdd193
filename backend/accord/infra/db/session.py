"""The two kinds of database session. Neither can be opened in a way that mixes tenants."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, CursorResult, Delete, Engine, Row, Select, Table, Update, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import ClauseElement

from accord.core.ids import WorkspaceId
from accord.infra.db.engine import WRITING

Filtered = Select[Any] | Update | Delete


class TenancyError(Exception):
    """A statement would have reached past its workspace. This is a fault of the program."""


def _tables(statement: ClauseElement) -> set[Table]:
    return {element for element in visitors.iterate(statement) if isinstance(element, Table)} | {
        element.table
        for element in visitors.iterate(statement)
        if isinstance(element, Column) and isinstance(element.table, Table)
    }


def _tenant_tables(statement: ClauseElement) -> set[Table]:
    return {table for table in _tables(statement) if table.info.get("tenant")}


class WorkspaceSession:
    """Sees the rows of one workspace. Every statement is narrowed here, every inserted row gets the workspace here."""

    def __init__(self, connection: Connection, workspace_id: WorkspaceId) -> None:
        self._connection = connection
        self.workspace_id = workspace_id

    def _narrowed(self, statement: Filtered) -> Filtered:
        tables = _tenant_tables(statement)
        if isinstance(statement, Select):
            outer = {
                table
                for source in statement.get_final_froms()
                for table in visitors.iterate(source)
                if isinstance(table, Table)
            }
        else:
            outer = {table for table in (statement.table,) if isinstance(table, Table)}
        if tables - outer:
            names = ", ".join(sorted(table.name for table in tables - outer))
            raise TenancyError(f"{names}: join tenant tables at the top of a statement, not in a nested one")
        for table in sorted(tables, key=lambda found: found.name):
            statement = statement.where(table.c.workspace_id == self.workspace_id)
        return statement

    def execute(self, statement: Filtered) -> CursorResult[Any]:
        """Runs a select, update or delete, narrowed to this workspace."""
        return self._connection.execute(self._narrowed(statement))

    def execute_many(self, statement: Update, parameters: Sequence[Mapping[str, Any]]) -> None:
        """Runs an update, narrowed to this workspace, once for each set of parameters; for none it does nothing."""
        if parameters:
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

    def _owned(self, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
        if not table.info.get("tenant"):
            raise TenancyError(f"{table.name} is no tenant table")
        if row.get("workspace_id", self.workspace_id) != self.workspace_id:
            raise TenancyError("a row of another workspace")
        return {**row, "workspace_id": self.workspace_id}


class SystemSession:
    """Sees system tables, and of tenant tables the columns that they open to it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> str:
        return self._connection.dialect.name

    def execute(self, statement: ClauseElement) -> CursorResult[Any]:
        """Runs any statement whose tenant columns are all open to the system."""
        for element in visitors.iterate(statement):
            if not isinstance(element, Column) or not isinstance(element.table, Table):
                continue
            table = element.table
            if table.info.get("tenant") and element.name not in table.info["system_columns"]:
                raise TenancyError(f"{table.name}.{element.name} is not open to a system session")
        return self._connection.execute(statement)  # type: ignore[call-overload, no-any-return]

    def rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        return self.execute(statement).all()

    def first(self, statement: Select[Any]) -> Row[Any] | None:
        return self.execute(statement).first()


class Database:
    """Opens sessions. On SQLite one lock of the process is held from begin to commit of every writing one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.dialect = engine.dialect.name
        self._write_lock = threading.Lock() if self.dialect == "sqlite" else None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._write_lock is None:
            with self.engine.begin() as connection:
                yield connection
            return
        with self._write_lock, self.engine.connect().execution_options(**WRITING) as connection, connection.begin():
            yield connection

    @contextmanager
    def workspace(self, workspace_id: WorkspaceId) -> Iterator[WorkspaceSession]:
        """A writing session of one workspace: committed at the end, rolled back by an exception."""
        _refuse_nothing(workspace_id)
        with self._writing() as connection:
            yield WorkspaceSession(connection, workspace_id)

    @contextmanager
    def reading(self, workspace_id: WorkspaceId) -> Iterator[WorkspaceSession]:
        """A session of one workspace that only reads; on SQLite it waits for nobody."""
        _refuse_nothing(workspace_id)
        with self.engine.connect() as connection, connection.begin():
            yield WorkspaceSession(connection, workspace_id)

    @contextmanager
    def system(self) -> Iterator[SystemSession]:
        """A writing session that belongs to no workspace."""
        with self._writing() as connection:
            yield SystemSession(connection)

    @contextmanager
    def system_reading(self) -> Iterator[SystemSession]:
        """A session that belongs to no workspace and only reads; on SQLite it waits for nobody."""
        with self.engine.connect() as connection, connection.begin():
            yield SystemSession(connection)

    def ping(self) -> None:
        """Raises when the database does not answer."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")

    def close(self) -> None:
        self.engine.dispose()


def _refuse_nothing(workspace_id: WorkspaceId) -> None:
    if not workspace_id:
        raise TenancyError("a session needs a workspace")
