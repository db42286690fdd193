"""What a statement may touch, found by one walk through it before it runs.

A statement is a tree of tables, their columns and values. What the walk could not see through is refused: text, other
names for tables, derived tables.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Delete, Insert, Join, Select, Table, Update
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import ClauseElement, ColumnClause, Label, NamedColumn, TextClause
from sqlalchemy.sql.functions import FunctionElement, count
from sqlalchemy.sql.selectable import FromClause, SelectBase

Filtered = Select[Any] | Update | Delete

_CONSTANT = re.compile(r"'[A-Za-z_]*'")  # a word that must stand in the statement itself, for a partial index


class TenancyError(Exception):
    """A statement would have reached past its workspace. This is a fault of the program."""


def _parts(statement: ClauseElement) -> Iterator[object]:
    """Every element of the statement. Raises TenancyError at one whose reach cannot be told."""
    stars: set[int] = set()
    for element in visitors.iterate(statement):
        if isinstance(element, count):
            stars.update(id(inner) for inner in element.clauses)  # count(*) has a literal star
        elif isinstance(element, TextClause):
            raise TenancyError("raw text in a statement")
        elif isinstance(element, NamedColumn) and not isinstance(element, (Label, Column)):
            known = isinstance(element, ColumnClause) and element.is_literal and _CONSTANT.fullmatch(element.name)
            if not known and id(element) not in stars:
                raise TenancyError(f"{element.name}: name columns by their table")
        elif isinstance(element, FromClause) and not isinstance(element, (Table, Join, FunctionElement)):
            raise TenancyError(f"{type(element).__name__}: only tables and joins of tables are sources")
        yield element


def _new_values(statement: Update | Insert) -> set[str]:
    """The names of the columns that get a value. SQLAlchemy has no public way to ask."""
    keys = [*(statement._values or ()), *(name for name, _ in getattr(statement, "_ordered_values", None) or ())]  # noqa: SLF001
    return {getattr(key, "name", str(key)) for key in keys}


def tenant_tables(statement: Filtered) -> Sequence[Table]:
    """The tables of a workspace's statement, by name; each has to be narrowed.

    Raises TenancyError when the statement touches anything but tables of tenants, nests another statement, or moves
    rows to another workspace.
    """
    if not isinstance(statement, (Select, Update, Delete)):
        raise TenancyError("a workspace session runs selects, updates and deletes")
    tables: set[Table] = set()
    for element in _parts(statement):
        if isinstance(element, Table):
            tables.add(element)
        elif isinstance(element, Column):
            tables.add(_table_of(element))
        elif isinstance(element, SelectBase) and element is not statement:
            raise TenancyError(f"{_names(element)}: join tables at the top of a statement, not in a nested one")
    for table in tables:
        if not table.info.get("tenant"):
            raise TenancyError(f"{table.name} is no tenant table")
    if isinstance(statement, Update) and "workspace_id" in _new_values(statement):
        raise TenancyError("a row keeps its workspace")
    if not isinstance(statement, Select):
        _check_kept(statement)
    return sorted(tables, key=lambda table: table.name)


def _check_kept(statement: Update | Delete) -> None:
    """Raises TenancyError where rows would change or go that are only added to."""
    table = statement.table
    forgets = isinstance(statement, Delete) and statement.get_execution_options().get("forgets") is True
    if isinstance(table, Table) and table.info["append_only"] and not forgets:
        raise TenancyError(f"{table.name} is only added to")


def check_system(statement: Filtered | Insert) -> None:
    """Raises TenancyError unless the statement keeps to system tables and, of tenant tables, to their open columns.

    Rows of tenants are not inserted or updated here at all, and deleted only from tables that say so.
    """
    if not isinstance(statement, (Select, Update, Delete, Insert)):
        raise TenancyError("a system session runs selects, updates, deletes and inserts")
    for element in _parts(statement):
        if isinstance(element, Column):
            _check_open(element)
        elif isinstance(element, SelectBase):
            for column in element.selected_columns:
                _check_open(column)
    if not isinstance(statement, Select):
        _check_written(statement)


def _check_written(statement: Update | Delete | Insert) -> None:
    table = statement.table
    if not isinstance(table, Table):
        raise TenancyError("only a table can be written to")
    if table.info.get("tenant") and not (isinstance(statement, Delete) and table.info["system_deletes"]):
        raise TenancyError(f"{table.name}: a system session does not write rows of tenants")
    for column in statement.exported_columns:  # what RETURNING gives
        _check_open(column)
    if isinstance(statement, Insert) and (statement.select is not None or statement._multi_values):  # noqa: SLF001
        raise TenancyError(f"{table.name}: insert plain rows, one by one or as parameters")


def _check_open(column: object) -> None:
    if not isinstance(column, Column):
        return  # an expression: the walk comes to its columns by itself
    table = _table_of(column)
    if table.info.get("tenant") and column.name not in table.info["system_columns"]:
        raise TenancyError(f"{table.name}.{column.name} is not open to a system session")


def _table_of(column: Column[Any]) -> Table:
    if not isinstance(column.table, Table):
        raise TenancyError(f"{column.name}: name columns by their table")
    return column.table


def _names(statement: SelectBase) -> str:
    found = {element.name for element in visitors.iterate(statement) if isinstance(element, Table)}
    return ", ".join(sorted(found)) or "a nested statement"
