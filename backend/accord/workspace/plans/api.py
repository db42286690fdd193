"""Plans over HTTP."""

from dataclasses import replace
from typing import Any

from flask.views import MethodView

from accord.core.errors import Problem, RejectedError
from accord.core.identity import Role
from accord.core.ids import PlanId, RecordId, widen
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint
from accord.workspace.plans import rules
from accord.workspace.plans.model import NewPlan
from accord.workspace.plans.schemas import NewPlanSchema, PlanSchema, plan_json
from accord.workspace.plans.service import Plans

NOT_MADE = "The plan was not created. Correct the fields that are named."


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
            return plan_json(plans.create(identity(), _new(given)), public_url, today=plans.today(identity()))

    @blueprint.route("/<plan_id>")
    class OnePlan(MethodView):
        @blueprint.doc(operationId="getPlan")
        @blueprint.response(200, PlanSchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, plan_id: str) -> dict[str, Any]:
            """One plan."""
            return plan_json(plans.get(identity(), PlanId(plan_id)), public_url, today=plans.today(identity()))

    return blueprint


def _new(given: dict[str, Any]) -> NewPlan:
    """The wish in a checked request. Raises RejectedError."""
    total, done = given["steps_total"], given["steps_done"]
    problems = rules.problems_of_counts(total, done)
    if problems:
        raise RejectedError(NOT_MADE, problems=problems)
    stage = rules.counted_stage(given["stage_title"], total=total, done=done)
    new = NewPlan(_deal(given["opportunity_id"]), given["title"], [stage])
    problems = tuple(_at_its_field(one) for one in rules.problems_of(new))
    if problems:
        raise RejectedError(NOT_MADE, problems=problems)
    return new


def _at_its_field(problem: Problem) -> Problem:
    """The only stage has a field of its own in this request."""
    if problem.field != "stages.0.title":
        return problem
    return replace(problem, field="stage_title", key="stage_title")


def _deal(text: str) -> RecordId:
    try:
        return RecordId(widen(text))
    except ValueError as error:
        raise RejectedError(NOT_MADE, problems=(rules.wrong("opportunity_id", str(error)),)) from None
