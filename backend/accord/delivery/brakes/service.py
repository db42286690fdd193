"""Brakes are put on and released in one transaction with the line that says who did it."""

from datetime import datetime
from typing import Any

from accord.core.ids import ConnectionId, MemberId
from accord.delivery.brakes import store
from accord.delivery.brakes.model import Brake, BrakeKind, Brakes
from accord.delivery.brakes.rules import observed_until
from accord.infra.audit import Actor, Entry, record
from accord.infra.db import WorkspaceSession


def observe_first(session: WorkspaceSession, connection_id: ConnectionId, *, is_sandbox: bool, now: datetime) -> None:
    """Begins to observe an org that was connected just now; a sandbox is free at once."""
    until = observed_until(now, is_sandbox=is_sandbox)
    if until is not None:
        put_on(session, connection_id, BrakeKind.OBSERVED, Brake(now, until, by=None))


def put_on(session: WorkspaceSession, connection_id: ConnectionId, kind: BrakeKind, new: Brake) -> None:
    """Puts a brake on from `new.since` on, or moves its end. One that is on until then stays."""
    store.lock(session, connection_id)
    before = _of(store.load(session, connection_id, now=new.since), kind)
    if before is not None and before.until == new.until:
        return
    store.put_on(session, connection_id, kind, new)
    record(session, _line(connection_id, kind, before, new, by=new.by), now=new.since)


def release(
    session: WorkspaceSession, connection_id: ConnectionId, kind: BrakeKind, *, by: MemberId | None, now: datetime
) -> bool:
    """Releases a brake. False when it was off."""
    store.lock(session, connection_id)
    before = _of(store.load(session, connection_id, now=now), kind)
    if before is None:
        return False
    store.release(session, connection_id, kind, by=by, now=now)
    record(session, _line(connection_id, kind, before, None, by=by), now=now)
    return True


def _of(brakes: Brakes, kind: BrakeKind) -> Brake | None:
    return {
        BrakeKind.STOPPED: brakes.stopped,
        BrakeKind.OBSERVED: brakes.observed,
        BrakeKind.QUIET: brakes.quiet,
    }[kind]


def _line(
    connection_id: ConnectionId, kind: BrakeKind, old: Brake | None, new: Brake | None, *, by: MemberId | None
) -> Entry:
    """What the audit says of it."""
    actor = Actor.ACCORD if by is None else Actor.MEMBER
    return Entry(connection_id, f"brake.{kind.value}", actor, by, old=_shown(old), new=_shown(new))


def _shown(brake: Brake | None) -> dict[str, Any]:
    if brake is None:
        return {"on": False, "until": None}
    return {"on": True, "until": None if brake.until is None else brake.until.isoformat()}
