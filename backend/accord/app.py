"""The root: joins the features into one Flask application. Nothing here decides anything."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, current_app, g, request, send_from_directory
from flask_limiter import Limiter
from flask_smorest import Api
from werkzeug.middleware.proxy_fix import ProxyFix

from accord.core.clock import Clock, system_clock
from accord.core.identity import Identity
from accord.delivery.drain import Drain
from accord.delivery.outbox import Outbox
from accord.delivery.service import Delivery
from accord.delivery.worker import Worker
from accord.features.activities.api import activity_settings_blueprint
from accord.features.activities.courier import ContactLinks, TaskCourier
from accord.features.activities.fallback import owner_writes
from accord.features.activities.folds import Folds
from accord.features.activities.service import Activities, Authors
from accord.features.activities.setup import ActivitySetup
from accord.features.automation.api import flow_blueprint, flow_calls_blueprint
from accord.features.automation.service import FlowCalls
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
from accord.infra.db.migrate import is_current
from accord.infra.http import ErrorSchema, public, set_up_http
from accord.salesforce.describe import DescribeCache
from accord.salesforce.transport import HttpOptions, http_options
from accord.settings import Settings
from accord.workspace.plans.api import plans_blueprint
from accord.workspace.plans.service import Plans

VERSION = "0.1.0"
FREE_OF_LIMITS = frozenset({"healthz", "readyz", "panel_asset"})


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
    activities: Activities
    activity_setup: ActivitySetup
    flow_calls: FlowCalls
    panels: Panels
    panel_drafts: Drafts
    panel_setups: PanelSetups
    plans: Plans
    health: Health
    drain: Drain
    worker: Worker


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
        courier=tasks,
        next_logins={"Task": owner_writes},
        on_finished=ContactLinks(outbox, clock),
    )
    worker = Worker(drain, threads=settings.worker_threads)
    authors = Authors(connections.has_personal_login)
    activities = Activities(
        database=database,
        clock=clock,
        outbox=outbox,
        authors=authors,
        folds=Folds(vault, Delivery(outbox)),
        wake=worker.wake,
    )
    activity_setup = ActivitySetup(
        database=database,
        clock=clock,
        authors=authors,
        closed_status=lambda caller: tasks.closed_status(
            connections.gateway_for(caller.workspace_id, caller.connection_id, None), caller.connection_id
        ),
    )
    panel_setups = PanelSetups(
        database=database,
        clock=clock,
        gateway_for=connections.gateway_for_caller,
        stored_gateway=connections.gateway_for,
        live_connections=connections.live_connections,
    )
    plans = Plans(database=database, clock=clock, gateway_for=connections.gateway_for_caller)
    return Parts(
        settings=settings,
        clock=clock,
        database=database,
        connections=connections,
        activities=activities,
        activity_setup=activity_setup,
        flow_calls=FlowCalls(database, clock),
        panels=Panels(gateway_for=connections.gateway_for_caller, layout_for=panel_setups.layout_for),
        panel_drafts=Drafts(
            database, clock, lambda caller: connections.gateway_for_caller(caller) is not None, plans.check_deal
        ),
        panel_setups=panel_setups,
        plans=plans,
        health=Health(database=database, clock=clock, delivery=Delivery(outbox), wake=worker.wake),
        drain=drain,
        worker=worker,
    )


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
        limit=lambda limited: _limit(limited, settings.requests_per_minute),
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
    flow = flow_blueprint(parts.activities.log, parts.flow_calls)
    api.register_blueprint(flow_calls_blueprint(parts.flow_calls))
    api.register_blueprint(flow)
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


def _limit(app: Flask, per_minute: int) -> None:
    """Requests a minute over all routes for each caller: a member, an integration, or an address that is not signed in.

    Health and the page's files are free of it: a monitor or an office behind one address would use it up.
    """

    def caller() -> str:
        found: Identity | None = g.get("identity")
        if found is None:
            return request.remote_addr or "unknown"
        return f"{found.workspace_id}:{found.member_id or found.role}"

    limiter = Limiter(caller, app=app, application_limits=[f"{per_minute} per minute"], storage_uri="memory://")
    limiter.request_filter(lambda: request.endpoint in FREE_OF_LIMITS)


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
        """Says whether the process can work: the database answers and has the schema of this version."""
        parts.database.ping()
        if not is_current(parts.database.engine):
            return {"status": "the database needs `accord migrate`"}, 503
        return {"status": "ready"}, 200

    @app.get("/panel-assets/<path:name>")
    @public
    def panel_asset(name: str) -> Response:
        """A file of the built page. Names of changed files change, so they may be kept."""
        answer = send_from_directory(assets, name, max_age=3600)
        answer.headers["Cache-Control"] = "public, max-age=3600"
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer
