"""Fields of Salesforce that show what plans say, joined from their parts. Nothing here decides anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, PlanId
from accord.delivery.couriers import Courier
from accord.delivery.outbox import Outbox
from accord.features.connections.service import Connections
from accord.features.field_sync.api import field_sync_settings_blueprint
from accord.features.field_sync.model import PlanValues
from accord.features.field_sync.runs.book import RunBook
from accord.features.field_sync.setup import FieldSyncSetup
from accord.features.field_sync.sources import Sources
from accord.features.field_sync.sync.beginning import Beginning
from accord.features.field_sync.sync.courier import FieldCourier
from accord.features.field_sync.sync.marks import Marks
from accord.features.field_sync.sync.triggers import Triggers
from accord.infra.db import Database, WorkspaceSession
from accord.infra.json_body import JsonBlueprint
from accord.workspace.plans.data import load_connected_ids, load_criteria, load_data


@dataclass(frozen=True, slots=True)
class SyncedFields:
    """`on_event` is told by plans; `courier` carries what the events set going, and everything else to `others`."""

    setup: FieldSyncSetup
    on_event: Triggers
    courier: FieldCourier
    runs: RunBook


@dataclass(frozen=True, slots=True)
class _Plans:
    """Plans as field sync reads them."""

    public_url: str

    def values(
        self, session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Sequence[PlanId], *, today: date
    ) -> Mapping[PlanId, PlanValues]:
        return load_data(session, connection_id, plan_ids, today=today, public_url=self.public_url)


def build_synced_fields(  # noqa: PLR0913 - given once, by name, by a root
    database: Database, clock: Clock, *, connections: Connections, outbox: Outbox, public_url: str, others: Courier
) -> SyncedFields:
    sources = Sources(_Plans(public_url).values, load_connected_ids, load_criteria)
    marks = Marks(outbox)
    runs = RunBook(clock, sources, marks)
    return SyncedFields(
        setup=FieldSyncSetup(
            database,
            clock,
            sources,
            gateway_for=connections.gateway_for,
            live_connections=connections.live_connections,
        ),
        on_event=Triggers(marks, clock),
        courier=FieldCourier(database, clock, Beginning(clock, sources, runs), marks, others),
        runs=runs,
    )


def synced_field_blueprints(fields: SyncedFields) -> Sequence[JsonBlueprint]:
    return [field_sync_settings_blueprint(fields.setup)]
