"""The writes of the last days, as the outbox has them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from accord.core.ids import ConnectionId
from accord.delivery.model import State
from accord.delivery.store import outbox
from accord.features.cost.model import Put
from accord.infra.db import WorkspaceSession

MOST = 200_000


def load_puts(session: WorkspaceSession, connection_id: ConnectionId, since: datetime) -> Sequence[Put]:
    """In order of time; of very many the newest."""
    columns = (outbox.c.sobject, outbox.c.kind, outbox.c.batch, outbox.c.creates, outbox.c.put_at)
    recent = select(*columns).where(outbox.c.connection_id == connection_id, outbox.c.put_at >= since)
    # what went on with a later write, or was there already, was no write of its own
    recent = recent.where(outbox.c.state != State.FOLDED.value, func.coalesce(outbox.c.outcome, "") != "found")
    rows = session.rows(recent.order_by(outbox.c.put_at.desc(), outbox.c.id.desc()).limit(MOST))
    return [Put(row.sobject, row.kind, row.batch, row.creates, row.put_at) for row in reversed(rows)]
