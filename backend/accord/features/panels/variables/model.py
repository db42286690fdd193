"""Fields of the deal and of its account that texts of plans name (D30)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accord.core.ids import MemberId
from accord.features.panels.model import RowSpec, VariableSpec
from accord.features.panels.setup.model import Checked


@dataclass(frozen=True, slots=True)
class VariableSettings:
    """'Allow fields from Salesforce to be used as variables'. Version 0 is the default, before any admin changed it."""

    enabled: bool = False
    rows: tuple[VariableSpec, ...] = ()
    version: int = 0
    changed_at: datetime | None = None
    changed_by: MemberId | None = None

    @property
    def looked_at(self) -> Sequence[RowSpec]:
        """The rows, for the check of the night: none while the variables are off."""
        return [one.row for one in self.rows] if self.enabled else []


@dataclass(frozen=True, slots=True)
class VariablesView:
    """What an admin sees: the settings, their health, and the name of the one who changed them last."""

    settings: VariableSettings
    checked: Checked
    changed_by: str | None
