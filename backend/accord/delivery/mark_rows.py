"""The statements of marks: how one row of a claim is written down. Each holds only while the claim does."""

from typing import Any, Final

from sqlalchemy import Update, bindparam, update

from accord.delivery.model import State
from accord.delivery.store import outbox

Statement = Update

_MINE = update(outbox).where(outbox.c.id == bindparam("row_id"), outbox.c.claim_id == bindparam("held_by"))

# what had arrived before it was looked at
_ARRIVED: Final[dict[str, Any]] = {
    "claim_id": None,
    "in_doubt": False,
    "outcome": bindparam("how"),
    "note": bindparam("said"),
    "record_id": bindparam("found_id"),
    "finished_at": bindparam("at"),
}
FINISH: Final = _MINE.values(
    state=State.DONE.value,
    # what the list of writes tells; otherwise the values, which have arrived, need not lie here
    payload=bindparam("kept"),
    words=None,
    recovery=None,
    code=None,
    advice=None,
    field_names=None,
    **_ARRIVED,
)
FINISH_IN_PART: Final = _MINE.values(state=State.PARKED.value, **_ARRIVED)
AGAIN: Final = _MINE.values(
    state=State.READY.value,
    claim_id=None,
    run_at=bindparam("at"),
    in_doubt=bindparam("doubt"),
    fenced_until=bindparam("fence"),
    batch=bindparam("with_"),
)
PARK: Final = _MINE.values(
    state=State.PARKED.value, claim_id=None, in_doubt=bindparam("doubt"), fenced_until=bindparam("fence")
)
DOUBT: Final = _MINE.values(in_doubt=bindparam("doubt"), fenced_until=bindparam("fence"))
REFUSE: Final = _MINE.values(
    attempts=bindparam("tries"),
    first_refused_at=bindparam("since"),
    recovery=bindparam("way"),
    code=bindparam("word"),
    advice=bindparam("hint"),
    field_names=bindparam("names"),
    words=bindparam("text"),
)
REWRITE: Final = _MINE.values(payload=bindparam("sealed"), creates=bindparam("makes"), batch=bindparam("with_"))
TAKE_OVER: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(
        state=State.READY.value,
        run_at=bindparam("at"),
        payload=bindparam("sealed"),
        creates=bindparam("makes"),
        login_key=bindparam("login"),
        login_reason=bindparam("why"),
        batch=bindparam("with_"),
        priority=bindparam("rank"),
    )
)
