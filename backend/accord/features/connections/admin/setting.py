"""The settings of the connection as one kind of settings among others; they are about this very org."""

from dataclasses import dataclass, replace
from typing import Any

from accord.core.identity import Identity
from accord.features.connections.admin.schemas import read_values
from accord.features.connections.admin.service import ConnectionAdmin
from accord.features.connections.integration.service import KIND
from accord.infra.audit import Prepared, Reason, Standing


@dataclass(frozen=True, slots=True)
class ConnectionSetting:
    admin: ConnectionAdmin
    kind: str = KIND
    title: str = "Connection"
    is_portable: bool = False

    def standing(self, caller: Identity) -> Standing:
        settings = self.admin.settings(caller)
        return Standing(settings.version, settings.values())

    def prepare(self, caller: Identity, values: Any, *, version: int, reason: Reason) -> Prepared:
        return self.admin.prepare_settings(caller, replace(read_values(values), version=version), reason=reason)
