"""The panel's set-up as one kind of settings among others."""

from dataclasses import dataclass
from typing import Any

from accord.core.identity import Identity
from accord.features.panels.setup.rules import values_of
from accord.features.panels.setup.schemas import read_values
from accord.features.panels.setup.service import KIND, PanelSetups
from accord.infra.audit import Prepared, Reason, Standing


@dataclass(frozen=True, slots=True)
class PanelSetting:
    setups: PanelSetups
    kind: str = KIND
    title: str = "Salesforce Slideout"
    is_portable: bool = True

    def standing(self, caller: Identity) -> Standing:
        setup = self.setups.load(caller).setup
        return Standing(setup.version, values_of(setup.tabs))

    def prepare(self, caller: Identity, values: Any, *, version: int, reason: Reason) -> Prepared:
        return self.setups.prepare(caller, read_values(values), version=str(version), reason=reason)
