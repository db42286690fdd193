"""Carries writes of linked values: looks at Salesforce's side first, writes what nobody has changed since, looks again.

A collection of records takes no condition ("only if unchanged since"), so what is read right before the write is what
keeps a person's change from being overwritten; and what is read right after it tells a write that the platform took and
ignored (S5).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from accord.core.ids import IntentId, RecordId, widen
from accord.core.outcomes import Done, Ignored, Outcome, Told
from accord.delivery.couriers import Courier
from accord.delivery.model import Claim, ClaimedRow, Finished, aspect_of
from accord.features.two_way import rules, sides, store
from accord.features.two_way.currencies import CurrencyOf, settings_in
from accord.features.two_way.model import DEAL, FIELDS, Linked, Reason, Settings, Theirs, ValueState
from accord.features.two_way.rules import Sending
from accord.infra.db import Database, WorkspaceSession
from accord.mapping.values import Canonical, same
from accord.salesforce.canonical import canonical
from accord.salesforce.model import Gateway, SObjectDescribe, UpdateRow
from accord.salesforce.soql import in_, select

LOOKS: Final = 2  # calls that read, at most: before the write of a claim and after it
HAD_ARRIVED: Final = "Salesforce has this value already."
OVERTAKEN: Final = "Not written: it is not wanted any more."
CHANGED: Final = "Not written: the value in Salesforce was changed meanwhile. The two are compared anew."
CHANGED_BY_AUTOMATION: Final = "Written; Salesforce changed it again in the same save."


@dataclass(frozen=True, slots=True)
class TwoWayCourier:
    """Delivery's courier for linked values; `others` carries everything else."""

    database: Database
    currency_of: CurrencyOf
    others: Courier

    def __call__(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        linked = linked_of(claim)
        if linked is None:
            return self.others(gateway, claim)
        with self.database.reading(claim.workspace_id) as session:
            settings = settings_in(session, claim.connection_id, self.currency_of)
            deals = [RecordId(row.external_id) for row in claim.rows]
            states = _by_intent(session, claim, deals, linked) if linked in settings.enabled else {}
        return _Carrying(gateway, gateway.describe(DEAL), linked, settings).carry(claim.rows, states)


def linked_of(claim: Claim) -> Linked | None:
    """The value that a claim is about; all its rows are about the same."""
    aspects = {aspect_of(row.lane) for row in claim.rows} if claim.sobject == DEAL else set()
    return next((one for one in Linked if aspects == {one.value}), None)


def _by_intent(
    session: WorkspaceSession, claim: Claim, deals: Sequence[RecordId], linked: Linked
) -> dict[IntentId, ValueState]:
    found = store.load_of_deals(session, claim.connection_id, deals, linked).values()
    return {one.state.pending.intent_id: one.state for one in found if one.state.pending is not None}


@dataclass(frozen=True, slots=True)
class _Carrying:
    gateway: Gateway
    describe: SObjectDescribe
    linked: Linked
    settings: Settings

    def carry(self, rows: Sequence[ClaimedRow], states: Mapping[IntentId, ValueState]) -> Sequence[Outcome]:
        before = self._read([row.external_id for row in rows])
        outcomes: dict[IntentId, Outcome] = {}
        due: list[ClaimedRow] = []
        for row in rows:
            theirs = before.get(row.external_id)
            sending = self._decide(row, states.get(row.id), theirs)
            if sending is Sending.WRITE:
                due.append(row)
            else:
                outcomes[row.id] = self._left(row, sending)
        outcomes |= self._write(due, before)
        return [outcomes[row.id] for row in rows]

    def _decide(self, row: ClaimedRow, state: ValueState | None, theirs: Theirs | Reason | None) -> Sending:
        if not isinstance(theirs, Theirs):
            return Sending.CHANGED  # the deal or the field is not there: the reading says why
        return rules.decide_sending(state, row.id, self._wanted(row), theirs)

    def _wanted(self, row: ClaimedRow) -> Canonical:
        field = FIELDS[self.linked]
        found: Canonical = canonical(self.describe.fields[field], row.fields[field])
        return found

    def _left(self, row: ClaimedRow, sending: Sending) -> Outcome:
        record_id = RecordId(row.external_id)
        if sending is Sending.ARRIVED:
            told = Told(row.fields) if row.in_doubt else None  # an earlier try has written it, or a person has
            return Done(record_id, created=False, note=HAD_ARRIVED, sent=False, told=told)
        note = OVERTAKEN if sending is Sending.OVERTAKEN else CHANGED
        return Done(record_id, created=False, note=note, sent=False, left_out=(FIELDS[self.linked],))

    def _write(self, rows: Sequence[ClaimedRow], before: Mapping[str, Theirs | Reason]) -> dict[IntentId, Outcome]:
        if not rows:
            return {}
        updates = [UpdateRow(RecordId(row.external_id), row.fields) for row in rows]
        outcomes = dict(zip((row.id for row in rows), self.gateway.update(DEAL, updates), strict=True))
        done = [row for row in rows if isinstance(outcomes[row.id], Done)]
        after = self._read([row.external_id for row in done])
        for row in done:
            outcomes[row.id] = self._seen(row, before[row.external_id], after.get(row.external_id))
        return outcomes

    def _seen(self, row: ClaimedRow, before: Theirs | Reason, after: Theirs | Reason | None) -> Outcome:
        """What became of a write that was answered with success."""
        record_id = RecordId(row.external_id)
        assert isinstance(before, Theirs), "what could not be read is not written"
        told = Told(row.fields, {FIELDS[self.linked]: before.value})
        if not isinstance(after, Theirs) or same(after.value, self._wanted(row)):
            return Done(record_id, created=False, told=told)
        if same(after.value, before.value):
            return Ignored(record_id, rules.SENTENCES[Reason.IGNORED_BY_PLATFORM])
        return Done(record_id, created=False, note=CHANGED_BY_AUTOMATION, told=told)

    def _read(self, deals: Sequence[str]) -> dict[str, Theirs | Reason]:
        """Those of the deals that this login sees: one query for all, none for none."""
        query = select(*sides.fields_to_read(self.describe)).from_(DEAL).where(in_("Id", deals))
        return {
            widen(row["Id"]): sides.read_theirs(self.describe, row, self.linked, self.settings.org_currency)
            for row in self.gateway.query(query)
        }


def mark_values(session: WorkspaceSession, claim: Claim, finished: Sequence[Finished]) -> None:
    """Writes down what became of the writes, in the transaction that marks them."""
    linked = linked_of(claim)
    if linked is None or not finished:
        return
    marks = {RecordId(mark.row.external_id): mark for mark in finished}
    found = store.load_of_deals(session, claim.connection_id, marks, linked, lock=True)
    changed = [
        store.Stored(one.id, _after(one.state, marks[one.state.opportunity_id], linked), one.version)
        for one in found.values()
    ]
    store.save(session, changed)


def _after(state: ValueState, mark: Finished, linked: Linked) -> ValueState:
    field = FIELDS[linked]
    if field in mark.left_out:
        return rules.left(state, mark.row.id)
    value = mark.row.fields[field]
    if mark.outcome == "ignored":
        return rules.ignored(state, mark.row.id, value)
    return rules.written(state, mark.row.id, value)
