"""Execution criteria and the weights of the score over HTTP."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields, validate

from accord.core.identity import Role
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint, SentBack
from accord.workspace.plans.asking.api import ACTING, asked, shown
from accord.workspace.plans.criteria.service import Criteria
from accord.workspace.plans.model import Criterion, Factor, Weights
from accord.workspace.plans.rules import KEY
from accord.workspace.plans.schemas import KINDS, WholePlanSchema
from accord.workspace.plans.score import CUSTOMERS_FOR_ALL


class NewCriterionSchema(Schema):
    key = fields.String(required=True, validate=validate.Regexp(f"^{KEY.pattern}$"))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    title = fields.String(required=True)


class CriterionSchema(NewCriterionSchema):
    id = fields.String(required=True)


class CriteriaSchema(Schema):
    criteria = fields.List(fields.Nested(CriterionSchema), required=True)


class CriterionValueSchema(Schema):
    step_id = fields.String(load_default=None, allow_none=True, metadata={"description": "Of a criterion of a step."})
    text = fields.String(
        load_default=None, allow_none=True, metadata={"description": "The person, the link or the text."}
    )
    is_checked = fields.Boolean(load_default=False)


WeightsOfFactors = Schema.from_dict(
    {str(factor): fields.Integer(required=True, strict=True, validate=validate.Range(0, 100)) for factor in Factor},
    name="WeightsOfFactors",
)


class NewWeightsSchema(SentBack):
    shown_only = frozenset({"version", "changed_at", "customers_for_all"})

    weights = fields.Nested(WeightsOfFactors, required=True, metadata={"description": "Together 100."})


class WeightsSchema(NewWeightsSchema):
    version = fields.Integer(required=True)
    changed_at = fields.AwareDateTime(required=True, allow_none=True)
    customers_for_all = fields.Integer(
        required=True, metadata={"description": "So many customers invited, or accepted, are all the points for it."}
    )


def criteria_blueprint(criteria: Criteria, plans_url: str) -> JsonBlueprint:
    blueprint = JsonBlueprint("criteria", __name__, url_prefix="/api/v1", description="Execution criteria and score")

    @blueprint.route("/criteria")
    class AllCriteria(MethodView):
        @blueprint.doc(operationId="getCriteria")
        @blueprint.response(200, CriteriaSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def get(self) -> dict[str, Any]:
            """The execution criteria of the org, in order."""
            return {"criteria": [_criterion_json(one) for one in criteria.load(identity())]}

        @blueprint.doc(operationId="createCriterion")
        @blueprint.arguments(NewCriterionSchema)
        @blueprint.response(201, CriterionSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Makes a criterion for every plan."""
            return _criterion_json(criteria.create(identity(), given))

    @blueprint.route("/criteria/<criterion_id>")
    class OneCriterion(MethodView):
        @blueprint.doc(operationId="deleteCriterion")
        @blueprint.response(204)
        @access(Role.ADMIN)
        def delete(self, criterion_id: str) -> None:
            """Deletes a criterion from every plan."""
            criteria.delete(identity(), criterion_id)

    @blueprint.route("/plans/<plan_id>/criteria/<criterion_id>")
    class CriterionOfPlan(MethodView):
        @blueprint.doc(operationId="setCriterion", parameters=[ACTING])
        @blueprint.arguments(CriterionValueSchema)
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def put(self, given: dict[str, Any], plan_id: str, criterion_id: str) -> Tagged:
            """Sets what a plan has for a criterion; what is empty fulfils nothing."""
            return shown(criteria.set_value(asked(plan_id), criterion_id, given), plans_url)

    @blueprint.route("/settings/score")
    class ScoreSettings(MethodView):
        @blueprint.doc(operationId="getScoreWeights")
        @blueprint.response(200, WeightsSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def get(self) -> Tagged:
            """How much each factor of the execution score counts. The ETag names this version."""
            return _weights(criteria.load_weights(identity()))

        @blueprint.doc(operationId="putScoreWeights", parameters=[IF_MATCH])
        @blueprint.arguments(NewWeightsSchema)
        @blueprint.response(200, WeightsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Publishes new weights. Archived plans keep those of their time."""
            weights = {factor: given["weights"][str(factor)] for factor in Factor}
            return _weights(criteria.save_weights(identity(), weights, version=if_match()))

    return blueprint


def _criterion_json(one: Criterion) -> dict[str, Any]:
    return {"id": one.id, "key": one.key, "kind": str(one.kind), "title": one.title}


def _weights(weights: Weights) -> Tagged:
    shown_weights = {str(factor): weights.of[factor] for factor in Factor}
    body = {
        "weights": shown_weights,
        "version": weights.version,
        "changed_at": weights.changed_at,
        "customers_for_all": CUSTOMERS_FOR_ALL,
    }
    return tagged(body, weights.version)
