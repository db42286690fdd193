"""Plans over HTTP."""

from typing import Any

from flask.views import MethodView

from accord.core.errors import Problem, RejectedError
from accord.core.identity import Role
from accord.core.ids import PlanId, RecordId, widen
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint
from accord.workspace.plans.model import NewPlan
from accord.workspace.plans.schemas import NewPlanSchema, PlanSchema, plan_json
from accord.workspace.plans.service import Plans


def plans_blueprint(plans: Plans, public_url: str) -> JsonBlueprint:
    blueprint = JsonBlueprint("plans", __name__, url_prefix="/api/v1/plans", description="Plans connected to deals")

    @blueprint.route("")
    class AllPlans(MethodView):
        @blueprint.doc(operationId="createPlan")
        @blueprint.arguments(NewPlanSchema)
        @blueprint.response(201, PlanSchema)
        @access(Role.ADMIN, Role.USER)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Creates a plan and connects it to a deal."""
            try:
                opportunity_id = RecordId(widen(given["opportunity_id"]))
            except ValueError as error:
                field = "opportunity_id"
                problem = Problem(code="INVALID_VALUE", field=field, key=field, message=str(error))
                raise RejectedError("The plan was not created.", problems=(problem,)) from None
            new = NewPlan(**{**given, "opportunity_id": opportunity_id})
            return plan_json(plans.create(identity(), new), public_url)

    @blueprint.route("/<plan_id>")
    class OnePlan(MethodView):
        @blueprint.doc(operationId="getPlan")
        @blueprint.response(200, PlanSchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, plan_id: str) -> dict[str, Any]:
            """One plan."""
            return plan_json(plans.get(identity(), PlanId(plan_id)), public_url)

    return blueprint
