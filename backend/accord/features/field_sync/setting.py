"""The synced fields as one kind of settings among others."""

from dataclasses import dataclass
from typing import Any

from accord.core.identity import Identity
from accord.features.field_sync.rules import values_of
from accord.features.field_sync.schemas import read_values
from accord.features.field_sync.setup import KIND, FieldSyncSetup
from accord.infra.audit import Prepared, Reason, Standing


@dataclass(frozen=True, slots=True)
class FieldSyncSetting:
    setup: FieldSyncSetup
    kind: str = KIND
    title: str = "Sync Accord data to Salesforce"
    is_portable: bool = True

    def standing(self, caller: Identity) -> Standing:
        setup = self.setup.load(caller).setup
        return Standing(setup.version, values_of(setup))

    def prepare(self, caller: Identity, values: Any, *, version: int, reason: Reason) -> Prepared:
        return self.setup.prepare(caller, read_values(values), version=str(version), reason=reason)
