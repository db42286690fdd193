"""The writes of a run that are taken back: which are queued, what became of each; and old ones are forgotten."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, func, select, update

from accord.core.ids import ConnectionId
from accord.features.field_sync.sync.model import UndoState, Write, WriteState
from accord.features.field_sync.sync.store import field_sync_write, read_write
from accord.infra.db import SystemSession, WorkspaceSession

_C = field_sync_write.c


def _of_run(connection_id: ConnectionId, run_id: str) -> Select[tuple[object, ...]]:
    wanted: Select[tuple[object, ...]] = select(field_sync_write)
    return wanted.where(_C.connection_id == connection_id, _C.run_id == run_id, _C.state == WriteState.DONE.value)


def count_writes(session: WorkspaceSession, connection_id: ConnectionId, run_id: str) -> Mapping[str, int]:
    """How many writes of a run there were, by object."""
    counted = (
        select(_C.sobject, func.count().label("number"))
        .where(_C.connection_id == connection_id, _C.run_id == run_id, _C.state == WriteState.DONE.value)
        .group_by(_C.sobject)
    )
    return {row.sobject: row.number for row in session.rows(counted)}


def load_page(session: WorkspaceSession, connection_id: ConnectionId, run_id: str, *, limit: int) -> list[Write]:
    """The next writes that nobody has taken back yet: the last one first, so that a record goes back step by step."""
    wanted = _of_run(connection_id, run_id).where(_C.undo_state.is_(None))
    return [read_write(session, row) for row in session.rows(wanted.order_by(_C.id.desc()).limit(limit))]


def load_queued(session: WorkspaceSession, connection_id: ConnectionId, run_id: str) -> list[Write]:
    wanted = _of_run(connection_id, run_id).where(_C.undo_state == UndoState.QUEUED.value)
    return [read_write(session, row) for row in session.rows(wanted.order_by(_C.id.desc()))]


def has_queued(session: WorkspaceSession, connection_id: ConnectionId, run_id: str) -> bool:
    wanted = _of_run(connection_id, run_id).where(_C.undo_state == UndoState.QUEUED.value)
    return session.first(wanted.limit(1)) is not None


def set_states(session: WorkspaceSession, write_ids: Collection[str], state: UndoState) -> None:
    session.execute(update(field_sync_write).where(_C.id.in_(list(write_ids))).values(undo_state=state.value))


def set_kept(session: WorkspaceSession, write_id: str, kept: Mapping[str, str]) -> None:
    """Some fields of the write stay as they are: by row, why."""
    values = {"undo_state": UndoState.CHANGED_SINCE.value, "undo_kept": dict(kept)}
    session.execute(update(field_sync_write).where(_C.id == write_id).values(**values))


def load_kept(
    session: WorkspaceSession, connection_id: ConnectionId, run_id: str, *, after: str | None, limit: int
) -> Sequence[tuple[Write, Mapping[str, str]]]:
    """Writes of a run that were not taken back wholly, with the reason by row."""
    wanted = _of_run(connection_id, run_id).where(_C.undo_state == UndoState.CHANGED_SINCE.value)
    if after is not None:
        wanted = wanted.where(_C.id > after)
    rows = session.rows(wanted.order_by(_C.id).limit(limit))
    return [(read_write(session, row), row.undo_kept or {}) for row in rows]


def forget_writes(session: SystemSession, over: datetime) -> int:
    """Writes at `over` or before go, in every workspace; what they brought is still known, by whom is not."""
    return session.execute(delete(field_sync_write).where(_C.at <= over)).rowcount
