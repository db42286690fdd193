"""Takes what the org asks by events: each event once, whoever brings it and however often."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from accord.core.clock import Clock
from accord.core.flow import ActivityItem, FlowResult, LogActivities, refused
from accord.core.identity import Identity
from accord.core.ids import new_id
from accord.features.automation.actions import Action, run_each
from accord.features.automation.calls.model import Answered
from accord.features.automation.calls.service import FlowCalls
from accord.features.automation.events import store
from accord.features.automation.events.model import BY_EVENT, ON_PLANS, RequestAction, RequestEvent, Taken
from accord.features.automation.sync.model import SyncItem
from accord.infra.db import Database

# Salesforce: the bus keeps events for 72 hours; whoever reads it again from the start brings nothing older
KEPT: Final = timedelta(days=7)

_UNKNOWN: Final = refused(
    "UNKNOWN_ACTION",
    "This event asks for something that Accord does not know.",
    "Bring Accord and its Salesforce package to the same version.",
)
SyncRecords = Callable[[Identity, Sequence[SyncItem]], Sequence[FlowResult]]


@dataclass(frozen=True, slots=True)
class Intake:
    database: Database
    clock: Clock
    log_activities: LogActivities
    sync_records: SyncRecords
    calls: FlowCalls
    actions: Mapping[str, Action]  # by their operations

    def take(self, caller: Identity, given: Sequence[RequestEvent | Taken]) -> list[Taken]:
        """Does what each event asks, unless it has been done; as many answers, in the same order.

        What could not be read has its answer already.

        What an accepted event asks is durable when this returns. Whoever dies between that and the line in the inbox
        is asked again, and the idempotency key of the activity or of the change knows the repeat.
        """
        started, now = time.monotonic(), self.clock()
        by_uuid = {event.event_uuid: event for event in reversed(given) if isinstance(event, RequestEvent)}
        with self.database.reading(caller.workspace_id) as session:
            known = store.load_known(session, caller.connection_id, list(by_uuid))
        new = [event for uuid, event in by_uuid.items() if uuid not in known]
        results = self._act(caller, new, now)
        with self.database.workspace(caller.workspace_id) as session:
            store.add_taken(
                session, caller.connection_id, [_row(*pair, now) for pair in zip(new, results, strict=True)]
            )
        self._remember(caller, new, results, milliseconds=round((time.monotonic() - started) * 1000))
        taken = {**known, **{event.event_uuid: _taken(event, one) for event, one in zip(new, results, strict=True)}}
        return [event if isinstance(event, Taken) else taken[event.event_uuid] for event in given]

    def _act(self, caller: Identity, new: Sequence[RequestEvent], now: datetime) -> list[FlowResult]:
        results: dict[str, FlowResult] = {}
        logged = [event for event in new if event.action == RequestAction.LOG_ACTIVITY]
        if logged:
            answers = self.log_activities(caller, [_activity(event) for event in logged])
            results.update(zip((event.event_uuid for event in logged), answers, strict=True))
        synced = [event for event in new if event.action == RequestAction.SYNC_NOW]
        if synced:
            answers = self.sync_records(caller, [SyncItem(event.record_id) for event in synced])
            results.update(zip((event.event_uuid for event in synced), answers, strict=True))
        for wanted, operation in ON_PLANS.items():
            events = [event for event in new if event.action == wanted]
            if events:
                answers = run_each(self.actions[operation], caller, [_inputs(event) for event in events])
                results.update(zip((event.event_uuid for event in events), answers, strict=True))
        return [_referred(results.get(event.event_uuid) or _UNKNOWN, now) for event in new]

    def _remember(
        self, caller: Identity, new: Sequence[RequestEvent], results: Sequence[FlowResult], *, milliseconds: int
    ) -> None:
        names = [event.action if event.action in set(RequestAction) else "unknown" for event in new]
        for name in dict.fromkeys(names):
            of_name = [place for place, one in enumerate(names) if one == name]
            answered = [Answered(_given(new[place]), results[place], again=name != "unknown") for place in of_name]
            self.calls.remember(caller, f"{BY_EVENT}{name}", answered, milliseconds=milliseconds)

    def forget_old(self, now: datetime) -> int:
        """Forgets events that cannot come again, in every workspace. For a call every hour."""
        with self.database.system() as session:
            return store.forget_received(session, now - KEPT)


def _activity(event: RequestEvent) -> ActivityItem:
    return ActivityItem(
        record_id=event.record_id,
        kind=event.kind or "",
        subject_text=event.subject_text or "",
        description=event.description,
        occurred_at=event.occurred_at,
        actor_user_id=event.actor_user_id,
        contact_id=event.contact_id,
        is_internal=event.is_internal,
        idempotency_key=event.idempotency_key,
        asked_at=event.created_at,
    )


def _inputs(event: RequestEvent) -> Any:
    """What the action is given; what is no JSON object stays as it is, and is refused like every unreadable item."""
    try:
        given = json.loads(event.inputs or "{}")
    except (ValueError, RecursionError):
        return event.inputs
    if not isinstance(given, dict):
        return given
    # without a key of the flow's own the event itself is one: it may come again for three days
    filled = {name: value for name, value in given.items() if value is not None}
    return {"idempotencyKey": event.event_uuid, **filled, "recordId": event.record_id, "dryRun": False}


def _referred(result: FlowResult, now: datetime) -> FlowResult:
    return replace(result, reference_id=result.reference_id or new_id(now))


def _row(event: RequestEvent, result: FlowResult, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(now),
        "event_uuid": event.event_uuid,
        "request_id": event.request_id,
        "outcome": str(result.outcome),
        "error_code": result.error_code,
        "reference_id": result.reference_id,
        "received_at": now,
    }


def _taken(event: RequestEvent, result: FlowResult) -> Taken:
    assert result.reference_id is not None
    return Taken(event.event_uuid, str(result.outcome), result.error_code, result.reference_id)


def _given(event: RequestEvent) -> dict[str, Any]:
    """What the log keeps of it, as a Flow would have given it to the action of the same purpose."""
    given: dict[str, Any] = {
        "recordId": event.record_id,
        "actorUserId": event.actor_user_id,
        "flowName": event.flow_name,
    }
    if event.action == RequestAction.LOG_ACTIVITY:
        # an event without a time of its own is about the moment at which it was published
        at = event.occurred_at or event.created_at
        given |= {
            "kind": event.kind,
            "subjectText": event.subject_text,
            "description": event.description,
            "occurredAt": at.isoformat() if at else None,
            "contactId": event.contact_id,
            "isInternal": event.is_internal,
            "idempotencyKey": event.idempotency_key,
        }
    if event.action in ON_PLANS and isinstance(inputs := _inputs(event), dict):
        given |= {**inputs, "actorUserId": None}  # of a plan nobody is asked who did it
    return {name: value for name, value in given.items() if value is not None}
