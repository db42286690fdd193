"""Sends writes: 200 records of one object a call, and once more without the fields that Salesforce refused by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from accord.core.outcomes import Done, Outcome, Recovery, Refused
from accord.features.field_sync.model import Row, RowHealth
from accord.features.field_sync.sync.model import Write, WriteState
from accord.features.field_sync.sync.reading import paused_by
from accord.salesforce.errors import is_of_a_field
from accord.salesforce.model import Gateway, UpdateRow

CALL: Final = 200  # Salesforce: sObject Collections take 200 records a call


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one write. `without`: by row, why Salesforce refused that field; the others were written."""

    write: Write
    outcome: Outcome
    without: Mapping[str, Refused] = field(default_factory=dict)

    @property
    def settled(self) -> Write:
        """The write as it is kept: with the fields that were really sent."""
        match self.outcome:
            case Refused(in_doubt=True):
                return self.write
            case Refused():
                return replace(self.write, state=WriteState.REFUSED)
        nothing = self.write.changes.keys() <= self.without.keys()
        return replace(self.write, state=WriteState.REFUSED if nothing else WriteState.DONE)


def send(gateway: Gateway, writes: Sequence[Write], *, keep: Callable[[Sequence[Sent]], None]) -> list[Sent]:
    """Sends writes of any objects; `keep` is told the outcomes of each call before the next one is made.

    Raises what a gateway raises for a call that failed as a whole.
    """
    sent: list[Sent] = []
    for sobject in dict.fromkeys(write.sobject for write in writes):
        of_object = [write for write in writes if write.sobject == sobject]
        for start in range(0, len(of_object), CALL):
            done = _send_call(gateway, sobject, of_object[start : start + CALL])
            keep(done)
            sent += done
    return sent


def _send_call(gateway: Gateway, sobject: str, writes: Sequence[Write]) -> list[Sent]:
    first = [Sent(write, outcome) for write, outcome in zip(writes, _update(gateway, sobject, writes), strict=True)]
    again = [_without_refused(one) for one in first]
    left = [one.write for one in again if one is not None and one.write.changes]
    outcomes = iter(_update(gateway, sobject, left))
    found = []
    for before, after in zip(first, again, strict=True):
        if after is None:
            found.append(before)
        elif after.write.changes:
            found.append(replace(after, outcome=next(outcomes)))
        else:
            # nothing of it could be written; the fields say why, and the record itself has no trouble
            found.append(replace(after, write=before.write, outcome=Done(before.write.record_id, created=False)))
    return found


def _without_refused(sent: Sent) -> Sent | None:
    """The write without the fields that were refused by name; None where that is no way on."""
    refusal = sent.outcome
    if not isinstance(refusal, Refused) or refusal.in_doubt or not is_of_a_field(refusal):
        return None
    named = {name.lower() for name in refusal.fields}
    refused = {key: refusal for key, name in sent.write.names.items() if name.lower() in named}
    if not refused:
        return None
    changes = {key: change for key, change in sent.write.changes.items() if key not in refused}
    return Sent(replace(sent.write, changes=changes), refusal, refused)


def _update(gateway: Gateway, sobject: str, writes: Sequence[Write]) -> Sequence[Outcome]:
    if not writes:
        return ()
    rows = [
        UpdateRow(write.record_id, {write.names[key]: change.new for key, change in write.changes.items()})
        for write in writes
    ]
    return gateway.update(sobject, rows)


def paused_rows(sent: Sequence[Sent], rows: Mapping[str, Row]) -> Mapping[str, RowHealth]:
    """Rows that wait for an admin: their field was refused for what it is, not for one record's value (D63)."""
    return {
        key: paused_by(rows[key], code=refusal.code, advice=refusal.advice)
        for one in sent
        for key, refusal in one.without.items()
        if refusal.recovery is Recovery.SCHEMA and key in rows
    }
