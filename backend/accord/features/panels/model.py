"""The panel's values: which fields it shows, and one record's rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from accord.core.ids import RecordId
from accord.salesforce.model import FieldDescribe, PicklistValue

DEAL = "Opportunity"
ACCOUNT = "Account"
CURRENCY = "CurrencyIsoCode"


class RowType(StrEnum):
    """The six types of a panel's rows (A14 to A22), and three that a variable alone may have.

    A percentage is the number before the sign, as Salesforce has it: 75 for 75%.
    """

    DATE = "date"
    CURRENCY = "currency"
    NUMBER = "number"
    PICKLIST = "picklist"
    TEXT = "text"
    LONG_TEXT = "long_text"
    PERCENT = "percent"
    BOOLEAN = "boolean"
    MULTIPICKLIST = "multipicklist"


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One configured row: a field of the Opportunity or of its Account, and the label it has here.

    `field` may be a path to a related record's field (`Owner.Name`); such a row is read-only. `is_open`: an admin shows
    it, to be read, also to people without a Salesforce login of their own here (S3).
    """

    sobject: str
    field: str
    label: str
    is_open: bool = False

    @property
    def key(self) -> str:
        return f"{self.sobject}.{self.field}"

    @property
    def steps(self) -> tuple[str, ...]:
        """The path of the field: relationship names, and the field's own name last."""
        return tuple(self.field.split("."))

    @property
    def is_related(self) -> bool:
        return len(self.steps) > 1

    def beside(self, name: str) -> "RowSpec":
        """Another field of the record that has the row's field."""
        return RowSpec(self.sobject, ".".join((*self.steps[:-1], name)), "")


@dataclass(frozen=True, slots=True)
class VariableSpec:
    """A field that an admin has named for the texts of plans (D30), and what he lets people do with it here."""

    row: RowSpec
    read: bool
    write: bool


@dataclass(frozen=True, slots=True)
class TabRule:
    """On which deals a tab is shown (D7): those of these record types (ids) in these stages; empty means any."""

    record_types: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()


EVERY_DEAL = TabRule()


@dataclass(frozen=True, slots=True)
class TabSpec:
    key: str
    label: str
    rows: tuple[RowSpec, ...]
    rule: TabRule = EVERY_DEAL


