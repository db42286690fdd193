"""What a person presses: what is parked has a new beginning, and what waits for its next try is due.

Rows are locked in the order of their lanes, like everywhere.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from accord.core.ids import ConnectionId, IntentId
from accord.delivery import lanes, reports
from accord.delivery.model import ParkedOf, State
from accord.delivery.outbox import Outbox
from accord.delivery.rules import whole
from accord.delivery.store import OutboxRow
from accord.infra.db import WorkspaceSession


def retry_cause(
    session: WorkspaceSession, box: Outbox, connection_id: ConnectionId, of: ParkedOf, *, now: datetime
) -> int:
    """Gives all parked rows of one cause, or of any, a new beginning. Gives their number."""
    return _retry(session, box, connection_id, reports.load_parked_lanes(session, connection_id, of), now=now)


def retry_these(
    session: WorkspaceSession, box: Outbox, connection_id: ConnectionId, ids: Sequence[IntentId], *, now: datetime
) -> int:
    """Gives those of these rows that are parked a new beginning. Gives their number.

    One that has gone on in a later write, be it at this moment: that one takes along what was held back.
    """
    found = reports.load_lanes(session, connection_id, ids, State.PARKED, State.FOLDED)
    return _retry(session, box, connection_id, found, now=now)


def _retry(
    session: WorkspaceSession, box: Outbox, connection_id: ConnectionId, found: Sequence[OutboxRow], *, now: datetime
) -> int:
    count = 0
    for chunk in lanes.chunks(sorted(found, key=lambda row: row.lane)):
        names = list(dict.fromkeys(row.lane for row in chunk))
        heads = lanes.lock_heads(session, connection_id, names).values()
        parked = [IntentId(head.id) for head in heads if head.state == State.PARKED]
        lanes.revive(session, parked, now=now)
        meant = {row.id for row in chunk}
        merged = (head for head in heads if head.state == State.READY and head.id not in meant)
        count += len(parked) + _take_along(session, box, merged)
    return count


def _take_along(session: WorkspaceSession, box: Outbox, heads: Iterable[OutboxRow]) -> int:
    held = [intent for head in heads if (intent := box.find(session, head)) is not None and intent.held is not None]
    lanes.reseal(session, {intent.id: box.seal_fields(session, whole(intent)) for intent in held})
    return len(held)


def hurry(
    session: WorkspaceSession, connection_id: ConnectionId, intent_ids: Sequence[IntentId], *, now: datetime
) -> int:
    """What waits for its next try is due now; not what waits behind a write that may still be carried out. Gives how
    many that are.
    """
    waiting = reports.load_lanes(session, connection_id, intent_ids, State.READY)
    names = sorted({row.lane for row in waiting})
    heads = lanes.lock_heads(session, connection_id, names).values()
    fences = lanes.load_fences(session, connection_id, names, now=now)
    due = [
        head.id
        for head in heads
        if head.state == State.READY and head.run_at > now and fences.get(head.lane, head.seq) >= head.seq
    ]
    lanes.hold(session, dict.fromkeys(due, now))
    return len(due)
