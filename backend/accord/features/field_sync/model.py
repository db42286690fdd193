"""Synced fields: which datum of a plan goes to which field of the org, and how each of these rows stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Protocol

from accord.core.errors import RejectedError
from accord.core.ids import MemberId, PlanId, RecordId
from accord.workspace.plans.criteria.setting import criteria_of_file
from accord.workspace.plans.data import LABELS
from accord.workspace.plans.data import Datum as PlanDatum

DEAL: Final = "Opportunity"
CRITERION: Final = "criterion:"  # before the id of an execution criterion, among the data
STATUS: Final = str(PlanDatum.ACCORD_STATUS)

Value = str | int | Decimal | date | bool | None


class ValueKind(StrEnum):
    """What a datum is."""

    URL = "url"
    TEXT = "text"
    COUNT = "count"
    PERCENT = "percent"  # 0 to 100
    DATE = "date"
    CHECKBOX = "checkbox"


class Section(StrEnum):
    """Where a picker shows a datum, in this order (A79)."""

    ACCORD_DATA = "accord_data"
    EXECUTION_CRITERIA = "execution_criteria"


@dataclass(frozen=True, slots=True)
class Datum:
    """One thing that a plan can say. `is_criterion`: whether it is fulfilled can be synced as well, to a checkbox."""

    key: str
    label: str
    kind: ValueKind
    is_criterion: bool = False

    @property
    def section(self) -> Section:
        return Section.EXECUTION_CRITERIA if self.is_criterion else Section.ACCORD_DATA


# A42 to A48 in their order, and what is missing at the stage of the deal (D21)
_KINDS: Final[Mapping[PlanDatum, ValueKind]] = {
    PlanDatum.ACCORD_URL: ValueKind.URL,
    PlanDatum.ACCORD_STATUS: ValueKind.TEXT,
    PlanDatum.ACCORD_STAGE_NAME: ValueKind.TEXT,
    PlanDatum.CUSTOMERS_INVITED: ValueKind.COUNT,
    PlanDatum.CUSTOMERS_ACCEPTED: ValueKind.COUNT,
    PlanDatum.ACCORD_PROGRESS: ValueKind.PERCENT,
    PlanDatum.EXECUTION_SCORE: ValueKind.PERCENT,
    PlanDatum.MISSING_CRITERIA: ValueKind.TEXT,
}
DATA: Final = tuple(Datum(str(one), LABELS[one], kind) for one, kind in _KINDS.items())

# by kind of an execution criterion: what it gives to a field (B1)
CRITERION_KINDS: Final[Mapping[str, ValueKind]] = {
    "step": ValueKind.DATE,
    "role": ValueKind.TEXT,
    "resource": ValueKind.URL,
    "text": ValueKind.TEXT,
    "checkbox": ValueKind.CHECKBOX,
}


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """What the describe said of a row's field when it was last looked at."""

    sobject: str
    label: str
    type: str
    length: int
    precision: int
    scale: int


@dataclass(frozen=True, slots=True)
class Row:
    """One datum and the field that it goes to. `path` leads from the deal to the record: relationship names with dots,
    empty for the deal itself. `label` is the datum's name, kept for the day when its criterion is gone (A83).
    `moved_at`: since when it goes to this field, where an admin has changed that; what was known before is of another.
    """

    id: str
    datum: str
    label: str
    path: str
    field: str
    facts: FieldFacts | None = None
    moved_at: datetime | None = None

    @property
    def target(self) -> str:
        """The field as SOQL names it from the deal."""
        return f"{self.path}.{self.field}" if self.path else self.field

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(self.path.split(".")) if self.path else ()


class RowState(StrEnum):
    OK = "ok"
    UNCHECKED = "unchecked"  # nobody has looked at it yet
    BAD = "bad"  # its field or its criterion is not what it has to be
    PAUSED = "paused"  # nothing is written by it until an admin lets it go on


