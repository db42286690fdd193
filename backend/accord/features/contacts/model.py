"""Contacts of deals and members of plans: who is to be whom, and who is left out and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from accord.core.ids import MemberId, PlanId, RecordId

DEAL: Final = "Opportunity"
CONTACT: Final = "Contact"
ROLE: Final = "OpportunityContactRole"
LEAD_SOURCE: Final = "LeadSource"
KEY: Final = "Accord_Id__c"  # external id of what we make
OF_DEAL: Final = "OpportunityId"  # a reading of a deal's contacts is known by its deal
ALL_PLANS: Final = "AllPlans"  # a page of all connected plans is known by the plan after which it begins
FIRST_PAGE: Final = "first"


@dataclass(frozen=True, slots=True)
class ContactSettings:
    """'Sync Salesforce Contacts' (B1). `lead_source` is given to new Contacts; None: to none of them.

    Version 0 is the default, before any admin has changed it.
    """

    enabled: bool = False
    lead_source: str | None = None
    version: int = 0
    changed_at: datetime | None = None
    changed_by: MemberId | None = None


class LeftOut(StrEnum):
    """Why a contact of a deal is no member of its plan. Each has its sentence in rules."""

    NO_EMAIL = "no_email"
    EMAIL_UNUSABLE = "email_unusable"
    SAME_EMAIL = "same_email"
    OWN_PERSON = "own_person"
    NOT_VISIBLE = "not_visible"
    PLAN_FULL = "plan_full"


@dataclass(frozen=True, slots=True)
class DealContact:
    """A contact that has a role on a deal. `is_seen` False: it is gone, or hidden from the integration owner."""

    id: RecordId
    name: str = ""
    email: str = ""
    is_seen: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """A Contact that may be the one that is looked for. `created_at` is text as Salesforce writes it, in UTC."""

    id: RecordId
    email: str
    account_id: RecordId | None
    created_at: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A member of a plan who is to be a Contact, and to have a role on the plan's deal.

    `key` is the external id under which his Contact would be made: one for each e-mail address of an org.
    """

    id: str
    plan_id: PlanId
    plan_member_id: str
    opportunity_id: RecordId
    key: str


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A contact that was left out."""

    id: str
    plan_id: PlanId
    opportunity_id: RecordId
    contact_id: RecordId
    reason: LeftOut
    since: datetime
