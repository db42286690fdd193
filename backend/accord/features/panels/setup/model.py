"""How an org's panel is set up, and what the last check found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from accord.core.ids import MemberId
from accord.features.panels.model import DEFAULT_TABS, RowSpec, RowType, TabSpec
from accord.salesforce.model import FieldDescribe, PicklistValue

# by place: an admin's first tab, and the second one that may be added (A29)
TAB_KEYS = tuple(tab.key for tab in DEFAULT_TABS)


class RowStatus(StrEnum):
    OK = "ok"
    BAD = "bad"
    UNCHECKED = "unchecked"  # no login that could tell has looked at it yet


class Fault(StrEnum):
    """Why a row went bad."""

    FIELD_GONE = "FIELD_GONE"
    TYPE_NOT_ALLOWED = "TYPE_NOT_ALLOWED"
    NO_EDIT_RIGHT = "NO_EDIT_RIGHT"
    NO_VALUES = "NO_VALUES"
    TAKES_CODES = "TAKES_CODES"


@dataclass(frozen=True, slots=True)
class RowCheck:
    """What a check found of one row.

    `seen_by`: the Salesforce users whose describe has shown the field; only they can tell that it is gone. `editable`:
    whether it could be edited when it was last in order.
    """

    status: RowStatus
    fault: Fault | None = None
    message: str | None = None
    seen_by: frozenset[str] = frozenset()
    editable: bool = True


UNCHECKED = RowCheck(RowStatus.UNCHECKED)


@dataclass(frozen=True, slots=True)
class Setup:
    """The panel of one org as its admins chose it. Version 0 is the default, before any admin has touched it."""

    tabs: tuple[TabSpec, ...] = DEFAULT_TABS
    version: int = 0
    changed_at: datetime | None = None
    changed_by: MemberId | None = None

    @property
    def looked_at(self) -> Sequence[RowSpec]:
        """The rows, for the check of the night."""
        return [row for tab in self.tabs for row in tab.rows]


@dataclass(frozen=True, slots=True)
class Checked:
    """The last check: by row key. Rows that it did not meet are unchecked."""

    at: datetime | None = None
    rows: Mapping[str, RowCheck] = field(default_factory=dict)

    def of(self, key: str) -> RowCheck:
        return self.rows.get(key, UNCHECKED)


@dataclass(frozen=True, slots=True)
class PanelSettings:
    """What an admin sees: the set-up, its health, and the name of the one who changed it last."""

    setup: Setup
    checked: Checked
    changed_by: str | None


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field in a picker: with the panel's type, or why it cannot be shown. `over`: the path behind a lookup."""

    field: str
    describe: FieldDescribe
    type: RowType | None
    reason: str | None
    over: str | None


@dataclass(frozen=True, slots=True)
class RuleChoices:
    """What a tab's rule may name: record types as (id, label), and stages."""

    record_types: Sequence[PicklistValue]
    stages: Sequence[PicklistValue]
