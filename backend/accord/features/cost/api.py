"""Costs over HTTP, for admins."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.cost.schemas import CostOverviewSchema, CostSchema, WantedCostSchema, cost_json, overview_json
from accord.features.cost.service import Costs
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def cost_blueprint(costs: Costs) -> JsonBlueprint:
    blueprint = JsonBlueprint("cost", __name__, url_prefix="/api/v1/cost", description="What writing costs the org")

    @blueprint.route("")
    class OneCost(MethodView):
        @blueprint.doc(operationId="getCost")
        @blueprint.arguments(WantedCostSchema, location="query")
        @blueprint.response(200, CostSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any]) -> dict[str, Any]:
            """Calls, records and storage a day, measured by what came in, beside what the org has left."""
            return cost_json(costs.load(identity(), given["feature"]))

    @blueprint.route("/overview")
    class AllCosts(MethodView):
        @blueprint.doc(operationId="getCostOverview")
        @blueprint.response(200, CostOverviewSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """What each feature costs and whether it is on, beside what the org has left. One Salesforce call."""
            return overview_json(costs.overview(identity()))

    return blueprint
