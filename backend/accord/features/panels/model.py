"""The panel's values: which fields it shows, and one record's rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from accord.core.ids import RecordId
from accord.salesforce.model import FieldDescribe, PicklistValue


class RowType(StrEnum):
    """The six types that a panel shows (A14 to A22)."""

    DATE = "date"
    CURRENCY = "currency"
    NUMBER = "number"
    PICKLIST = "picklist"
    TEXT = "text"
    LONG_TEXT = "long_text"


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One configured row: a field of the Opportunity or of its Account, and the label it has here."""

    sobject: str
    field: str
    label: str

    @property
    def key(self) -> str:
        return f"{self.sobject}.{self.field}"


@dataclass(frozen=True, slots=True)
class TabSpec:
    key: str
    label: str
    rows: tuple[RowSpec, ...]


# What a rep sees before any admin touches it (A8 to A12), in this order.
DEFAULT_TABS = (
    TabSpec(
        key="deal",
        label="Deal",
        rows=(
            RowSpec("Opportunity", "CloseDate", "Close Date"),
            RowSpec("Opportunity", "Amount", "Opportunity Amount"),
            RowSpec("Opportunity", "StageName", "Opportunity Stage"),
            RowSpec("Opportunity", "NextStep", "Next Steps"),
        ),
    ),
)


class Locked(StrEnum):
    """Why a row cannot be edited; said before anything is typed."""

    NOT_VISIBLE = "NOT_VISIBLE"
    FORMULA = "FORMULA"
    NO_EDIT_RIGHT = "NO_EDIT_RIGHT"
    RECORD_READ_ONLY = "RECORD_READ_ONLY"
    COMES_FROM_PRODUCTS = "COMES_FROM_PRODUCTS"
    TYPE_NOT_ALLOWED = "TYPE_NOT_ALLOWED"


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
    values: Mapping[str, Any]  # by row key, as the platform stores them


@dataclass(frozen=True, slots=True)
class Row:
    """One field of one record, as the panel shows it. `value` is canonical: Decimal, date as text, text or None."""

    spec: RowSpec
    record_id: RecordId | None
    type: RowType
    value: Any = None
    locked: Locked | None = None
    describe: FieldDescribe | None = None
    currency: str | None = None
    options: tuple[PicklistValue, ...] | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    record_id: RecordId
    name: str
    tabs: tuple[Tab, ...]

    def row(self, key: str) -> Row | None:
        return next((row for tab in self.tabs for row in tab.rows if row.spec.key == key), None)


@dataclass(frozen=True, slots=True)
class Change:
    """One edit: the new value and the value that the rep saw, both as they came over the wire."""

    key: str
    value: Any
    seen: Any


class SaveOutcome(StrEnum):
    SAVED = "saved"
    UNCHANGED = "unchanged"
    IGNORED_BY_PLATFORM = "ignored_by_platform"


@dataclass(frozen=True, slots=True)
class SaveResult:
    panel: Panel
    outcomes: Mapping[str, SaveOutcome] = field(default_factory=dict)
