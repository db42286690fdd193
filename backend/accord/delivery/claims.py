"""Claims: a batch of rows in one worker's hands, under a lease that a dead worker loses.

Claims of one connection are made one after the other; rows that somebody is adding to are skipped on PostgreSQL, and
SQLite has one writer at a time. A claim is held by its id: who renews or
acknowledges it must find it still there.

Rows that may go in one call have the same batch, so that what stands behind a closed gate is left out batch by batch:
how many rows wait there costs a claim nothing. Where batches are many, because rows that spoiled a call are tried each
by itself, it is left out row by row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, and_, delete, func, or_, select, update

from accord.core.ids import ClaimId, ConnectionId, WorkspaceId, new_id
from accord.delivery import lanes
from accord.delivery.allowance import load_served
from accord.delivery.gates import Health, lock_health
from accord.delivery.model import BATCH_SIZE, Priority, State
from accord.delivery.retry import LATEST_COMMIT, batch_limit
from accord.delivery.store import OBSERVED, STOPPED, WHOLE_CONNECTION, claim, gate, is_state, outbox, parts_of_batch
from accord.infra.db import SystemSession, WorkspaceSession

MOST_BATCHES: Final = 100


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """Who claims and on which terms: `limit` rows a call, `parallel` calls of one connection at a time.

    `fence` is how long the last call of a worker that died may still be committed.
    """

    worker: str
    lease: timedelta
    limit: int = BATCH_SIZE
    parallel: int = 5
    fence: timedelta = LATEST_COMMIT


@dataclass(frozen=True, slots=True)
class TakenBatch:
    """Claimed rows as they lie in the table, their fields still sealed. `failures`: failed calls before this one."""

    id: ClaimId
    rows: Sequence[Row[Any]]
    record_ids: Mapping[str, str]
    leased_until: datetime
    failures: int


def claim_batch(
    session: WorkspaceSession,
    connection_id: ConnectionId,
    terms: ClaimTerms,
    *,
    now: datetime,
) -> TakenBatch | None:
    """Takes the oldest due rows that one call can carry; None when nothing is due, or may be served now."""
    # before the gates: it may wait for rows, who holds gates may not
    give_back_expired(session, connection_id, now=now, fence=terms.fence)
    health = lock_health(session, connection_id, now=now)
    if health.closed or _count_claims(session, connection_id) >= terms.parallel:
        return None
    size = batch_limit(terms.limit, failures=health.failures)
    rows = _oldest_due(session, connection_id, health, size=size, now=now)
    if not rows:
        return None
    claim_id = ClaimId(new_id(now))
    leased_until = now + terms.lease
    session.insert(
        claim,
        {
            "id": claim_id,
            "connection_id": connection_id,
            "worker": terms.worker,
            "taken_at": now,
            "leased_until": leased_until,
        },
    )
    session.execute(
        update(outbox)
        .where(outbox.c.id.in_([row.id for row in rows]))
        .values(state=State.IN_FLIGHT.value, claim_id=claim_id)
    )
    later = [row.lane for row in rows if not row.creates]
    record_ids = lanes.load_record_ids(session, connection_id, later)
    return TakenBatch(claim_id, rows, record_ids, leased_until, health.failures)


def _oldest_due(
    session: WorkspaceSession, connection_id: ConnectionId, health: Health, *, size: int, now: datetime
) -> Sequence[Row[Any]]:
    """Rows that one call can carry, of the highest priority that has any and may make calls."""
    all_served = load_served(session, connection_id, now=now)
    served = [one for one in all_served if one is Priority.REP or not health.quiet]
    is_any_closed = bool(health.closed_logins) or health.creates_closed
    turns = _past_closed_gates(session, connection_id, health, served, now) if is_any_closed else None
    for priority, batch in _in_order(session, connection_id, health, served, now) if turns is None else turns:
        due = _due(connection_id, now).where(outbox.c.priority == priority, outbox.c.batch == batch)
        rows = session.rows(due.order_by(*_AGE).limit(size).with_for_update(skip_locked=True))
        if rows:
            return rows
    return ()


_AGE = (outbox.c.run_at, outbox.c.id)


def _due(connection_id: ConnectionId, now: datetime) -> Select[Any]:
    return select(outbox).where(outbox.c.connection_id == connection_id, is_state(State.READY), outbox.c.run_at <= now)


def _in_order(
    session: WorkspaceSession, connection_id: ConnectionId, health: Health, served: Sequence[Priority], now: datetime
) -> Iterator[tuple[int, str]]:
    """Priority and batch of the oldest row that may be served and nobody else is at, of each priority."""
    batches = _due(connection_id, now).with_only_columns(outbox.c.batch).order_by(*_AGE).limit(1)
    if health.closed_logins:
        batches = batches.where(outbox.c.login_key.not_in(health.closed_logins))
    if health.creates_closed:
        batches = batches.where(outbox.c.creates.is_(False))
    for priority in served:
        first = session.first(batches.where(outbox.c.priority == priority.value).with_for_update(skip_locked=True))
        if first is not None:
            yield priority.value, first.batch


def _past_closed_gates(
    session: WorkspaceSession, connection_id: ConnectionId, health: Health, served: Sequence[Priority], now: datetime
) -> list[tuple[int, str]] | None:
    """Priority and batch of the oldest row of each batch that may be served, the oldest first: one step in the index
    of batches for each there is, however many rows wait. None where there are MOST_BATCHES or more.
    """
    ranks = [one.value for one in served]
    by_rank = (outbox.c.batch, outbox.c.priority, *_AGE)
    ready = select(*by_rank).where(outbox.c.connection_id == connection_id, is_state(State.READY))
    ready = ready.order_by(*by_rank).limit(1)
    oldest: list[tuple[int, datetime, str, str]] = []
    first = session.first(ready)
    for _ in range(MOST_BATCHES):
        if first is None:
            return [(priority, batch) for priority, _, _, batch in sorted(oldest)]
        batch = first.batch
        if _is_open(batch, health):
            is_due = first.priority in ranks and first.run_at <= now
            due = ready.where(outbox.c.batch == batch, outbox.c.priority.in_(ranks), outbox.c.run_at <= now)
            found = first if is_due else session.first(due)
            if found is not None:
                oldest.append((found.priority, found.run_at, found.id, batch))
        first = session.first(ready.where(outbox.c.batch > batch))
    return None


def _is_open(batch: str, health: Health) -> bool:
    login, is_create = parts_of_batch(batch)
    return login not in health.closed_logins and not (is_create and health.creates_closed)


def _count_claims(session: WorkspaceSession, connection_id: ConnectionId) -> int:
    found = session.first(select(func.count()).select_from(claim).where(claim.c.connection_id == connection_id))
    return int(found[0]) if found else 0


def renew(session: WorkspaceSession, claim_id: ClaimId, *, until: datetime) -> bool:
    """Prolongs the lease while a call takes its time. False when the claim was lost meanwhile."""
    return session.execute(update(claim).where(claim.c.id == claim_id).values(leased_until=until)).rowcount == 1


def release(session: WorkspaceSession, claim_id: ClaimId) -> bool:
    """Ends the claim, so that its holder may write down what became of the rows. False when it was lost: hands off."""
    return session.execute(delete(claim).where(claim.c.id == claim_id)).rowcount == 1


def give_back_expired(
    session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime, fence: timedelta
) -> int:
    """Rows of dead workers are ready again, in doubt: nobody knows whether they were sent. Gives their number."""
    expired = [
        row.id
        for row in session.rows(
            select(claim.c.id)
            .where(claim.c.connection_id == connection_id, claim.c.leased_until <= now)
            .with_for_update(skip_locked=True)
        )
    ]
    if not expired:
        return 0
    session.execute(delete(claim).where(claim.c.id.in_(expired)))
    lost = and_(outbox.c.connection_id == connection_id, is_state(State.IN_FLIGHT), outbox.c.claim_id.in_(expired))
    # locked in the order that everybody keeps
    session.rows(select(outbox.c.id).where(lost).order_by(outbox.c.lane).with_for_update())
    return session.execute(
        update(outbox)
        .where(lost)
        .values(state=State.READY.value, claim_id=None, in_doubt=True, fenced_until=now + fence)
    ).rowcount


def find_connections(session: SystemSession) -> list[tuple[WorkspaceId, ConnectionId]]:
    """The connections that have ever had something to deliver."""
    found = session.rows(select(gate.c.workspace_id, gate.c.connection_id).where(gate.c.login_key == WHOLE_CONNECTION))
    return [(WorkspaceId(row.workspace_id), ConnectionId(row.connection_id)) for row in found]


def find_due(session: SystemSession, *, now: datetime) -> list[tuple[WorkspaceId, ConnectionId]]:
    """The connections that have something to do now: due rows, or claims of dead workers; none that is stopped or
    observed.
    """
    shut = or_(gate.c.needs_person.is_(True), gate.c.closed_until > now)
    braked = select(gate.c.workspace_id, gate.c.connection_id).where(gate.c.login_key.in_([STOPPED, OBSERVED]), shut)
    waiting = {(row.workspace_id, row.connection_id) for row in session.rows(braked)}
    same = and_(outbox.c.workspace_id == gate.c.workspace_id, outbox.c.connection_id == gate.c.connection_id)
    any_priority = outbox.c.priority.in_([each.value for each in Priority])  # the index begins with it
    ready = select(outbox.c.id).where(same, is_state(State.READY), any_priority, outbox.c.run_at <= now).exists()
    same_claim = and_(claim.c.workspace_id == gate.c.workspace_id, claim.c.connection_id == gate.c.connection_id)
    expired = select(claim.c.id).where(same_claim, claim.c.leased_until <= now).exists()
    found = session.rows(
        select(gate.c.workspace_id, gate.c.connection_id).where(
            gate.c.login_key == WHOLE_CONNECTION,
            gate.c.needs_person.is_(False),
            or_(gate.c.closed_until.is_(None), gate.c.closed_until <= now),
            or_(ready, expired),
        )
    )
    return [
        (WorkspaceId(row.workspace_id), ConnectionId(row.connection_id))
        for row in found
        if (row.workspace_id, row.connection_id) not in waiting
    ]
