"""Get Sync Status and Sync Record Now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from accord.core.clock import Clock
from accord.core.flow import FlowOutcome, FlowResult, refused
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, IntentId, PlanId, RecordId, widen
from accord.core.mapped import MappedValue
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import Standing, find_standings, find_stop, find_writes, sync_now
from accord.features.automation.calls.store import find_references
from accord.features.automation.events.store import find_requests
from accord.features.automation.sync.model import StatusItem, SyncItem, SyncState, SyncStatus
from accord.features.automation.sync.rules import NOTHING_TO_WRITE, decide_status
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.plans.store import load_for_deals

NO_STATUS: Final = {"state": "", "reason": "", "pendingCount": 0, "salesforceId": "", "openUrl": ""}


class MappedValues(Protocol):
    """A feature that carries values between plans and their deals; `plans` says which deal each has, 200 at most."""

    def load(
        self, session: WorkspaceSession, connection_id: ConnectionId, plans: Mapping[PlanId, RecordId]
    ) -> Mapping[PlanId, Sequence[MappedValue]]:
        """How the values of these plans stand; nothing where the feature is off."""

    def compare(self, session: WorkspaceSession, connection_id: ConnectionId, plans: Mapping[PlanId, RecordId]) -> None:
        """These plans are compared with Salesforce soon. Wake the worker after the commit."""


@dataclass(frozen=True, slots=True)
class SyncActions:
    database: Database
    outbox: Outbox
    clock: Clock
    wake: Callable[[], None]  # tells the worker that there is something to do
    org_address: Callable[[Identity], str]
    mapped: Sequence[MappedValues] = ()  # who carries values between plans and their deals

    def get_status(self, caller: Identity, items: Sequence[StatusItem]) -> Sequence[FlowResult]:
        """How each record or reference stands. No Salesforce call: it is what Accord knows."""
        records = [None if item.reference_id else _wide(item.record_id) for item in items]
        with self.database.reading(caller.workspace_id) as session:
            stop = find_stop(session, caller.connection_id, now=self.clock())
            of_records = find_standings(session, caller.connection_id, [one for one in records if one])
            values = self._values(session, caller.connection_id, _plans_of(session, caller.connection_id, records))
            references = [item.reference_id for item in items if item.reference_id]
            of_references = _of_references(session, caller.connection_id, references)
        address = self.org_address(caller)
        answers = []
        for item, record_id in zip(items, records, strict=True):
            if item.reference_id:
                answers.append(_of_reference(of_references, item.reference_id, stop, address))
            elif record_id:
                status = decide_status(of_records.get(record_id), values.get(record_id, ()), stop=stop)
                answers.append(_answer(status, record_id, address))
            else:
                answers.append(_no_record() if item.record_id else _nothing_named())
        return answers

    def sync_now(self, caller: Identity, items: Sequence[SyncItem]) -> Sequence[FlowResult]:
        """What is parked or waits for its next try about these records is tried at once; what a plan shares with its
        deal is compared with Salesforce, be anything known to differ or not.
        """
        records = [_wide(item.record_id) for item in items]
        now, of = self.clock(), caller.connection_id
        with self.database.workspace(caller.workspace_id) as session:
            stop = find_stop(session, of, now=now)
            standings = find_standings(session, of, [one for one in records if one])
            plans = _plans_of(session, of, records)
            values = self._values(session, of, plans)
            answers = []
            hurried: list[RecordId] = []
            for item, record_id in zip(items, records, strict=True):
                if record_id is None:
                    answers.append(_no_record())
                    continue
                answers.append(_sync(standings.get(record_id), values.get(record_id, ()), item, stop))
                if answers[-1].outcome is FlowOutcome.QUEUED:
                    hurried.append(record_id)
            for carrier in self.mapped:
                carrier.compare(session, of, {plan_id: deal for plan_id, deal in plans.items() if deal in hurried})
            sync_now(session, self.outbox, of, hurried, now=now)
        self.wake()
        return answers

    def _values(
        self, session: WorkspaceSession, connection_id: ConnectionId, plans: Mapping[PlanId, RecordId]
    ) -> dict[RecordId, list[MappedValue]]:
        found: dict[RecordId, list[MappedValue]] = {}
        for carrier in self.mapped:
            for plan_id, values in carrier.load(session, connection_id, plans).items():
                found.setdefault(plans[plan_id], []).extend(values)
        return found


def _plans_of(
    session: WorkspaceSession, connection_id: ConnectionId, records: Sequence[RecordId | None]
) -> dict[PlanId, RecordId]:
    """The plans of those of the records that are deals and have one."""
    deals = sorted({one for one in records if one and one.startswith("006")})
    plans = load_for_deals(session, connection_id, deals) if deals else {}
    return {plan.id: deal for deal, plan in plans.items() if plan.archived_at is None}


def _of_references(
    session: WorkspaceSession, connection_id: ConnectionId, references: Sequence[str]
) -> dict[str, Standing | None]:
    """By reference: how its write stands; None where a call is known by it and nothing was to be written."""
    requests = find_requests(session, connection_id, references)
    intents = [IntentId(requests.get(reference) or reference) for reference in references]
    writes = find_writes(session, connection_id, intents)
    known = {*requests, *find_references(session, connection_id, references)}
    return {
        reference: writes.get(intent)
        for reference, intent in zip(references, intents, strict=True)
        if intent in writes or reference in known
    }


def _of_reference(found: dict[str, Standing | None], reference: str, stop: str | None, address: str) -> FlowResult:
    if reference not in found:
        return refused(
            "REFERENCE_NOT_FOUND",
            "No call of this org has this reference, or it is long over.",
            "Pass the referenceId that an action of Accord answered.",
        )
    standing = found[reference]
    return _answer(decide_status(standing, stop=stop), standing.written_id if standing else None, address)


def _answer(status: SyncStatus, salesforce_id: RecordId | None, address: str) -> FlowResult:
    outputs: dict[str, Any] = {
        "state": str(status.state),
        "reason": status.reason,
        "pendingCount": status.pending_count,
        "salesforceId": salesforce_id or "",
        "openUrl": f"{address}/{salesforce_id}" if salesforce_id else "",
    }
    if status.last_synced_at is not None:
        outputs["lastSyncedAt"] = status.last_synced_at
    return FlowResult(FlowOutcome.DONE, outputs=outputs)


def _sync(standing: Standing | None, values: Sequence[MappedValue], item: SyncItem, stop: str | None) -> FlowResult:
    status = decide_status(standing, values, stop=stop)
    if status.state is SyncState.NOT_MAPPED:
        return FlowResult(FlowOutcome.SKIPPED, what_to_do=NOTHING_TO_WRITE)
    if stop is not None and (values or status.state is SyncState.FROZEN):
        return refused("DELIVERY_STOPPED", stop, "An Accord admin starts the deliveries of this org again.")
    if status.state is SyncState.IN_SYNC and not values:
        return FlowResult(FlowOutcome.DONE, what_to_do="Everything about this record is written.")
    if item.dry_run:
        compared = "; the plan and the record would be compared" if values else ""
        would = f"Dry run: {status.pending_count} writes would be tried now{compared}."
        return FlowResult(FlowOutcome.SKIPPED, what_to_do=would)
    # trying again decides nothing that is a person's to decide
    asks = status.reason if status.state in {SyncState.FROZEN, SyncState.PARKED} else None
    return FlowResult(FlowOutcome.QUEUED, what_to_do=asks or None)


def _wide(record_id: str | None) -> RecordId | None:
    try:
        return RecordId(widen(record_id or ""))
    except ValueError:
        return None


def _no_record() -> FlowResult:
    return refused("INVALID_RECORD", "recordId is not the id of a record.", "Pass the Id of the record.")


def _nothing_named() -> FlowResult:
    return refused("NOTHING_NAMED", "Neither recordId nor referenceId is given.", "Pass one of the two.")
