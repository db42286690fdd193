"""The root: joins the features into one Flask application. Nothing here decides anything."""

import os
import random
import socket
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, current_app, send_from_directory
from flask_smorest import Api
from werkzeug.middleware.proxy_fix import ProxyFix

from accord.core.clock import Clock, system_clock
from accord.core.identity import Identity, Role
from accord.delivery.drain import Drain
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import forget_old as forget_records
from accord.delivery.service import Delivery
from accord.delivery.worker import POLL_SECONDS, Worker
from accord.features.activities.api import activity_settings_blueprint
from accord.features.activities.courier import ContactLinks, TaskCourier
from accord.features.activities.fallback import owner_writes
from accord.features.activities.folds import Folds
from accord.features.activities.needs import needs
from accord.features.activities.service import Activities, Authors
from accord.features.activities.setup import ActivitySetup
from accord.features.activities.zones import OwnerZones
from accord.features.automation.actions import Runner
from accord.features.automation.api import Door, flow_blueprint, flow_calls_blueprint, flow_doors
from accord.features.automation.calls.service import FlowCalls
from accord.features.automation.deals.service import DealActions
from accord.features.automation.events.api import events_blueprint
from accord.features.automation.events.courier import PlanEventCourier
from accord.features.automation.events.intake import Intake
from accord.features.automation.events.plan_events import PlanEvents
from accord.features.automation.sync.service import SyncActions
from accord.features.connections.admin.api import connection_blueprint
from accord.features.connections.admin.service import ConnectionAdmin
from accord.features.connections.api import connections_blueprints
from accord.features.connections.personal.api import personal_blueprint
from accord.features.connections.service import Connections
from accord.features.health.api import health_blueprint
from accord.features.health.service import Health
from accord.features.panels.api import panels_blueprint
from accord.features.panels.drafts.service import Drafts
from accord.features.panels.service import Panels
from accord.features.panels.setup.api import panel_settings_blueprint
from accord.features.panels.setup.service import PanelSetups
from accord.infra.db import Database
from accord.infra.http import ErrorSchema, public, set_up_http
from accord.infra.limits import counters_for, forget_over
from accord.infra.limits.requests import limit_requests
from accord.infra.processes.bell import ring
from accord.infra.processes.chores import Chore
from accord.infra.processes.readiness import Readiness, look
from accord.salesforce.describe import DescribeCache
from accord.salesforce.transport import HttpOptions, http_options
from accord.settings import Settings
from accord.workspace.plans.api import plans_blueprint
from accord.workspace.plans.service import Plans

VERSION = "0.1.0"
SHARED_POLL_SECONDS = 2.0  # where a bell wakes the workers, looking is for what comes due and for a ring that was lost


class DocumentedApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """The API whose document shows errors in the shape that they have."""

    ERROR_SCHEMA = ErrorSchema


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that the web and the worker are built from, made once by a root."""

    settings: Settings
    clock: Clock
    database: Database
    connections: Connections
    connection_admin: ConnectionAdmin
    activities: Activities
    activity_setup: ActivitySetup
    zones: OwnerZones
    flow_calls: FlowCalls
    flow_doors: Sequence[Door]
    intake: Intake
    panels: Panels
    panel_drafts: Drafts
    panel_setups: PanelSetups
    plans: Plans
    health: Health
    drain: Drain
    worker: Worker

    @property
    def chores(self) -> Mapping[str, Chore]:
        """What is to be done once an hour: sessions that are over, proofs that nobody can use again and old keys of
        activities go, and panels are checked whose turn has come this night.
        """
        return {
            "expired_forgotten": self.connections.sign_in.forget_expired,
            "ends_noticed": self.connections.notices.look_at_all,
            "repeats_forgotten": lambda: self.activities.forget_old(self.clock()),
            "events_forgotten": lambda: self.intake.forget_old(self.clock()),
            "records_forgotten": lambda: forget_records(self.database, self.clock()),
            "deliveries_forgotten": self.health.forget_over,
            "drafts_forgotten": self.panel_drafts.forget_old,
            "zones_read": self.zones.read_all,
            "panels_checked": self.panel_setups.check_all,
            "counts_forgotten": lambda: forget_over(self.database, now=self.clock()),
        }


def build_parts(
    settings: Settings, database: Database, *, clock: Clock = system_clock, http: HttpOptions | None = None
) -> Parts:
    """The features with what they need. `http` replaces the way to Salesforce (tests mount an org in the process)."""
    vault = database.vault
    describes = DescribeCache()
    connections = Connections(
        settings=settings,
        database=database,
        vault=vault,
        clock=clock,
        http=http or http_options(settings),
        describes=describes,
    )
    outbox = Outbox(vault)
    tasks = TaskCourier(describes, clock)
    drain = Drain(
        database=database,
        gateways=connections,
        outbox=outbox,
        clock=clock,
        dice=random.random,
        courier=PlanEventCourier(others=tasks),
        next_logins={"Task": owner_writes},
        on_finished=ContactLinks(outbox, clock),
        worker=process_name(),
    )
    embedded = database.dialect == "sqlite"
    worker = Worker(
        drain, threads=settings.worker_threads, poll_seconds=POLL_SECONDS if embedded else SHARED_POLL_SECONDS
    )
    wake = worker.wake if embedded else partial(ring, database.engine)
    authors = Authors(connections.has_personal_login)
    activities = Activities(
        database=database,
        clock=clock,
        outbox=outbox,
        authors=authors,
        folds=Folds(vault, Delivery(outbox)),
        wake=wake,
    )
    zones = OwnerZones(
        database,
        clock,
        owner_gateway=lambda workspace_id, connection_id: connections.gateway_for(workspace_id, connection_id, None),
        connections=connections.live_connections,
    )
    activity_setup = ActivitySetup(
        database=database,
        clock=clock,
        authors=authors,
        closed_status=lambda caller: tasks.closed_status(
            connections.gateway_for(caller.workspace_id, caller.connection_id, None), caller.connection_id
        ),
        read_zones=lambda caller: zones.read(caller.workspace_id, caller.connection_id),
    )
    panel_setups = PanelSetups(
        database=database,
        clock=clock,
        gateway_for=connections.gateway_for_caller,
        stored_gateway=connections.gateway_for,
        live_connections=connections.live_connections,
    )
    plans = Plans(
        database=database,
        clock=clock,
        gateway_for=connections.gateway_for_caller,
        on_connected=PlanEvents(outbox, clock).connected,
        wake=wake,
    )
    deals = DealActions(
        plans,
        settings.public_url,
        owner_gateway=lambda caller: connections.gateway_for(caller.workspace_id, caller.connection_id, None),
    )
    syncs = SyncActions(
        database,
        clock,
        wake=wake,
        org_address=lambda caller: connections.get_connection(caller.workspace_id, caller.connection_id).instance_url,
    )
    flow_calls = FlowCalls(database, clock)
    return Parts(
        settings=settings,
        clock=clock,
        database=database,
        connections=connections,
        connection_admin=ConnectionAdmin(
            connections,
            needs=lambda workspace_id, connection_id: needs(
                activity_setup.load(Identity(workspace_id, connection_id, Role.ADMIN))
            ),
        ),
        activities=activities,
        activity_setup=activity_setup,
        zones=zones,
        flow_calls=flow_calls,
        flow_doors=flow_doors(activities.log, deals, syncs),
        intake=Intake(database, clock, activities.log, syncs.sync_now, flow_calls),
        panels=Panels(gateway_for=connections.gateway_for_caller, layout_for=panel_setups.layout_for),
        panel_drafts=Drafts(
            database, clock, lambda caller: connections.gateway_for_caller(caller) is not None, plans.check_deal
        ),
        panel_setups=panel_setups,
        plans=plans,
        health=Health(database=database, clock=clock, delivery=Delivery(outbox), wake=wake),
        drain=drain,
        worker=worker,
    )


def process_name() -> str:
    """What this process is called among all that share a database."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def create_app(parts: Parts) -> Flask:
    """The application: the API, the Canvas page and its assets, health and the two documents."""
    settings = parts.settings
    app = Flask("accord", static_folder=None)
    app.config.update(
        API_TITLE="Accord for Salesforce",
        API_VERSION="v1",
        OPENAPI_VERSION="3.0.3",
    )
    api = DocumentedApi(app)
    # after flask-smorest, so that errors have our shape and not its own
    set_up_http(
        app,
        authenticate=parts.connections.authenticate,
        max_body_bytes=settings.max_body_bytes,
        limit=lambda limited: limit_requests(
            limited,
            counters_for(parts.database),
            system_clock,
            calls=settings.requests_per_minute,
            sign_ins=settings.sign_ins_per_minute,
        ),
    )
    if settings.proxy_hops:
        # only the address is taken from proxies; our own address is a setting
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=0)  # type: ignore[method-assign]
    for blueprint in connections_blueprints(parts.connections):
        app.register_blueprint(blueprint)
    api.register_blueprint(
        panels_blueprint(parts.panels, parts.panel_drafts, parts.plans, settings.public_url, parts.connections.name_of)
    )
    api.register_blueprint(personal_blueprint(parts.connections.personal))
    api.register_blueprint(panel_settings_blueprint(parts.panel_setups))
    api.register_blueprint(plans_blueprint(parts.plans, settings.public_url))
    api.register_blueprint(health_blueprint(parts.health))
    api.register_blueprint(activity_settings_blueprint(parts.activity_setup))
    api.register_blueprint(connection_blueprint(parts.connection_admin))
    runner = Runner(parts.flow_calls, parts.clock)
    flow = flow_blueprint(parts.flow_doors, runner)
    api.register_blueprint(flow_calls_blueprint(parts.flow_calls, parts.flow_doors, runner))
    api.register_blueprint(flow)
    api.register_blueprint(events_blueprint(parts.intake))
    _own_routes(app, parts)
    _documents(app, whole=api.spec.to_dict(), flow=_flow_document(flow))
    return app


