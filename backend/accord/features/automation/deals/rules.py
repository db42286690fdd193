"""What an item of Connect Deal asks for, and what it is answered when that cannot be."""

import hashlib
from typing import Final

from accord.core.errors import AccordError, NotFoundError, Problem
from accord.core.flow import FlowResult, refused
from accord.core.ids import MemberId, PlanId, RecordId, UserId, widen
from accord.features.automation.deals.model import ConnectDealItem, Known, Wish
from accord.workspace.plans import rules
from accord.workspace.plans.model import NewPlan

LONGEST_KEY: Final = 80
CORRECT: Final = "Correct these inputs in the Flow's action."
_REMEDIES: Final = {
    "ALREADY_CONNECTED": "Leave planId empty to have the deal's own plan, or pass a deal without one.",
    "DEAL_LOCKED": "Pass the deal that the plan has, or ask an Accord admin to allow another one.",
    "PLAN_ARCHIVED": "Pass a plan that is not archived.",
    "KEY_REUSED": "Use one key for one wish.",
}


def check(item: ConnectDealItem, known: Known) -> Wish | FlowResult:
    """What the item asks for; the answer that refuses it where something of it is wrong."""
    deal = deal_id(item.opportunity_id)
    if deal is None:
        return no_deal("opportunityId")
    key = item.idempotency_key
    if key and len(key) > LONGEST_KEY:
        return refused(
            "KEY_TOO_LONG", f"idempotencyKey is longer than {LONGEST_KEY} characters.", "Pass a shorter key."
        )
    user = user_id(item.point_person_user_id)
    if item.point_person_user_id and user is None:
        return refused("INVALID_ACTOR", "pointPersonUserId is not the id of a user.", "Pass the Id of a user.")
    person = known.members.get(user) if user else None
    if user and person is None:
        return refused(
            "NOT_IN_PLAN", "pointPersonUserId is no member of the workspace.", "Choose somebody who has opened Accord."
        )
    if item.plan_id:
        return _of_plan(item, deal, person, known)
    new = _new(item, deal, person, known)
    return new if isinstance(new, FlowResult) else Wish(deal, new, point_person=person)


def _of_plan(item: ConnectDealItem, deal: RecordId, person: MemberId | None, known: Known) -> Wish | FlowResult:
    if item.playbook_key or item.title:
        named = "playbookKey" if item.playbook_key else "planTitle"
        return refused("INVALID_VALUE", f"planId names a plan that there is, so {named} has no meaning.", CORRECT)
    plan_id = PlanId(item.plan_id)
    if plan_id not in known.plans:
        return refused("PLAN_NOT_FOUND", "There is no plan with this planId.", "Pass the id of a plan of this org.")
    return Wish(deal, NewPlan(deal, ""), plan_id=plan_id, point_person=person)


def _new(item: ConnectDealItem, deal: RecordId, person: MemberId | None, known: Known) -> NewPlan | FlowResult:
    key = hashlib.sha256(item.idempotency_key.encode()).hexdigest() if item.idempotency_key else None
    if item.playbook_key:
        playbook, template = known.playbooks.get(item.playbook_key), known.plans.get(PlanId(item.playbook_key))
        if playbook is None and template is None:
            return refused(
                "PLAN_NOT_FOUND",
                "There is no playbook with this playbookKey.",
                "Pass the title or the id of a playbook as it stands in Settings > CRM > Playbooks.",
            )
        if playbook is not None:
            new = NewPlan(deal, item.title, creation_key=key, playbook=playbook.id, point_person=person)
        else:
            new = NewPlan(deal, item.title, creation_key=key, template=PlanId(item.playbook_key), point_person=person)
        miscounted: tuple[Problem, ...] = ()
    elif not item.title:
        message = "None of planId, playbookKey and planTitle is given."
        return refused("INVALID_VALUE", message, "Pass one of them: it says which plan the deal gets.")
    else:
        total, done = item.steps_total, item.steps_done
        miscounted = tuple(rules.problems_of_counts(total, done))
        stage = rules.counted_stage(item.stage_title, total=0 if miscounted else total, done=done)
        new = NewPlan(deal, item.title, [stage], creation_key=key, point_person=person)
    problems = (*rules.problems_of(new), *miscounted)
    if problems:
        return refused("INVALID_VALUE", " ".join(problem.message for problem in problems), CORRECT)
    return new


def refusal(error: AccordError) -> FlowResult:
    """The answer of one item, whose whole transaction was undone."""
    words = " ".join(problem.message for problem in error.problems) or error.message
    if isinstance(error, NotFoundError):  # it was there a moment ago
        return refused("PLAN_NOT_FOUND", words, "Pass the id of a plan of this org.")
    if error.code in _REMEDIES:
        return refused(error.code, words, _REMEDIES[error.code])
    return refused("INVALID_VALUE", words, CORRECT)


def user_id(text: str) -> UserId | None:
    found = _id(text, "005")
    return UserId(found) if found else None


def deal_id(text: str) -> RecordId | None:
    found = _id(text, "006")
    return RecordId(found) if found else None


def no_deal(field: str) -> FlowResult:
    return refused(
        "INVALID_RECORD", f"{field} is not the id of an Opportunity.", "Pass the Id of the Opportunity record."
    )


def _id(text: str, prefix: str) -> str | None:
    try:
        widened = widen(text)
    except ValueError:
        return None
    return widened if widened.startswith(prefix) else None