class Fault(StrEnum):
    """Why a row is bad or paused."""

    FIELD_GONE = "FIELD_GONE"
    NO_EDIT_RIGHT = "NO_EDIT_RIGHT"
    TYPE_DOES_NOT_FIT = "TYPE_DOES_NOT_FIT"
    CRITERION_GONE = "CRITERION_GONE"
    REFUSED = "REFUSED"  # Salesforce refused the field (D63)


@dataclass(frozen=True, slots=True)
class RowHealth:
    """`message` says what is wrong and what to do; `code` is Salesforce's own, where it refused. `since` is when it
    began to stand so, `checked_at` when the describe was last looked at.
    """

    state: RowState = RowState.UNCHECKED
    fault: Fault | None = None
    message: str = ""
    code: str | None = None
    since: datetime | None = None
    checked_at: datetime | None = None

    @property
    def writes(self) -> bool:
        return self.state in {RowState.OK, RowState.UNCHECKED}


UNCHECKED: Final = RowHealth()

CHECK_MINUTES: Final = 15


def _proposed(datum: str, label: str, name: str) -> Row:
    return Row(id=datum, datum=datum, label=label, path="", field=name)


# the fields of the package (A50 to A57, and ours of D21), as every org is offered them
PROPOSAL: Final = tuple(
    _proposed(datum.key, datum.label, name)
    for datum, name in zip(
        DATA,
        (
            "Accord_URL__c",
            "Accord_Status__c",
            "Stage_Name__c",
            "Customer_Invited_Num__c",
            "Customer_Accepted_Num__c",
            "Progress__c",
            "Execution_Score__c",
            "Accord_Missing_Criteria__c",
        ),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Setup:
    """Which fields are synced in one org. Version 0 is the proposal, before any admin has touched it; it is off.

    `check_minutes`: a plan that is viewed has its fields in Salesforce read again after this time at the earliest.
    """

    enabled: bool = False
    rows: tuple[Row, ...] = PROPOSAL
    check_minutes: int = CHECK_MINUTES
    version: int = 0
    changed_at: datetime | None = None
    changed_by: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What an admin sees: the set-up, how each row stands (by its id), and who changed it last."""

    setup: Setup
    health: Mapping[str, RowHealth] = field(default_factory=dict)
    changed_by: str | None = None

    def of(self, row_id: str) -> RowHealth:
        return self.health.get(row_id, UNCHECKED)


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field in a picker. `reason`: why the datum cannot go there, if it cannot. `over`: the path behind a lookup."""

    facts: FieldFacts
    name: str
    reason: str | None
    over: str | None


class PlanValues(Protocol):
    """One plan as it is now. A datum that is not among the values is not known of this plan."""

    @property
    def plan_id(self) -> PlanId: ...
    @property
    def opportunity_id(self) -> RecordId | None: ...
    @property
    def is_published(self) -> bool: ...
    @property
    def values(self) -> Mapping[str, Value]: ...


class Criterion(Protocol):
    """An execution criterion that a row may name; one that is not live was deleted. `key` names it in a file."""

    @property
    def id(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def is_live(self) -> bool: ...


def data_of(criteria: Sequence[Criterion]) -> tuple[Datum, ...]:
    """Everything that a row may name: Accord's data, then the execution criteria (A79)."""
    live = [one for one in criteria if one.is_live]
    found = [
        Datum(f"{CRITERION}{one.id}", one.title, CRITERION_KINDS.get(str(one.kind), ValueKind.TEXT), is_criterion=True)
        for one in sorted(live, key=lambda one: one.title.casefold())
    ]
    return (*DATA, *found)


def coming(beside: Mapping[str, Any]) -> tuple[Datum, ...]:
    """The criteria that a file brings along, named by their keys. None where they cannot be read: that is told where
    they are set.
    """
    try:
        brought = criteria_of_file(beside).criteria
    except RejectedError:
        return ()
    return tuple(
        Datum(f"{CRITERION}{one.key}", one.title, CRITERION_KINDS[str(one.kind)], is_criterion=True) for one in brought
    )
