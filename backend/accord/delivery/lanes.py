"""Queries of lanes: locking them, where they end, what stands at their head, who comes next."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, bindparam, func, select, update

from accord.core.ids import ConnectionId, IntentId, RecordId
from accord.delivery.model import State
from accord.delivery.store import HEADS, is_state, outbox
from accord.infra.db import WorkspaceSession

_CHUNK = 500

T = TypeVar("T")

_FOLD = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(state=State.FOLDED.value, payload=None, folded_into=bindparam("next_id"))
)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def lock_heads(session: WorkspaceSession, connection_id: ConnectionId, lanes: Sequence[str]) -> None:
    """Until the end of the transaction nobody else moves these lanes on.

    A lane without a head has nothing that could move; two who begin it at once are told apart by its unique numbers.
    Locks are taken in one order, so that two transactions do not wait for each other in a circle. SQLite needs none.
    """
    if session.dialect != "postgresql":
        return
    for chunk in chunks(sorted(lanes)):
        session.rows(
            select(outbox.c.id)
            .where(outbox.c.connection_id == connection_id, outbox.c.lane.in_(chunk), is_state(*HEADS))
            .order_by(outbox.c.lane)
            .with_for_update()
        )


def load_known(session: WorkspaceSession, intent_ids: Sequence[IntentId]) -> set[IntentId]:
    """Those of the ids that are in the outbox already."""
    return {
        row.id
        for chunk in chunks(intent_ids)
        for row in session.rows(select(outbox.c.id).where(outbox.c.id.in_(chunk)))
    }


def load_ends(session: WorkspaceSession, connection_id: ConnectionId, lanes: Sequence[str]) -> dict[str, int]:
    """The highest number in each lane that has rows."""
    return {
        row.lane: row.last
        for chunk in chunks(lanes)
        for row in session.rows(
            select(outbox.c.lane, func.max(outbox.c.seq).label("last"))
            .where(outbox.c.connection_id == connection_id, outbox.c.lane.in_(chunk))
            .group_by(outbox.c.lane)
        )
    }


def load_heads(session: WorkspaceSession, connection_id: ConnectionId, lanes: Sequence[str]) -> dict[str, Row[Any]]:
    """The head of each lane that has one."""
    return {
        row.lane: row
        for chunk in chunks(lanes)
        for row in session.rows(
            select(outbox).where(outbox.c.connection_id == connection_id, outbox.c.lane.in_(chunk), is_state(*HEADS))
        )
    }


def load_next(session: WorkspaceSession, connection_id: ConnectionId, lanes: Sequence[str]) -> dict[str, Row[Any]]:
    """The first waiting row of each lane that has one."""
    found = [
        row
        for chunk in chunks(lanes)
        for row in session.rows(
            select(outbox.c.lane, func.min(outbox.c.seq).label("first"))
            .where(outbox.c.connection_id == connection_id, outbox.c.lane.in_(chunk), is_state(State.WAITING))
            .group_by(outbox.c.lane)
        )
    ]
    firsts: Mapping[str, int] = {row.lane: row.first for row in found}
    return {
        row.lane: row
        for chunk in chunks(list(firsts))
        for row in session.rows(
            select(outbox).where(
                outbox.c.connection_id == connection_id,
                outbox.c.lane.in_(chunk),
                outbox.c.seq.in_(sorted({firsts[lane] for lane in chunk})),
                is_state(State.WAITING),
            )
        )
        if row.seq == firsts[row.lane]
    }


def load_last_waiting(
    session: WorkspaceSession, connection_id: ConnectionId, lanes: Sequence[str]
) -> dict[str, Row[Any]]:
    """The last waiting row of each lane that has one."""
    return {
        row.lane: row
        for chunk in chunks(lanes)
        for row in session.rows(
            select(outbox)
            .where(outbox.c.connection_id == connection_id, outbox.c.lane.in_(chunk), is_state(State.WAITING))
            .order_by(outbox.c.lane, outbox.c.seq)
        )
    }


def load_record_ids(
    session: WorkspaceSession, connection_id: ConnectionId, lanes: Sequence[str]
) -> dict[str, RecordId]:
    """The Salesforce id of each lane's record, where an earlier intent has learnt it."""
    return {
        row.lane: RecordId(row.record_id)
        for chunk in chunks(lanes)
        for row in session.rows(
            select(outbox.c.lane, func.max(outbox.c.record_id).label("record_id"))
            .where(
                outbox.c.connection_id == connection_id,
                outbox.c.lane.in_(chunk),
                is_state(State.DONE),
                outbox.c.record_id.is_not(None),
            )
            .group_by(outbox.c.lane)
        )
    }


def advance(session: WorkspaceSession, ids: Sequence[IntentId]) -> None:
    """Makes these waiting rows the heads of their lanes."""
    for chunk in chunks(ids):
        session.execute(update(outbox).where(outbox.c.id.in_(chunk)).values(state=State.READY.value))


def revive(session: WorkspaceSession, ids: Sequence[IntentId], *, now: datetime) -> None:
    """Gives these parked rows a new beginning."""
    for chunk in chunks(ids):
        session.execute(
            update(outbox)
            .where(outbox.c.id.in_(chunk), is_state(State.PARKED))
            .values(state=State.READY.value, run_at=now, attempts=0, first_refused_at=None)
        )


def fold_away(session: WorkspaceSession, folds: Mapping[IntentId, IntentId]) -> None:
    """These parked rows (keys) have gone on in others (values), and are no heads any longer."""
    session.execute_many(_FOLD, [{"row_id": before, "next_id": after} for before, after in folds.items()])
