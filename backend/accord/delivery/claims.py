"""Claims: a batch of rows in one worker's hands, under a lease that a dead worker loses.

Claims of one connection are made one after the other; rows that somebody is adding to are skipped on PostgreSQL, and
SQLite has one writer at a time. A claim is held by its id: who renews or
acknowledges it must find it still there.

Rows that may go in one call have the same batch, so that what stands behind a closed gate is left out batch by batch:
how many rows wait there costs a claim nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, delete, func, or_, select, update

from accord.core.ids import ClaimId, ConnectionId, WorkspaceId, new_id
from accord.delivery import lanes
from accord.delivery.allowance import load_served
from accord.delivery.gates import Health, lock_health
from accord.delivery.model import BATCH_SIZE, Priority, State
from accord.delivery.retry import LATEST_COMMIT, batch_limit
from accord.delivery.store import OBSERVED, STOPPED, WHOLE_CONNECTION, claim, gate, is_state, outbox, parts_of_batch
from accord.infra.db import SystemSession, WorkspaceSession


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
    served = load_served(session, connection_id, now=now)
    is_open = not health.closed_logins and not health.creates_closed
    batches = () if is_open else list(_open_batches(session, connection_id, health))
    for priority in served:
        if health.quiet and priority is not Priority.REP:
            continue
        due = _due(connection_id, priority, now)
        for batch in _oldest_batch(session, due) if is_open else _oldest_first(session, due, batches):
            rows = session.rows(due.where(outbox.c.batch == batch).limit(size).with_for_update(skip_locked=True))
            if rows:
                return rows
    return ()


def _due(connection_id: ConnectionId, priority: Priority, now: datetime) -> Select[Any]:
    return (
        select(outbox)
        .where(outbox.c.connection_id == connection_id, is_state(State.READY))
        .where(outbox.c.priority == priority.value, outbox.c.run_at <= now)
        .order_by(outbox.c.run_at, outbox.c.id)
    )


def _oldest_batch(session: WorkspaceSession, due: Select[Any]) -> list[str]:
    """The batch of the oldest row that nobody else is at."""
    first = session.first(due.with_only_columns(outbox.c.batch).limit(1).with_for_update(skip_locked=True))
    return [] if first is None else [first.batch]


def _oldest_first(session: WorkspaceSession, due: Select[Any], batches: Sequence[str]) -> list[str]:
    """Those of the batches that have due rows, in the order of their oldest ones."""
    oldest = due.with_only_columns(outbox.c.run_at, outbox.c.id).limit(1)
    firsts = [(session.first(oldest.where(outbox.c.batch == batch)), batch) for batch in batches]
    return [batch for _, batch in sorted((tuple(first), batch) for first, batch in firsts if first is not None)]


def _open_batches(session: WorkspaceSession, connection_id: ConnectionId, health: Health) -> Iterator[str]:
    """The batches that have ready rows and stand behind no closed gate: one step in their index for each there is."""
    ready = (outbox.c.connection_id == connection_id, is_state(State.READY))
    after = select(outbox.c.batch).where(*ready).order_by(outbox.c.batch).limit(1)
    found = session.first(after)
    while found is not None:
        login, is_create = parts_of_batch(found.batch)
        if login not in health.closed_logins and not (is_create and health.creates_closed):
            yield found.batch
        found = session.first(after.where(outbox.c.batch > found.batch))


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
