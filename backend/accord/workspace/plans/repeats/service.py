"""Idempotency keys: a repeat of a wish changes nothing and is answered as the first one was."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from accord.core.errors import ConflictError
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.plans.changing import Actor
from accord.workspace.plans.repeats import store

KEPT: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A wish with the key under which its repeats are known. `content` is all that it asks for, as text."""

    key: str
    content: str


def take(session: WorkspaceSession, actor: Actor, wish: Repeatable | None, made_id: str, *, now: datetime) -> str:
    """The id of what this wish makes: `made_id`, or the one that the first wish with this key made.

    Raises ConflictError (KEY_REUSED) when the key was used for something else.
    """
    if wish is None:
        return made_id
    digest = _digest(actor, wish)
    content = hashlib.sha256(wish.content.encode(errors="surrogatepass")).hexdigest()
    wanted = store.Made(digest, content, made_id)
    known = store.take(session, actor.connection_id, wanted, now=now, over=now - KEPT)
    if known.content_hash != content:
        raise ConflictError(
            "This Idempotency-Key was used before for something else. Use one key for one wish.", code="KEY_REUSED"
        )
    return known.made_id


def forget_wish(session: WorkspaceSession, actor: Actor, wish: Repeatable | None) -> None:
    """Nothing was made: the key is free again. In the transaction that took it."""
    if wish is not None:
        store.free(session, actor.connection_id, _digest(actor, wish))


def _digest(actor: Actor, wish: Repeatable) -> str:
    """Keys of two callers are two keys, and none is kept as it was given."""
    who = actor.plan_member_id or actor.member_id or str(actor.role)
    return hashlib.sha256(f"{who}|{wish.key}".encode(errors="surrogatepass")).hexdigest()


def forget_old(database: Database, now: datetime) -> int:
    """Deletes keys whose repeats count no more, in every workspace. Says how many. For a call every hour."""
    with database.system() as session:
        return store.forget(session, now - KEPT)
