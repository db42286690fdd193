"""The lock as one kind of settings among others."""

from dataclasses import dataclass
from typing import Any

from accord.core.identity import Identity
from accord.features.deal_lock.schemas import read_values
from accord.features.deal_lock.service import KIND, LockSetup
from accord.infra.audit import Prepared, Reason, Standing


@dataclass(frozen=True, slots=True)
class LockSetting:
    setup: LockSetup
    kind: str = KIND
    title: str = "Allow Modifying Connected Deal after Creation"
    is_portable: bool = True

    def standing(self, caller: Identity) -> Standing:
        settings = self.setup.load(caller).settings
        return Standing(settings.version, {"allow_modifying": settings.allow_modifying})

    def prepare(self, caller: Identity, values: Any, *, version: int, reason: Reason) -> Prepared:
        return self.setup.prepare(caller, read_values(values, version=version), reason=reason)
