"""Plans that are made automatically: the rules of an org, and what became of the deals that they met."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from accord.core.ids import MemberId, PlanId, PlaybookId, RecordId, UserId
from accord.salesforce.model import PicklistValue

DEAL: Final = "Opportunity"
STAGE: Final = "StageName"
TYPE: Final = "Type"
AMOUNT: Final = "Amount"
CURRENCY: Final = "CurrencyIsoCode"
OWNER: Final = "OwnerId"
CHANGED: Final = "SystemModstamp"
NAME_OF_DEAL: Final = "{deal}"  # stands for the name of the deal in a title


@dataclass(frozen=True, slots=True)
class PlaybookRef:
    """A playbook of this org, and its title, by which a file names it: ids stay where they were made. Of a rule that is
    not checked yet, `id` is what was given: an id or a title.
    """

    id: PlaybookId
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which deals get a plan, and which one. `types` empty: of any type. The amounts are bounds that count as within.

    `currency` goes with the amounts in an org that has several. `point_person` is a Salesforce user, None the owner of
    the deal. A plan begins with a `playbook` or a plan, its `template`; with neither it has one stage, `stage_title`.
    `since`: when it was switched on, by our clock; only deals that change from then on are met.
    """

    id: str
    name: str
    enabled: bool
    stages: tuple[str, ...]
    types: tuple[str, ...] = ()
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    currency: str | None = None
    point_person: UserId | None = None
    template: PlanId | None = None
    title: str = NAME_OF_DEAL
    stage_title: str = ""
    since: datetime | None = None
    playbook: PlaybookRef | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The first rule that meets a deal decides. Version 0 is the default, before any admin has changed it."""

    rules: tuple[Rule, ...] = ()
    version: int = 0
    changed_at: datetime | None = None
    changed_by: MemberId | None = None

    @property
    def enabled(self) -> tuple[Rule, ...]:
        return tuple(one for one in self.rules if one.enabled)


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal as it was just read with the integration owner's login. `changed_at` is by Salesforce's clock."""

    id: RecordId
    name: str
    stage: str
    type: str | None
    amount: Decimal | None
    currency: str | None
    owner_id: UserId | None
    changed_at: datetime


class Standing(StrEnum):
    """What became of a deal that is remembered."""

    WAITING = "waiting"  # it gets its plan when somebody can be its point person
    MADE = "made"  # a rule made its plan
    HAD = "had"  # it had a plan, which a person took away


class Reason(StrEnum):
    """Why a deal waits. Each has its sentence in rules."""

    OWNER_NOT_MEMBER = "owner_not_member"
    OWNER_BLOCKED = "owner_blocked"
    PERSON_BLOCKED = "person_blocked"


@dataclass(frozen=True, slots=True)
class Waits:
    """`for_user` is the Salesforce user who has to be an active member first."""

    rule_id: str
    reason: Reason
    for_user: UserId


@dataclass(frozen=True, slots=True)
class Person:
    """A member, as far as a rule needs to know him."""

    member_id: MemberId
    is_active: bool


People = Mapping[UserId, Person]  # the members of a connection, by their Salesforce users


class Fit(StrEnum):
    """Whether a deal is one that a rule is about."""

    YES = "yes"
    OTHER_CURRENCY = "other_currency"  # it would be, if its amount could be compared
    NO = "no"


@dataclass(frozen=True, slots=True)
class Page:
    """What is left of looking for deals that are there already. `since`: only those changed from then on, by
    Salesforce's clock. `after`: the last deal that was looked at.
    """

    rule_id: str
    since: datetime | None = None
    after: RecordId | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    value: str
    label: str
    is_won: bool = False
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What a rule may name. `types` is None where the integration owner may not see that field; `currencies` is empty
    in an org with one alone.
    """

    stages: tuple[Stage, ...]
    types: tuple[PicklistValue, ...] | None
    currencies: tuple[str, ...]
    sees_amount: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rule would do now with the deals that are there. Nothing was made.

    `named` are the first of those that would get a plan, or would wait for one. `by_others` get theirs by a rule above.
    `calls` is what doing so would cost; `looked_at`: so many deals of its stages and types were read; `after`: the last
    of them, where there are more.
    """

    would_make: int
    would_wait: int
    had_one: int
    by_others: int
    other_currency: int
    looked_at: int
    after: RecordId | None
    calls: int
    named: tuple[tuple[Deal, Reason | None], ...]
