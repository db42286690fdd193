"""Another login: what a member's login cannot write goes on with the login that the feature behind it names (W3).

Nothing is made twice by that: the external id stays, and what is in doubt is looked up first, whoever writes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update

from accord.core.ids import ConnectionId, WorkspaceId
from accord.core.outcomes import Recovery
from accord.delivery.gates import load_closed_gates
from accord.delivery.model import (
    BATCH_SIZE,
    Claim,
    Intent,
    LoginProblem,
    Mark,
    NextLogin,
    Park,
    Reroute,
    Salvage,
    State,
)
from accord.delivery.outbox import Outbox
from accord.delivery.rules import whole
from accord.delivery.store import OutboxRow, batch_of, is_state, login_key, outbox
from accord.infra.db import Database, WorkspaceSession

_GO_ON = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(
        state=State.READY.value,
        claim_id=None,
        run_at=bindparam("at"),
        payload=bindparam("sealed"),
        login_key=bindparam("login"),
        login_reason=bindparam("why"),
        batch=bindparam("with_"),
    )
)

_FOLLOW = (
    update(outbox)
    .where(outbox.c.connection_id == bindparam("of_connection"), outbox.c.lane == bindparam("of_lane"))
    .where(is_state(State.WAITING))
    .values(login_key=bindparam("login"), login_reason=bindparam("why"), batch=bindparam("with_"))
)

NextLogins = Mapping[str, NextLogin]  # by sObject
# how far the rows behind each closed gate were looked at: those that nobody may take stay, and hide no later one
LookedAt = dict[tuple[ConnectionId, str], tuple[datetime, str]]


def propose(claim: Claim, marks: Sequence[Mark], next_logins: NextLogins) -> list[Mark]:
    """Rows that would be parked, or go out without a field that this login may not write, may go on with another."""
    if claim.login_member_id is None or claim.sobject not in next_logins:
        return list(marks)
    return [_proposed(mark) for mark in marks]


def _proposed(mark: Mark) -> Mark:
    match mark:
        case Park():
            return Reroute(mark.row, mark.refusal, mark, mark.in_doubt)
        case Salvage() if mark.refusal.recovery is Recovery.SCHEMA:
            return Reroute(mark.row, mark.refusal, mark)
    return mark


def decide(
    box: Outbox, session: WorkspaceSession, stored: OutboxRow, next_login: NextLogin, problem: LoginProblem
) -> Intent | None:
    """The intent as another login writes it; None when none may, or it cannot be read."""
    found = box.find(session, stored)
    if found is None:
        return None
    intent = whole(found)
    other = next_login(session, intent, problem)
    return None if other is None or other.login_member_id == intent.login_member_id else other


def go_on(session: WorkspaceSession, box: Outbox, intents: Sequence[Intent], *, now: datetime) -> None:
    """These rows, which nobody else holds, are due at once with their new login."""
    session.execute_many(_GO_ON, [_values(session, box, intent, now) for intent in intents])
    # who makes a record writes its later changes as well (W1)
    session.execute_many(_FOLLOW, [_following(intent) for intent in intents if intent.creates])


def _following(intent: Intent) -> dict[str, Any]:
    later = replace(intent, creates=False)
    return {
        "of_connection": intent.connection_id,
        "of_lane": intent.lane,
        "login": login_key(intent.login_member_id),
        "why": intent.login_reason,
        "with_": batch_of(later),
    }


def _values(session: WorkspaceSession, box: Outbox, intent: Intent, now: datetime) -> dict[str, Any]:
    return {
        "row_id": intent.id,
        "at": now,
        "sealed": box.seal_fields(session, intent),
        "login": login_key(intent.login_member_id),
        "why": intent.login_reason,
        "with_": batch_of(intent),
    }


def serve_blocked(  # noqa: PLR0913 - by name
    database: Database,
    box: Outbox,
    next_logins: NextLogins,
    place: tuple[WorkspaceId, ConnectionId],
    *,
    looked_at: LookedAt,
    now: datetime,
) -> None:
    """Gives due rows behind closed gates of members to the logins that may go on with them: of each gate the next
    page, after the last one the first.
    """
    workspace_id, connection_id = place
    if not next_logins:
        return
    with database.reading(workspace_id) as session:
        closed = load_closed_gates(session, connection_id, now=now)
    gates = [gate for gate in closed if gate.member_id is not None]
    for gate in gates:
        problem = LoginProblem(Recovery.AUTH, gate.code)
        key = (connection_id, login_key(gate.member_id))
        blocked = (
            select(outbox)
            .where(
                outbox.c.connection_id == connection_id,
                is_state(State.READY),
                outbox.c.login_key == key[1],
                outbox.c.sobject.in_(sorted(next_logins)),
                outbox.c.run_at <= now,
            )
            .order_by(outbox.c.run_at, outbox.c.id)
            .limit(BATCH_SIZE)
        )
        last = looked_at.pop(key, None)
        if last is not None:
            at, row_id = last
            blocked = blocked.where(or_(outbox.c.run_at > at, and_(outbox.c.run_at == at, outbox.c.id > row_id)))
        with database.reading(workspace_id) as session:
            if session.first(blocked) is None:
                continue
        # a transaction of its own that waits for no lock while it holds these rows
        with database.workspace(workspace_id) as session:
            rows = session.rows(blocked.with_for_update(skip_locked=True))
            others = [decide(box, session, row, next_logins[row.sobject], problem) for row in rows]
            go_on(session, box, [other for other in others if other is not None], now=now)
        if len(rows) == BATCH_SIZE:
            looked_at[key] = (rows[-1].run_at, rows[-1].id)
