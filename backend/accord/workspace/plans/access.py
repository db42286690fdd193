"""Who may see a plan, and who somebody is when he changes one.

A plan is for those to whom Salesforce shows its deal; one without a deal for those who take part. The application's
server sees every plan of its org, and may speak for one member of a plan: then it may what that member may.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from accord.core.errors import NotAllowedError, NotFoundError
from accord.core.identity import Identity, Role
from accord.core.ids import PlanId, RecordId, is_our_id
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway
from accord.salesforce.soql import contains, eq, in_, select
from accord.workspace.members.store import find_member
from accord.workspace.plans import store
from accord.workspace.plans.changing import Actor
from accord.workspace.plans.deal_values import NAMES, DealValues, check_refused
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.model import NewPlan, Plan, PlanFacts
from accord.workspace.plans.seen_deals import Seen

DEAL = "Opportunity"
STAGE = "Probability"  # how far a deal is, in percent


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asks for a plan. `acting`: the plan's member for whom the application's server speaks."""

    caller: Identity
    plan_id: PlanId
    acting: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks, and how far the deal is, in percent; None where that is not known."""

    actor: Actor
    deal_stage: int | None = None


@dataclass(frozen=True, slots=True)
class Access:
    database: Database
    # the caller's own login, or None; nobody else's is ever asked what he may see
    gateway_for: Callable[[Identity], Gateway | None]
    seen: Seen = field(default_factory=Seen)
    deal_values: DealValues | None = None  # None: no field of Salesforce has values of a plan

    def reach(self, asked: Asked) -> Actor:
        """Who the caller is for this plan. Raises NotFoundError where he may not see it."""
        return self.look(asked).actor

    def look(self, asked: Asked, *, at_deal: bool = False) -> Look:
        """The same, and with `at_deal` how far the plan's deal is, if the caller's own login shows it; in one call."""
        caller = asked.caller
        with self.database.reading(caller.workspace_id) as session:
            plan = store.find(session, caller.connection_id, asked.plan_id) if is_our_id(asked.plan_id) else None
            if plan is None:
                raise NotFoundError("plan")
            takes_part = plan.id in _taking_part(session, caller, [plan])
            actor = actor_of(session, caller, plan, acting=asked.acting)
        if takes_part:
            return Look(self._with_sight(caller, plan, actor))
        if plan.opportunity_id is None:
            raise NotFoundError("plan")
        row = self._deal(caller, plan.opportunity_id, at_deal=at_deal)
        if row is None:
            raise NotFoundError("plan")
        return Look(self._with_sight(caller, plan, actor), stage_of(row.get(STAGE)))

    def _with_sight(self, caller: Identity, plan: Plan, actor: Actor) -> Actor:
        if self.deal_values is None:
            return actor
        who = _who(caller, actor)
        sees_value, sees_stage = self.deal_values.sees_value(who, plan), self.deal_values.sees_stage(who, plan)
        return replace(actor, sees_value=sees_value, sees_stage=sees_stage)

    def at_a_glance(self, caller: Identity, facts: PlanFacts) -> PlanFacts:
        """What counts of a plan for the caller: its score is without what he may not see."""
        is_hidden = self.deal_values is not None and not self.deal_values.sees_stage(caller, facts.plan)
        if not is_hidden:
            return facts
        return replace(facts, plan=replace(facts.plan, deal_stage=None, deal_stage_name=None))

    def check_values(
        self, asked: Asked, actor: Actor, given: Iterable[str] | None = None, *, deal: RecordId | None = None
    ) -> None:
        """Raises NotAllowedError when the caller may not change, in this deal, what would change there (S3, W12).

        `given`: what he changes; all values that the plan has when it is None, because a new `deal` is to meet them.
        It asks Salesforce, so no transaction may be open.
        """
        with self.database.reading(asked.caller.workspace_id) as session:
            plan = store.find(session, asked.caller.connection_id, asked.plan_id)
        if plan is None:
            raise NotFoundError("plan")
        names = [one for one in NAMES if (getattr(plan, one) is not None if given is None else one in given)]
        self._check(_who(asked.caller, actor), deal or plan.opportunity_id, names)

    def check_new_values(self, caller: Identity, new: NewPlan) -> None:
        """The same for a plan that is made with its deal."""
        names = [one for one in NAMES if getattr(new, one) is not None]
        self._check(caller, new.opportunity_id, names)

    def _check(self, who: Identity, deal: RecordId | None, names: Sequence[str]) -> None:
        if self.deal_values is not None and deal is not None and names:
            check_refused(self.deal_values.refused(who, deal, names))

    def team(self, asked: Asked) -> Actor:
        """The same for what our own people alone may do. Raises NotAllowedError for customers and partners."""
        actor = self.reach(asked)
        if actor.is_customer:
            raise NotAllowedError("Customers may not do this. Somebody of the team can.")
        return actor

    def visible(self, caller: Identity, plans: Sequence[Plan]) -> set[PlanId]:
        """Those of the plans that the caller may see, with at most one call to Salesforce."""
        with self.database.reading(caller.workspace_id) as session:
            seen = _taking_part(session, caller, plans)
        deals = {one.opportunity_id for one in plans if one.opportunity_id and one.id not in seen}
        shown = self._shown(caller, sorted(deals)) if deals else set()
        return seen | {one.id for one in plans if one.opportunity_id in shown}

    def _shown(self, caller: Identity, deals: Sequence[RecordId]) -> set[RecordId]:
        gateway = self.gateway_for(caller)
        if gateway is None:
            return {deal for deal in deals if deal == caller.record_id}
        return {RecordId(str(row["Id"])) for row in gateway.query(select("Id").from_(DEAL).where(in_("Id", deals)))}

    def check_deal(self, caller: Identity, opportunity_id: RecordId) -> None:
        """Raises NotFoundError unless Salesforce shows this deal to the caller himself."""
        if not self.sees(caller, opportunity_id):
            raise NotFoundError("deal")

    def sees(self, caller: Identity, opportunity_id: RecordId) -> bool:
        """Proved by his org for this very call, by his own login, or by the panel that was read for him just before.

        A caller who has none of these sees nothing.
        """
        return self._deal(caller, opportunity_id, at_deal=False) is not None

    def _deal(self, caller: Identity, opportunity_id: RecordId, *, at_deal: bool) -> Mapping[str, Any] | None:
        sighting = self.seen.find(caller, opportunity_id)
        if sighting is not None:
            return {STAGE: sighting.stage}
        is_proved = caller.record_id == opportunity_id
        if is_proved and not at_deal:
            return {}
        gateway = self.gateway_for(caller)
        if gateway is None:
            return {} if is_proved else None
        # a field that he may not see would fail the whole query
        fields = [STAGE] if at_deal and STAGE in gateway.describe(DEAL).fields else []
        rows = gateway.query(select("Id", *fields).from_(DEAL).where(eq("Id", opportunity_id)))
        return rows[0] if rows else {} if is_proved else None

    def search_deals(self, caller: Identity, text: str, *, limit: int) -> dict[RecordId, str]:
        """Names of the caller's deals that have this text in them, by id, in the order of their names.

        Raises NotAllowedError (NO_SALESFORCE_LOGIN).
        """
        gateway = self.gateway_for(caller)
        if gateway is None:
            raise NotAllowedError(
                "Deals are searched with your own Salesforce login, and there is none. Connect it, or open the deal.",
                code="NO_SALESFORCE_LOGIN",
            )
        query = select("Id", "Name").from_(DEAL).where(contains("Name", text))
        rows = gateway.query(query.ordered("Name").limited(limit))
        return {RecordId(str(row["Id"])): str(row["Name"]) for row in rows}


def _who(caller: Identity, actor: Actor) -> Identity:
    """Whose rights count: those of the member of ours for whom the application's server speaks, by his stored login."""
    if actor.plan_member_id is None or actor.is_customer or actor.role is None:
        return caller
    return replace(caller, role=actor.role, member_id=actor.member_id)


