"""Queries of lanes: locking them, where they end, what stands at their head, who comes next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, bindparam, func, select, update

from accord.core.ids import ConnectionId, IntentId, RecordId
from accord.delivery.model import Priority, State
from accord.delivery.store import HEADS, is_state, outbox
from accord.infra.db import WorkspaceSession

_CHUNK = 500

T = TypeVar("T")

_FOLD = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(state=State.FOLDED.value, payload=None, folded_into=bindparam("next_id"), finished_at=bindparam("at"))
)


_RESEAL = (
    update(outbox).where(outbox.c.id == bindparam("row_id"), is_state(State.READY)).values(payload=bindparam("sealed"))
)

_HOLD = update(outbox).where(outbox.c.id == bindparam("row_id")).values(run_at=bindparam("until"))

_HURRY = (
    update(outbox)
    .where(outbox.c.connection_id == bindparam("of_connection"), outbox.c.lane == bindparam("of_lane"))
    .where(is_state(State.WAITING, *HEADS))
    .values(priority=bindparam("rank"))
)


@dataclass(frozen=True, slots=True)
class LaneEnd:
    """Where a lane ends: its highest number, and until when a new head has to wait, if it has to."""

    seq: int
    fenced_until: datetime | None


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def lock_heads(session: WorkspaceSession, connection_id: ConnectionId, lanes: Sequence[str]) -> dict[str, Row[Any]]:
    """The head of each lane that has one. Until the end of the transaction nobody else moves these lanes on.

    A lane without a head has nothing that could move; two who begin it at once are told apart by its unique numbers.
    Locks are taken in one order, so that two transactions do not wait for each other in a circle. SQLite needs none.
    """
    if session.dialect != "postgresql":
        return load_heads(session, connection_id, lanes)
    while True:
        locked = {
            row.id
            for chunk in chunks(sorted(lanes))
            for row in session.rows(
                select(outbox.c.id)
                .where(outbox.c.connection_id == connection_id, outbox.c.lane.in_(chunk), is_state(*HEADS))
                .order_by(outbox.c.lane)
                .with_for_update()
            )
        }
        heads = load_heads(session, connection_id, lanes)
        # whoever was waited for may have put another head in its place, which the statement that waited has not seen
        # (PostgreSQL, READ COMMITTED: it looks again at the rows that it found, and at no others)
        if all(head.id in locked for head in heads.values()):
            return heads


def load_known(session: WorkspaceSession, intent_ids: Sequence[IntentId]) -> set[IntentId]:
    """Those of the ids that are in the outbox already."""
    return {
        row.id
        for chunk in chunks(intent_ids)
        for row in session.rows(select(outbox.c.id).where(outbox.c.id.in_(chunk)))
    }


def load_ends(session: WorkspaceSession, connection_id: ConnectionId, lanes: Sequence[str]) -> dict[str, LaneEnd]:
    """The ends of those lanes that have rows."""
    return {
        row.lane: LaneEnd(row.last, row.fenced_until)
        for chunk in chunks(lanes)
        for row in session.rows(
            select(
                outbox.c.lane,
                func.max(outbox.c.seq).label("last"),
                func.max(outbox.c.fenced_until).label("fenced_until"),
            )
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
                outbox.c.record_id.is_not(None),
            )
            .group_by(outbox.c.lane)
        )
    }


def load_fences(
    session: WorkspaceSession, connection_id: ConnectionId, lanes: Sequence[str], *, now: datetime
) -> dict[str, int]:
    """The number of the first row of each lane of which an unanswered try may still be carried out."""
    return {
        row.lane: row.first
        for chunk in chunks(lanes)
        for row in session.rows(
            select(outbox.c.lane, func.min(outbox.c.seq).label("first"))
            .where(outbox.c.connection_id == connection_id, outbox.c.lane.in_(chunk), outbox.c.fenced_until > now)
            .group_by(outbox.c.lane)
        )
    }


def advance(session: WorkspaceSession, ids: Sequence[IntentId]) -> None:
    """Makes these waiting rows the heads of their lanes."""
    for chunk in chunks(ids):
        session.execute(update(outbox).where(outbox.c.id.in_(chunk)).values(state=State.READY.value))


def hold(session: WorkspaceSession, until: Mapping[IntentId, datetime]) -> None:
    """These rows are not due before the given times."""
    session.execute_many(_HOLD, [{"row_id": row_id, "until": moment} for row_id, moment in until.items()])


def hurry(session: WorkspaceSession, connection_id: ConnectionId, lanes: Mapping[str, Priority]) -> None:
    """What stands before a write of a higher priority has that priority too."""
    rows = [{"of_connection": connection_id, "of_lane": lane, "rank": rank.value} for lane, rank in lanes.items()]
    session.execute_many(_HURRY, rows)


def revive(session: WorkspaceSession, ids: Sequence[IntentId], *, now: datetime) -> None:
    """Gives these parked rows a new beginning."""
    for chunk in chunks(ids):
        session.execute(
            update(outbox)
            .where(outbox.c.id.in_(chunk), is_state(State.PARKED))
            .values(state=State.READY.value, run_at=now, attempts=0, first_refused_at=None)
        )


def reseal(session: WorkspaceSession, payloads: Mapping[IntentId, bytes]) -> None:
    """These rows, as far as nobody has claimed them, are written with other fields from now on."""
    rows = [{"row_id": row_id, "sealed": sealed} for row_id, sealed in payloads.items()]
    session.execute_many(_RESEAL, rows)


def fold_away(session: WorkspaceSession, folds: Mapping[IntentId, IntentId], *, now: datetime) -> None:
    """These rows (keys) have gone on in others (values), and are no heads any longer."""
    rows = [{"row_id": before, "next_id": after, "at": now} for before, after in folds.items()]
    session.execute_many(_FOLD, rows)
