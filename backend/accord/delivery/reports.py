"""Queries for the admin's view: what is parked and why, what is behind, what became of one intent."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select

from accord.core.ids import ConnectionId, IntentId
from accord.delivery.lanes import chunks
from accord.delivery.model import ParkedOf, State
from accord.delivery.store import OutboxRow, attempt, is_state, outbox
from accord.infra.db import WorkspaceSession


def load_parked(session: WorkspaceSession, connection_id: ConnectionId, *, limit: int) -> Sequence[OutboxRow]:
    """The oldest parked rows."""
    return session.rows(
        select(outbox)
        .where(outbox.c.connection_id == connection_id, is_state(State.PARKED))
        .order_by(outbox.c.put_at, outbox.c.id)
        .limit(limit)
    )


def load_causes(session: WorkspaceSession, connection_id: ConnectionId) -> Sequence[OutboxRow]:
    """Parked rows by cause: code, recovery, sObject, how many, since when, and the id of one of them."""
    return session.rows(
        select(
            outbox.c.code,
            outbox.c.recovery,
            outbox.c.sobject,
            func.count().label("number"),
            func.min(outbox.c.first_refused_at).label("since"),
            func.min(outbox.c.id).label("example"),
        )
        .where(outbox.c.connection_id == connection_id, is_state(State.PARKED))
        .group_by(outbox.c.code, outbox.c.recovery, outbox.c.sobject)
        .order_by(func.count().desc(), outbox.c.code)
    )


def load_parked_lanes(session: WorkspaceSession, connection_id: ConnectionId, of: ParkedOf) -> Sequence[OutboxRow]:
    """Id and lane of the parked rows of one cause, or of all."""
    wanted = {
        outbox.c.code: of.code,
        outbox.c.sobject: of.sobject,
        outbox.c.recovery: of.recovery and of.recovery.value,
    }
    cause = [column == value for column, value in wanted.items() if value is not None]
    parked = select(outbox.c.id, outbox.c.lane).where(outbox.c.connection_id == connection_id, is_state(State.PARKED))
    return session.rows(parked.where(*cause))


def load_lanes(
    session: WorkspaceSession, connection_id: ConnectionId, ids: Sequence[IntentId], *states: State
) -> Sequence[OutboxRow]:
    """Id and lane of those of the intents that are in one of the states."""
    named = select(outbox.c.id, outbox.c.lane).where(outbox.c.connection_id == connection_id, is_state(*states))
    return [row for chunk in chunks(ids) for row in session.rows(named.where(outbox.c.id.in_(chunk)))]


def load_intent(session: WorkspaceSession, intent_id: IntentId) -> OutboxRow | None:
    return session.first(select(outbox).where(outbox.c.id == intent_id))


def load_intents(session: WorkspaceSession, ids: Sequence[IntentId]) -> Sequence[OutboxRow]:
    return [row for chunk in chunks(ids) for row in session.rows(select(outbox).where(outbox.c.id.in_(chunk)))]


def load_maker(session: WorkspaceSession, connection_id: ConnectionId, lane: str) -> OutboxRow | None:
    """The last row of this record that makes it; else the last one, which follows the login that made it."""
    return session.first(
        select(outbox)
        .where(outbox.c.connection_id == connection_id, outbox.c.lane == lane)
        .order_by(outbox.c.creates.desc(), outbox.c.seq.desc())
        .limit(1)
    )


def load_attempts(session: WorkspaceSession, intent_id: IntentId) -> Sequence[OutboxRow]:
    """Refused tries of one intent, in order."""
    return session.rows(select(attempt).where(attempt.c.outbox_id == intent_id).order_by(attempt.c.at, attempt.c.id))


def count_states(session: WorkspaceSession, connection_id: ConnectionId) -> Mapping[State, int]:
    counted: Select[tuple[str, int]] = (
        select(outbox.c.state, func.count().label("number"))
        .where(outbox.c.connection_id == connection_id)
        .group_by(outbox.c.state)
    )
    return {State(row.state): row.number for row in session.rows(counted)}


def count_state(session: WorkspaceSession, connection_id: ConnectionId, state: State) -> int:
    """How many stand so; for what is asked often, because it does not go through all that was ever done."""
    counted = select(func.count().label("number")).select_from(outbox)
    row = session.first(counted.where(outbox.c.connection_id == connection_id, is_state(state)))
    return 0 if row is None else int(row.number)


def oldest_undone(session: WorkspaceSession, connection_id: ConnectionId) -> datetime | None:
    """When the oldest intent that is still on its way was put."""
    row = session.first(
        select(func.min(outbox.c.put_at).label("put_at")).where(
            outbox.c.connection_id == connection_id, is_state(State.READY, State.WAITING, State.IN_FLIGHT)
        )
    )
    found: datetime | None = row.put_at if row else None
    return found
