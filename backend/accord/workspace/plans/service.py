"""What can be done with plans: one function a use case, each owns its transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from accord.core.errors import ConflictError, NotFoundError, RejectedError
from accord.core.identity import Identity, Role
from accord.core.ids import PlanId, RecordId, StageId, StepId, is_our_id, new_id
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway
from accord.salesforce.soql import eq, select
from accord.workspace.members.store import find_member
from accord.workspace.plans import rules, store
from accord.workspace.plans.changing import Actor, Change, Changes
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.events import PlanEventKind
from accord.workspace.plans.model import Connected, NewPlan, Plan, PlanFacts, Stage, Step, StepMark


@dataclass(frozen=True, slots=True)
class Plans:
    changes: Changes
    # the caller's own login, or None; nobody else's is ever asked what he may see
    gateway_for: Callable[[Identity], Gateway | None]

    @property
    def database(self) -> Database:
        return self.changes.database

    def create(self, caller: Identity, new: NewPlan) -> PlanFacts:
        """Makes a plan, and connects it to its Opportunity where one is given.

        Raises RejectedError naming each wrong field, NotFoundError for a deal that the caller cannot see, ConflictError
        (ALREADY_CONNECTED) when the deal has a plan.
        """
        check_new(new)
        if new.opportunity_id is not None:
            self.check_deal(caller, new.opportunity_id)
        connected = self.connect(caller, new)
        if not connected.is_new:
            raise ConflictError("This deal has a plan already. Open that one.", code="ALREADY_CONNECTED")
        return connected.facts

    def connect(self, caller: Identity, new: NewPlan) -> Connected:
        """The plan of a deal that is known to be there: the one that it has, or this one.

        Raises RejectedError naming each wrong field.
        """
        check_new(new)
        now = self.changes.clock()
        with self.database.workspace(caller.workspace_id) as session:
            actor = actor_of(session, caller)
            plan = Plan(
                id=PlanId(new_id(now)),
                connection_id=caller.connection_id,
                opportunity_id=new.opportunity_id,
                title=new.title.strip(),
                created_by=caller.member_id,
                created_at=now,
                creation_key=new.creation_key,
                point_person=caller.member_id,
                published_at=None if new.is_draft else now,
                end_date=new.end_date,
                end_date_changed_at=now if new.end_date else None,
                value=new.value,
                value_changed_at=now if new.value else None,
            )
            if not store.add(session, plan):
                assert new.opportunity_id is not None, "nothing else is taken twice"
                known = store.load_for_deals(session, caller.connection_id, [new.opportunity_id])[new.opportunity_id]
                is_new = new.creation_key is not None and known.creation_key == new.creation_key
                return Connected(store.facts_of(session, known), is_new=is_new)
            _add_stages(session, actor, plan, new)
            facts = store.facts_of(session, plan)
            change = Change(session, actor, now, facts, plan)
            change.tell(PlanEventKind.CREATED, subject_text=plan.title)
            if plan.opportunity_id is not None:
                change.tell(PlanEventKind.DEAL_CONNECTED, new=str(rules.status(facts, change.today)))
            facts = self.changes.close(change, facts)
        self.changes.wake()
        return Connected(facts, is_new=True)

    def get(self, caller: Identity, plan_id: PlanId) -> PlanFacts:
        """The plan. Raises NotFoundError, also for one of another connection, or of a deal hidden from the caller."""
        with self.database.reading(caller.workspace_id) as session:
            plan = store.find(session, caller.connection_id, plan_id) if is_our_id(plan_id) else None
            facts = store.facts_of(session, plan) if plan else None
            takes_part = facts is not None and _takes_part(session, caller, facts.plan)
        if facts is None or not self._may_see(caller, facts.plan, takes_part=takes_part):
            raise NotFoundError("plan")
        return facts

    def _may_see(self, caller: Identity, plan: Plan, *, takes_part: bool) -> bool:
        """A plan is for those to whom Salesforce shows its deal; one without a deal for those who take part."""
        if caller.role is Role.SERVICE:
            return True
        return takes_part if plan.opportunity_id is None else self._sees(caller, plan.opportunity_id)

    def check_deal(self, caller: Identity, opportunity_id: RecordId) -> None:
        """Raises NotFoundError unless Salesforce shows this deal to the caller himself."""
        if not self._sees(caller, opportunity_id):
            raise NotFoundError("deal")

    def _sees(self, caller: Identity, opportunity_id: RecordId) -> bool:
        """Proved by his org for this very call, or by his own login. A caller who has neither sees nothing."""
        if caller.record_id == opportunity_id:
            return True
        gateway = self.gateway_for(caller)
        deal = select("Id").from_("Opportunity").where(eq("Id", opportunity_id))
        return gateway is not None and bool(gateway.query(deal))

    def find_for_deal(self, caller: Identity, opportunity_id: RecordId) -> PlanFacts | None:
        """The plan of a deal that the caller is known to see: it was read for him just now, or `check_deal` passed."""
        return self.find_for_deals(caller, [opportunity_id]).get(opportunity_id)

    def find_for_deals(self, caller: Identity, opportunity_ids: Sequence[RecordId]) -> dict[RecordId, PlanFacts]:
        """The plans of deals, for a caller who stands for the whole org."""
        with self.database.reading(caller.workspace_id) as session:
            plans = store.load_for_deals(session, caller.connection_id, opportunity_ids)
            facts = store.load_facts(session, caller.connection_id, {one.id: one for one in plans.values()})
        return {deal: facts[one.id] for deal, one in plans.items()}

    def today(self, caller: Identity) -> date:
        """The day where the caller lives; in UTC for one who lives nowhere."""
        if caller.member_id is None:
            return self.changes.clock().date()
        with self.database.reading(caller.workspace_id) as session:
            return actor_of(session, caller).today(self.changes.clock())


def actor_of(session: WorkspaceSession, caller: Identity) -> Actor:
    """Who a caller is when he changes a plan."""
    member = find_member(session, caller.member_id) if caller.member_id else None
    return Actor(
        caller.workspace_id,
        caller.connection_id,
        caller.role,
        member_id=caller.member_id,
        time_zone=member.time_zone if member else "",
    )


def _takes_part(session: WorkspaceSession, caller: Identity, plan: Plan) -> bool:
    """Whether a plan without a deal is the caller's business."""
    if caller.role is Role.ADMIN or caller.member_id in {plan.created_by, plan.point_person} - {None}:
        return True
    return caller.member_id is not None and plan.id in elements.plans_of(session, [plan.id], caller.member_id)


def _add_stages(session: WorkspaceSession, actor: Actor, plan: Plan, new: NewPlan) -> None:
    now = plan.created_at
    stages, steps = [], []
    for number, given in enumerate(new.stages):
        is_done = bool(given.steps) and all(step.is_done for step in given.steps)
        stage = Stage(StageId(new_id(now)), plan.id, number, given.title.strip(), is_internal=given.is_internal)
        stages.append(replace(stage, completed_at=now if is_done else None))
        for line, one in enumerate(given.steps):
            mark = StepMark(
                StepId(new_id(now)), plan.id, stage.id, line, due_date=one.due_date, is_internal=one.is_internal
            )
            if one.is_done:
                mark = replace(mark, completed_at=now, completed_on=actor.today(now))
            steps.append(Step(mark, one.title.strip(), one.description.strip(), one.key))
    elements.add_stages(session, stages)
    elements.add_steps(session, steps)


def check_new(new: NewPlan) -> None:
    """Raises RejectedError naming each wrong field."""
    problems = rules.problems_of(new)
    if problems:
        raise RejectedError("The plan was not created. Correct the fields that are named.", problems=problems)
