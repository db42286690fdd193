"""What delivery tells the list of writes: rows of the outbox, without their values."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from accord.core.ids import ConnectionId, IntentId, RecordId
from accord.core.written import Fate, WantedWrites, WriteLine
from accord.delivery import budget, gates, samples
from accord.delivery.model import State
from accord.delivery.records.store import load_newest
from accord.delivery.skips import SENTENCES, decide_skip
from accord.delivery.store import OutboxRow, login_member
from accord.infra.db import WorkspaceSession

ID: Final = "Id"
_FATES: Final = {State.DONE: Fate.WRITTEN, State.PARKED: Fate.PARKED, State.FOLDED: Fate.NOT_WRITTEN}


def load_lines(
    session: WorkspaceSession,
    connection_id: ConnectionId,
    wanted: WantedWrites,
    *,
    now: datetime,
    told_elsewhere: Sequence[str] = (),
) -> Sequence[WriteLine]:
    """The newest first. What is done of the aspects `told_elsewhere` is left out: somebody knows more of it."""
    closed = gates.load_closed_gates(session, connection_id, now=now)
    served = budget.decide_served(samples.load_calls(session, connection_id), now)
    lines = []
    for row in load_newest(session, connection_id, wanted, told_elsewhere):
        skip = decide_skip(row, closed, served, now)
        told = None if skip is None else " ".join(filter(None, (SENTENCES[skip.reason], skip.detail)))
        lines.append(_line(row, told))
    return lines


def _line(row: OutboxRow, reason: str | None) -> WriteLine:
    member_id, target = login_member(row.login_key), row.record_id
    if target is None and row.external_id_field == ID:
        target = row.external_id
    return WriteLine(
        id=row.id,
        at=row.put_at,
        writer=None,
        kind=row.kind,
        fate=_FATES.get(State(row.state), Fate.WAITING),
        sobject=row.sobject,
        record_id=RecordId(target) if target else None,
        member_id=member_id,
        own_login=member_id is not None,
        reason=reason,
        reference=IntentId(row.id),
    )
