"""Plans over HTTP."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields, validate

from accord.core.errors import Problem, RejectedError
from accord.core.identity import Role
from accord.core.ids import PlanId, PlaybookId, RecordId, widen
from accord.infra.etags import IF_MATCH, Tagged, version_given
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint
from accord.infra.repeats import IDEMPOTENCY_KEY
from accord.workspace.plans import rules
from accord.workspace.plans.asking.api import ACTING, asked, shown, wish
from accord.workspace.plans.model import NewPlan, NewStage, NewStep, Status, Wanted
from accord.workspace.plans.rooms import PlanRooms
from accord.workspace.plans.schemas import (
    OUR_ID,
    STATUSES,
    NewPlanSchema,
    PlanChangesSchema,
    PlanSchema,
    WholePlanSchema,
    money_of,
    plan_json,
)
from accord.workspace.plans.service import Plans

NOT_MADE = "The plan was not created. Correct the fields that are named."


class PageSchema(Schema):
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = fields.String(load_default=None, validate=OUR_ID, metadata={"description": "`next` of the page before."})
    opportunity_id = fields.String(load_default=None)
    is_connected = fields.Boolean(load_default=None)
    is_archived = fields.Boolean(load_default=None)
    status = fields.String(load_default=None, validate=validate.OneOf(STATUSES))


class PlansSchema(Schema):
    plans = fields.List(fields.Nested(PlanSchema), required=True)
    next = fields.String(
        required=True, allow_none=True, metadata={"description": "Begins the next page; a page may hold fewer plans."}
    )


class DuplicateSchema(Schema):
    title = fields.String(load_default=None, allow_none=True)


class NewDealSchema(Schema):
    opportunity_id = fields.String(required=True)


class SearchSchema(Schema):
    q = fields.String(required=True, validate=validate.Length(1, 120))


class DealSchema(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    has_plan = fields.Boolean(required=True)


class DealsSchema(Schema):
    deals = fields.List(fields.Nested(DealSchema), required=True)


def plans_blueprint(plans: Plans, rooms: PlanRooms, plans_url: str) -> JsonBlueprint:
    blueprint = JsonBlueprint("plans", __name__, url_prefix="/api/v1/plans", description="Plans connected to deals")

    @blueprint.route("")
    class AllPlans(MethodView):
        @blueprint.doc(operationId="getPlans")
        @blueprint.arguments(PageSchema, location="query")
        @blueprint.response(200, PlansSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def get(self, given: dict[str, Any]) -> dict[str, Any]:
            """Plans that the caller may see, the newest first."""
            found, following = plans.page(identity(), _wanted(given))
            today = plans.today(identity())
            return {"plans": [plan_json(one, plans_url, today=today) for one in found], "next": following}

        @blueprint.doc(operationId="createPlan", parameters=[IDEMPOTENCY_KEY])
        @blueprint.arguments(NewPlanSchema)
        @blueprint.response(201, WholePlanSchema)
        @access(Role.ADMIN, Role.USER)
        def post(self, given: dict[str, Any]) -> Tagged:
            """Creates a plan, and connects it to a deal where one is given."""
            made = plans.create(identity(), _new(given), wish())
            return shown(rooms.editing.shown_to(identity(), made.plan.id), plans_url, 201)

    @blueprint.route("/<plan_id>")
    class OnePlan(MethodView):
        @blueprint.doc(operationId="getPlan", parameters=[ACTING])
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def get(self, plan_id: str) -> Tagged:
            """One plan with everything that belongs to it."""
            return shown(rooms.editing.shown(asked(plan_id)), plans_url)

        @blueprint.doc(operationId="changePlan", parameters=[IF_MATCH, ACTING])
        @blueprint.arguments(PlanChangesSchema)
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def patch(self, given: dict[str, Any], plan_id: str) -> Tagged:
            """Changes what is given of a plan; publishes, archives, or brings it back."""
            if "value" in given:
                given = {**given, "value": money_of(given["value"])}
            return shown(rooms.editing.update(asked(plan_id), given, version=version_given()), plans_url)

    @blueprint.route("/<plan_id>/view")
    class PlanView(MethodView):
        @blueprint.doc(operationId="viewPlan", parameters=[ACTING])
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def post(self, plan_id: str) -> Tagged:
            """Says that somebody has opened the plan. A customer's first time accepts his invitation."""
            return shown(rooms.editing.view(asked(plan_id)), plans_url)

    @blueprint.route("/<plan_id>/duplicate")
    class PlanDuplicate(MethodView):
        @blueprint.doc(operationId="duplicatePlan", parameters=[IDEMPOTENCY_KEY, ACTING])
        @blueprint.arguments(DuplicateSchema)
        @blueprint.response(201, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def post(self, given: dict[str, Any], plan_id: str) -> Tagged:
            """Makes a draft with the same stages, steps and resources, without a deal."""
            return shown(rooms.editing.duplicate(asked(plan_id), given["title"], wish()), plans_url, 201)

    @blueprint.route("/<plan_id>/deal")
    class PlanDeal(MethodView):
        @blueprint.doc(operationId="connectPlan", parameters=[IF_MATCH, ACTING])
        @blueprint.arguments(NewDealSchema)
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def put(self, given: dict[str, Any], plan_id: str) -> Tagged:
            """Connects the plan to a deal."""
            deal = _deal(given["opportunity_id"], "The plan was not connected.")
            return shown(rooms.editing.connect(asked(plan_id), deal, version=version_given()), plans_url)

        @blueprint.doc(operationId="disconnectPlan", parameters=[IF_MATCH, ACTING])
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def delete(self, plan_id: str) -> Tagged:
            """Takes the plan's deal away."""
            return shown(rooms.editing.disconnect(asked(plan_id), version=version_given()), plans_url)

    return blueprint


def deals_blueprint(plans: Plans) -> JsonBlueprint:
    blueprint = JsonBlueprint("deals", __name__, url_prefix="/api/v1/deals", description="Deals that may get a plan")

    @blueprint.route("")
    class Deals(MethodView):
        @blueprint.doc(operationId="searchDeals")
        @blueprint.arguments(SearchSchema, location="query")
        @blueprint.response(200, DealsSchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, given: dict[str, str]) -> dict[str, Any]:
            """At most twenty of the caller's deals with this text in their names, and which of them have a plan."""
            found = plans.search_deals(identity(), given["q"])
            return {"deals": [{"id": one.id, "name": one.name, "has_plan": one.has_plan} for one in found]}

    return blueprint


def _wanted(given: Mapping[str, Any]) -> Wanted:
    """Raises RejectedError."""
    deal = _deal(given["opportunity_id"], "Nothing was looked for.") if given["opportunity_id"] is not None else None
    return Wanted(
        given["limit"],
        PlanId(given["after"]) if given["after"] else None,
        deal,
        given["is_connected"],
        given["is_archived"],
        Status(given["status"]) if given["status"] else None,
    )


def _new(given: Mapping[str, Any]) -> NewPlan:
    """The wish in a checked request, in either form. Raises RejectedError."""
    new = NewPlan(
        _deal(given["opportunity_id"], NOT_MADE) if given["opportunity_id"] is not None else None,
        given["title"],
        _stages(given),
        is_draft=given["is_draft"],
        end_date=given["end_date"],
        value=money_of(given["value"]),
        playbook=PlaybookId(given["playbook"]) if given["playbook"] else None,
    )
    problems = rules.problems_of(new)
    if given["stages"] is None:
        problems = tuple(_at_its_field(one) for one in problems)
    if problems:
        raise RejectedError(NOT_MADE, problems=problems)
    return new


def _stages(given: Mapping[str, Any]) -> list[NewStage]:
    if given["stages"] is not None:
        return [
            NewStage(stage["title"], [_step(one) for one in stage["steps"]], is_internal=stage["is_internal"])
            for stage in given["stages"]
        ]
    total, done = given["steps_total"], given["steps_done"]
    problems = rules.problems_of_counts(total, done)
    if problems:
        raise RejectedError(NOT_MADE, problems=problems)
    if given["stage_title"] is None and not total:
        return []
    return [rules.counted_stage(given["stage_title"] or "", total=total, done=done)]


def _step(given: Mapping[str, Any]) -> NewStep:
    return NewStep(
        given["title"],
        given["due_date"],
        is_done=given["is_completed"],
        is_internal=given["is_internal"],
        key=given["key"],
        description=given["description"],
    )


def _at_its_field(problem: Problem) -> Problem:
    """The only stage has a field of its own in this request."""
    if problem.field != "stages.0.title":
        return problem
    return replace(problem, field="stage_title", key="stage_title")


def _deal(text: str, what: str) -> RecordId:
    try:
        return RecordId(widen(text))
    except ValueError as error:
        raise RejectedError(what, problems=(rules.wrong("opportunity_id", str(error)),)) from None
