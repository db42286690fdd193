"""Get Accord Plan and Connect Deal: a Flow's credential names no user, so it stands for the whole org."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from accord.core.flow import FlowOutcome, FlowResult, refused
from accord.core.identity import Identity
from accord.core.ids import RecordId, StepId, widen
from accord.features.automation.deals.model import ConnectDealItem, GetPlanItem
from accord.salesforce.model import Gateway
from accord.salesforce.soql import in_, select
from accord.workspace.plans import rules
from accord.workspace.plans.data import plan_url
from accord.workspace.plans.model import NewPlan, PlanFacts
from accord.workspace.plans.score import score
from accord.workspace.plans.service import Plans

LONGEST_KEY: Final = 80
# an item's own outputs where there is no plan: texts are empty and numbers left out
NO_PLAN: Final = {
    "isFound": False,
    "planId": "",
    "planUrl": "",
    "status": "",
    "stageName": "",
    "nextStepTitle": "",
    "currencyCode": "",
    "missingCriteria": "",
}
NOT_CONNECTED: Final = {"planId": "", "planUrl": "", "wasCreated": False}


@dataclass(frozen=True, slots=True)
class DealActions:
    plans: Plans
    plans_url: str
    owner_gateway: Callable[[Identity], Gateway]  # the integration owner's, who sees every deal

    def get_plans(self, caller: Identity, items: Sequence[GetPlanItem]) -> Sequence[FlowResult]:
        """The plan of each deal, from our own database."""
        deals = [_deal_id(item.record_id) for item in items]
        plans = self.plans.find_for_deals(caller, [deal for deal in deals if deal is not None])
        today = self.plans.today(caller)
        following = [step.id for one in plans.values() if (step := rules.next_step(one))]
        titles = self.plans.titles_of(caller, following)
        return [self._plan_of(deal, None if deal is None else plans.get(deal), today, titles) for deal in deals]

    def _plan_of(
        self, deal: RecordId | None, plan: PlanFacts | None, today: date, titles: Mapping[StepId, str]
    ) -> FlowResult:
        if deal is None:
            return _no_deal("recordId")
        if plan is None:
            return FlowResult(FlowOutcome.DONE, what_to_do="This deal has no plan.")
        stage = rules.current_stage(plan.stages, plan.steps)
        found = {
            "isFound": True,
            **self._link(plan),
            "status": str(rules.status(plan, today)),
            "stageName": stage.title if stage else "",
            "progress": rules.progress(plan.steps),
            "openSteps": sum(step.completed_at is None for step in plan.steps),
            "executionScore": score(plan).score,
            "customersInvited": plan.invited,
            "customersAccepted": plan.accepted,
            "missingCriteria": ", ".join(one.title for one in rules.missing(plan)),
        }
        return FlowResult(FlowOutcome.DONE, outputs={**found, **_left_out_when_unknown(plan, titles)})

    def connect_deals(self, caller: Identity, items: Sequence[ConnectDealItem]) -> Sequence[FlowResult]:
        """Gives each deal a plan unless it has one. One Salesforce call for all: the deals have to be there.

        Raises what a gateway raises for a whole call, before anything is made.
        """
        checked = [_check(item) for item in items]
        wanted = [new.opportunity_id for new in checked if isinstance(new, NewPlan) and new.opportunity_id]
        there = self._deals_that_exist(caller, wanted)
        return [
            new if isinstance(new, FlowResult) else self._connect(caller, new, there, dry_run=item.dry_run)
            for item, new in zip(items, checked, strict=True)
        ]

    def _deals_that_exist(self, caller: Identity, wanted: Sequence[RecordId]) -> set[RecordId]:
        if not wanted:
            return set()
        query = select("Id").from_("Opportunity").where(in_("Id", sorted(set(wanted))))
        return {RecordId(widen(row["Id"])) for row in self.owner_gateway(caller).query(query)}

    def _connect(self, caller: Identity, new: NewPlan, there: set[RecordId], *, dry_run: bool) -> FlowResult:
        if new.opportunity_id is None or new.opportunity_id not in there:
            return refused(
                "DEAL_NOT_FOUND",
                "There is no such Opportunity, or the integration owner may not see it.",
                "Pass the Id of a deal that is not deleted, or share it with the integration owner.",
            )
        if dry_run:
            has_one = self.plans.find_for_deal(caller, new.opportunity_id) is not None
            would = "the deal has a plan already, nothing" if has_one else f"the plan '{new.title.strip()}'"
            return FlowResult(FlowOutcome.SKIPPED, what_to_do=f"Dry run: {would} would be made.")
        connected = self.plans.connect(caller, new)
        outputs = {**self._link(connected.facts), "wasCreated": connected.is_new}
        if connected.is_new:
            return FlowResult(FlowOutcome.DONE, outputs=outputs)
        return FlowResult(FlowOutcome.DUPLICATE, what_to_do="The deal had a plan already; it stays.", outputs=outputs)

    def _link(self, plan: PlanFacts) -> dict[str, Any]:
        return {"planId": plan.plan.id, "planUrl": plan_url(self.plans_url, plan.plan.id)}


def _left_out_when_unknown(facts: PlanFacts, titles: Mapping[StepId, str]) -> dict[str, Any]:
    plan, step = facts.plan, rules.next_step(facts)
    known = {
        "nextStepTitle": titles.get(step.id, "") if step else "",
        "nextStepDueDate": step.due_date if step else None,
        "endDate": plan.end_date,
        "planValue": float(plan.value.amount) if plan.value else None,
        "currencyCode": plan.value.currency if plan.value else "",
        "lastCustomerActivityAt": plan.customer_active_at,
    }
    return {name: value for name, value in known.items() if value is not None}


def _check(item: ConnectDealItem) -> NewPlan | FlowResult:
    deal = _deal_id(item.opportunity_id)
    if deal is None:
        return _no_deal("opportunityId")
    key = item.idempotency_key
    if key and len(key) > LONGEST_KEY:
        return refused(
            "KEY_TOO_LONG", f"idempotencyKey is longer than {LONGEST_KEY} characters.", "Pass a shorter key."
        )
    total, done = item.steps_total, item.steps_done
    miscounted = rules.problems_of_counts(total, done)
    stage = rules.counted_stage(item.stage_title, total=0 if miscounted else total, done=done)
    creation_key = hashlib.sha256(key.encode()).hexdigest() if key else None
    new = NewPlan(deal, item.title, [stage], creation_key=creation_key)
    problems = (*rules.problems_of(new), *miscounted)
    if problems:
        return refused(
            "INVALID_VALUE",
            " ".join(problem.message for problem in problems),
            "Correct these inputs in the Flow's action.",
        )
    return new


def _deal_id(text: str) -> RecordId | None:
    try:
        record_id = widen(text)
    except ValueError:
        return None
    return RecordId(record_id) if record_id.startswith("006") else None


def _no_deal(field: str) -> FlowResult:
    return refused(
        "INVALID_RECORD", f"{field} is not the id of an Opportunity.", "Pass the Id of the Opportunity record."
    )
