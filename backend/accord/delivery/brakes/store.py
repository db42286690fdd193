"""Brakes lie among the gates of deliveries, so that every claim of every process reads them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update

from accord.core.ids import ConnectionId, MemberId, new_id
from accord.delivery.brakes.model import Brake, BrakeKind, Brakes, Waiting
from accord.delivery.model import State
from accord.delivery.store import OBSERVED, QUIET, STOPPED, gate, is_state, outbox
from accord.infra.db import WorkspaceSession

_KEYS: Final = {BrakeKind.STOPPED: STOPPED, BrakeKind.OBSERVED: OBSERVED, BrakeKind.QUIET: QUIET}
_KINDS: Final = {key: kind for kind, key in _KEYS.items()}
_WORDS: Final = {
    BrakeKind.STOPPED: "An admin has stopped everything that Accord writes to this org.",
    BrakeKind.OBSERVED: "This org is only observed at first.",
    BrakeKind.QUIET: "Accord keeps quiet while data is loaded.",
}


def load(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> Brakes:
    """The brakes that are on."""
    found = select(gate).where(gate.c.connection_id == connection_id, gate.c.login_key.in_(list(_KINDS)))
    on = {
        _KINDS[row.login_key]: Brake(
            row.changed_at, row.closed_until, MemberId(row.changed_by) if row.changed_by else None
        )
        for row in session.rows(found)
        if row.needs_person or (row.closed_until is not None and row.closed_until > now)
    }
    return Brakes(on.get(BrakeKind.STOPPED), on.get(BrakeKind.OBSERVED), on.get(BrakeKind.QUIET))


def put_on(session: WorkspaceSession, connection_id: ConnectionId, kind: BrakeKind, brake: Brake) -> None:
    """Puts a brake on, in the place of an earlier one."""
    values = {
        "closed_until": brake.until,
        "needs_person": brake.until is None,
        "code": f"BRAKE_{kind.value.upper()}",
        "message": _WORDS[kind],
        "changed_at": brake.since,
        "changed_by": brake.by,
    }
    _set(session, connection_id, kind, values, now=brake.since)


def release(
    session: WorkspaceSession, connection_id: ConnectionId, kind: BrakeKind, *, by: MemberId | None, now: datetime
) -> None:
    values = {"closed_until": None, "needs_person": False, "code": None, "message": None, "changed_by": by}
    _set(session, connection_id, kind, {**values, "changed_at": now}, now=now)


def _set(
    session: WorkspaceSession,
    connection_id: ConnectionId,
    kind: BrakeKind,
    values: Mapping[str, object],
    *,
    now: datetime,
) -> None:
    key = {"connection_id": connection_id, "login_key": _KEYS[kind]}
    if not session.insert_once(gate, {"id": new_id(now), "failures": 0, **key, **values}):
        same = (gate.c.connection_id == connection_id, gate.c.login_key == _KEYS[kind])
        session.execute(update(gate).where(*same).values(values))


def lock(session: WorkspaceSession, connection_id: ConnectionId) -> None:
    """Waits for whoever changes a brake or makes a claim of this connection at this moment."""
    session.rows(
        select(gate.c.id).where(gate.c.connection_id == connection_id).order_by(gate.c.login_key).with_for_update()
    )


def load_waiting(session: WorkspaceSession, connection_id: ConnectionId) -> Sequence[Waiting]:
    """What is in the outbox and not written yet, by object and kind, the most frequent first."""
    counted = (
        select(outbox.c.sobject, outbox.c.kind, outbox.c.creates, func.count().label("number"))
        .where(outbox.c.connection_id == connection_id, is_state(State.READY, State.WAITING))
        .group_by(outbox.c.sobject, outbox.c.kind, outbox.c.creates)
        .order_by(func.count().desc(), outbox.c.sobject, outbox.c.kind)
    )
    return [Waiting(row.sobject, row.kind, row.creates, row.number) for row in session.rows(counted)]
