"""Couriers carry one claim to Salesforce: look first where in doubt, then one call, one outcome a row.

A record in doubt that is there was made by the try whose answer we never saw: it is not sent again, because a person
may have changed it since (W2). A later write goes to a record that exists and never makes one: what a person deleted
stays deleted.
"""

from collections.abc import Callable, Sequence

from accord.core.ids import RecordId, widen
from accord.core.outcomes import Done, Outcome, Recovery, Refused
from accord.delivery.model import Claim, ClaimedRow
from accord.salesforce import soql
from accord.salesforce.model import Gateway, UpdateRow, UpsertRow

RECORD_MISSING = "RECORD_MISSING"

Courier = Callable[[Gateway, Claim], Sequence[Outcome]]


def carry(gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
    """Sends the claim; outcomes in the order of its rows. Raises what the gateway raises for a whole call."""
    return _carry_creates(gateway, claim) if claim.creates else _carry_updates(gateway, claim)


def _carry_creates(gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
    found = look_up(gateway, claim, [row for row in claim.rows if row.in_doubt])
    sent = [row for row in claim.rows if row.external_id not in found]
    outcomes: dict[str, Outcome] = {key: Done(record_id, created=False) for key, record_id in found.items()}
    if sent:
        answers = gateway.upsert(
            claim.sobject,
            claim.external_id_field,
            [UpsertRow(external_id=row.external_id, fields=row.fields) for row in sent],
        )
        outcomes.update(zip((row.external_id for row in sent), answers, strict=True))
    return [outcomes[row.external_id] for row in claim.rows]


def _carry_updates(gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
    found = look_up(gateway, claim, [row for row in claim.rows if row.record_id is None])
    ids = {row.external_id: row.record_id or found.get(row.external_id) for row in claim.rows}
    sent = [(row, record_id) for row in claim.rows if (record_id := ids[row.external_id]) is not None]
    outcomes: dict[str, Outcome] = {row.external_id: missing(row.external_id) for row in claim.rows}
    if sent:
        answers = gateway.update(
            claim.sobject, [UpdateRow(record_id=record_id, fields=row.fields) for row, record_id in sent]
        )
        outcomes.update(zip((row.external_id for row, _ in sent), answers, strict=True))
    return [outcomes[row.external_id] for row in claim.rows]


def look_up(gateway: Gateway, claim: Claim, rows: Sequence[ClaimedRow]) -> dict[str, RecordId]:
    """Which of the rows' records exist, by external id: one query for all of them, none for none."""
    if not rows:
        return {}
    field = claim.external_id_field
    keys = {row.external_id.lower(): row.external_id for row in rows}
    query = soql.select("Id", field).from_(claim.sobject).where(soql.in_(field, keys.values()))
    # Salesforce: text is compared without regard to case, so the answer may spell the key in another way
    return {
        keys[key.lower()]: RecordId(widen(record["Id"]))
        for record in gateway.query(query)
        if (key := record[field]) and key.lower() in keys
    }


def missing(external_id: str) -> Refused:
    return Refused(
        recovery=Recovery.DATA,
        code=RECORD_MISSING,
        message=f"No record carries the key {external_id}.",
        advice="The record was deleted, or this login may not see it. Restore or share it, then retry.",
    )
