"""The work on one plan: what was known, what is decided, and what is known of it afterwards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from accord.core.ids import PlanId, RecordId, new_id
from accord.core.outcomes import Done, Outcome, Refused
from accord.delivery.model import ClaimedRow
from accord.features.field_sync.model import PlanValues, Row, RowHealth
from accord.features.field_sync.reasons import FieldSkip
from accord.features.field_sync.sync.model import (
    BACK_FILL,
    Copy,
    Fresh,
    Held,
    RefusedValue,
    Trigger,
    Write,
    WriteState,
)
from accord.features.field_sync.sync.rules import Decision, decide_plan, is_look_due
from accord.features.field_sync.sync.sending import Sent
from accord.mapping.decide import decide_changes
from accord.mapping.values import same


@dataclass(slots=True)
class Job:
    """`is_over`: there is nothing to do about this plan. `unsettled`: writes that may have arrived, or not. `only`: the
    rows that a back-fill is about; all others stay as they are.
    """

    claimed: ClaimedRow
    plan_id: PlanId
    deal_id: RecordId
    trigger: Trigger
    copy: Copy
    plan: PlanValues | None = None
    is_over: bool = False
    is_stored: bool = False
    unsettled: Sequence[Write] = ()
    only: frozenset[str] | None = None
    outcome: Outcome = field(init=False)
    decision: Decision = field(default_factory=Decision)
    arrived: list[Write] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    fresh: Fresh | None = None

    def __post_init__(self) -> None:
        self.outcome = Done(self.deal_id, created=False, sent=False)

    def decide(self, rows: Sequence[tuple[Row, RowHealth]]) -> None:
        if self.plan is not None and not self.is_over:
            is_look = self.fresh is not None and self.trigger.is_look
            copy = replace(self.copy, holds={}) if self.overrides else self.copy
            concerned = [pair for pair in rows if self._concerns(pair[0].id)]
            self.decision = decide_plan(concerned, self.plan, copy, self.fresh, insists=is_look)

    def _concerns(self, row_id: str) -> bool:
        return self.only is None or row_id in self.only

    @property
    def overrides(self) -> bool:
        """A back-fill is an admin's wish: it writes what was taken back as well."""
        return self.trigger.kind == BACK_FILL

    def wants_reading(self, now: datetime, check_minutes: int) -> bool:
        if self.is_over:
            return False
        is_due = self.trigger.is_look and is_look_due(self.copy.read_at, now, check_minutes)
        is_over_held = self.overrides and any(self._concerns(row_id) for row_id in self.copy.holds)
        needs = self.decision.needs_reading or self.trigger.must_read
        return bool(needs or self.unsettled or is_due or is_over_held)

    def take(self, fresh: Fresh, now: datetime) -> None:
        """Salesforce was read: what was in doubt is known, unless it can still be carried out."""
        self.fresh = fresh
        if self.only is None:
            self.copy = replace(self.copy, read_at=now)
        for write in self.unsettled:
            if not write.changes:
                # its fields are those of no row any more: nobody looks what became of it
                self.arrived.append(replace(write, state=WriteState.LOST))
            elif all(key in fresh and same(fresh[key].value, change.new) for key, change in write.changes.items()):
                self.arrived.append(replace(write, state=WriteState.DONE))
            elif not self.repeats(now):
                self.arrived.append(replace(write, state=WriteState.LOST))

    def repeats(self, now: datetime) -> bool:
        """Whether an unanswered write may still be carried out: then the very same values are sent again and no others,
        so that whatever comes late turns nothing back. What has changed since goes behind it.
        """
        fence = self.claimed.fenced_until
        may_arrive = self.claimed.in_doubt and fence is not None and now < fence
        return may_arrive and any(one.changes for one in self.unsettled)

    def drafts(self, rows: Mapping[str, Row], now: datetime) -> Iterator[Write]:
        """What is to be written: one write for each record. In doubt: what was sent before and has not arrived."""
        if self.repeats(now):
            settled = {write.id for write in self.arrived}
            yield from (write for write in self.unsettled if write.id not in settled)
            return
        groups: dict[tuple[str, RecordId], list[str]] = {}
        for key in self.decision.changes:
            facts = rows[key].facts
            assert facts is not None, "rows without facts are not written"
            groups.setdefault((facts.sobject, self.decision.records[key]), []).append(key)
        for (sobject, record_id), keys in groups.items():
            yield Write(
                id=new_id(now),
                plan_id=self.plan_id,
                sobject=sobject,
                record_id=record_id,
                trigger=self.trigger,
                at=now,
                changes={key: self.decision.changes[key] for key in keys},
                names={key: rows[key].field for key in keys},
                is_read=self.fresh is not None,
            )

    def leave_to_newer(self, write: Write) -> None:
        """A newer plan writes this record."""
        changes = {key: one for key, one in self.decision.changes.items() if key not in write.changes}
        skips = {**self.decision.skips, **dict.fromkeys(write.changes, FieldSkip.NEWER_PLAN)}
        self.decision = replace(self.decision, changes=changes, skips=skips)

    def settle(self, sent: Sent, now: datetime) -> None:
        """What became of one write, into the shadow and the outcome of the intent."""
        held, refused = dict(self.copy.held), dict(self.copy.refused)
        for key, refusal in sent.without.items():
            refused[key] = RefusedValue(self.decision.changes[key].new, refusal.code, now)
        if isinstance(sent.outcome, Refused):
            if not (isinstance(self.outcome, Refused) and self.outcome.in_doubt):
                self.outcome = sent.outcome
        else:
            for key, change in sent.write.changes.items():
                if key not in sent.without:
                    held[key] = Held(sent.write.record_id, change.new, now, sent.write.id)
                    refused.pop(key, None)
                    self.written.add(key)
            if isinstance(self.outcome, Done):
                self.outcome = Done(self.deal_id, created=False)
        self.copy = replace(self.copy, held=held, refused=refused, looked_at=now, intent_id=self.claimed.id)

    def close(self, now: datetime) -> None:
        """What is known of the plan from now on."""
        held = dict(self.copy.held)
        for write in self.arrived:
            if write.state is WriteState.DONE:
                for key, change in write.changes.items():
                    held[key] = Held(write.record_id, change.new, now, write.id)
        for key, value in self.decision.agreed.items():
            record_id = self.decision.records[key]
            if key not in held or held[key].record_id != record_id or not same(held[key].value, value):
                held[key] = Held(record_id, value, now)
        for key, read in (self.fresh or {}).items():
            # what could not be written: at least what is there is known
            is_new = key in self.decision.changes and (key not in held or held[key].at != now)
            if is_new and read.record_id is not None:
                held[key] = Held(read.record_id, read.value, now)
        refused = dict.fromkeys(self.decision.changes.keys() & self.copy.refused.keys(), FieldSkip.REFUSED)
        others = {key: skip for key, skip in self.copy.skips.items() if not self._concerns(key)}
        skips = {**others, **self.decision.skips, **refused}
        self.copy = replace(self.copy, held=held, skips=skips, looked_at=now, intent_id=self.claimed.id)

    @property
    def released(self) -> set[str]:
        """Rows of which the plan has moved on from what was taken back."""
        return (self.written | self.decision.agreed.keys()) & self.copy.holds.keys()

    def is_behind(self, now: datetime) -> bool:
        """Whether something is left to write after values that were in doubt were sent again."""
        if not self.repeats(now) or self.is_over:
            return False
        known = {key: held.value for key, held in self.copy.held.items()}
        wanted = {key: change.new for key, change in self.decision.changes.items()}
        found = decide_changes(wanted, known)
        return bool(found.changes or found.unknown)
