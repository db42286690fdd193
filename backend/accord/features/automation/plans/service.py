"""What a Flow changes of a plan. Its credential names no user: it stands for the whole org, and nobody is the actor."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from accord.core.errors import AccordError, ConflictError, NotFoundError
from accord.core.flow import FlowOutcome, FlowResult, refused
from accord.core.identity import Identity
from accord.core.ids import RecordId, UserId, widen
from accord.features.automation.plans.model import ContactOf, InviteMemberItem, SetCriterionItem, UpdateStepItem
from accord.salesforce.model import Gateway
from accord.salesforce.soql import in_, select
from accord.workspace.plans import rules
from accord.workspace.plans.access import Asked
from accord.workspace.plans.keyed import StepWish
from accord.workspace.plans.model import PlanFacts, StepMark
from accord.workspace.plans.repeats.service import Repeatable
from accord.workspace.plans.rooms import PlanRooms
from accord.workspace.plans.score import score
from accord.workspace.plans.service import Plans

LONGEST_KEY: Final = 80
NO_STEP: Final = {"stepStatus": "", "planStatus": ""}
NO_MEMBER: Final = {"memberId": "", "wasAlreadyMember": False}
NOT_FULFILLED: Final = {"isFulfilled": False}
OPERATIONS: Final = ("complete", "reopen", "set_due", "set_owner")
CUSTOMER_ROLES: Final = ("customer", "partner")

Item = UpdateStepItem | InviteMemberItem | SetCriterionItem


@dataclass(frozen=True, slots=True)
class PlanActions:
    plans: Plans
    rooms: PlanRooms
    owner_gateway: Callable[[Identity], Gateway]  # the integration owner's, who sees every contact

    def update_steps(self, caller: Identity, items: Sequence[UpdateStepItem]) -> Sequence[FlowResult]:
        """Completes, opens, dates or gives away a step of each deal's plan."""
        plans = self._plans_of(caller, items)
        return [self._each(one, plan, lambda i, p: self._update_step(caller, i, p)) for one, plan in plans]

    def invite_members(self, caller: Identity, items: Sequence[InviteMemberItem]) -> Sequence[FlowResult]:
        """Invites somebody to each deal's plan. At most one Salesforce call, for the contacts that are named."""
        plans = self._plans_of(caller, items)
        contacts = self._contacts(caller, items)
        return [self._each(one, plan, lambda i, p: self._invite(caller, i, p, contacts)) for one, plan in plans]

    def set_criteria(self, caller: Identity, items: Sequence[SetCriterionItem]) -> Sequence[FlowResult]:
        """Sets what each deal's plan has for a criterion."""
        plans = self._plans_of(caller, items)
        return [self._each(one, plan, lambda i, p: self._set_criterion(caller, i, p)) for one, plan in plans]

    def _plans_of(self, caller: Identity, items: Sequence[Any]) -> list[tuple[Any, PlanFacts | FlowResult]]:
        deals = [_id(item.record_id, "006") for item in items]
        found = self.plans.find_for_deals(caller, [deal for deal in deals if deal is not None])
        return [(item, _plan(deal, found)) for item, deal in zip(items, deals, strict=True)]

    def _each(self, item: Any, plan: PlanFacts | FlowResult, act: Callable[[Any, PlanFacts], FlowResult]) -> FlowResult:
        """What is wrong with one item is its answer alone."""
        if isinstance(plan, FlowResult):
            return plan
        if item.idempotency_key and len(item.idempotency_key) > LONGEST_KEY:
            return refused(
                "KEY_TOO_LONG", f"idempotencyKey is longer than {LONGEST_KEY} characters.", "Pass a shorter key."
            )
        try:
            return act(item, plan)
        except AccordError as error:
            return _refusal(error)

    def _update_step(self, caller: Identity, item: UpdateStepItem, plan: PlanFacts) -> FlowResult:
        wanted = _step_wish(item)
        if isinstance(wanted, FlowResult):
            return wanted
        if item.dry_run:
            return _dry_run(f"the step '{item.step_key}' would get {item.operation}")
        step, whole = self.rooms.keyed.change_step(Asked(caller, plan.plan.id), wanted)
        outputs = {
            "stepStatus": _step_status(step.mark, whole.today),
            "progress": rules.progress(whole.facts.steps),
            "planStatus": str(rules.status(whole.facts, whole.today)),
        }
        return FlowResult(FlowOutcome.DONE, outputs=outputs)

    def _contacts(self, caller: Identity, items: Sequence[InviteMemberItem]) -> dict[RecordId, ContactOf]:
        wanted = {contact for item in items if item.contact_id and (contact := _id(item.contact_id, "003"))}
        if not wanted:
            return {}
        gateway = self.owner_gateway(caller)
        # a field that the owner may not read would fail the whole query; then the Flow has to give the address
        fields = [one for one in ("Name", "Email") if one in gateway.describe("Contact").fields]
        rows = gateway.query(select("Id", *fields).from_("Contact").where(in_("Id", sorted(wanted))))
        return {RecordId(widen(row["Id"])): ContactOf(row.get("Name") or "", row.get("Email") or "") for row in rows}

    def _invite(
        self, caller: Identity, item: InviteMemberItem, plan: PlanFacts, contacts: dict[RecordId, ContactOf]
    ) -> FlowResult:
        if not item.contact_id and not item.email:
            return refused("NOTHING_NAMED", "Neither contactId nor email is given.", "Pass one of them.")
        if item.role not in CUSTOMER_ROLES:
            return refused("INVALID_VALUE", "role must be customer or partner.", "Choose one of these words.")
        contact_id = _id(item.contact_id, "003") if item.contact_id else None
        contact = contacts.get(contact_id) if contact_id else None
        if item.contact_id and contact is None:
            return refused(
                "CONTACT_NOT_FOUND",
                "There is no such Contact, or the integration owner may not see it.",
                "Pass the Id of a Contact that is shared with the integration owner.",
            )
        given = {
            "role": item.role,
            "name": contact.name if contact else "",
            "email": item.email or (contact.email if contact else ""),
            "member_id": None,
            "contact_id": contact_id,
            "is_invited": item.send_invitation,
        }
        if not given["email"]:
            return refused(
                "INVALID_CONTACT",
                "The Contact has no mail address, or the integration owner may not read it.",
                "Pass email too, or assign the permission set Accord_Integration anew.",
            )
        if item.dry_run:
            return _dry_run(f"{given['email']} would take part")
        member, was_member = self.rooms.keyed.invite(Asked(caller, plan.plan.id), given)
        return FlowResult(FlowOutcome.DONE, outputs={"memberId": member.id, "wasAlreadyMember": was_member})

    def _set_criterion(self, caller: Identity, item: SetCriterionItem, plan: PlanFacts) -> FlowResult:
        given = [one for one in (item.text_value, item.date_value, item.boolean_value) if one is not None]
        if len(given) != 1:
            return refused("NOTHING_NAMED", "Pass exactly one value.", "Fill textValue, dateValue or booleanValue.")
        if item.dry_run:
            return _dry_run(f"the criterion '{item.criterion_key}' would get this value")
        asked = Asked(caller, plan.plan.id)
        criterion_id, whole = self.rooms.keyed.set_criterion(asked, item.criterion_key, given[0])
        is_fulfilled = criterion_id not in {one.id for one in rules.missing(whole.facts)}
        return FlowResult(
            FlowOutcome.DONE, outputs={"isFulfilled": is_fulfilled, "executionScore": score(whole.facts).score}
        )


