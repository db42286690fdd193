"""The table that joins a record of the org (a deal, say) to the intents that are about it, and its queries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Index, Row, Select, String, and_, case, delete, func, not_, select

from accord.core.ids import ConnectionId, IntentId, RecordId
from accord.core.written import WantedWrites
from accord.delivery.lanes import chunks
from accord.delivery.model import State
from accord.delivery.parts import READS
from accord.delivery.store import is_state, outbox
from accord.infra.db import SystemSession, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection

# its id is the intent's
record_intent = tenant_table(
    "record_intent",
    *belongs_to_connection(),
    Column("record_id", String(18), nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    Index("ix_record_intent_record", "workspace_id", "connection_id", "record_id", "id"),
    system_columns=frozenset({"noted_at"}),
    system_deletes=True,
)

ON_ITS_WAY = (State.WAITING, State.READY, State.IN_FLIGHT)
_JOINED = and_(outbox.c.workspace_id == record_intent.c.workspace_id, outbox.c.id == record_intent.c.id)


def note(
    session: WorkspaceSession,
    connection_id: ConnectionId,
    records: Mapping[IntentId, RecordId],
    *,
    now: datetime,
) -> None:
    session.insert_new(
        record_intent,
        [
            {"id": intent_id, "connection_id": connection_id, "record_id": record_id, "noted_at": now}
            for intent_id, record_id in records.items()
        ],
    )


def load_counts(
    session: WorkspaceSession, connection_id: ConnectionId, record_ids: Sequence[RecordId]
) -> Sequence[Row[Any]]:
    """For each record: how many of its intents are on their way, parked and done, and when the last one was done."""

    def number(*states: State) -> Any:
        return func.sum(case((is_state(*states), 1), else_=0))

    return [
        row
        for chunk in chunks(record_ids)
        for row in session.rows(
            select(
                record_intent.c.record_id,
                number(*ON_ITS_WAY).label("on_its_way"),
                number(State.PARKED).label("parked"),
                number(State.DONE).label("done"),
                func.max(outbox.c.finished_at).label("finished_at"),
            )
            .select_from(record_intent.join(outbox, _JOINED))
            .where(record_intent.c.connection_id == connection_id, record_intent.c.record_id.in_(chunk))
            .group_by(record_intent.c.record_id)
        )
    ]


def load_undone(
    session: WorkspaceSession, connection_id: ConnectionId, record_ids: Sequence[RecordId]
) -> Sequence[Row[Any]]:
    """The intents of these records that are parked or on their way, the oldest first."""
    return [
        row
        for chunk in chunks(record_ids)
        for row in session.rows(
            select(record_intent.c.record_id, outbox.c.id, outbox.c.state, outbox.c.advice)
            .select_from(record_intent.join(outbox, _JOINED))
            .where(
                record_intent.c.connection_id == connection_id,
                record_intent.c.record_id.in_(chunk),
                is_state(*ON_ITS_WAY, State.PARKED),
            )
            .order_by(outbox.c.put_at, outbox.c.id)
        )
    ]


def load_newest(
    session: WorkspaceSession, connection_id: ConnectionId, wanted: WantedWrites, left_out: Sequence[str]
) -> Sequence[Row[Any]]:
    """Intents of one record or of all, the newest first; without those that only read, and without what is over of the
    aspects `left_out`.
    """
    query = select(outbox).where(outbox.c.connection_id == connection_id, outbox.c.kind.not_in(READS))
    for aspect in left_out:
        query = query.where(not_(and_(is_state(State.DONE, State.FOLDED), outbox.c.lane.endswith(f"|{aspect}"))))
    if wanted.record_id is None:
        return session.rows(_first(query, outbox.c.id, wanted))
    # two questions with an index each, ordered by its last column: one question would go through the whole outbox
    of = query.where(outbox.c.record_id == wanted.record_id)
    about = query.join(record_intent, _JOINED).where(
        record_intent.c.connection_id == connection_id, record_intent.c.record_id == wanted.record_id
    )
    asked = (_first(of, outbox.c.id, wanted), _first(about, record_intent.c.id, wanted))
    found = {row.id: row for each in asked for row in session.rows(each)}
    return sorted(found.values(), key=lambda row: str(row.id), reverse=True)[: wanted.most]


def _first(query: Select[Any], by: ColumnElement[str], wanted: WantedWrites) -> Select[Any]:
    older = query if wanted.before is None else query.where(by < wanted.before)
    return older.order_by(by.desc()).limit(wanted.most)


def load_refused(
    session: WorkspaceSession, connection_id: ConnectionId, record_ids: Sequence[RecordId], codes: Collection[str]
) -> Sequence[Row[Any]]:
    """The intents of these records that wait for their next try after a refusal with one of these codes."""
    return [
        row
        for chunk in chunks(record_ids)
        for row in session.rows(
            select(outbox.c.id)
            .select_from(record_intent.join(outbox, _JOINED))
            .where(
                record_intent.c.connection_id == connection_id,
                record_intent.c.record_id.in_(chunk),
                is_state(State.READY),
                outbox.c.code.in_(codes),
            )
        )
    ]


def load_intents(
    session: WorkspaceSession, connection_id: ConnectionId, intent_ids: Sequence[IntentId]
) -> Sequence[Row[Any]]:
    return [
        row
        for chunk in chunks(intent_ids)
        for row in session.rows(select(outbox).where(outbox.c.connection_id == connection_id, outbox.c.id.in_(chunk)))
    ]


def next_standing(lane: str, seq: int) -> Select[Any]:
    """The next intent of a lane after this one that was not folded into a later one: a step in the key of lane and
    number, however long the lane.
    """
    mine = (outbox.c.lane == lane, outbox.c.seq > seq, outbox.c.state != State.FOLDED.value)
    return select(outbox).where(*mine).order_by(outbox.c.seq).limit(1)


def find_follower(session: WorkspaceSession, connection_id: ConnectionId, lane: str, seq: int) -> Row[Any] | None:
    """What a folded intent of this place has gone on in, where that is still there."""
    return session.first(next_standing(lane, seq).where(outbox.c.connection_id == connection_id))


def forget_noted(session: SystemSession, over: datetime) -> int:
    """Forgets which record an intent was about when that was noted at `over` or before, and it has long been done."""
    # PostgreSQL joins for "not exists"; for "not in" it would go through all that waits once for each row
    undone = select(outbox.c.id).where(_JOINED, is_state(*ON_ITS_WAY, State.PARKED)).exists()
    return session.execute(delete(record_intent).where(record_intent.c.noted_at <= over, ~undone)).rowcount
