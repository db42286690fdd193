"""The budget of calls over HTTP, for admins."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.call_budget.schemas import CallBudgetSchema, NewCallBudgetSchema, budget_json, read_budget
from accord.features.call_budget.service import BudgetSetup, BudgetView
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def call_budget_blueprint(setup: BudgetSetup) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "call_budget",
        __name__,
        url_prefix="/api/v1/settings/call-budget",
        description="How many of the org's API calls Accord may use",
    )

    @blueprint.route("")
    class CallBudgetView(MethodView):
        @blueprint.doc(operationId="getCallBudget")
        @blueprint.response(200, CallBudgetSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """Accord's share, what is kept for people, and where back-fills stop. The ETag names this version."""
            return _tagged(setup.load(identity()))

        @blueprint.doc(operationId="putCallBudget", parameters=[IF_MATCH])
        @blueprint.arguments(NewCallBudgetSchema)
        @blueprint.response(200, CallBudgetSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Sets it; it holds for every call that is made from then on. A person's save is never stopped by it."""
            return _tagged(setup.save(identity(), read_budget(given, version=if_match())))

    return blueprint


def _tagged(view: BudgetView) -> Tagged:
    return tagged(budget_json(view), view.budget.version)
