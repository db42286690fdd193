"""Decisions about the lock and about what is followed. Values in, values out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from accord.core.ids import RecordId
from accord.features.deal_lock.model import Followed, Happening, Watched

LOCKED: Final = (
    "The deal of a plan cannot be changed or taken away once it is set: that is locked for everybody here, admins "
    "included. Make a new plan for the other deal, or have an Accord admin take the lock off."
)
MOST_MERGES: Final = 10  # masters that were merged again, one after the other
MOVED: Final = frozenset({Followed.ACCOUNT_MERGED, Followed.ACCOUNT_CHANGED})
BACK: Final = frozenset({Followed.DEAL_UNDELETED, Followed.DEAL_FOUND})

Masters = Mapping[RecordId, RecordId | None]


def decide_moved(known: Watched, account_id: RecordId | None, masters: Masters) -> Happening | None:
    """What it means that the deal has this account now; None: it had it before.

    `masters` says of accounts that are gone whose merge they lost (S6: a merge is told from people by nothing else).
    """
    if known.account_id == account_id:
        return None
    merged = known.account_id is not None and account_id is not None and _leads(known.account_id, account_id, masters)
    what = Followed.ACCOUNT_MERGED if merged else Followed.ACCOUNT_CHANGED
    return Happening(what, replace(known, account_id=account_id), old=known.account_id, new=account_id)


def decide_back(known: Watched) -> Happening | None:
    """A deal that is there."""
    if known.deleted_at is None:
        return None
    what = Followed.DEAL_FOUND if known.absence is Followed.DEAL_GONE else Followed.DEAL_UNDELETED
    return Happening(what, replace(known, deleted_at=None, absence=None))


def decide_present(known: Watched, account_id: RecordId | None, masters: Masters) -> list[Happening]:
    """What has happened to a deal that is there, one after the other."""
    back = decide_back(known)
    moved = decide_moved(back.deal if back else known, account_id, masters)
    return [one for one in (back, moved) if one is not None]


def decide_gone(known: Watched, now: datetime, *, is_in_bin: bool) -> Happening | None:
    """A deal that is not there; None when that is known."""
    if known.deleted_at is not None:
        return None
    what = Followed.DEAL_DELETED if is_in_bin else Followed.DEAL_GONE
    return Happening(what, replace(known, deleted_at=now, absence=what))


def _leads(start: RecordId, end: RecordId, masters: Masters) -> bool:
    at: RecordId | None = start
    for _ in range(MOST_MERGES):
        at = masters.get(at) if at is not None else None
        if at == end:
            return True
    return False
