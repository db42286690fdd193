"""Which idempotency key made what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from accord.core.ids import ConnectionId, new_id
from accord.infra.db import SystemSession, WorkspaceSession
from accord.infra.db.keys import forget_keys, take_or_find
from accord.workspace.plans.tables import plan_request


@dataclass(frozen=True, slots=True)
class Made:
    """What a wish with this key makes; both hashes are SHA-256 in hexadecimal."""

    key_digest: str
    content_hash: str
    made_id: str


def take(session: WorkspaceSession, connection_id: ConnectionId, new: Made, *, now: datetime, over: datetime) -> Made:
    """The first wish with this key: this one, or another since `over`. A second one waits for the first to end."""
    values = {
        "id": new_id(now),
        "connection_id": connection_id,
        "key_digest": new.key_digest,
        "content_hash": new.content_hash,
        "made_id": new.made_id,
        "made_at": now,
    }
    key = ("connection_id", "key_digest")
    first = take_or_find(session, plan_request, values, key=key, over=plan_request.c.made_at <= over)
    return new if first is None else Made(first.key_digest, first.content_hash, first.made_id)


def free(session: WorkspaceSession, connection_id: ConnectionId, digest: str) -> None:
    of_key = (plan_request.c.connection_id == connection_id, plan_request.c.key_digest == digest)
    session.execute(delete(plan_request).where(*of_key))


def forget(session: SystemSession, over: datetime) -> int:
    return forget_keys(session, plan_request, plan_request.c.made_at <= over)
