"""Two-way values over HTTP: settings and problems for admins (A104 to A110), a plan's own for who sees its deal."""

from typing import Any

from flask.views import MethodView

from accord.core.errors import NotFoundError
from accord.core.identity import Role
from accord.core.ids import PlanId, is_our_id
from accord.features.two_way.model import Linked
from accord.features.two_way.schemas import (
    LinkedValuesSchema,
    NewTwoWaySettingsSchema,
    TwoWayDecisionSchema,
    TwoWayProblemsOfSchema,
    TwoWayProblemsSchema,
    TwoWaySettingsSchema,
    TwoWayThawedSchema,
    TwoWayThawSchema,
    chosen,
    problems_json,
    read_settings,
    settings_json,
    shown_json,
)
from accord.features.two_way.service import PAGE, TwoWayValues
from accord.features.two_way.setup import SettingsView, TwoWaySetup
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def two_way_settings_blueprint(setup: TwoWaySetup, values: TwoWayValues) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "two_way_settings",
        __name__,
        url_prefix="/api/v1/settings/two-way",
        description="Values that live on both sides",
    )

    @blueprint.route("")
    class TwoWaySettingsView(MethodView):
        @blueprint.doc(operationId="getTwoWaySettings")
        @blueprint.response(200, TwoWaySettingsSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """The two switches with who wins, and how many values stand how. The ETag names this version."""
            return _tagged(setup.load(identity()))

        @blueprint.doc(operationId="putTwoWaySettings", parameters=[IF_MATCH])
        @blueprint.arguments(NewTwoWaySettingsSchema)
        @blueprint.response(200, TwoWaySettingsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Replaces the settings as a whole. What is switched on is compared at the next turn."""
            return _tagged(setup.save(identity(), read_settings(given, version=if_match())))

    @blueprint.route("/problems")
    class TwoWayProblems(MethodView):
        @blueprint.doc(operationId="getTwoWayProblems")
        @blueprint.arguments(TwoWayProblemsOfSchema, location="query")
        @blueprint.response(200, TwoWayProblemsSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any]) -> dict[str, Any]:
            """Values that need somebody: conflicts, frozen ones, those that stay apart. It shows no values (S3)."""
            return problems_json(values.problems(identity(), after=given["after"]), page=PAGE)

    @blueprint.route("/thaw")
    class TwoWayThaw(MethodView):
        @blueprint.doc(operationId="thawTwoWayValue")
        @blueprint.arguments(TwoWayThawSchema)
        @blueprint.response(200, TwoWayThawedSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Lets a frozen value go on."""
            values.thaw(identity(), _plan(given["plan_id"]), Linked(given["linked"]))
            return {"linked": given["linked"]}

    return blueprint


def two_way_values_blueprint(values: TwoWayValues) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "two_way_values", __name__, url_prefix="/api/v1/plans", description="A plan's values that its deal shares"
    )

    @blueprint.route("/<plan_id>/two-way")
    class PlanTwoWay(MethodView):
        @blueprint.doc(operationId="getPlanTwoWay")
        @blueprint.response(200, LinkedValuesSchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, plan_id: str) -> dict[str, Any]:
            """How the plan's end date and value stand with its deal; a conflict with both values."""
            return shown_json(values.show(identity(), _plan(plan_id)))

    @blueprint.route("/<plan_id>/two-way/<linked>/decision")
    class PlanTwoWayDecision(MethodView):
        @blueprint.doc(operationId="decidePlanTwoWay")
        @blueprint.arguments(TwoWayDecisionSchema)
        @blueprint.response(200, LinkedValuesSchema)
        @access(Role.ADMIN, Role.USER)
        def post(self, given: dict[str, Any], plan_id: str, linked: str) -> dict[str, Any]:
            """Decides a conflict: Salesforce's value or the plan's."""
            if linked not in {one.value for one in Linked}:
                raise NotFoundError("linked value")
            decided = values.decide(identity(), _plan(plan_id), Linked(linked), chosen(given), version=given["version"])
            return shown_json(decided)

    return blueprint


def _plan(text: str) -> PlanId:
    if not is_our_id(text):
        raise NotFoundError("plan")
    return PlanId(text)


def _tagged(view: SettingsView) -> Tagged:
    return tagged(settings_json(view), view.settings.version)
