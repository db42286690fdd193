"""Couriers carry one claim to Salesforce: look first where in doubt, then one call, one outcome a row.

A record in doubt that is there was made by the try whose answer we never saw: it is not sent again, because a person
may have changed it since (W2). A change in doubt is not sent again where the record has its values. A later write goes
to a record that exists and never makes one: what a person deleted stays deleted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from accord.core.ids import RecordId, widen
from accord.core.outcomes import Done, Outcome, Recovery, Refused, Told
from accord.delivery.model import Claim, ClaimedRow
from accord.salesforce import soql
from accord.salesforce.model import Gateway, UpdateRow, UpsertRow

RECORD_MISSING = "RECORD_MISSING"
_HAD_ARRIVED = "An earlier try had arrived; the record has these values."
Found = tuple[ClaimedRow, Mapping[str, Any]]

Courier = Callable[[Gateway, Claim], Sequence[Outcome]]


def carry(gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
    """Sends the claim; outcomes in the order of its rows. Raises what the gateway raises for a whole call."""
    return _carry_creates(gateway, claim) if claim.creates else _carry_updates(gateway, claim)


def _carry_creates(gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
    found = look_up(gateway, claim, [row for row in claim.rows if row.in_doubt])
    sent = [row for row in claim.rows if row.external_id not in found]
    outcomes: dict[str, Outcome] = {key: Done(record_id, created=False, sent=False) for key, record_id in found.items()}
    if sent:
        answers = gateway.upsert(
            claim.sobject,
            claim.external_id_field,
            [UpsertRow(external_id=row.external_id, fields=row.fields) for row in sent],
        )
        outcomes.update(zip((row.external_id for row in sent), answers, strict=True))
    return [outcomes[row.external_id] for row in claim.rows]


def _carry_updates(gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
    found = look_up(gateway, claim, [row for row in claim.rows if row.record_id is None and not row.in_doubt])
    ids = {row.external_id: row.record_id or found.get(row.external_id) for row in claim.rows}
    outcomes: dict[str, Outcome] = {row.external_id: missing(row.external_id) for row in claim.rows}
    for row, record in _read(gateway, claim, [row for row in claim.rows if row.in_doubt]):
        found_id = RecordId(widen(record["Id"]))
        ids[row.external_id] = found_id
        if all(_same(value, record[name]) for name, value in row.fields.items()):
            outcomes[row.external_id] = Done(found_id, created=False, note=_HAD_ARRIVED, sent=False)
    sent = [
        (row, record_id)
        for row in claim.rows
        if (record_id := ids[row.external_id]) is not None and isinstance(outcomes[row.external_id], Refused)
    ]
    if sent:
        answers = gateway.update(
            claim.sobject, [UpdateRow(record_id=record_id, fields=row.fields) for row, record_id in sent]
        )
        outcomes.update(zip((row.external_id for row, _ in sent), answers, strict=True))
    return [outcomes[row.external_id] for row in claim.rows]


def tell(
    rows: Sequence[ClaimedRow], outcomes: Sequence[Outcome], *, before: Mapping[str, Any] = MappingProxyType({})
) -> list[Outcome]:
    """The outcomes with the values of what is written: by this try, or by an earlier one that had arrived. `before`:
    what all of them were seen to hold just before.
    """
    return [
        replace(outcome, told=Told(row.fields, before))
        if isinstance(outcome, Done) and (outcome.sent or row.in_doubt)
        else outcome
        for row, outcome in zip(rows, outcomes, strict=True)
    ]


def look_up(gateway: Gateway, claim: Claim, rows: Sequence[ClaimedRow]) -> dict[str, RecordId]:
    """Which of the rows' records exist, by external id: one query for all of them, none for none."""
    if not rows:
        return {}
    return {row.external_id: RecordId(widen(record["Id"])) for row, record in _find(gateway, claim, rows, ())}


def _read(gateway: Gateway, claim: Claim, rows: Sequence[ClaimedRow]) -> Iterable[Found]:
    """The rows' records with the fields that are to be written: one query for all of them, none for none."""
    return _find(gateway, claim, rows, sorted({name for row in rows for name in row.fields})) if rows else ()


def _find(gateway: Gateway, claim: Claim, rows: Sequence[ClaimedRow], fields: Sequence[str]) -> Iterable[Found]:
    field = claim.external_id_field
    keys = {row.external_id.lower(): row for row in rows}
    wanted = [row.external_id for row in rows]
    query = soql.select("Id", field, *fields).from_(claim.sobject).where(soql.in_(field, wanted))
    # Salesforce: text is compared without regard to case, so the answer may spell the key in another way
    return [
        (keys[key.lower()], record) for record in gateway.query(query) if (key := record[field]) and key.lower() in keys
    ]


def _same(sent: Any, read: Any) -> bool:
    """Whether a value is surely there already. One that the platform spells otherwise is sent again: no harm."""
    return bool(sent == read) or (sent in ("", None) and read is None)


def missing(external_id: str) -> Refused:
    return Refused(
        recovery=Recovery.DATA,
        code=RECORD_MISSING,
        message=f"No record carries the key {external_id}.",
        advice="The record was deleted, or this login may not see it. Restore or share it, then retry.",
    )
