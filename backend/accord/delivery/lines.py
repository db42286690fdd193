"""What delivery tells the list of writes: rows of the outbox, with their values where somebody keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from accord.core.ids import ConnectionId, IntentId, RecordId
from accord.core.outcomes import Told
from accord.core.written import Before, Fate, WantedWrites, WriteLine, WrittenValue
from accord.delivery import budget, gates, samples
from accord.delivery.model import State
from accord.delivery.outbox import Outbox
from accord.delivery.records.store import load_newest
from accord.delivery.skips import SENTENCES, decide_skip
from accord.delivery.store import OutboxRow, login_member
from accord.infra.db import WorkspaceSession
from accord.mapping.values import as_text

ID: Final = "Id"
_FATES: Final = {State.DONE: Fate.WRITTEN, State.PARKED: Fate.PARKED, State.FOLDED: Fate.NOT_WRITTEN}


@dataclass(frozen=True, slots=True)
class DeliveryLines:
    """What is done of the aspects `told_elsewhere` is left out: somebody knows more of it."""

    box: Outbox
    told_elsewhere: Sequence[str] = ()

    def load(
        self, session: WorkspaceSession, connection_id: ConnectionId, wanted: WantedWrites, *, now: datetime
    ) -> Sequence[WriteLine]:
        """The newest first; with values what is written and kept."""
        closed = gates.load_closed_gates(session, connection_id, now=now)
        served = budget.decide_served(samples.load_calls(session, connection_id), now)
        lines = []
        for row in load_newest(session, connection_id, wanted, self.told_elsewhere):
            skip = decide_skip(row, closed, served, now)
            reason = None if skip is None else " ".join(filter(None, (SENTENCES[skip.reason], skip.detail)))
            lines.append(_line(row, reason, self.box.told(session, row)))
        return lines


def _line(row: OutboxRow, reason: str | None, told: Told | None) -> WriteLine:
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
        values=() if told is None else _values(told, is_new=row.outcome == "created"),
        reason=reason,
        reference=IntentId(row.id),
    )


def _values(told: Told, *, is_new: bool) -> tuple[WrittenValue, ...]:
    not_seen = Before.NEW_RECORD if is_new else Before.NOT_KNOWN
    return tuple(
        WrittenValue(
            name, _text(told.before.get(name)), _text(value), Before.KNOWN if name in told.before else not_seen
        )
        for name, value in told.written.items()
    )


def _text(value: Any) -> str | None:
    return as_text(Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value)
