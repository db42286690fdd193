"""Values that live on both sides: the end date of a plan and the close date of its deal, its value and the amount."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from accord.core.ids import IntentId, MemberId, PlanId, RecordId
from accord.mapping.merge import Agreed, Policy
from accord.mapping.values import Canonical

DEAL: Final = "Opportunity"
CURRENCY: Final = "CurrencyIsoCode"
HAS_PRODUCTS: Final = "HasOpportunityLineItem"


class Linked(StrEnum):
    """The two links, each with a switch of its own (A110)."""

    CLOSE_DATE = "close_date"
    AMOUNT = "amount"


FIELDS: Final = {Linked.CLOSE_DATE: "CloseDate", Linked.AMOUNT: "Amount"}
# Object Reference, Opportunity (API 50.0 and later): the row of OpportunityHistory in which the field was changed last;
# every org keeps that history, whatever field tracking its admin has chosen
HISTORY: Final = "OpportunityHistory"
LAST_CHANGES: Final = {
    Linked.CLOSE_DATE: "LastCloseDateChangedHistoryId",
    Linked.AMOUNT: "LastAmountChangedHistoryId",
}


class Standing(StrEnum):
    """How a linked value stands."""

    NOT_READ = "not_read"  # Salesforce's side was not read yet
    EQUAL = "equal"
    ON_ITS_WAY = "on_its_way"  # ours is being written
    CONFLICT = "conflict"  # both were changed; the owner is asked
    FROZEN = "frozen"  # it flipped too often
    APART = "apart"  # the sides differ and nothing can be done about it: there is a reason


class Reason(StrEnum):
    """Why two values stay apart, or are not compared. Each has its sentence in rules."""

    CURRENCY_MISMATCH = "currency_mismatch"
    ORG_CURRENCY_UNKNOWN = "org_currency_unknown"
    REQUIRED_IN_SALESFORCE = "required_in_salesforce"
    NOT_VISIBLE = "not_visible"
    NOT_EDITABLE = "not_editable"
    IGNORED_BY_PLATFORM = "ignored_by_platform"
    NOT_KEPT = "not_kept"
    DEAL_NOT_THERE = "deal_not_there"


class Origin(StrEnum):
    """Whose change it was."""

    SALESFORCE = "salesforce"
    OURS = "ours"


class JudgedBy(StrEnum):
    """By what the newer of two changes was found."""

    FIELD = "field"  # Salesforce's history of the field
    RECORD = "record"  # the record's last change, which may have been one of another field


@dataclass(frozen=True, slots=True)
class Turn:
    """One change that was carried to the other side."""

    at: datetime
    origin: Origin
    value: Canonical


@dataclass(frozen=True, slots=True)
class Pending:
    """A write that the outbox has. Whoever carries another one of this field carries an old wish.

    `is_met`: Salesforce's side was compared while it was on its way, be that before or after it arrived there.
    """

    intent_id: IntentId
    value: Canonical
    is_met: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    ours: Canonical
    theirs: Canonical
    since: datetime


@dataclass(frozen=True, slots=True)
class Ignored:
    """Salesforce took the write of `ours` and kept `theirs`."""

    ours: Canonical
    theirs: Canonical


@dataclass(frozen=True, slots=True)
class ValueState:
    """What is known of one linked value of one plan and its deal.

    `base` is the shadow: what Salesforce had when both sides were last compared. `sent` are the values that were given
    to the outbox since the sides were last equal, so that an echo of any of them is known. `currency` is that of the
    base. `is_inbound`: Salesforce makes the value itself, from products.
    """

    opportunity_id: RecordId
    base: Agreed | None = None
    currency: str | None = None
    pending: Pending | None = None
    sent: tuple[Canonical, ...] = ()
    conflict: Conflict | None = None
    reason: Reason | None = None
    ignored: Ignored | None = None
    is_inbound: bool = False
    judged_by: JudgedBy | None = None  # the last conflict that the newer change has won
    turns: tuple[Turn, ...] = ()
    frozen_at: datetime | None = None
    is_due: bool = True  # Salesforce's side has to be read

    @property
    def standing(self) -> Standing:
        if self.frozen_at is not None:
            return Standing.FROZEN
        if self.conflict is not None:
            return Standing.CONFLICT
        if self.reason is not None:
            return Standing.APART
        if self.pending is not None:
            return Standing.ON_ITS_WAY
        return Standing.NOT_READ if self.base is None else Standing.EQUAL


@dataclass(frozen=True, slots=True)
class Theirs:
    """Salesforce's side as it was read with the integration owner's login.

    `changed_at` is when the value was changed last, by Salesforce's clock and as `judged_by` says: by its history, or
    by the record's LastModifiedDate, which no roll-up moves.
    """

    value: Canonical
    changed_at: datetime | None = None
    currency: str | None = None
    is_inbound: bool = False
    is_editable: bool = True
    may_be_empty: bool = True
    judged_by: JudgedBy = JudgedBy.RECORD


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """`ask_default` decides a conflict that nobody has decided for `ask_days` days (D28)."""

    enabled: bool = True  # A105
    policy: Policy = Policy.SALESFORCE
    ask_days: int = 3
    ask_default: Policy = Policy.SALESFORCE


@dataclass(frozen=True, slots=True)
class Settings:
    """`org_currency` is the currency of an org that has one alone, as an admin names it; what the org itself has said
    comes before it (`in_org`). Version 0 is the default, before any admin has changed it.
    """

    links: Mapping[Linked, LinkSettings] = field(default_factory=lambda: {one: LinkSettings() for one in Linked})
    org_currency: str | None = None
    version: int = 0
    changed_at: datetime | None = None
    changed_by: MemberId | None = None

    @property
    def enabled(self) -> tuple[Linked, ...]:
        return tuple(one for one in Linked if self.links[one].enabled)

    @property
    def compares_times(self) -> bool:
        """Whether the newer of two changes may win."""
        return any(Policy.NEWEST in {self.links[one].policy, self.links[one].ask_default} for one in self.enabled)

    def in_org(self, known_currency: str | None) -> "Settings":
        """As they hold in an org that says this of its one currency: an admin decides only what it has not said."""
        return self if known_currency is None else replace(self, org_currency=known_currency)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a decision needs beside the two sides. `ours_at` is by Salesforce's clock, as far as that is known."""

    settings: LinkSettings
    now: datetime
    intent_id: IntentId
    ours_at: datetime | None = None
    may_be_empty: bool = True  # in Salesforce, as far as that is known without asking

    @property
    def ask_for(self) -> timedelta:
        return timedelta(days=self.settings.ask_days)


@dataclass(frozen=True, slots=True)
class Key:
    """One linked value."""

    plan_id: PlanId
    linked: Linked
