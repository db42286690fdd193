"""Fields of Salesforce that show what plans say, joined from their parts. Nothing here decides anything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accord.core.clock import Clock
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, PlanId, WorkspaceId
from accord.core.needs import Need
from accord.delivery.couriers import Courier
from accord.delivery.outbox import Outbox
from accord.delivery.service import Delivery
from accord.features.connections.service import Connections
from accord.features.field_sync.api import field_sync_settings_blueprint
from accord.features.field_sync.dry_run.service import DryRuns
from accord.features.field_sync.eyes import Eyes
from accord.features.field_sync.model import PlanValues
from accord.features.field_sync.needs import needs
from accord.features.field_sync.runs.api import dry_run_blueprint, field_sync_blueprint
from accord.features.field_sync.runs.book import RunBook
from accord.features.field_sync.runs.service import Runs
from accord.features.field_sync.setup import FieldSyncSetup
from accord.features.field_sync.sources import Sources
from accord.features.field_sync.standing import FieldStandings
from accord.features.field_sync.sync.beginning import Beginning
from accord.features.field_sync.sync.courier import FieldCourier
from accord.features.field_sync.sync.marks import Marks
from accord.features.field_sync.sync.triggers import DealTriggers, Triggers
from accord.features.field_sync.undo.courier import UndoCourier
from accord.features.field_sync.why.service import Why
from accord.infra.db import Database, WorkspaceSession
from accord.infra.json_body import JsonBlueprint
from accord.workspace.plans.data import load_connected_ids, load_criteria, load_data


@dataclass(frozen=True, slots=True)
class FieldEngine:
    """`on_event` is told by plans, `on_deals` what Salesforce did with their deals; `courier` carries what they set
    going, and all else to another one.
    """

    database: Database
    clock: Clock
    outbox: Outbox
    sources: Sources
    book: RunBook
    on_event: Triggers
    on_deals: DealTriggers
    courier: FieldCourier
    standings: FieldStandings


@dataclass(frozen=True, slots=True)
class SyncedFields:
    """What plans tell, what admins do with synced fields, and what everybody may ask of them."""

    on_event: Triggers
    setup: FieldSyncSetup
    runs: Runs
    dry_runs: DryRuns
    why: Why

    def needs(self, caller: Identity) -> Sequence[Need]:
        """What the integration owner must be allowed for the present set-up."""
        return needs(self.setup.load(caller).setup)


@dataclass(frozen=True, slots=True)
class _Plans:
    """Plans as field sync reads them."""

    plans_url: str

    def values(
        self, session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Sequence[PlanId], *, today: date
    ) -> Mapping[PlanId, PlanValues]:
        return load_data(session, connection_id, plan_ids, today=today, plans_url=self.plans_url)


def plans_as_sources(plans_url: str) -> Sources:
    return Sources(_Plans(plans_url).values, load_connected_ids, load_criteria)


def build_field_engine(  # noqa: PLR0913 - given once, by name, by a root
    database: Database, clock: Clock, *, outbox: Outbox, sources: Sources, others: Courier, connections: Connections
) -> FieldEngine:
    """`others` carries everything that is not about fields of plans."""

    def login_of(workspace_id: WorkspaceId, connection_id: ConnectionId) -> str:
        return connections.get_connection(workspace_id, connection_id).integration_username

    marks = Marks(outbox)
    book = RunBook(clock, sources, marks)
    undo = UndoCourier(database, clock, book, others, login_of)
    courier = FieldCourier(database, clock, Beginning(clock, sources, book), marks, undo, login_of)
    standings = FieldStandings(clock, sources, marks)
    return FieldEngine(
        database=database,
        clock=clock,
        outbox=outbox,
        sources=sources,
        book=book,
        on_event=Triggers(marks, clock),
        on_deals=DealTriggers(marks, clock),
        courier=courier,
        standings=standings,
    )


def build_synced_fields(
    engine: FieldEngine,
    *,
    connections: Connections,
    wake: Callable[[], None],
    check_plan: Callable[[Identity, PlanId], object],
) -> SyncedFields:
    """`check_plan` raises NotFoundError for a plan that the caller may not see; `wake` tells the worker of news."""
    database, clock, sources = engine.database, engine.clock, engine.sources
    setup = FieldSyncSetup(
        database,
        clock,
        sources,
        gateway_for=connections.gateway_for,
        live_connections=connections.live_connections,
    )
    eyes, delivery = Eyes(connections.gateway_for_caller), Delivery(engine.outbox)
    return SyncedFields(
        on_event=engine.on_event,
        setup=setup,
        runs=Runs(database, clock, engine.book, eyes, wake=wake),
        dry_runs=DryRuns(database, clock, sources, setup, eyes, delivery, connections.gateway_for),
        why=Why(database, clock, sources, eyes, delivery, check_plan=check_plan),
    )


def synced_field_blueprints(fields: SyncedFields) -> Sequence[JsonBlueprint]:
    return [
        field_sync_settings_blueprint(fields.setup),
        dry_run_blueprint(fields.dry_runs),
        field_sync_blueprint(fields.runs, fields.why),
    ]
