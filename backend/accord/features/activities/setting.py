"""The settings of activity as one kind of settings among others."""

from dataclasses import dataclass
from typing import Any

from accord.core.identity import Identity
from accord.features.activities.schemas import read_values
from accord.features.activities.setup import KIND, ActivitySetup
from accord.features.activities.store import values_of
from accord.infra.audit import Prepared, Reason, Standing


@dataclass(frozen=True, slots=True)
class ActivitySetting:
    setup: ActivitySetup
    kind: str = KIND
    title: str = "Sync activity"
    is_portable: bool = True

    def standing(self, caller: Identity) -> Standing:
        settings = self.setup.load(caller)
        return Standing(settings.version, values_of(settings))

    def prepare(self, caller: Identity, values: Any, *, version: int, reason: Reason) -> Prepared:
        return self.setup.prepare(caller, read_values(values, version=version), reason=reason)
