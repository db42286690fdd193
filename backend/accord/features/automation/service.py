"""What Flows called and what came of it, for the admin who looks into one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from accord.core.clock import Clock
from accord.core.flow import FlowResult
from accord.core.identity import Identity
from accord.core.ids import widen
from accord.features.automation import store
from accord.features.automation.model import FlowCall
from accord.infra.db import Database

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class FlowCalls:
    database: Database
    clock: Clock

    def remember(
        self,
        caller: Identity,
        action: str,
        results: Sequence[tuple[str | None, FlowResult]],
        *,
        milliseconds: int,
    ) -> None:
        """Keeps one answered call; each item is (the record id that the Flow gave, its answer).

        What was answered is done already, so a failure here is logged and fails no Flow.
        """
        now = self.clock()
        calls = [
            FlowCall(
                at=now,
                action=action,
                record_id=_wide(record_id),
                reference_id=result.reference_id,
                outcome=str(result.outcome),
                error_code=result.error_code,
                milliseconds=milliseconds,
                items=len(results),
            )
            for record_id, result in results
        ]
        try:
            with self.database.workspace(caller.workspace_id) as session:
                store.add_calls(session, caller.connection_id, calls)
        except Exception:  # noqa: BLE001 - the activities are stored; a Flow that repeats them would gain nothing
            _log.exception("flow_call_not_kept", action=action)

    def find(self, caller: Identity, *, reference: str | None, record_id: str | None) -> list[FlowCall]:
        """The last calls of the caller's org, the newest first. An id that is none finds nothing."""
        wide = _wide(record_id)
        if record_id is not None and wide is None:
            return []
        with self.database.reading(caller.workspace_id) as session:
            return store.find_calls(session, caller.connection_id, reference=reference, record_id=wide)


def _wide(record_id: str | None) -> str | None:
    try:
        return widen(record_id or "")
    except ValueError:
        return None
