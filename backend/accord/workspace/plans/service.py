"""What can be done with plans: one function a use case, each owns its transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from accord.core.errors import ConflictError, NotFoundError, RejectedError
from accord.core.identity import Identity
from accord.core.ids import MemberId, PlanId, RecordId, StepId, UserId, new_id
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.members.store import find_member, load_by_users
from accord.workspace.plans import rules, store
from accord.workspace.plans.access import Access, Asked, actor_of, stage_of
from accord.workspace.plans.changing import Actor, Change, Changes
from accord.workspace.plans.copying import add_new_stages, copy_parts
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.events import PlanEventKind
from accord.workspace.plans.model import Connected, NewPlan, Plan, PlanFacts, PlanMember, Wanted
from accord.workspace.plans.playbooks.beginning import begin, get_for_plan
from accord.workspace.plans.playbooks.model import Playbook
from accord.workspace.plans.repeats.service import Repeatable, forget_wish, take

MOST_DEALS = 20


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal that a plan may be connected to."""

    id: RecordId
    name: str
    has_plan: bool


@dataclass(frozen=True, slots=True)
class Plans:
    changes: Changes
    access: Access

    @property
    def database(self) -> Database:
        return self.changes.database

    def create(self, caller: Identity, new: NewPlan, wish: Repeatable | None = None) -> PlanFacts:
        """Makes a plan, and connects it to its Opportunity where one is given.

        Raises RejectedError naming each wrong field, NotFoundError for a deal that the caller cannot see,
        NotAllowedError for an end date or a value that he may not change in it, ConflictError (ALREADY_CONNECTED) when
        the deal has a plan.
        """
        check_new(new)
        if new.opportunity_id is not None:
            self.check_deal(caller, new.opportunity_id)
            self.access.check_new_values(caller, new)
        connected = self.connect(caller, new, wish)
        if not connected.is_new:
            raise ConflictError("This deal has a plan already. Open that one.", code="ALREADY_CONNECTED")
        return connected.facts

    def connect(self, caller: Identity, new: NewPlan, wish: Repeatable | None = None) -> Connected:
        """The plan of a deal that is known to be there: the one that it has, or this one.

        Raises RejectedError naming each wrong field, NotFoundError for a template, a playbook or a person that is gone.
        """
        check_new(new)
        now = self.changes.clock()
        with self.database.workspace(caller.workspace_id) as session:
            actor = actor_of(session, caller)
            plan_id = PlanId(new_id(now))
            made = PlanId(take(session, actor, wish, plan_id, now=now))
            if made != plan_id:
                return Connected(
                    store.facts_of(session, store.load(session, caller.connection_id, [made])[made]), is_new=True
                )
            template = _template(session, caller, new)
            playbook = _playbook(session, caller, new)
            named = template.plan.title if template else playbook.title if playbook else ""
            plan = Plan(
                id=plan_id,
                connection_id=caller.connection_id,
                opportunity_id=new.opportunity_id,
                title=new.title.strip() or named,
                created_by=caller.member_id,
                created_at=now,
                creation_key=new.creation_key,
                point_person=new.point_person or caller.member_id,
                published_at=None if new.is_draft else now,
                end_date=new.end_date,
                end_date_changed_at=now if new.end_date else None,
                value=new.value,
                value_changed_at=now if new.value else None,
            )
            if not store.add(session, plan):
                forget_wish(session, actor, wish)
                assert new.opportunity_id is not None, "nothing else is taken twice"
                known = store.load_for_deals(session, caller.connection_id, [new.opportunity_id])[new.opportunity_id]
                is_new = new.creation_key is not None and known.creation_key == new.creation_key
                return Connected(store.facts_of(session, known), is_new=is_new)
            if template is not None:
                copy_parts(session, template, plan.id, now=now)
            elif playbook is not None:
                begin(session, plan, playbook, today=actor.today(now), by=actor.id)
            else:
                add_new_stages(session, plan, new.stages, today=actor.today(now))
            _add_first_members(session, actor, plan)
            facts = store.facts_of(session, plan)
            change = Change(session, actor, now, facts, plan)
            change.tell(PlanEventKind.CREATED, subject_text=plan.title)
            if plan.opportunity_id is not None:
                change.tell(PlanEventKind.DEAL_CONNECTED, new=str(rules.status(facts, change.today)))
            facts = self.changes.close(change, facts)
        self.changes.wake()
        return Connected(facts, is_new=True)

    def page(self, caller: Identity, wanted: Wanted) -> tuple[list[PlanFacts], PlanId | None]:
        """Plans that the caller may see, the newest first, and where the next page begins.

        So many plans are looked at as the page may have; it has fewer where some are not for him or not wanted.
        """
        with self.database.reading(caller.workspace_id) as session:
            found = store.load_page(session, caller.connection_id, wanted)
        following = found[wanted.limit - 1].id if len(found) > wanted.limit else None
        looked_at = found[: wanted.limit]
        seen = self.access.visible(caller, looked_at)
        with self.database.reading(caller.workspace_id) as session:
            shown = {one.id: one for one in looked_at if one.id in seen}
            facts = store.load_facts(session, caller.connection_id, shown)
            today = actor_of(session, caller).today(self.changes.clock())
        with_status = [one for one in facts.values() if wanted.status in {None, rules.status(one, today)}]
        return [self.access.at_a_glance(caller, one) for one in with_status], following

    def get(self, caller: Identity, plan_id: PlanId) -> PlanFacts:
        """The plan. Raises NotFoundError, also for one of another connection, or of a deal hidden from the caller."""
        self.access.reach(Asked(caller, plan_id))
        with self.database.reading(caller.workspace_id) as session:
            plan = store.find(session, caller.connection_id, plan_id)
            if plan is None:
                raise NotFoundError("plan")
            return store.facts_of(session, plan)

    def note_deal(self, caller: Identity, opportunity_id: RecordId, probability: float | None) -> None:
        """Salesforce has just shown this deal to the caller: his plan beside it need not be proved again."""
        self.access.seen.note(caller, opportunity_id, stage_of(probability))

    def check_deal(self, caller: Identity, opportunity_id: RecordId) -> None:
        """Raises NotFoundError unless Salesforce shows this deal to the caller himself."""
        self.access.check_deal(caller, opportunity_id)

    def search_deals(self, caller: Identity, text: str) -> list[Deal]:
        """Deals whose name has this text, as the caller's own login shows them, and which of them have a plan.

        Raises NotAllowedError (NO_SALESFORCE_LOGIN) for a caller without a login.
        """
        found = self.access.search_deals(caller, text, limit=MOST_DEALS)
        with self.database.reading(caller.workspace_id) as session:
            taken = store.load_for_deals(session, caller.connection_id, list(found))
        return [Deal(deal, name, deal in taken) for deal, name in found.items()]

    def find_for_deal(self, caller: Identity, opportunity_id: RecordId) -> PlanFacts | None:
        """The plan of a deal that the caller is known to see: it was read for him just now, or `check_deal` passed."""
        found = self.find_for_deals(caller, [opportunity_id]).get(opportunity_id)
        return self.access.at_a_glance(caller, found) if found is not None else None

    def find_for_deals(self, caller: Identity, opportunity_ids: Sequence[RecordId]) -> dict[RecordId, PlanFacts]:
        """The plans of deals, for a caller who stands for the whole org."""
        with self.database.reading(caller.workspace_id) as session:
            plans = store.load_for_deals(session, caller.connection_id, opportunity_ids)
            facts = store.load_facts(session, caller.connection_id, {one.id: one for one in plans.values()})
        return {deal: facts[one.id] for deal, one in plans.items()}

    def find_plans(self, caller: Identity, plan_ids: Sequence[PlanId]) -> dict[PlanId, PlanFacts]:
        """Plans by their ids, for a caller who stands for the whole org."""
        with self.database.reading(caller.workspace_id) as session:
            return store.load_facts(session, caller.connection_id, store.load(session, caller.connection_id, plan_ids))

    def find_members(self, caller: Identity, users: Sequence[UserId]) -> dict[UserId, MemberId]:
        """Those of the Salesforce users who are members of the workspace and may sign in."""
        with self.database.reading(caller.workspace_id) as session:
            found = load_by_users(session, caller.connection_id, users) if users else ()
        return {one.salesforce_user_id: one.id for one in found}

    def titles_of(self, caller: Identity, step_ids: Sequence[StepId]) -> dict[StepId, str]:
        """What steps are called, for a caller who stands for the whole org."""
        with self.database.reading(caller.workspace_id) as session:
            return elements.load_titles(session, step_ids)

    def today(self, caller: Identity) -> date:
        """The day where the caller lives; in UTC for one who lives nowhere."""
        if caller.member_id is None:
            return self.changes.clock().date()
        with self.database.reading(caller.workspace_id) as session:
            return actor_of(session, caller).today(self.changes.clock())


