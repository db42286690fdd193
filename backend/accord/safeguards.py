"""What keeps admins safe, joined from its features. Nothing here decides anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.features.connections.service import Connections
from accord.features.safety.brakes.api import brakes_blueprint
from accord.features.safety.brakes.service import BrakeSwitches
from accord.infra.db import Database
from accord.infra.json_body import JsonBlueprint


@dataclass(frozen=True, slots=True)
class Safeguards:
    brakes: BrakeSwitches


def build_safeguards(
    database: Database, clock: Clock, *, connections: Connections, wake: Callable[[], None]
) -> Safeguards:
    return Safeguards(
        brakes=BrakeSwitches(
            database=database,
            clock=clock,
            org_of=lambda caller: connections.get_connection(caller.workspace_id, caller.connection_id),
            wake=wake,
        )
    )


def safeguard_blueprints(safeguards: Safeguards) -> Sequence[JsonBlueprint]:
    return [brakes_blueprint(safeguards.brakes)]
