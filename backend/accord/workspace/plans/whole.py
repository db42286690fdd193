"""A plan with everything that is shown of it, and what of that a customer sees. Pure but for the loading."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from accord.core.errors import NotFoundError
from accord.core.ids import MemberId, PlanId, StepId
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.plans import store
from accord.workspace.plans.changing import Actor
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.following.store import load_followers
from accord.workspace.plans.model import Plan, PlanFacts, PlanMember, Resource, Stakeholder, Step


@dataclass(frozen=True, slots=True)
class Whole:
    """`for_customer`: the status, the score and the criteria are not for him (B1), and nothing internal is in it.
    `following`: whether who is shown it follows it.
    """

    facts: PlanFacts
    steps: Mapping[StepId, Step]
    members: tuple[PlanMember, ...]
    stakeholders: tuple[Stakeholder, ...]
    resources: tuple[Resource, ...]
    today: date
    for_customer: bool = False
    following: bool = False
    followers: int = 0

    @property
    def plan(self) -> Plan:
        return self.facts.plan


def load_whole(database: Database, actor: Actor, plan_id: PlanId, *, today: date) -> Whole:
    """The plan as this actor, who may see it, is shown it."""
    with database.reading(actor.workspace_id) as session:
        plan = store.find(session, actor.connection_id, plan_id)
        if plan is None:
            raise NotFoundError("plan")
        found = _load(session, plan, today, who=actor.member_id)
    plan = found.plan
    if not actor.sees_value:
        plan = replace(plan, value=None, value_changed_at=None)
    if not actor.sees_stage:
        plan = replace(plan, deal_stage=None, deal_stage_name=None)  # the score is told as if nobody knew it
    found = replace(found, facts=replace(found.facts, plan=plan))
    return without_internal(found) if actor.is_customer else found


def _load(session: WorkspaceSession, plan: Plan, today: date, *, who: MemberId | None) -> Whole:
    followers = load_followers(session, [plan.id])[plan.id]
    return Whole(
        store.facts_of(session, plan),
        {one.mark.id: one for one in elements.load_steps(session, plan.id)},
        tuple(elements.load_members(session, plan.id)),
        tuple(elements.load_stakeholders(session, plan.id)),
        tuple(elements.load_resources(session, plan.id)),
        today,
        following=who in followers,
        followers=len(followers),
    )


def without_internal(whole: Whole) -> Whole:
    """What customers and partners see: a step of an internal stage is internal too."""
    stages = tuple(one for one in whole.facts.stages if not one.is_internal)
    open_stages = {one.id for one in stages}
    marks = tuple(one for one in whole.facts.steps if not one.is_internal and one.stage_id in open_stages)
    return replace(
        whole,
        facts=replace(whole.facts, stages=stages, steps=marks, criteria=(), values={}),
        steps={mark.id: whole.steps[mark.id] for mark in marks},
        members=tuple(replace(one, email="") for one in whole.members),
        stakeholders=(),
        resources=tuple(one for one in whole.resources if not one.is_internal),
        for_customer=True,
    )
