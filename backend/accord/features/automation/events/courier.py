"""Carries plan events to the bus: at least once. A platform event has neither an update nor a key that refuses doubles,
so a repeat says of itself that it is one (S7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from accord.core.errors import RejectedError
from accord.core.ids import RecordId, widen
from accord.core.outcomes import Outcome, Recovery, Refused
from accord.delivery.couriers import Courier
from accord.delivery.model import Claim, ClaimedRow
from accord.features.automation.events.model import PLAN_EVENT
from accord.salesforce.model import Gateway
from accord.salesforce.soql import in_, select

LOOKS: Final = 1  # calls that read: the accounts of the deals of a claim


@dataclass(frozen=True, slots=True)
class PlanEventCourier:
    """Delivery's courier for plan events; `others` carries everything else."""

    others: Courier

    def __call__(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        if claim.sobject != PLAN_EVENT:
            return self.others(gateway, claim)
        accounts = _accounts(gateway, claim.rows)
        messages = [
            {
                **row.fields,
                "AccountId__c": accounts.get(RecordId(row.fields["OpportunityId__c"])),
                "IsReplay__c": row.in_doubt,
            }
            for row in claim.rows
        ]
        return [_told(outcome) for outcome in gateway.publish(PLAN_EVENT, messages)]


def _accounts(gateway: Gateway, rows: Sequence[ClaimedRow]) -> Mapping[RecordId, str | None]:
    """The account of each deal, as it is now: one query for all. An owner who may not see it publishes without."""
    deals = sorted({str(row.fields["OpportunityId__c"]) for row in rows})
    query = select("Id", "AccountId").from_("Opportunity").where(in_("Id", deals))
    try:
        found: Sequence[Mapping[str, Any]] = gateway.query(query)
    except RejectedError:
        return {}
    return {RecordId(widen(row["Id"])): row["AccountId"] for row in found}


def _told(outcome: Outcome) -> Outcome:
    """Salesforce: an event that the org does not have is answered like an address that does not exist.

    No field is named as the one at fault: an event goes out whole or not at all, for nobody can complete it later.
    """
    if isinstance(outcome, Refused) and outcome.code == "NOT_FOUND":
        advice = f"{PLAN_EVENT} is missing in the org, or this login may not publish it. Install the package and assign"
        return replace(outcome, recovery=Recovery.SCHEMA, advice=f"{advice} its permission set Accord_Integration.")
    return replace(outcome, fields=()) if isinstance(outcome, Refused) else outcome
