"""What Flows called and what came of it, for the admin who looks into one of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import structlog

from accord.core.clock import Clock
from accord.core.errors import NotFoundError
from accord.core.identity import Identity
from accord.core.ids import new_id, widen
from accord.features.automation.calls import store
from accord.features.automation.calls.model import Answered, FlowCall, KeptRequest
from accord.features.automation.events.store import find_requests
from accord.infra.db import Database, WorkspaceSession

_log = structlog.get_logger()
_RECORD: Final = ("recordId", "opportunityId")  # what the actions call the record that they are about
FLOW_NAME_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class FlowCalls:
    database: Database
    clock: Clock

    def remember(self, caller: Identity, action: str, answered: Sequence[Answered], *, milliseconds: int) -> None:
        """Keeps one answered call.

        What was answered is done already, so a failure here is logged and fails no Flow.
        """
        now = self.clock()
        try:
            with self.database.workspace(caller.workspace_id) as session:
                rows = [_row(session, one, now) for one in answered]
                whole = {"at": now, "action": action, "milliseconds": milliseconds, "items": len(rows)}
                store.add_calls(session, caller.connection_id, [{**row, **whole} for row in rows])
        except Exception:  # noqa: BLE001 - what was asked for is stored; a Flow that repeats it would gain nothing
            _log.exception("flow_call_not_kept", action=action)

    def find(self, caller: Identity, *, reference: str | None, record_id: str | None) -> list[FlowCall]:
        """The last calls of the caller's org, the newest first. An id that is none finds nothing."""
        wide = _wide(record_id)
        if record_id is not None and wide is None:
            return []
        with self.database.reading(caller.workspace_id) as session:
            if reference is not None:
                # what an action inside the org answered stands for what its event became here
                reference = find_requests(session, caller.connection_id, [reference]).get(reference, reference)
            rows = store.find_calls(session, caller.connection_id, reference=reference, record_id=wide)
            return [_call(session, row) for row in rows]

    def kept_request(self, caller: Identity, call_id: str) -> KeptRequest:
        """What the Flow gave. Raises NotFoundError, also for a call of another connection."""
        with self.database.reading(caller.workspace_id) as session:
            row = store.find_call(session, caller.connection_id, call_id)
            given = None if row is None else _kept(session, row).given
        if row is None or not given:
            raise NotFoundError("call that can be run again")
        return KeptRequest(row.action, given)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What of a Flow's item lies sealed."""

    flow_name: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)


def _row(session: WorkspaceSession, one: Answered, now: datetime) -> dict[str, Any]:
    call_id = new_id(now)
    given = one.given if isinstance(one.given, dict) else {}
    name = given.get("flowName")
    kept = {
        "flow_name": name[:FLOW_NAME_LENGTH] if isinstance(name, str) else "",
        # the item as text: it may hold anything, also numbers without end
        "given": json.dumps(given if one.again else {}),
    }
    return {
        "id": call_id,
        "record_id": next((wide for name in _RECORD if (wide := _wide(given.get(name)))), None),
        "user_id": _wide(given.get("actorUserId")),
        "reference_id": one.result.reference_id,
        "outcome": str(one.result.outcome),
        "error_code": one.result.error_code,
        "sealed_request": session.seal(store.flow_call, call_id, kept),
    }


def _kept(session: WorkspaceSession, row: Any) -> _Kept:
    if row.sealed_request is None:  # from before requests were kept
        return _Kept()
    kept = session.open(store.flow_call, row.id, row.sealed_request)
    return _Kept(kept["flow_name"], json.loads(kept["given"]))


def _call(session: WorkspaceSession, row: Any) -> FlowCall:
    kept = _kept(session, row)
    return FlowCall(
        id=row.id,
        at=row.at,
        action=row.action,
        flow_name=kept.flow_name,
        user_id=row.user_id,
        record_id=row.record_id,
        reference_id=row.reference_id,
        outcome=row.outcome,
        error_code=row.error_code,
        milliseconds=row.milliseconds,
        items=row.items,
        can_run_again=bool(kept.given),
    )


def _wide(record_id: Any) -> str | None:
    try:
        return widen(record_id) if isinstance(record_id, str) else None
    except ValueError:
        return None
