"""Carries Tasks: their closed status is the org's own (W4), and a contact is named when it is there (W6, D25)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from accord.core.clock import Clock
from accord.core.errors import RejectedError
from accord.core.ids import ConnectionId, RecordId, widen
from accord.core.outcomes import Done, Outcome, Recovery, Refused, Told
from accord.delivery.couriers import carry, missing, tell
from accord.delivery.model import Claim, ClaimedRow
from accord.features.activities.rules import CLOSED_STATUS
from accord.salesforce import soql
from accord.salesforce.describe import DescribeCache
from accord.salesforce.model import Gateway

# calls that read, at most: the contacts that are named, and how the org calls what is closed, where that is not known
LOOKS: Final = 2
CONTACT: Final = "WhoId"
HAS_CONTACT: Final = "The Task has a contact already."
_NOT_THERE = Refused(
    recovery=Recovery.TRANSIENT,
    code="CONTACT_NOT_THERE",
    message="The contact of this Task does not exist, or this login may not see it.",
    advice="The Task is written. Accord links the contact when it appears; it looks again by itself for 14 days.",
)


@dataclass(frozen=True, slots=True)
class TaskCourier:
    """Delivery's courier for Tasks; other objects go as they are."""

    describes: DescribeCache
    clock: Clock

    def __call__(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        if claim.sobject != "Task" or not claim.rows:
            return carry(gateway, claim)
        if claim.creates:
            return self._create(gateway, claim)
        if all(row.fields.keys() == {CONTACT} for row in claim.rows):
            return _link(gateway, claim)
        return tell(claim.rows, carry(gateway, claim))

    def closed_status(self, gateway: Gateway, connection_id: ConnectionId) -> str:
        """The status that closes a Task in this org; asked for every quarter of an hour at most."""
        status: str = self.describes.get(
            ("task status", connection_id), "closed", now=self.clock(), fetch=lambda: _closed_status(gateway)
        )
        return status

    def _create(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        wants_status = any(row.fields.get("Status") == CLOSED_STATUS for row in claim.rows)
        status = self.closed_status(gateway, claim.connection_id) if wants_status else CLOSED_STATUS
        seen = _seen(gateway, claim.rows)
        rows = [_as_sent(row, status, seen) for row in claim.rows]
        outcomes = tell(rows, carry(gateway, replace(claim, rows=tuple(rows))))
        return [_told(row, sent, outcome) for row, sent, outcome in zip(claim.rows, rows, outcomes, strict=True)]


def _closed_status(gateway: Gateway) -> str:
    """Salesforce: TaskStatus has the picklist of Task.Status, which every org may rename (Object Reference)."""
    query = soql.select("ApiName", "SortOrder").from_("TaskStatus").where(soql.eq("IsClosed", True))
    try:
        found = sorted(gateway.query(query), key=lambda row: row["SortOrder"] or 0)
    except RejectedError:
        return CLOSED_STATUS  # an org that does not show the list has its first value
    names = [str(row["ApiName"]) for row in found]
    return CLOSED_STATUS if CLOSED_STATUS in names or not names else names[0]


def _seen(gateway: Gateway, rows: Sequence[ClaimedRow]) -> set[RecordId]:
    """Those of the contacts in the rows that this login sees: one query for all, none for none."""
    wanted = sorted({str(row.fields[CONTACT]) for row in rows if row.fields.get(CONTACT)})
    query = soql.select("Id").from_("Contact").where(soql.in_("Id", wanted))
    return {RecordId(widen(row["Id"])) for row in gateway.query(query)}


def _as_sent(row: ClaimedRow, status: str, seen: set[RecordId]) -> ClaimedRow:
    fields: Mapping[str, Any] = row.fields
    if fields.get("Status") == CLOSED_STATUS:
        fields = {**fields, "Status": status}
    if fields.get(CONTACT) and fields[CONTACT] not in seen:
        fields = {name: value for name, value in fields.items() if name != CONTACT}
    return replace(row, fields=fields)


def _told(row: ClaimedRow, sent: ClaimedRow, outcome: Outcome) -> Outcome:
    if not isinstance(outcome, Done):
        return outcome
    # what an earlier try of this row left out is not known any more
    left_out = (CONTACT,) if CONTACT in row.fields and (CONTACT not in sent.fields or row.in_doubt) else ()
    notes = [f"Status is '{sent.fields['Status']}'."] if outcome.created and "Status" in sent.fields else []
    if CONTACT in row.fields and CONTACT not in sent.fields:
        notes.append("The contact was not there yet; it is linked when it appears.")
    return replace(outcome, note=" ".join(notes) or None, left_out=left_out)


def _link(gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
    """Names the contact on Tasks that have none. What a person has put there since stays."""
    seen = _seen(gateway, claim.rows)
    due = [row for row in claim.rows if row.fields[CONTACT] in seen]
    keys = {row.external_id.lower(): row for row in due}
    field = claim.external_id_field
    query = soql.select("Id", CONTACT, field).from_("Task").where(soql.in_(field, [row.external_id for row in due]))
    outcomes: dict[str, Outcome] = {
        row.id: missing(row.external_id) if row in due else _NOT_THERE for row in claim.rows
    }
    sent: list[ClaimedRow] = []
    for task in gateway.query(query):
        row = keys[str(task[field]).lower()]
        if task[CONTACT]:
            has_ours = row.in_doubt and widen(task[CONTACT]) == row.fields[CONTACT]
            told = Told(row.fields) if has_ours else None  # an earlier try has written it
            task_id = RecordId(widen(task["Id"]))
            outcomes[row.id] = Done(task_id, created=False, note=HAS_CONTACT, sent=False, told=told)
        else:
            sent.append(replace(row, record_id=RecordId(widen(task["Id"]))))
    if sent:
        answers = tell(sent, carry(gateway, replace(claim, rows=tuple(sent))), before={CONTACT: None})
        outcomes.update(zip((row.id for row in sent), answers, strict=True))
    return [outcomes[row.id] for row in claim.rows]