def _template(session: WorkspaceSession, caller: Identity, new: NewPlan) -> PlanFacts | None:
    if new.template is None:
        return None
    found = store.lock(session, caller.connection_id, new.template)
    if found is None:
        raise NotFoundError("plan to begin with")
    return store.facts_of(session, found)


def _playbook(session: WorkspaceSession, caller: Identity, new: NewPlan) -> Playbook | None:
    if new.playbook is None:
        return None
    return get_for_plan(session, caller.connection_id, new.playbook, role=caller.role)


def _add_first_members(session: WorkspaceSession, actor: Actor, plan: Plan) -> None:
    """Who makes a plan takes part in it, and who answers for it."""
    for member_id in dict.fromkeys(one for one in (actor.member_id, plan.point_person) if one):
        member = find_member(session, member_id)
        if member is None:
            raise NotFoundError("member of the workspace")
        taking_part = PlanMember(
            new_id(plan.created_at), plan.id, member.role, member.name, member.email, member_id=member.id
        )
        elements.add_member(session, replace(taking_part, accepted_at=plan.created_at))


def check_new(new: NewPlan) -> None:
    """Raises RejectedError naming each wrong field."""
    problems = rules.problems_of(new)
    if problems:
        raise RejectedError("The plan was not created. Correct the fields that are named.", problems=problems)
