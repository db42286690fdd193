"""Automatic plans over HTTP, for admins (B1)."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.core.ids import RecordId
from accord.features.auto_create.schemas import (
    AutoCreateChoicesSchema,
    AutoCreateSettingsSchema,
    AutoCreateTriedSchema,
    AutoCreateTrySchema,
    AutoCreateWaitingOfSchema,
    AutoCreateWaitingSchema,
    NewAutoCreateSettingsSchema,
    also_existing,
    choices_json,
    read_rule,
    read_settings,
    settings_json,
    tried_json,
    waiting_json,
)
from accord.features.auto_create.setup import WAITING_PAGE, AutoCreateSetup, SettingsView
from accord.features.auto_create.trying import DryRuns
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def auto_create_blueprint(setup: AutoCreateSetup, dry_runs: DryRuns) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "auto_create",
        __name__,
        url_prefix="/api/v1/settings/auto-create",
        description="Plans that are made automatically",
    )

    @blueprint.route("")
    class AutoCreateView(MethodView):
        @blueprint.doc(operationId="getAutoCreate")
        @blueprint.response(200, AutoCreateSettingsSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """The rules in their order, with what each has made and what waits. The ETag names this version."""
            return _tagged(setup.load(identity()))

        @blueprint.doc(operationId="putAutoCreate", parameters=[IF_MATCH])
        @blueprint.arguments(NewAutoCreateSettingsSchema)
        @blueprint.response(200, AutoCreateSettingsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Replaces the rules as a whole; every one is checked against the org first."""
            new = read_settings(given, version=if_match())
            return _tagged(setup.save(identity(), new, also_existing(given)))

    @blueprint.route("/choices")
    class AutoCreateChoices(MethodView):
        @blueprint.doc(operationId="getAutoCreateChoices")
        @blueprint.response(200, AutoCreateChoicesSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """What a rule may name: stages, types and currencies of the org, members, plans that may be templates."""
            return choices_json(setup.offered(identity()))

    @blueprint.route("/dry-run")
    class AutoCreateDryRun(MethodView):
        @blueprint.doc(operationId="tryAutoCreate")
        @blueprint.arguments(AutoCreateTrySchema)
        @blueprint.response(200, AutoCreateTriedSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Which deals a rule, saved or not, would give a plan now, and what that costs. Nothing is made."""
            (rule,) = setup.check(identity(), [read_rule(given["rule"])])
            after = RecordId(given["after"]) if given["after"] else None
            return tried_json(dry_runs.look(identity(), rule, above=given["above"], after=after))

    @blueprint.route("/waiting")
    class AutoCreateWaiting(MethodView):
        @blueprint.doc(operationId="getAutoCreateWaiting")
        @blueprint.arguments(AutoCreateWaitingOfSchema, location="query")
        @blueprint.response(200, AutoCreateWaitingSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any]) -> dict[str, Any]:
            """Deals that get their plan when somebody can be its point person, each with what it waits for."""
            return waiting_json(setup.waiting(identity(), after=given["after"]), page=WAITING_PAGE)

    return blueprint


def _tagged(view: SettingsView) -> Tagged:
    return tagged(settings_json(view), view.settings.version)
