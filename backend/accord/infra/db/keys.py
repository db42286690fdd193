"""A key that one row takes: whoever comes second finds the row of the first, and makes nothing of his own."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, delete, select, tuple_

from accord.infra.db.session import SystemSession, WorkspaceSession


def take_or_find(
    session: WorkspaceSession,
    table: Table,
    values: Mapping[str, Any],
    *,
    key: Sequence[str],
    over: ColumnElement[bool],
) -> Row[Any] | None:
    """Inserts the row unless another has the same in the columns of the unique `key`; gives that other, or None.

    A row for which `over` holds counts no more. Whoever comes at the same time waits here until this transaction ends.
    """
    same = [table.c[name] == values[name] for name in key]
    while not session.insert_once(table, values):
        session.execute(delete(table).where(*same, over))
        holder = session.first(select(table).where(*same))
        if holder is not None:
            return holder
    return None


def forget_keys(session: SystemSession, table: Table, over: ColumnElement[bool]) -> int:
    """Deletes the rows of all workspaces for which `over` holds; gives their number.

    One that somebody is just now taking anew is left to him: waiting for it could be waiting for each other.
    """
    free = select(table.c.workspace_id, table.c.id).where(over).with_for_update(skip_locked=True)
    return session.execute(delete(table).where(tuple_(table.c.workspace_id, table.c.id).in_(free))).rowcount
