"""Carries notifications to the bell: at least once, and not when it is too late to be news."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from accord.core.clock import Clock
from accord.core.errors import RejectedError
from accord.core.ids import RecordId, widen
from accord.core.outcomes import Done, Outcome, Recovery, Refused
from accord.delivery.couriers import Courier
from accord.delivery.model import Claim, ClaimedRow
from accord.features.notifications.model import NOTIFICATION
from accord.salesforce.model import Gateway
from accord.salesforce.soql import eq, in_, select

TYPE: Final = "Accord_Message"
ACTION: Final = "customNotificationAction"
SETTINGS_PAGE: Final = json.dumps({"type": "standard__navItemPage", "attributes": {"apiName": "Accord_Settings"}})
TOO_LATE: Final = "It could not ring in time, so it did not ring at all."
NOBODY: Final = "Nobody was to be told any more."
_INSTALL: Final = (
    f"The notification type {TYPE} is missing in the org, or this login may not see it. Install the package and assign "
    "its permission set Accord_Integration."
)
_MAY_NOT: Final = "Assign the permission set Accord_Integration anew: it has Send Custom Notifications."


LOOKS: Final = 2  # calls that read, at most: the owners of deals, and the id of our type of notification


@dataclass(frozen=True, slots=True)
class NotificationCourier:
    """Delivery's courier for the bell; `others` carries everything else."""

    clock: Clock
    others: Courier

    def __call__(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        if claim.sobject != NOTIFICATION:
            return self.others(gateway, claim)
        now = self.clock()
        rows = [row for row in claim.rows if datetime.fromisoformat(row.fields["until"]) > now]
        owners = _owners(gateway, rows)
        told: dict[str, Sequence[str]] = {row.id: _recipients(row, owners) for row in rows}
        sent = [row for row in rows if told[row.id]]
        outcomes: dict[str, Outcome] = {row.id: not_rung(TOO_LATE) for row in claim.rows}
        outcomes |= {row.id: not_rung(NOBODY) for row in rows}
        outcomes |= zip((row.id for row in sent), ring(gateway, [_input(row, told) for row in sent]), strict=True)
        return [outcomes[row.id] for row in claim.rows]


def not_rung(note: str) -> Done:
    return Done(None, created=False, note=note, sent=False)


def ring(gateway: Gateway, inputs: Sequence[Mapping[str, Any]]) -> Sequence[Outcome]:
    """Sends custom notifications of our type, in two calls; none for none."""
    if not inputs:
        return ()
    type_id = _type(gateway)
    if type_id is None:
        return [Refused(Recovery.SCHEMA, "NOT_FOUND", "There is no such notification type.", _INSTALL)] * len(inputs)
    whole = [{"customNotifTypeId": type_id, **one} for one in inputs]
    return [_advised(outcome) for outcome in gateway.act(ACTION, whole)]


def _input(row: ClaimedRow, told: Mapping[str, Sequence[str]]) -> Mapping[str, Any]:
    return {
        "recipientIds": list(told[row.id]),
        "title": row.fields["title"],
        "body": row.fields["body"],
        # Salesforce: one of the two is needed, and says what opens when it is clicked
        **({"targetId": deal} if (deal := row.fields["owner_of"]) else {"targetPageRef": SETTINGS_PAGE}),
    }


def _type(gateway: Gateway) -> str | None:
    query = select("Id").from_("CustomNotificationType").where(eq("DeveloperName", TYPE))
    try:
        found: Sequence[Mapping[str, Any]] = gateway.query(query)
    except RejectedError:
        return None
    return str(found[0]["Id"]) if found else None


def _owners(gateway: Gateway, rows: Sequence[ClaimedRow]) -> Mapping[RecordId, str]:
    """The owner of each deal as Salesforce has him now: one query for all, none for none."""
    deals = sorted({str(deal) for row in rows if (deal := row.fields["owner_of"])})
    query = select("Id", "OwnerId").from_("Opportunity").where(in_("Id", deals))
    return {RecordId(widen(row["Id"])): str(row["OwnerId"]) for row in gateway.query(query)}


def _recipients(row: ClaimedRow, owners: Mapping[RecordId, str]) -> Sequence[str]:
    deal = row.fields["owner_of"]
    owner = owners.get(RecordId(deal)) if deal else None
    return [*row.fields["users"], *([owner] if owner else ())]


def _advised(outcome: Outcome) -> Outcome:
    """No field is named as the one at fault: a notification goes out whole or not at all."""
    if not isinstance(outcome, Refused):
        return outcome
    advice = _MAY_NOT if outcome.code.startswith("INSUFFICIENT_ACCESS") else outcome.advice
    return replace(outcome, advice=advice, fields=())
