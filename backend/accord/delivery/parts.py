"""Which part of Accord a write is of: by its object, and by what caused it where two write to the same records."""

from collections.abc import Mapping
from enum import StrEnum
from math import ceil
from typing import Final

from accord.delivery.model import BATCH_SIZE
from accord.salesforce.model import MOST_PARTS


class Part(StrEnum):
    """The parts that write through the outbox."""

    ACTIVITY = "activity"  # Tasks
    FIELDS = "fields"  # synced fields of records
    TWO_WAY = "two_way"  # values that live on both sides
    CONTACTS = "contacts"  # members who become Contacts with a role on the deal
    EVENTS = "events"  # platform events
    MESSAGES = "messages"  # Salesforce's bell


_BY_OBJECT: Final[Mapping[str, Part]] = {
    "Task": Part.ACTIVITY,
    "Contact": Part.CONTACTS,
    "OpportunityContactRole": Part.CONTACTS,
    "CustomNotification": Part.MESSAGES,  # no object of the org, and neither is the next: their couriers know them
    "PlanNews": Part.MESSAGES,
}
_IN_A_CALL: Final[Mapping[Part, int]] = {Part.EVENTS: MOST_PARTS, Part.MESSAGES: 1}  # of all others a whole batch
TWO_WAY: Final = "two_way_"  # so the kinds of writes of values that live on both sides begin
CONTACTS_READ: Final = "contacts_read"  # a deal's contacts are read
READS: Final = (CONTACTS_READ,)  # the kinds of intents that write nothing


def part_of(sobject: str, kind: str) -> Part:
    """`kind` is the intent's. Salesforce: names of platform events end in __e."""
    if sobject.endswith("__e"):
        return Part.EVENTS
    return _BY_OBJECT.get(sobject) or (Part.TWO_WAY if kind.startswith(TWO_WAY) else Part.FIELDS)


def calls_for(part: Part, number: int) -> int:
    """How many calls so many writes of a part take when they go together."""
    return ceil(number / _IN_A_CALL.get(part, BATCH_SIZE))
