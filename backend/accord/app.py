"""The root: joins the features into one Flask application. Nothing here decides anything."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, current_app, send_from_directory
from flask_smorest import Api, Blueprint
from werkzeug.middleware.proxy_fix import ProxyFix

from accord.core.clock import system_clock
from accord.core.version import VERSION
from accord.deal_links import deal_link_blueprints
from accord.features.activities.api import activity_settings_blueprint
from accord.features.automation.actions import Runner
from accord.features.automation.api import flow_blueprint, flow_calls_blueprint
from accord.features.automation.events.api import events_blueprint
from accord.features.connections.admin.api import connection_blueprint
from accord.features.connections.api import connections_blueprints
from accord.features.connections.clients.acting import ActingTokens
from accord.features.connections.clients.api import clients_blueprint
from accord.features.connections.page import plain_page, plain_policy
from accord.features.connections.personal.api import personal_blueprint
from accord.features.health.api import health_blueprint
from accord.features.panels.api import panels_blueprint
from accord.features.panels.setup.api import panel_settings_blueprint
from accord.features.panels.variables.api import variables_blueprint
from accord.features.panels.why.api import why_blueprint
from accord.infra.http import ErrorSchema, public, set_up_http
from accord.infra.limits import counters_for
from accord.infra.limits.requests import limit_requests
from accord.infra.processes.readiness import Readiness, look
from accord.parts import Parts
from accord.safeguards import safeguard_blueprints
from accord.synced_fields import synced_field_blueprints
from accord.workspace.plans.api import deals_blueprint, plans_blueprint
from accord.workspace.plans.criteria.api import criteria_blueprint
from accord.workspace.plans.elements.api import elements_blueprint
from accord.workspace.plans.following.api import following_blueprint
from accord.workspace.plans.notes.api import notes_blueprint
from accord.workspace.plans.people.api import people_blueprint
from accord.workspace.plans.playbooks.api import playbooks_blueprint


class DocumentedApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """The API whose document shows errors in the shape that they have."""

    ERROR_SCHEMA = ErrorSchema


PLAN_HEADING = "A plan of Accord"
PLAN_WORDS = "Plans are shown beside their deals in Salesforce. Open the deal there: its plan is in the Accord panel."


def create_app(parts: Parts) -> Flask:
    """The application: the API, the Canvas page and its assets, health and the two documents."""
    settings = parts.settings
    app = Flask("accord", static_folder=None)
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
    runner = Runner(parts.flow_calls, parts.clock)
    flow = flow_blueprint(parts.flow_doors, runner)
    documented = [
        panels_blueprint(parts.panels, parts.panel_drafts, parts.plans, settings.plans_url, parts.connections.name_of),
        why_blueprint(parts.panel_whys),
        personal_blueprint(parts.connections.personal),
        panel_settings_blueprint(parts.panel_setups),
        variables_blueprint(parts.variables),
        *_plan_blueprints(parts),
        health_blueprint(parts.health),
        activity_settings_blueprint(parts.activity_setup),
        connection_blueprint(parts.connection_admin),
        clients_blueprint(
            parts.connection_admin,
            ActingTokens(parts.database, parts.clock, parts.connections.sign_in.signer),
        ),
        flow_calls_blueprint(parts.flow_calls, parts.flow_doors, runner),
        flow,
        events_blueprint(parts.intake),
        *deal_link_blueprints(parts.deal_links),
        *safeguard_blueprints(parts.safeguards),
        *synced_field_blueprints(parts.synced_fields),
    ]
    for blueprint in (*connections_blueprints(parts.connections), *documented):
        app.register_blueprint(blueprint)
    _own_routes(app, parts)
    _documents(app, documented, flow)
    return app


def _plan_blueprints(parts: Parts) -> Sequence[Blueprint]:
    rooms, url = parts.plan_rooms, parts.settings.plans_url
    return (
        plans_blueprint(parts.plans, rooms, url),
        elements_blueprint(rooms.elements, url),
        people_blueprint(rooms.people, url),
        notes_blueprint(rooms.notes, url),
        following_blueprint(rooms.following, url),
        criteria_blueprint(rooms, url),
        deals_blueprint(parts.plans),
        playbooks_blueprint(rooms.playbooks),
    )


def _documents(app: Flask, documented: Sequence[Blueprint], flow: Blueprint) -> None:
    """The documents are made when somebody asks for them: that takes longer than all the rest of a start."""

    @cache
    def whole() -> dict[str, Any]:
        return _document("Accord for Salesforce", documented)

    @cache
    def of_flow() -> dict[str, Any]:
        return _document("Accord actions for Flow", [flow])

    @app.get("/openapi.json")
    @public
    def openapi_json() -> Response:
        """Describes every operation."""
        return cast("Response", current_app.json.response(whole()))

    @app.get("/openapi/flow.json")
    @public
    def flow_json() -> Response:
        """Describes the Flow actions alone, for External Services."""
        return cast("Response", current_app.json.response(of_flow()))


def _document(title: str, blueprints: Sequence[Blueprint]) -> dict[str, Any]:
    """OpenAPI 3.0, the newest that External Services read. It is made on an application of its own."""
    api = DocumentedApi(Flask("document"), spec_kwargs={"title": title, "version": "v1", "openapi_version": "3.0.3"})
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    document: dict[str, Any] = api.spec.to_dict()
    return document


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

    @app.get("/plans/<plan_id>")
    @public
    def plan_page(plan_id: str) -> Response:  # noqa: ARG001 - one page for all
        """Where a plan is seen. Nothing of it is told: who opens this address is not known, nor is it looked up."""
        answer = Response(plain_page(PLAN_HEADING, PLAN_WORDS), mimetype="text/html")
        answer.headers["Content-Security-Policy"] = plain_policy(parts.settings.allowed_loopback)
        return answer

    @app.get("/panel-assets/<path:name>")
    @public
    def panel_asset(name: str) -> Response:
        """A file of the built page. Names of changed files change, so they may be kept."""
        answer = send_from_directory(assets, name, max_age=3600)
        answer.headers["Cache-Control"] = "public, max-age=3600"
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer
