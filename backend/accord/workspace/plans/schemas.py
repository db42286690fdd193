"""How plans look on the wire."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import Schema, fields, validate

from accord.core.errors import RejectedError
from accord.core.identity import Role
from accord.core.money import Money
from accord.workspace.plans import rules
from accord.workspace.plans.data import plan_url
from accord.workspace.plans.model import (
    CriterionKind,
    CriterionValue,
    Factor,
    MemberState,
    PlanFacts,
    Stage,
    Status,
    Step,
    StepMark,
)
from accord.workspace.plans.score import FactorPoints, score
from accord.workspace.plans.whole import Whole

OUR_ID = validate.Regexp(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
STATUSES = [str(one) for one in Status]
KINDS = [str(one) for one in CriterionKind]
MEMBER_ROLES = [str(one) for one in (Role.ADMIN, Role.USER, Role.CUSTOMER, Role.PARTNER)]
_RESOURCE = ("id", "title", "url", "is_internal", "added_by_customer", "added_at")
_PERSON = ("id", "name", "email")
_MEMBER = (*_PERSON, "role", "state", "invited_at", "accepted_at")


class MoneySchema(Schema):
    amount = fields.String(
        required=True,
        validate=validate.Regexp(r"^[0-9]{1,16}(\.[0-9]{1,4})?$"),
        metadata={"description": "Decimal text, such as 125000.50."},
    )
    currency = fields.String(required=True, validate=validate.Regexp(r"^[A-Z]{3}$"))


class NewStepSchema(Schema):
    title = fields.String(required=True)
    description = fields.String(load_default="")
    due_date = fields.Date(load_default=None, allow_none=True)
    key = fields.String(load_default=None, allow_none=True, metadata={"description": "Names the step for a Flow."})
    is_internal = fields.Boolean(load_default=False)


class NewPlanStepSchema(NewStepSchema):
    is_completed = fields.Boolean(load_default=False)


class NewPlanStageSchema(Schema):
    title = fields.String(required=True)
    is_internal = fields.Boolean(load_default=False)
    steps = fields.List(fields.Nested(NewPlanStepSchema), load_default=list, validate=validate.Length(max=1000))


class NewPlanSchema(Schema):
    """With `stages` or a `playbook`, or, for who only counts, with the title of one stage and how many steps it has."""

    opportunity_id = fields.String(load_default=None, allow_none=True, metadata={"description": "Of the deal."})
    title = fields.String(required=True, metadata={"description": "At most 255 characters."})
    stages = fields.List(
        fields.Nested(NewPlanStageSchema), load_default=None, allow_none=True, validate=validate.Length(max=100)
    )
    is_draft = fields.Boolean(load_default=False)
    end_date = fields.Date(load_default=None, allow_none=True)
    value = fields.Nested(MoneySchema, load_default=None, allow_none=True)
    playbook = fields.String(load_default=None, allow_none=True, metadata={"description": "Instead of stages."})
    stage_title = fields.String(load_default=None, allow_none=True, metadata={"description": "Of the only stage."})
    steps_total = fields.Integer(load_default=0, strict=True)
    steps_done = fields.Integer(load_default=0, strict=True)


class PlanChangesSchema(Schema):
    title = fields.String()
    end_date = fields.Date(allow_none=True)
    value = fields.Nested(MoneySchema, allow_none=True)
    point_person = fields.String(allow_none=True, metadata={"description": "Id of a member of the workspace."})
    is_published = fields.Boolean()
    is_archived = fields.Boolean()


class PlanSchema(Schema):
    """A plan at a glance. Customers are told neither status nor score."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    stage_title = fields.String(required=True, metadata={"description": "Title of the current stage, or empty."})
    steps_total = fields.Integer(required=True)
    steps_done = fields.Integer(required=True)
    progress = fields.Integer(required=True, metadata={"description": "Percent of steps completed, 0 to 100."})
    status = fields.String(required=True, allow_none=True, validate=validate.OneOf([*STATUSES, None]))
    score = fields.Integer(required=True, allow_none=True, metadata={"description": "0 to 100: sum of its factors."})
    opportunity_id = fields.String(required=True, allow_none=True)
    url = fields.String(required=True)


class FactorSchema(Schema):
    factor = fields.String(required=True, validate=validate.OneOf([str(one) for one in Factor]))
    weight = fields.Integer(required=True)
    reached = fields.Integer(required=True, allow_none=True, metadata={"description": "Null: it does not apply."})
    possible = fields.Integer(required=True)
    points = fields.Integer(required=True)


class OwnerSchema(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)


class StepSchema(Schema):
    id = fields.String(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    key = fields.String(required=True, allow_none=True)
    due_date = fields.Date(required=True, allow_none=True)
    is_overdue = fields.Boolean(required=True)
    is_completed = fields.Boolean(required=True)
    completed_on = fields.Date(required=True, allow_none=True)
    owner = fields.Nested(OwnerSchema, required=True, allow_none=True)
    is_internal = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class StageSchema(Schema):
    id = fields.String(required=True)
    title = fields.String(required=True)
    position = fields.Integer(required=True)
    is_internal = fields.Boolean(required=True)
    is_current = fields.Boolean(required=True)
    is_completed = fields.Boolean(required=True)
    version = fields.Integer(required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)


class PlanMemberSchema(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(MEMBER_ROLES))
    state = fields.String(required=True, validate=validate.OneOf([str(one) for one in MemberState]))
    invited_at = fields.AwareDateTime(required=True, allow_none=True)
    accepted_at = fields.AwareDateTime(required=True, allow_none=True)


class StakeholderSchema(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    title = fields.String(required=True)
    email = fields.String(required=True)


class ResourceSchema(Schema):
    id = fields.String(required=True)
    title = fields.String(required=True)
    url = fields.String(required=True)
    is_internal = fields.Boolean(required=True)
    added_by_customer = fields.Boolean(required=True)
    added_at = fields.AwareDateTime(required=True)


class PlanCriterionSchema(Schema):
    id = fields.String(required=True)
    key = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    title = fields.String(required=True)
    is_fulfilled = fields.Boolean(required=True)
    is_required = fields.Boolean(required=True, allow_none=True, metadata={"description": "Null: stage unknown."})
    about_id = fields.String(required=True, allow_none=True)
    step_id = fields.String(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)
    is_checked = fields.Boolean(required=True)


class WholePlanSchema(PlanSchema):
    """A plan with everything that belongs to it; the ETag is its version."""

    version = fields.Integer(required=True)
    is_published = fields.Boolean(required=True)
    is_archived = fields.Boolean(required=True)
    end_date = fields.Date(required=True, allow_none=True)
    value = fields.Nested(MoneySchema, required=True, allow_none=True)
    point_person = fields.String(required=True, allow_none=True)
    weights_version = fields.Integer(required=True)
    score_factors = fields.List(fields.Nested(FactorSchema), required=True)
    stages = fields.List(fields.Nested(StageSchema), required=True)
    members = fields.List(fields.Nested(PlanMemberSchema), required=True)
    stakeholders = fields.List(fields.Nested(StakeholderSchema), required=True)
    resources = fields.List(fields.Nested(ResourceSchema), required=True)
    criteria = fields.List(fields.Nested(PlanCriterionSchema), required=True)
    following = fields.Boolean(required=True, allow_none=True, metadata={"description": "Whether the caller does."})
    followers = fields.Integer(required=True, allow_none=True, metadata={"description": "How many. Null: a customer."})


def money_of(given: Mapping[str, str] | None) -> Money | None:
    """Raises RejectedError."""
    if given is None:
        return None
    try:
        return Money(Decimal(given["amount"]), given["currency"])
    except (ValueError, ArithmeticError):
        message = "A value has an amount and a currency, such as 125000.50 and EUR."
        raise RejectedError(message, problems=(rules.wrong("value", message),)) from None


def plan_json(facts: PlanFacts, plans_url: str, *, today: date) -> dict[str, Any]:
    """A plan at a glance. `url` is where the plan itself can be read."""
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
        "url": plan_url(plans_url, plan.id),
    }


def whole_json(whole: Whole, plans_url: str) -> dict[str, Any]:
    """A plan with everything. What is not for a customer is empty for him."""
    plan, facts = whole.plan, whole.facts
    hidden = dict.fromkeys(("status", "score", "value", "following", "followers")) if whole.for_customer else {}
    current = rules.current_stage(facts.stages, facts.steps)
    names = {one.id: one.name or one.email for one in whole.members}
    value = None if plan.value is None else {"amount": format(plan.value.amount, "f"), "currency": plan.value.currency}
    return {
        **plan_json(facts, plans_url, today=whole.today),
        "version": plan.version,
        "is_published": plan.published_at is not None,
        "is_archived": plan.archived_at is not None,
        "end_date": plan.end_date,
        "value": value,
        "point_person": plan.point_person,
        "weights_version": facts.weights.version,
        "score_factors": [] if whole.for_customer else [_factor_json(one) for one in score(facts).factors],
        "stages": [_stage_json(whole, stage, names, is_current=stage == current) for stage in facts.stages],
        "members": [_names(one, *_MEMBER) for one in whole.members],
        "stakeholders": [{**_names(one, *_PERSON), "title": one.position_title} for one in whole.stakeholders],
        "resources": [_names(one, *_RESOURCE) for one in whole.resources],
        "criteria": _criteria_json(facts),
        **_names(whole, "following", "followers"),
        **hidden,
    }


def _names(one: object, *names: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def _factor_json(one: FactorPoints) -> dict[str, Any]:
    return {**_names(one, "weight", "reached", "possible", "points"), "factor": str(one.factor)}


def _stage_json(whole: Whole, stage: Stage, names: Mapping[str, str], *, is_current: bool) -> dict[str, Any]:
    marks = [one for one in whole.facts.steps if one.stage_id == stage.id]
    return {
        **_names(stage, "id", "title", "position", "is_internal", "version"),
        "is_current": is_current,
        "is_completed": rules.is_stage_done(stage.id, marks),
        "steps": [_step_json(whole.steps[mark.id], mark, names, whole.today) for mark in marks],
    }


def _step_json(step: Step, mark: StepMark, names: Mapping[str, str], today: date) -> dict[str, Any]:
    owner = {"id": step.owner, "name": names[step.owner]} if step.owner and step.owner in names else None
    return {
        **_names(step, "title", "description", "key", "version"),
        **_names(mark, "id", "due_date", "completed_on", "is_internal"),
        "is_overdue": rules.is_overdue(mark, today),
        "is_completed": mark.completed_at is not None,
        "owner": owner,
    }


def _criteria_json(facts: PlanFacts) -> list[dict[str, Any]]:
    found = []
    for one in facts.criteria:
        value = facts.values.get(one.id, CriterionValue())
        shown = {
            **_names(one, "id", "key", "title"),
            **_names(value, "step_id", "text", "is_checked", "about_id"),
            "kind": str(one.kind),
            "is_fulfilled": rules.is_fulfilled(one, value, facts.steps),
            "is_required": rules.is_required(one, facts.plan.deal_stage_name),
        }
        found.append(shown)
    return found