# What a rep sees before any admin touches it (A8 to A12, A30), in this order. A tab without rows is not shown.
DEFAULT_TABS = (
    TabSpec(
        key="deal",
        label="Deal",
        rows=(
            RowSpec(DEAL, "CloseDate", "Close Date"),
            RowSpec(DEAL, "Amount", "Opportunity Amount"),
            RowSpec(DEAL, "StageName", "Opportunity Stage"),
            RowSpec(DEAL, "NextStep", "Next Steps"),
        ),
    ),
    TabSpec(key="qualification", label="Qualification", rows=()),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The panel as it is set up for one org. `gone`: keys of rows whose field Salesforce did not know last night.

    `also`: fields outside the set-up that Salesforce asked for when it refused a save. A field may be a row of a tab
    and a variable: each place has its own limits, and both speak of the one field by its key.
    """

    tabs: tuple[TabSpec, ...] = DEFAULT_TABS
    gone: frozenset[str] = frozenset()
    also: tuple[RowSpec, ...] = ()
    variables: tuple[VariableSpec, ...] = ()

    @property
    def filled(self) -> tuple[TabSpec, ...]:
        return tuple(tab for tab in self.tabs if tab.rows)

    @property
    def rows(self) -> tuple[RowSpec, ...]:
        """Everything that is read of Salesforce."""
        return (*(row for tab in self.tabs for row in tab.rows), *(one.row for one in self.read), *self.also)

    @property
    def read(self) -> tuple[VariableSpec, ...]:
        return tuple(one for one in self.variables if one.read)

    @property
    def closed(self) -> tuple[str, ...]:
        """Keys of variables that nobody may read here: also where Salesforce asks for such a field, it is not shown."""
        return tuple(one.row.key for one in self.variables if not one.read)

    @property
    def opened(self) -> "Layout":
        """What of it is shown to people without a login of their own; nothing of that is on by default, and no variable
        ever is.
        """
        tabs = (replace(tab, rows=tuple(row for row in tab.rows if row.is_open)) for tab in self.tabs)
        return Layout(tuple(tabs), self.gone)


class Locked(StrEnum):
    """Why a row cannot be edited; said before anything is typed."""

    NOT_VISIBLE = "NOT_VISIBLE"
    FORMULA = "FORMULA"
    NO_EDIT_RIGHT = "NO_EDIT_RIGHT"
    RECORD_READ_ONLY = "RECORD_READ_ONLY"
    LOCKED_BY_APPROVAL = "LOCKED_BY_APPROVAL"
    RELATED = "RELATED"
    COMES_FROM_PRODUCTS = "COMES_FROM_PRODUCTS"
    TYPE_NOT_ALLOWED = "TYPE_NOT_ALLOWED"
    FIELD_GONE = "FIELD_GONE"
    NO_ACCOUNT = "NO_ACCOUNT"
    NO_LOGIN = "NO_LOGIN"
    NOT_READ = "NOT_READ"
    WRITE_OFF = "WRITE_OFF"


@dataclass(frozen=True, slots=True)
class DealRecord:
    """What Salesforce said of the deal, for this user, in one call."""

    record_id: RecordId
    name: str
    account_id: RecordId | None
    record_type_id: str | None
    currency: str | None
    has_products: bool
    editable: frozenset[RecordId]  # the records that this user may edit
    values: Mapping[str, Any]  # by key of a row or of the field that controls it, as the platform stores them
    stage: str | None = None  # None: this user may not see it
    account_record_type_id: str | None = None
    account_currency: str | None = None
    approvals: Mapping[RecordId, datetime] = field(default_factory=dict)  # records under approval, since when


@dataclass(frozen=True, slots=True)
class Controller:
    """The field on whose value it depends what a picklist offers. `value` of a checkbox: the word true or false."""

    key: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One field of one record, as the panel shows it. `value` is canonical: Decimal, bool, date as text, text or None.

    `locked_since`: when the approval began that locks it. `place`: the related record to which the value belongs, where
    there is one: it is changed there.
    """

    spec: RowSpec
    record_id: RecordId | None
    type: RowType
    value: Any = None
    locked: Locked | None = None
    locked_since: datetime | None = None
    place: RecordId | None = None
    describe: FieldDescribe | None = None
    currency: str | None = None
    options: tuple[PicklistValue, ...] | None = None
    controller: Controller | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: str
    rows: tuple[Row, ...]
    shown: bool = True  # False: its rule leaves it out for this deal as it is now


@dataclass(frozen=True, slots=True)
class Panel:
    """`also`: rows outside the set-up that Salesforce asked for and that this user may edit.

    `changed_at`: when each record was last changed, by the object's name, where this user may know. `probability`: of
    the deal, in percent, where he may know; it is for the plan beside it, and not shown.
    """

    record_id: RecordId
    name: str
    tabs: tuple[Tab, ...]
    account_id: RecordId | None = None
    also: tuple[Row, ...] = ()
    variables: tuple[Row, ...] = ()
    changed_at: Mapping[str, datetime] = field(default_factory=dict)
    probability: float | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*(row for tab in self.tabs for row in tab.rows), *self.also)

    def row(self, key: str) -> Row | None:
        """The field of this key: where it can be edited, when any place offers that."""
        found = [row for row in (*self.rows, *self.variables) if row.spec.key == key]
        return min(found, key=lambda row: row.locked is not None, default=None)


@dataclass(frozen=True, slots=True)
class Change:
    """One edit: the new value and the value that the rep saw, both as they came over the wire.

    `seen_currency`: in which currency he saw an amount; None in an org that has one currency (W14).
    """

    key: str
    value: Any
    seen: Any
    seen_currency: str | None = None


class SaveOutcome(StrEnum):
    SAVED = "saved"
    UNCHANGED = "unchanged"
    IGNORED_BY_PLATFORM = "ignored_by_platform"


@dataclass(frozen=True, slots=True)
class SaveResult:
    panel: Panel
    outcomes: Mapping[str, SaveOutcome] = field(default_factory=dict)
