"""Stages and steps over HTTP. Every answer is the whole plan as it is then."""

from typing import Any

from flask.views import MethodView
from marshmallow import Schema, fields

from accord.core.identity import Role
from accord.infra.etags import IF_MATCH, Tagged, version_given
from accord.infra.http import access
from accord.infra.json_body import JsonBlueprint
from accord.infra.repeats import IDEMPOTENCY_KEY
from accord.workspace.plans.asking.api import ACTING, asked, shown, wish
from accord.workspace.plans.elements.service import Elements
from accord.workspace.plans.schemas import NewStepSchema, WholePlanSchema


class NewStageSchema(Schema):
    title = fields.String(required=True)
    is_internal = fields.Boolean(load_default=False)
    position = fields.Integer(load_default=None, allow_none=True, strict=True, metadata={"description": "From 0."})


class StageChangesSchema(Schema):
    title = fields.String()
    is_internal = fields.Boolean()
    position = fields.Integer(strict=True)


class AddedStepSchema(NewStepSchema):
    stage_id = fields.String(required=True)
    owner_id = fields.String(load_default=None, allow_none=True, metadata={"description": "A member of the plan."})


class StepChangesSchema(Schema):
    title = fields.String()
    description = fields.String()
    due_date = fields.Date(allow_none=True)
    key = fields.String(allow_none=True)
    owner_id = fields.String(allow_none=True)
    is_internal = fields.Boolean()
    is_completed = fields.Boolean(metadata={"description": "True completes the step, false opens it again."})
    stage_id = fields.String()
    position = fields.Integer(strict=True, metadata={"description": "Within the stage, from 0."})


def elements_blueprint(elements: Elements, plans_url: str) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "elements", __name__, url_prefix="/api/v1/plans/<plan_id>", description="Stages and steps"
    )

    @blueprint.route("/stages")
    class Stages(MethodView):
        @blueprint.doc(operationId="createStage", parameters=[IDEMPOTENCY_KEY, ACTING])
        @blueprint.arguments(NewStageSchema)
        @blueprint.response(201, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def post(self, given: dict[str, Any], plan_id: str) -> Tagged:
            """Adds a stage, at a position or at the end."""
            return shown(elements.add_stage(asked(plan_id), given, wish()), plans_url, 201)

    @blueprint.route("/stages/<stage_id>")
    class OneStage(MethodView):
        @blueprint.doc(operationId="changeStage", parameters=[IF_MATCH, ACTING])
        @blueprint.arguments(StageChangesSchema)
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def patch(self, given: dict[str, Any], plan_id: str, stage_id: str) -> Tagged:
            """Changes what is given of a stage; If-Match is the stage's own version."""
            changed = elements.change_stage(asked(plan_id), stage_id, given, version=version_given())
            return shown(changed, plans_url)

        @blueprint.doc(operationId="deleteStage", parameters=[IF_MATCH, ACTING])
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def delete(self, plan_id: str, stage_id: str) -> Tagged:
            """Deletes a stage with its steps."""
            return shown(elements.delete_stage(asked(plan_id), stage_id, version=version_given()), plans_url)

    @blueprint.route("/steps")
    class Steps(MethodView):
        @blueprint.doc(operationId="createStep", parameters=[IDEMPOTENCY_KEY, ACTING])
        @blueprint.arguments(AddedStepSchema)
        @blueprint.response(201, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def post(self, given: dict[str, Any], plan_id: str) -> Tagged:
            """Adds a step at the end of a stage."""
            return shown(elements.add_step(asked(plan_id), given, wish()), plans_url, 201)

    @blueprint.route("/steps/<step_id>")
    class OneStep(MethodView):
        @blueprint.doc(operationId="changeStep", parameters=[IF_MATCH, ACTING])
        @blueprint.arguments(StepChangesSchema)
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def patch(self, given: dict[str, Any], plan_id: str, step_id: str) -> Tagged:
            """Changes what is given of a step, completes or opens it; If-Match is the step's own version."""
            return shown(elements.change_step(asked(plan_id), step_id, given, version=version_given()), plans_url)

        @blueprint.doc(operationId="deleteStep", parameters=[IF_MATCH, ACTING])
        @blueprint.response(200, WholePlanSchema)
        @access(Role.ADMIN, Role.USER, Role.SERVICE)
        def delete(self, plan_id: str, step_id: str) -> Tagged:
            """Deletes a step with its comments."""
            return shown(elements.delete_step(asked(plan_id), step_id, version=version_given()), plans_url)

    return blueprint
