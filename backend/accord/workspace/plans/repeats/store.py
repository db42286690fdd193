"""Which idempotency key made what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from accord.core.ids import ConnectionId, new_id
from accord.infra.db import SystemSession, WorkspaceSession
from accord.workspace.plans.tables import plan_request


@dataclass(frozen=True, slots=True)
class Known:
    content_hash: str
    made_id: str


def take(  # noqa: PLR0913 - one row
    session: WorkspaceSession,
    connection_id: ConnectionId,
    digest: str,
    content_hash: str,
    made_id: str,
    *,
    now: datetime,
    over: datetime,
) -> Known:
    """The first wish with this key: this one, or another since `over`. A second one waits for the first to end."""
    of_key = (plan_request.c.connection_id == connection_id, plan_request.c.key_digest == digest)
    session.execute(delete(plan_request).where(*of_key, plan_request.c.made_at <= over))
    values = {
        "id": new_id(now),
        "connection_id": connection_id,
        "key_digest": digest,
        "content_hash": content_hash,
        "made_id": made_id,
        "made_at": now,
    }
    if session.insert_once(plan_request, values):
        return Known(content_hash, made_id)
    row = session.first(select(plan_request).where(*of_key))
    assert row is not None, "somebody has the key"
    return Known(row.content_hash, row.made_id)


def free(session: WorkspaceSession, connection_id: ConnectionId, digest: str) -> None:
    of_key = (plan_request.c.connection_id == connection_id, plan_request.c.key_digest == digest)
    session.execute(delete(plan_request).where(*of_key))


def forget(session: SystemSession, over: datetime) -> int:
    return session.execute(delete(plan_request).where(plan_request.c.made_at <= over)).rowcount
