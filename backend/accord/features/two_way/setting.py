"""The settings of two-way values as one kind of settings among others."""

from dataclasses import dataclass
from typing import Any

from accord.core.identity import Identity
from accord.features.two_way.schemas import read_values
from accord.features.two_way.setup import KIND, TwoWaySetup
from accord.features.two_way.store import values_of
from accord.infra.audit import Prepared, Reason, Standing


@dataclass(frozen=True, slots=True)
class TwoWaySetting:
    setup: TwoWaySetup
    kind: str = KIND
    title: str = "Values in"
    is_portable: bool = True

    def standing(self, caller: Identity) -> Standing:
        settings = self.setup.load(caller).settings
        return Standing(settings.version, values_of(settings))

    def prepare(self, caller: Identity, values: Any, *, version: int, reason: Reason) -> Prepared:
        return self.setup.prepare(caller, read_values(values, version=version), reason=reason)
