"""What all routes of plans read of a request, and how they answer."""

from flask import request

from accord.core.ids import PlanId
from accord.infra.etags import Tagged, tagged
from accord.infra.http import identity
from accord.infra.repeats import named_wish
from accord.workspace.plans.access import Asked
from accord.workspace.plans.repeats.service import Repeatable
from accord.workspace.plans.schemas import whole_json
from accord.workspace.plans.whole import Whole

ACTING = {
    "name": "Accord-Member",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "Of the application's server alone: the member of the plan for whom it speaks.",
}


def asked(plan_id: str) -> Asked:
    """Who asks for this plan, and for whom."""
    return Asked(identity(), PlanId(plan_id), request.headers.get("Accord-Member"))


def wish() -> Repeatable | None:
    """The wish with the key that the caller gave it. Raises RejectedError."""
    named = named_wish()
    return None if named is None else Repeatable(*named)


def shown(whole: Whole, plans_url: str, status: int = 200) -> Tagged:
    return tagged(whole_json(whole, plans_url), whole.plan.version, status=status)
