"""A plan that a rule makes for a deal: whole, in one transaction, and only where the deal has none."""

from collections.abc import Callable
from dataclasses import dataclass

from accord.core.errors import NotFoundError
from accord.core.ids import ConnectionId, MemberId, PlanId, PlaybookId, RecordId, StageId, WorkspaceId, new_id
from accord.infra.db import WorkspaceSession
from accord.workspace.members.model import Member
from accord.workspace.members.store import find_member
from accord.workspace.plans import store
from accord.workspace.plans.changing import Actor, Change, Changes
from accord.workspace.plans.copying import copy_parts
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.events import PlanEventKind
from accord.workspace.plans.model import Plan, PlanMember, Stage
from accord.workspace.plans.playbooks.beginning import begin, get_for_plan


@dataclass(frozen=True, slots=True)
class WantedPlan:
    """`playbook`, or `template`, a plan of the same connection: whose stages, steps and resources it gets; without one
    it gets one stage. `rule` is what the rule is called that makes it.
    """

    opportunity_id: RecordId
    title: str
    stage_title: str
    template: PlanId | None
    point_person: MemberId
    rule: str
    playbook: PlaybookId | None = None


@dataclass(frozen=True, slots=True)
class PlansByRule:
    changes: Changes

    def make(
        self,
        workspace_id: WorkspaceId,
        connection_id: ConnectionId,
        wanted: WantedPlan,
        may_keep: Callable[[WorkspaceSession, Plan], bool],
    ) -> bool:
        """Makes the draft and connects it. `may_keep` is asked at its end, in its transaction: no means that nothing
        was made. False also where the deal has a plan, or the template or the point person is gone.
        """
        now = self.changes.clock()
        actor = Actor(workspace_id, connection_id, None, rule=wanted.rule)
        plan = Plan(
            id=PlanId(new_id(now)),
            connection_id=connection_id,
            opportunity_id=wanted.opportunity_id,
            title=wanted.title,
            created_by=None,
            created_at=now,
            point_person=wanted.point_person,
        )
        try:
            with self.changes.database.workspace(workspace_id) as session:
                self._make(session, actor, plan, wanted, may_keep)
        except _NotMadeError:
            return False
        self.changes.wake()
        return True

    def _make(
        self,
        session: WorkspaceSession,
        actor: Actor,
        plan: Plan,
        wanted: WantedPlan,
        may_keep: Callable[[WorkspaceSession, Plan], bool],
    ) -> None:
        person = find_member(session, wanted.point_person)
        if person is None or not store.add(session, plan):
            raise _NotMadeError
        _add_parts(session, actor, plan, wanted)
        _add_person(session, plan, person)
        facts = store.facts_of(session, plan)
        change = Change(session, actor, plan.created_at, facts, plan)
        change.tell(PlanEventKind.CREATED, subject_text=plan.title)
        change.tell(PlanEventKind.DEAL_CONNECTED, new=str(facts.plan.told_status))
        self.changes.close(change, facts)
        if not may_keep(session, plan):
            raise _NotMadeError


class _NotMadeError(Exception):
    """Undoes the transaction."""


def _add_parts(session: WorkspaceSession, actor: Actor, plan: Plan, wanted: WantedPlan) -> None:
    if wanted.playbook is not None:
        try:
            playbook = get_for_plan(session, plan.connection_id, wanted.playbook)
            begin(session, plan, playbook, today=actor.today(plan.created_at), by=None)
        except NotFoundError:
            raise _NotMadeError from None
        return
    if wanted.template is None:
        stage = Stage(StageId(new_id(plan.created_at)), plan.id, 0, wanted.stage_title)
        elements.add_stages(session, [stage])
        return
    source = store.lock(session, plan.connection_id, wanted.template)
    if source is None:
        raise _NotMadeError
    copy_parts(session, store.facts_of(session, source), plan.id, now=plan.created_at)


def _add_person(session: WorkspaceSession, plan: Plan, person: Member) -> None:
    """The point person takes part in it."""
    elements.add_member(
        session,
        PlanMember(
            new_id(plan.created_at),
            plan.id,
            person.role,
            person.name,
            person.email,
            member_id=person.id,
            accepted_at=plan.created_at,
        ),
    )