def _plan(deal: RecordId | None, found: dict[RecordId, PlanFacts]) -> PlanFacts | FlowResult:
    if deal is None:
        return refused(
            "INVALID_RECORD", "recordId is not the id of an Opportunity.", "Pass the Id of the Opportunity record."
        )
    return found.get(deal) or refused(
        "PLAN_NOT_FOUND", "This deal has no plan.", "Give it one with Connect Deal, or decide for deals with a plan."
    )


def _step_wish(item: UpdateStepItem) -> StepWish | FlowResult:
    if item.operation not in OPERATIONS:
        return refused(
            "INVALID_VALUE", f"operation must be one of {', '.join(OPERATIONS)}.", "Choose one of these words."
        )
    owner = _id(item.owner_user_id or "", "005")
    if item.operation == "set_owner" and owner is None:
        return refused("INVALID_ACTOR", "ownerUserId is not the id of a user.", "Pass the Id of the new owner.")
    if item.operation == "set_due" and item.due_date is None:
        return refused("INVALID_VALUE", "dueDate is empty.", "Pass the day on which the step is due.")
    given: dict[str, Any] = {}
    if item.operation in {"complete", "reopen"}:
        given["is_completed"] = item.operation == "complete"
    if item.operation == "set_due":
        given["due_date"] = item.due_date
    content = json.dumps([item.record_id[:15], item.step_key, item.operation, str(item.due_date), owner, item.comment])
    return StepWish(
        item.step_key,
        given,
        owner=UserId(owner) if owner and item.operation == "set_owner" else None,
        comment=item.comment,
        wish=Repeatable(item.idempotency_key, content) if item.idempotency_key else None,
    )


def _step_status(mark: StepMark, today: date) -> str:
    if mark.completed_at is not None:
        return "completed"
    return "overdue" if rules.is_overdue(mark, today) else "open"


def _dry_run(what: str) -> FlowResult:
    return FlowResult(FlowOutcome.SKIPPED, what_to_do=f"Dry run: {what}.")


def _refusal(error: AccordError) -> FlowResult:
    """The answer of one item, whose whole transaction was undone."""
    words = " ".join(problem.message for problem in error.problems) or error.message
    if isinstance(error, NotFoundError):
        return refused("NOT_IN_PLAN", words, "Look the key or the user up in the plan's settings.")
    if isinstance(error, ConflictError) and error.code == "PLAN_ARCHIVED":
        return refused("PLAN_ARCHIVED", words, "Decide for plans that are not archived.")
    if isinstance(error, ConflictError):
        return refused("KEY_REUSED", words, "Use one key for one wish.")
    return refused("INVALID_VALUE", words, "Correct the inputs of the Flow's action.")


def _id(text: str, prefix: str) -> RecordId | None:
    try:
        widened = widen(text)
    except ValueError:
        return None
    return RecordId(widened) if widened.startswith(prefix) else None
