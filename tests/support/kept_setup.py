"""What an admin's set-up leaves in the database: written by the product once, and put into each later test's database.

Connecting an org and turning activity on costs a tenth of a second; a thousand tests begin with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, insert, select

from accord.features.connections.model import Connection, NewClient
from accord.infra.db import Database, metadata
from accord.infra.db.engine import WRITING
from accord.infra.db.tables import workspace


@dataclass(frozen=True, slots=True)
class SetUp:
    """The connection that an admin made, the client of its Flow credential, and the rows of both."""

    connection: Connection
    flow_client: NewClient
    rows: Sequence[tuple[Table, Sequence[Mapping[str, Any]]]]


_kept: list[SetUp] = []  # of this process; the first product makes it


def is_empty(database: Database) -> bool:
    """Nobody has set anything up here."""
    with database.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(workspace)).scalar_one() == 0


def set_up(database: Database, connect: Callable[[], tuple[Connection, NewClient]]) -> tuple[Connection, NewClient]:
    """Into an empty database: by `connect` the first time, by its rows from then on."""
    if not _kept:
        connection, flow_client = connect()
        _kept.append(SetUp(connection, flow_client, _rows_of(database)))
    else:
        _put(database, _kept[0].rows)
    return _kept[0].connection, _kept[0].flow_client


def _rows_of(database: Database) -> list[tuple[Table, Sequence[Mapping[str, Any]]]]:
    with database.engine.connect() as connection:
        found = [(table, connection.execute(select(table)).mappings().all()) for table in metadata.sorted_tables]
    return [(table, [dict(row) for row in rows]) for table, rows in found if rows]


def _put(database: Database, rows: Sequence[tuple[Table, Sequence[Mapping[str, Any]]]]) -> None:
    with database.engine.connect().execution_options(**WRITING) as connection, connection.begin():
        for table, values in rows:
            connection.execute(insert(table), list(values))
