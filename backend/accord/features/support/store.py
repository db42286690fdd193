"""The last errors of deliveries, without a word of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, select

from accord.core.ids import ConnectionId
from accord.delivery.store import attempt, outbox
from accord.infra.db import WorkspaceSession

MOST_ERRORS = 200


def load_errors(session: WorkspaceSession, connection_id: ConnectionId) -> Sequence[Mapping[str, Any]]:
    """The newest first: when, which code, on which object, and the reference of the row."""
    same = and_(outbox.c.workspace_id == attempt.c.workspace_id, outbox.c.id == attempt.c.outbox_id)
    columns = (attempt.c.at, attempt.c.code, attempt.c.recovery, attempt.c.in_doubt, attempt.c.outbox_id)
    found = select(*columns, outbox.c.sobject, outbox.c.state).join(outbox, same)
    mine = found.where(outbox.c.connection_id == connection_id)
    newest = mine.order_by(attempt.c.at.desc(), attempt.c.id.desc()).limit(MOST_ERRORS)
    return [row._asdict() for row in session.rows(newest)]
