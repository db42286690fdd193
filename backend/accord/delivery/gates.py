"""Gates: what keeps a whole connection, its new records or one login from being served, since when, until when, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select, update

from accord.core.ids import ConnectionId, MemberId, new_id
from accord.core.outcomes import Recovery
from accord.delivery.model import Cause
from accord.delivery.store import CREATES, OBSERVED, QUIET, STOPPED, WHOLE_CONNECTION, gate, login_key, login_member
from accord.infra.db import WorkspaceSession
from accord.salesforce.error_table import TABLE


class Behind(StrEnum):
    """What stands behind a gate."""

    CONNECTION = "connection"  # everything
    CREATES = "creates"  # the making of records
    LOGIN = "login"  # what is written with one login
    STOPPED = "stopped"  # everything: an admin has stopped it
    OBSERVED = "observed"  # everything: the org is observed for a while first
    QUIET = "quiet"  # what nobody waits for


@dataclass(frozen=True, slots=True)
class Gate:
    """`until` is None when a person has to open it. `member_id` says whose login it is; None is the owner's."""

    behind: Behind
    member_id: MemberId | None
    code: str
    message: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """What a claim needs to know. `failures` counts calls of the connection that failed in a row; `quiet`: only what
    somebody waits for is served.
    """

    closed: bool
    quiet: bool
    creates_closed: bool
    closed_logins: tuple[str, ...]
    failures: int


_BEHIND = {
    WHOLE_CONNECTION: Behind.CONNECTION,
    CREATES: Behind.CREATES,
    STOPPED: Behind.STOPPED,
    OBSERVED: Behind.OBSERVED,
    QUIET: Behind.QUIET,
}

_BY_THE_ORG = sorted(code for code, row in TABLE.items() if row.recovery is Recovery.QUOTA)


def ensure_gate(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> None:
    """The connection's own gate stands, open; the worker finds connections by it."""
    known = session.first(
        select(gate.c.id).where(gate.c.connection_id == connection_id, gate.c.login_key == WHOLE_CONNECTION)
    )
    if known is None:
        session.insert_once(gate, _open_gate(connection_id, WHOLE_CONNECTION, now))


def _open_gate(connection_id: ConnectionId, key: str, now: datetime) -> dict[str, object]:
    return {
        "id": new_id(now),
        "connection_id": connection_id,
        "login_key": key,
        "needs_person": False,
        "failures": 0,
        "changed_at": now,
    }


def lock_health(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> Health:
    """The gates of a connection. Until the end of the transaction nobody else claims anything of it, so that claims can
    be counted.
    """
    shut_behind: set[Behind] = set()
    closed, failures = [], 0
    of_connection = select(gate).where(gate.c.connection_id == connection_id).order_by(gate.c.login_key)
    for row in session.rows(of_connection.with_for_update()):
        shut = row.needs_person or (row.closed_until is not None and row.closed_until > now)
        if row.login_key == WHOLE_CONNECTION:
            failures = row.failures
        if not shut:
            continue
        if row.login_key in _BEHIND:
            shut_behind.add(_BEHIND[row.login_key])
        else:
            closed.append(row.login_key)
    return Health(
        closed=not shut_behind.isdisjoint((Behind.CONNECTION, Behind.STOPPED, Behind.OBSERVED)),
        quiet=Behind.QUIET in shut_behind,
        creates_closed=Behind.CREATES in shut_behind,
        closed_logins=tuple(closed),
        failures=failures,
    )


def close_connection(session: WorkspaceSession, connection_id: ConnectionId, cause: Cause, *, now: datetime) -> None:
    """Nothing of this connection is claimed before `cause.until`, or before a person opens it."""
    _close(session, connection_id, WHOLE_CONNECTION, cause, now=now)


def close_creates(session: WorkspaceSession, connection_id: ConnectionId, cause: Cause, *, now: datetime) -> None:
    """No record is made before `cause.until`; changes of existing ones go on (W13)."""
    _close(session, connection_id, CREATES, cause, now=now)


def close_login(
    session: WorkspaceSession,
    connection_id: ConnectionId,
    member_id: MemberId | None,
    cause: Cause,
    *,
    now: datetime,
) -> None:
    """Nothing of one login is claimed before `cause.until`, or before a person has renewed it."""
    _close(session, connection_id, login_key(member_id), cause, now=now)


def _close(session: WorkspaceSession, connection_id: ConnectionId, key: str, cause: Cause, *, now: datetime) -> None:
    session.insert_once(gate, _open_gate(connection_id, key, now))
    session.execute(
        update(gate)
        .where(gate.c.connection_id == connection_id, gate.c.login_key == key)
        # a gate that a person has to open stays closed, whatever a late answer says
        .where(gate.c.needs_person.is_(False))
        .values(
            closed_until=cause.until,
            needs_person=cause.until is None,
            failures=gate.c.failures + 1,
            code=cause.code,
            message=cause.message,
            changed_at=now,
        )
    )


def note_success(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> None:
    """A call of this connection went through: the count of failures begins anew, and what was shut for failed calls is
    open. What the org itself has shut (its calls are used up, it is read-only) stays: the call had begun before.
    """
    session.execute(
        update(gate)
        .where(gate.c.connection_id == connection_id, gate.c.login_key == WHOLE_CONNECTION, gate.c.failures > 0)
        .where(gate.c.needs_person.is_(False))
        .where(or_(gate.c.code.is_(None), gate.c.code.not_in(_BY_THE_ORG), gate.c.closed_until <= now))
        .values(closed_until=None, failures=0, code=None, message=None, changed_at=now)
    )


def open_connection(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> None:
    _open(session, connection_id, WHOLE_CONNECTION, now)


def open_login(
    session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId | None, *, now: datetime
) -> None:
    """The login was renewed; what waited for it goes on."""
    _open(session, connection_id, login_key(member_id), now)


def _open(session: WorkspaceSession, connection_id: ConnectionId, key: str, now: datetime) -> None:
    session.execute(
        update(gate)
        .where(gate.c.connection_id == connection_id, gate.c.login_key == key)
        .values(closed_until=None, needs_person=False, failures=0, code=None, message=None, changed_at=now)
    )


def load_closed_gates(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> Sequence[Gate]:
    return [
        Gate(
            behind=_BEHIND.get(row.login_key, Behind.LOGIN),
            member_id=None if row.login_key in _BEHIND else login_member(row.login_key),
            code=row.code or "",
            message=row.message or "",
            since=row.changed_at,
            until=row.closed_until,
        )
        for row in session.rows(select(gate).where(gate.c.connection_id == connection_id))
        if row.needs_person or (row.closed_until is not None and row.closed_until > now)
    ]