def stage_of(probability: float | None) -> int | None:
    """How far a deal is, in percent, by its Probability."""
    return None if probability is None else max(0, min(100, int(probability)))


def _taking_part(session: WorkspaceSession, caller: Identity, plans: Sequence[Plan]) -> set[PlanId]:
    """Those that the caller sees whatever their deal: the application's server and a Flow see all, our people those
    without a deal that they share.
    """
    if caller.role in {Role.SERVICE, Role.FLOW}:
        return {one.id for one in plans}
    free = [one for one in plans if one.opportunity_id is None]
    if caller.role is Role.ADMIN:
        return {one.id for one in free}
    if caller.member_id is None or not free:
        return set()
    own = {one.id for one in free if caller.member_id in {one.created_by, one.point_person}}
    return own | elements.plans_of(session, [one.id for one in free], caller.member_id)


def actor_of(
    session: WorkspaceSession, caller: Identity, plan: Plan | None = None, *, acting: str | None = None
) -> Actor:
    """Who a caller is when he changes a plan. Raises NotFoundError for a member that the plan does not have."""
    spoken_for = None
    if acting is not None:
        if caller.role is not Role.SERVICE:
            raise NotAllowedError("Only the application's server speaks for somebody else.")
        spoken_for = elements.find_member(session, plan.id, acting) if plan and is_our_id(acting) else None
        if spoken_for is None:
            raise NotFoundError("member of this plan")
    member_id = spoken_for.member_id if spoken_for else caller.member_id
    member = find_member(session, member_id) if member_id else None
    return Actor(
        caller.workspace_id,
        caller.connection_id,
        spoken_for.role if spoken_for else caller.role,
        member_id=member_id,
        plan_member_id=spoken_for.id if spoken_for else None,
        is_customer=spoken_for is not None and spoken_for.is_customer,
        time_zone=member.time_zone if member else "",
    )
