"""What Flows called and what came of it, for the admin who looks into one of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import structlog

from accord.core.clock import Clock
from accord.core.errors import NotFoundError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, new_id, widen
from accord.features.automation.calls import store
from accord.features.automation.calls.model import Answered, FlowCall, KeptRequest
from accord.infra.crypto import SealContext, Vault
from accord.infra.db import Database

_log = structlog.get_logger()
_RECORD: Final = ("recordId", "opportunityId")  # what the actions call the record that they are about
FLOW_NAME_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class FlowCalls:
    database: Database
    vault: Vault
    clock: Clock

    def remember(self, caller: Identity, action: str, answered: Sequence[Answered], *, milliseconds: int) -> None:
        """Keeps one answered call.

        What was answered is done already, so a failure here is logged and fails no Flow.
        """
        now = self.clock()
        try:
            with self.database.workspace(caller.workspace_id) as session:
                rows = [self._row(caller, one, now) for one in answered]
                whole = {"at": now, "action": action, "milliseconds": milliseconds, "items": len(rows)}
                store.add_calls(session, caller.connection_id, [{**row, **whole} for row in rows])
        except Exception:  # noqa: BLE001 - what was asked for is stored; a Flow that repeats it would gain nothing
            _log.exception("flow_call_not_kept", action=action)

    def _row(self, caller: Identity, one: Answered, now: datetime) -> dict[str, Any]:
        call_id = new_id(now)
        given = one.given if isinstance(one.given, dict) else {}
        flow_name = given.get("flowName")
        kept = {"flow_name": flow_name[:FLOW_NAME_LENGTH] if isinstance(flow_name, str) else "", "given": given}
        context = _context(caller.connection_id, call_id)
        return {
            "id": call_id,
            "record_id": next((wide for name in _RECORD if (wide := _wide(given.get(name)))), None),
            "user_id": _wide(given.get("actorUserId")),
            "reference_id": one.result.reference_id,
            "outcome": str(one.result.outcome),
            "error_code": one.result.error_code,
            "sealed": self.vault.seal(caller.workspace_id, json.dumps(kept), context),
        }

    def find(self, caller: Identity, *, reference: str | None, record_id: str | None) -> list[FlowCall]:
        """The last calls of the caller's org, the newest first. An id that is none finds nothing."""
        wide = _wide(record_id)
        if record_id is not None and wide is None:
            return []
        with self.database.reading(caller.workspace_id) as session:
            rows = store.find_calls(session, caller.connection_id, reference=reference, record_id=wide)
        return [self._call(caller, row) for row in rows]

    def kept_request(self, caller: Identity, call_id: str) -> KeptRequest:
        """What the Flow gave. Raises NotFoundError, also for a call of another connection."""
        with self.database.reading(caller.workspace_id) as session:
            row = store.find_call(session, caller.connection_id, call_id)
        given = None if row is None else self._kept(caller, row)["given"]
        if row is None or not given:
            raise NotFoundError("call that can be run again")
        return KeptRequest(row.action, given)

    def _call(self, caller: Identity, row: Any) -> FlowCall:
        kept = self._kept(caller, row)
        return FlowCall(
            id=row.id,
            at=row.at,
            action=row.action,
            flow_name=kept["flow_name"],
            user_id=row.user_id,
            record_id=row.record_id,
            reference_id=row.reference_id,
            outcome=row.outcome,
            error_code=row.error_code,
            milliseconds=row.milliseconds,
            items=row.items,
            can_run_again=bool(kept["given"]),
        )

    def _kept(self, caller: Identity, row: Any) -> Mapping[str, Any]:
        if row.sealed is None:  # from before requests were kept
            return {"flow_name": "", "given": {}}
        context = _context(caller.connection_id, row.id)
        found: Mapping[str, Any] = json.loads(self.vault.open(caller.workspace_id, row.sealed, context))
        return found


def _context(connection_id: ConnectionId, call_id: str) -> SealContext:
    return SealContext(table="flow_call", connection_id=connection_id, user_id="", purpose=f"request of {call_id}")


def _wide(record_id: Any) -> str | None:
    try:
        return widen(record_id) if isinstance(record_id, str) else None
    except ValueError:
        return None
