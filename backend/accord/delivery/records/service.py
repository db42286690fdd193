"""How records of the org stand, and the wish to have one delivered now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from accord.core.ids import ConnectionId, IntentId, RecordId
from accord.delivery import pressing
from accord.delivery.gates import Behind, load_closed_gates
from accord.delivery.model import State
from accord.delivery.outbox import Outbox
from accord.delivery.records import store
from accord.infra.db import Database, WorkspaceSession

LOCKED: Final = ("ENTITY_IS_LOCKED",)  # by people: an approval, or somebody who locked the record
KEPT: Final = timedelta(days=90)  # after that, only what is not done yet is still known by its record


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the writes about one record, or of one write.

    `advice` is about the oldest parked one. `written_id` is the record that one write has made or changed.
    """

    on_its_way: int
    parked: int
    done: int
    last_done_at: datetime | None
    advice: str | None = None
    written_id: RecordId | None = None


def note_records(
    session: WorkspaceSession, connection_id: ConnectionId, records: Mapping[IntentId, RecordId], *, now: datetime
) -> None:
    """These intents are about these records. In the transaction that puts them."""
    store.note(session, connection_id, records, now=now)


def find_standings(
    session: WorkspaceSession, connection_id: ConnectionId, record_ids: Sequence[RecordId]
) -> dict[RecordId, Standing]:
    """How these records stand; one that no write is about is not in it."""
    advice: dict[str, str] = {}
    for row in store.load_undone(session, connection_id, record_ids):
        if row.state == State.PARKED:
            advice.setdefault(row.record_id, row.advice or "")
    return {
        RecordId(row.record_id): Standing(
            row.on_its_way, row.parked, row.done, row.finished_at, advice.get(row.record_id)
        )
        for row in store.load_counts(session, connection_id, record_ids)
    }


def find_writes(
    session: WorkspaceSession, connection_id: ConnectionId, intent_ids: Sequence[IntentId]
) -> dict[IntentId, Standing]:
    """How these writes stand; one that went on together with a later one stands as that one does."""
    rows = store.load_intents(session, connection_id, intent_ids)
    found = {}
    for row in rows:
        later = store.find_follower(session, connection_id, row.lane, row.seq) if row.state == State.FOLDED else None
        found[IntentId(row.id)] = _standing(later or row)
    return found


def _standing(row: Any) -> Standing:
    state = State(row.state)
    return Standing(
        on_its_way=int(state in store.ON_ITS_WAY),
        parked=int(state is State.PARKED),
        done=int(state is State.DONE),
        last_done_at=row.finished_at,
        advice=row.advice if state is State.PARKED else None,
        written_id=RecordId(row.record_id) if row.record_id else None,
    )


def find_stop(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> str | None:
    """Why nothing at all goes out until a person does something; None when that is not so."""
    gates = load_closed_gates(session, connection_id, now=now)
    shut = (Behind.CONNECTION, Behind.STOPPED)
    return next((gate.message for gate in gates if gate.behind in shut and gate.until is None), None)


def sync_now(
    session: WorkspaceSession,
    box: Outbox,
    connection_id: ConnectionId,
    record_ids: Sequence[RecordId],
    *,
    now: datetime,
) -> int:
    """What is parked about these records has a new beginning, what waits for its next try is due. Gives how many.

    Wake the worker after the commit.
    """
    undone = store.load_undone(session, connection_id, record_ids)
    parked = [IntentId(row.id) for row in undone if row.state == State.PARKED]
    waiting = [IntentId(row.id) for row in undone if row.state == State.READY]
    hurried = pressing.hurry(session, connection_id, waiting, now=now)
    return hurried + pressing.retry_these(session, box, connection_id, parked, now=now)


def hurry_locked(
    session: WorkspaceSession, connection_id: ConnectionId, record_ids: Sequence[RecordId], *, now: datetime
) -> int:
    """These records were changed in the org: what waits an hour because people had locked them is due now (W13). Gives
    how many that are.

    Wake the worker after the commit.
    """
    refused = store.load_refused(session, connection_id, record_ids, LOCKED)
    return pressing.hurry(session, connection_id, [IntentId(row.id) for row in refused], now=now)


def forget_old(database: Database, now: datetime) -> int:
    """Forgets which record was meant by what was done long ago, in every workspace. For a call every hour."""
    with database.system() as session:
        return store.forget_noted(session, now - KEPT)
