"""Get Accord Plan and Connect Deal: a Flow's credential names no user, so it stands for the whole org."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from accord.core.errors import AccordError, ConflictError
from accord.core.flow import FlowOutcome, FlowResult, refused
from accord.core.identity import Identity
from accord.core.ids import PlanId, RecordId, StepId, is_our_id, widen
from accord.features.automation.deals.model import ConnectDealItem, GetPlanItem, Known, Wish
from accord.features.automation.deals.rules import check, deal_id, no_deal, refusal, user_id
from accord.salesforce.model import Gateway
from accord.salesforce.soql import in_, select
from accord.workspace.plans import rules
from accord.workspace.plans.access import Asked
from accord.workspace.plans.data import plan_url
from accord.workspace.plans.model import NewPlan, PlanFacts
from accord.workspace.plans.rooms import PlanRooms
from accord.workspace.plans.score import score
from accord.workspace.plans.service import Plans

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
    rooms: PlanRooms
    plans_url: str
    owner_gateway: Callable[[Identity], Gateway]  # the integration owner's, who sees every deal

    def get_plans(self, caller: Identity, items: Sequence[GetPlanItem]) -> Sequence[FlowResult]:
        """The plan of each deal, from our own database."""
        deals = [deal_id(item.record_id) for item in items]
        plans = self.plans.find_for_deals(caller, [deal for deal in deals if deal is not None])
        today = self.plans.today(caller)
        following = [step.id for one in plans.values() if (step := rules.next_step(one))]
        titles = self.plans.titles_of(caller, following)
        return [self._plan_of(deal, None if deal is None else plans.get(deal), today, titles) for deal in deals]

    def _plan_of(
        self, deal: RecordId | None, plan: PlanFacts | None, today: date, titles: Mapping[StepId, str]
    ) -> FlowResult:
        if deal is None:
            return no_deal("recordId")
        if plan is None:
            return FlowResult(FlowOutcome.DONE, what_to_do="This deal has no plan.")
        stage = rules.current_stage(plan.stages, plan.steps)
        found = {
            "isFound": True,
            **self._link(plan.plan.id),
            "status": str(rules.status(plan, today)),
            "stageName": stage.title if stage else "",
            "progress": rules.progress(plan.steps),
            "openSteps": sum(step.completed_at is None for step in plan.steps),
            "executionScore": score(plan).score,
            "customersInvited": plan.invited,
            "customersAccepted": plan.accepted,
            "missingCriteria": ", ".join(one.title for one in rules.missing_now(plan)),
        }
        return FlowResult(FlowOutcome.DONE, outputs={**found, **_left_out_when_unknown(plan, titles)})

    def connect_deals(self, caller: Identity, items: Sequence[ConnectDealItem]) -> Sequence[FlowResult]:
        """Gives each deal a plan: one that there is, or a new one unless it has one. One Salesforce call for all: the
        deals have to be there.

        Raises what a gateway raises for a whole call, before anything is made.
        """
        known = self._known(caller, items)
        wishes = [check(item, known) for item in items]
        wanted = [wish.opportunity_id for wish in wishes if isinstance(wish, Wish)]
        there = self._deals_that_exist(caller, wanted)
        return [
            wish if isinstance(wish, FlowResult) else self._connect(caller, wish, there, dry_run=item.dry_run)
            for item, wish in zip(items, wishes, strict=True)
        ]

    def _known(self, caller: Identity, items: Sequence[ConnectDealItem]) -> Known:
        plans = {named for item in items if is_our_id(named := item.plan_id or item.playbook_key)}
        keys = {item.playbook_key for item in items if item.playbook_key}
        users = {user for item in items if (user := user_id(item.point_person_user_id))}
        return Known(
            self.plans.find_plans(caller, [PlanId(one) for one in sorted(plans)]) if plans else {},
            self.plans.find_members(caller, sorted(users)),
            self.rooms.playbooks.named(caller, keys) if keys else {},
        )

    def _deals_that_exist(self, caller: Identity, wanted: Sequence[RecordId]) -> set[RecordId]:
        if not wanted:
            return set()
        query = select("Id").from_("Opportunity").where(in_("Id", sorted(set(wanted))))
        return {RecordId(widen(row["Id"])) for row in self.owner_gateway(caller).query(query)}

    def _connect(self, caller: Identity, wish: Wish, there: set[RecordId], *, dry_run: bool) -> FlowResult:
        if wish.opportunity_id not in there:
            return refused(
                "DEAL_NOT_FOUND",
                "There is no such Opportunity, or the integration owner may not see it.",
                "Pass the Id of a deal that is not deleted, or share it with the integration owner.",
            )
        has = self.plans.find_for_deal(caller, wish.opportunity_id)
        try:
            if wish.plan_id is not None:
                return self._take_over(caller, wish, wish.plan_id, has, dry_run=dry_run)
            return self._make(caller, wish.new, has, dry_run=dry_run)
        except AccordError as error:
            return refusal(error)

    def _take_over(
        self, caller: Identity, wish: Wish, plan_id: PlanId, has: PlanFacts | None, *, dry_run: bool
    ) -> FlowResult:
        """A plan that there is gets the deal."""
        if has is not None and has.plan.id != plan_id:
            raise ConflictError("This deal has another plan.", code="ALREADY_CONNECTED")
        if dry_run:
            would = "the plan has this deal already" if has else "the plan would get this deal"
            return FlowResult(FlowOutcome.SKIPPED, what_to_do=f"Dry run: {would}.")
        asked = Asked(caller, plan_id)
        is_new = self.rooms.editing.connect_known(asked, wish.opportunity_id, wish.point_person)
        outputs = {**self._link(plan_id), "wasCreated": False}
        if is_new:
            return FlowResult(FlowOutcome.DONE, outputs=outputs)
        return FlowResult(FlowOutcome.DUPLICATE, what_to_do="The plan has this deal already.", outputs=outputs)

    def _make(self, caller: Identity, new: NewPlan, has: PlanFacts | None, *, dry_run: bool) -> FlowResult:
        if dry_run:
            made = f"the plan '{new.title.strip()}'" if new.title.strip() else "a plan with the playbook's title"
            would = "the deal has a plan already, nothing" if has is not None else made
            return FlowResult(FlowOutcome.SKIPPED, what_to_do=f"Dry run: {would} would be made.")
        connected = self.plans.connect(caller, new)
        outputs = {**self._link(connected.plan.id), "wasCreated": connected.is_new}
        if connected.is_new:
            return FlowResult(FlowOutcome.DONE, outputs=outputs)
        return FlowResult(FlowOutcome.DUPLICATE, what_to_do="The deal had a plan already; it stays.", outputs=outputs)

    def _link(self, plan_id: PlanId) -> dict[str, Any]:
        return {"planId": plan_id, "planUrl": plan_url(self.plans_url, plan_id)}


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
