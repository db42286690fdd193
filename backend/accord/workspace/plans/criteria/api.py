"""Execution criteria and the weights of the score over HTTP."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from accord.core.identity import Role
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged, version_given
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint
from accord.workspace.plans.asking.api import ACTING, asked, shown
from accord.workspace.plans.criteria.schemas import (
    CriteriaSchema,
    CriteriaSettingsSchema,
    CriterionChangesSchema,
    CriterionSchema,
    NewCriteriaSettingsSchema,
    NewCriterionSchema,
    NewWeightsSchema,
    WeightsSchema,
    criteria_json,
    criteria_of,
    criterion_json,
    weights_of,
    weights_view_json,
)
from accord.workspace.plans.criteria.setup import CriteriaSetup, CriteriaView, WeightsSetup, WeightsView
from accord.workspace.plans.rooms import PlanRooms
from accord.workspace.plans.schemas import WholePlanSchema


class CriterionValueSchema(Schema):
    step_id = fields.String(load_default=None, allow_none=True, metadata={"description": "Of a criterion of a step."})
    text = fields.String(
        load_default=None, allow_none=True, metadata={"description": "The person, the link or the text."}
    )
    is_checked = fields.Boolean(load_default=False)
    about_id = fields.String(
        load_default=None,
        allow_none=True,
        metadata={
            "description": "A member or stakeholder of the plan instead of a name; a resource instead of a link."
        },
    )


def criteria_blueprint(rooms: PlanRooms, plans_url: str) -> JsonBlueprint:
    blueprint = JsonBlueprint("criteria", __name__, url_prefix="/api/v1", description="Execution criteria and score")
    criteria, setup, weights = rooms.criteria, rooms.criteria_setup, rooms.weights_setup

    @blueprint.route("/criteria")
    class AllCriteria(MethodView):
        @blueprint.doc(operationId="getCriteria")
        @blueprint.response(200, CriteriaSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def get(self) -> Tagged:
            """The execution criteria of the org, in order. The ETag names the version of the list."""
            found = criteria.load(identity())
            return tagged({"criteria": [criterion_json(one) for one in found.criteria]}, found.version)

        @blueprint.doc(operationId="createCriterion")
        @blueprint.arguments(NewCriterionSchema)
        @blueprint.response(201, CriterionSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> Tagged:
            """Makes a criterion for every plan."""
            made, version = setup.create(identity(), given)
            return tagged(criterion_json(made), version, status=201)

    @blueprint.route("/criteria/<criterion_id>")
    class OneCriterion(MethodView):
        @blueprint.doc(operationId="changeCriterion", parameters=[IF_MATCH])
        @blueprint.arguments(CriterionChangesSchema)
        @blueprint.response(200, CriterionSchema)
        @access(Role.ADMIN)
        def patch(self, given: dict[str, Any], criterion_id: str) -> Tagged:
            """Changes what is given of a criterion; If-Match is the version of the list."""
            changed, version = setup.change(identity(), criterion_id, given, version=if_match())
            return tagged(criterion_json(changed), version)

        @blueprint.doc(operationId="deleteCriterion", parameters=[IF_MATCH])
        @blueprint.response(204)
        @access(Role.ADMIN)
        def delete(self, criterion_id: str) -> None:
            """Deletes a criterion from every plan; If-Match is the version of the list."""
            setup.delete(identity(), criterion_id, version=if_match())

    @blueprint.route("/plans/<plan_id>/criteria/<criterion_id>")
    class CriterionOfPlan(MethodView):
        @blueprint.doc(operationId="setCriterion", parameters=[IF_MATCH, ACTING])
        @blueprint.arguments(CriterionValueSchema)
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def put(self, given: dict[str, Any], plan_id: str, criterion_id: str) -> Tagged:
            """Sets what a plan has for a criterion; what is empty fulfils nothing. If-Match is the plan's version."""
            found = criteria.set_value(asked(plan_id), criterion_id, given, version=version_given())
            return shown(found, plans_url)

    _settings_routes(blueprint, setup, weights)
    return blueprint


def _settings_routes(blueprint: JsonBlueprint, setup: CriteriaSetup, weights: WeightsSetup) -> None:
    @blueprint.route("/settings/criteria")
    class CriteriaAsSettings(MethodView):
        @blueprint.doc(operationId="getCriteriaSettings")
        @blueprint.response(200, CriteriaSettingsSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """The criteria as an admin changes them. The ETag names this version."""
            return _criteria(setup.load(identity()))

        @blueprint.doc(operationId="putCriteriaSettings", parameters=[IF_MATCH])
        @blueprint.arguments(NewCriteriaSettingsSchema)
        @blueprint.response(200, CriteriaSettingsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Replaces the whole list. Each is known by its key; one that is left out is deleted from every plan."""
            return _criteria(setup.save(identity(), criteria_of(given, version=if_match())))

    @blueprint.route("/settings/score")
    class ScoreSettings(MethodView):
        @blueprint.doc(operationId="getScoreWeights")
        @blueprint.response(200, WeightsSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def get(self) -> Tagged:
            """How much each factor of the execution score counts. The ETag names this version."""
            return _weights(weights.load(identity()))

        @blueprint.doc(operationId="putScoreWeights", parameters=[IF_MATCH])
        @blueprint.arguments(NewWeightsSchema)
        @blueprint.response(200, WeightsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Publishes new weights. Archived plans keep those of their time."""
            return _weights(weights.save(identity(), weights_of(given, version=if_match())))


def _criteria(view: CriteriaView) -> Tagged:
    return tagged(criteria_json(view), view.settings.version)


def _weights(view: WeightsView) -> Tagged:
    return tagged(weights_view_json(view), view.weights.version)