def _flow_document(flow: Any) -> dict[str, Any]:
    """The small document that External Services registers: only the Flow actions, OpenAPI 3.0."""
    shelf = Flask("accord-flow-document")
    api = DocumentedApi(
        shelf,
        spec_kwargs={"title": "Accord actions for Flow", "version": "v1", "openapi_version": "3.0.3"},
    )
    api.register_blueprint(flow)
    document: dict[str, Any] = api.spec.to_dict()
    return document


def _documents(app: Flask, *, whole: dict[str, Any], flow: dict[str, Any]) -> None:
    @app.get("/openapi.json")
    @public
    def openapi_json() -> Response:
        """Describes every operation."""
        return cast("Response", current_app.json.response(whole))

    @app.get("/openapi/flow.json")
    @public
    def flow_json() -> Response:
        """Describes the Flow actions alone, for External Services."""
        return cast("Response", current_app.json.response(flow))


def _own_routes(app: Flask, parts: Parts) -> None:
    assets: Path = parts.settings.assets_dir.resolve()

    @app.get("/healthz")
    @public
    def healthz() -> dict[str, str]:
        """Says that the process answers."""
        return {"status": "ok", "version": VERSION}

    @app.get("/readyz")
    @public
    def readyz() -> tuple[dict[str, str], int]:
        """Says whether requests can be served (200, or 503: not ready) and, by `degraded`, that no worker was seen."""
        report = look(parts.database, parts.clock)
        return asdict(report), 503 if report.status is Readiness.NOT_READY else 200

    @app.get("/panel-assets/<path:name>")
    @public
    def panel_asset(name: str) -> Response:
        """A file of the built page. Names of changed files change, so they may be kept."""
        answer = send_from_directory(assets, name, max_age=3600)
        answer.headers["Cache-Control"] = "public, max-age=3600"
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer
