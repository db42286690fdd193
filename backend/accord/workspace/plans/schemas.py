"""How plans look on the wire."""

from typing import Any

from marshmallow import Schema, fields

from accord.workspace.plans import rules
from accord.workspace.plans.model import Plan


class NewPlanSchema(Schema):
    opportunity_id = fields.String(required=True, metadata={"description": "Id of the Opportunity."})
    title = fields.String(required=True, metadata={"description": "At most 255 characters."})
    stage_title = fields.String(required=True, metadata={"description": "Title of the current stage."})
    steps_total = fields.Integer(required=True, strict=True)
    steps_done = fields.Integer(required=True, strict=True)


class PlanSchema(Schema):
    id = fields.String(required=True)
    title = fields.String(required=True)
    stage_title = fields.String(required=True)
    steps_total = fields.Integer(required=True)
    steps_done = fields.Integer(required=True)
    progress = fields.Integer(required=True, metadata={"description": "Percent of steps completed, 0 to 100."})
    status = fields.String(required=True)
    opportunity_id = fields.String(required=True)
    url = fields.String(required=True)


def plan_json(plan: Plan, public_url: str) -> dict[str, Any]:
    """A plan as the API shows it. `url` is where the plan itself can be read."""
    return {
        "id": plan.id,
        "title": plan.title,
        "stage_title": plan.stage_title,
        "steps_total": plan.steps_total,
        "steps_done": plan.steps_done,
        "progress": rules.progress(plan),
        "status": str(rules.status(plan)),
        "opportunity_id": plan.opportunity_id,
        "url": f"{public_url}/api/v1/plans/{plan.id}",
    }
