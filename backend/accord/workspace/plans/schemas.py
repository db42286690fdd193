"""How plans look on the wire."""

from datetime import date
from typing import Any

from marshmallow import Schema, fields

from accord.workspace.plans import rules
from accord.workspace.plans.data import plan_url
from accord.workspace.plans.model import PlanFacts
from accord.workspace.plans.score import score


class NewPlanSchema(Schema):
    opportunity_id = fields.String(required=True, metadata={"description": "Id of the Opportunity."})
    title = fields.String(required=True, metadata={"description": "At most 255 characters."})
    stage_title = fields.String(required=True, metadata={"description": "Title of the current stage."})
    steps_total = fields.Integer(required=True, strict=True)
    steps_done = fields.Integer(required=True, strict=True)


class PlanSchema(Schema):
    """A plan at a glance."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    stage_title = fields.String(required=True, metadata={"description": "Title of the current stage, or empty."})
    steps_total = fields.Integer(required=True)
    steps_done = fields.Integer(required=True)
    progress = fields.Integer(required=True, metadata={"description": "Percent of steps completed, 0 to 100."})
    status = fields.String(required=True)
    score = fields.Integer(required=True, metadata={"description": "Execution score, 0 to 100."})
    opportunity_id = fields.String(required=True, allow_none=True)
    url = fields.String(required=True)


def plan_json(facts: PlanFacts, public_url: str, *, today: date) -> dict[str, Any]:
    """A plan as the API shows it. `url` is where the plan itself can be read."""
    plan, stage = facts.plan, rules.current_stage(facts.stages, facts.steps)
    return {
        "id": plan.id,
        "title": plan.title,
        "stage_title": stage.title if stage else "",
        "steps_total": len(facts.steps),
        "steps_done": sum(step.completed_at is not None for step in facts.steps),
        "progress": rules.progress(facts.steps),
        "status": str(rules.status(facts, today)),
        "score": score(facts).score,
        "opportunity_id": plan.opportunity_id,
        "url": plan_url(public_url, plan.id),
    }
