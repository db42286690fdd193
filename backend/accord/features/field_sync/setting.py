"""The synced fields as one kind of settings among others."""

from dataclasses import dataclass
from typing import Any

from accord.core.identity import Identity
from accord.features.field_sync.rules import values_of
from accord.features.field_sync.schemas import read_values
from accord.features.field_sync.setup import FieldSyncSetup
from accord.features.field_sync.store import SETTINGS
from accord.infra.audit import Prepared, Reason, Setting, Standing


@dataclass(frozen=True, slots=True)
class FieldSyncSetting:
    """Another org knows criteria by their keys alone, so a file names them so; both ways of naming are read."""

    setup: FieldSyncSetup
    kind: str = SETTINGS.kind
    title: str = "Sync Accord data to Salesforce"
    is_portable: bool = True

    def standing(self, caller: Identity) -> Standing:
        present = self.setup.standing(caller)
        return Standing(present.version, values_of(present))

    def prepare(self, caller: Identity, values: Any, *, version: int, reason: Reason) -> Prepared:
        return self.setup.prepare(caller, read_values(values, version=version), reason=reason)


def field_sync_setting(setup: FieldSyncSetup) -> Setting:
    return FieldSyncSetting(setup)
