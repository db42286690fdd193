"""How the state of a linked value lies in the database: JSON, with exact numbers. It is sealed, for it holds values."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from accord.core.ids import IntentId, RecordId
from accord.features.two_way.model import Conflict, Ignored, JudgedBy, Origin, Pending, Reason, Turn, ValueState
from accord.mapping.merge import Agreed
from accord.mapping.values import Canonical

_NUMBER = "number"


def encode(state: ValueState) -> dict[str, Any]:
    """What is not a column of its own."""
    return {
        "base": None if state.base is None else {"value": _plain(state.base.value)},
        "currency": state.currency,
        "pending": _pending_json(state.pending),
        "sent": [_plain(one) for one in state.sent],
        "conflict": _conflict_json(state.conflict),
        "ignored": _ignored_json(state.ignored),
        "is_inbound": state.is_inbound,
        "judged_by": state.judged_by.value if state.judged_by else None,
        "turns": [[one.at.isoformat(), one.origin.value, _plain(one.value)] for one in state.turns],
        "frozen_at": state.frozen_at.isoformat() if state.frozen_at else None,
    }


def decode(stored: Mapping[str, Any], *, opportunity_id: str, reason: str | None, is_due: bool) -> ValueState:
    pending, conflict, ignored = stored["pending"], stored["conflict"], stored["ignored"]
    return ValueState(
        opportunity_id=RecordId(opportunity_id),
        base=None if stored["base"] is None else Agreed(_value(stored["base"]["value"])),
        currency=stored["currency"],
        pending=None if pending is None else Pending(IntentId(pending["id"]), _value(pending["value"]), pending["met"]),
        sent=tuple(_value(one) for one in stored["sent"]),
        conflict=None if conflict is None else _conflict(conflict),
        reason=Reason(reason) if reason else None,
        ignored=None if ignored is None else Ignored(_value(ignored["ours"]), _value(ignored["theirs"])),
        is_inbound=stored["is_inbound"],
        # what was stored by an earlier release does not say
        judged_by=JudgedBy(stored["judged_by"]) if stored.get("judged_by") else None,
        turns=tuple(Turn(_time(at), Origin(origin), _value(value)) for at, origin, value in stored["turns"]),
        frozen_at=_time(stored["frozen_at"]) if stored["frozen_at"] else None,
        is_due=is_due,
    )


def _pending_json(pending: Pending | None) -> dict[str, Any] | None:
    if pending is None:
        return None
    return {"id": pending.intent_id, "value": _plain(pending.value), "met": pending.is_met}


def _conflict_json(conflict: Conflict | None) -> dict[str, Any] | None:
    if conflict is None:
        return None
    return {
        "ours": _plain(conflict.ours),
        "theirs": _plain(conflict.theirs),
        "since": conflict.since.isoformat(),
    }


def _conflict(stored: Mapping[str, Any]) -> Conflict:
    return Conflict(_value(stored["ours"]), _value(stored["theirs"]), _time(stored["since"]))


def _ignored_json(ignored: Ignored | None) -> dict[str, Any] | None:
    return None if ignored is None else {"ours": _plain(ignored.ours), "theirs": _plain(ignored.theirs)}


def _plain(value: Canonical) -> Any:
    return {_NUMBER: format(value, "f")} if isinstance(value, Decimal) else value


def _value(stored: Any) -> Canonical:
    if isinstance(stored, dict):
        return Decimal(stored[_NUMBER])
    found: Canonical = stored
    return found


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
