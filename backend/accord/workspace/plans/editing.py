"""The plan itself: changed, published, archived, viewed, connected to another deal, and made again from another one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from accord.core.errors import ConflictError, NotFoundError, Problem, RejectedError
from accord.core.identity import Identity, Role
from accord.core.ids import MemberId, PlanId, RecordId, is_our_id, new_id
from accord.infra.db import WorkspaceSession
from accord.workspace.members.store import find_member
from accord.workspace.plans import rules, store
from accord.workspace.plans.access import Access, Asked, actor_of
from accord.workspace.plans.changing import Actor, Change, Changes
from accord.workspace.plans.copying import copy_parts
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.elements.rules import check_live, check_version
from accord.workspace.plans.events import PlanEventKind
from accord.workspace.plans.model import Plan
from accord.workspace.plans.people.service import accept, take_part
from accord.workspace.plans.repeats.service import Repeatable, take
from accord.workspace.plans.whole import Whole, load_whole


class GuardDeal(Protocol):
    """Asked in the transaction before the deal of a plan that has one is changed or taken away (A112 to A115).

    Raises NotAllowedError where that is locked; not for the first deal of a plan.
    """

    def __call__(self, session: WorkspaceSession, actor: Actor, plan: Plan) -> None: ...


@dataclass(frozen=True, slots=True)
class Editing:
    changes: Changes
    access: Access
    guard_deal: GuardDeal

    def shown(self, asked: Asked) -> Whole:
        """The plan as the caller is shown it. Raises NotFoundError."""
        return self._shown(self.access.reach(asked), asked.plan_id)

    def shown_to(self, caller: Identity, plan_id: PlanId) -> Whole:
        """A plan that the caller has made just now."""
        with self.changes.database.reading(caller.workspace_id) as session:
            actor = actor_of(session, caller)
        return self._shown(actor, plan_id)

    def update(self, asked: Asked, given: Mapping[str, Any], *, version: str | None) -> Whole:
        """Changes what is given of a plan: title, end date, value, point person; publishes and archives it.

        Raises RejectedError, VersionNeededError, OutdatedError, ConflictError (PLAN_ARCHIVED), and NotAllowedError for
        an end date or a value that Salesforce does not let the caller change in the deal.
        """
        actor = self.access.team(asked)
        self.access.check_values(asked, actor, given)
        with self.changes.of(actor, asked.plan_id) as change:
            check_version(version, change.plan.version)
            if given.get("is_archived") is not False:
                check_live(change.plan)
            self._check(change, given)
            _apply_words(change, given)
            _apply_state(change, given)
        return self._shown(actor, asked.plan_id)

    def _check(self, change: Change, given: Mapping[str, Any]) -> None:
        problems: list[Problem] = []
        if "title" in given:
            problems += rules.text_problems("title", "title", given["title"])
        problems += rules.day_problems("end_date", given.get("end_date"))
        problems += rules.money_problems("value", given.get("value"))
        if given.get("is_published") is False and change.plan.published_at is not None:
            problems.append(rules.wrong("is_published", "A published plan stays published. It can be archived."))
        person = given.get("point_person")
        if person is not None:
            found = find_member(change.session, MemberId(person)) if is_our_id(person) else None
            if found is None or found.connection_id != change.plan.connection_id:
                problems.append(rules.wrong("point_person", "There is no such member of the workspace."))
        if problems:
            raise RejectedError("Nothing was saved. Correct what is named.", problems=tuple(problems))

    def view(self, asked: Asked) -> Whole:
        """Somebody has opened the plan (A63). A customer's first time is his acceptance (A72)."""
        look = self.access.look(asked, at_deal=True)
        actor, stage = look.actor, look.deal_stage
        with self.changes.of(actor, asked.plan_id) as change:
            # once the integration owner's login has read the deal, that is newer than what somebody was shown
            if stage is not None and change.plan.deal_stage is None:
                change.plan = replace(change.plan, deal_stage=stage)
            change.tell(PlanEventKind.VIEWED)
            if actor.plan_member_id is not None and actor.is_customer:
                member = elements.find_member(change.session, asked.plan_id, actor.plan_member_id)
                if member is not None:
                    accept(change, member)
        return self._shown(actor, asked.plan_id)

    def connect(self, asked: Asked, opportunity_id: RecordId, *, version: str | None) -> Whole:
        """The plan belongs to this deal from now on.

        Raises NotFoundError for a deal that the caller does not see, NotAllowedError when the plan's own end date or
        value would change it and he may not, ConflictError (ALREADY_CONNECTED) when it has another plan, and what the
        lock raises when the plan has another deal.
        """
        actor = self.access.team(asked)
        if not opportunity_id.startswith("006"):
            message = "A plan is connected to an Opportunity; this is the id of something else."
            raise RejectedError(message, problems=(rules.wrong("opportunity_id", message),))
        if asked.caller.role is not Role.SERVICE:
            self.access.check_deal(asked.caller, opportunity_id)
        self.access.check_values(asked, actor, deal=opportunity_id)
        with self.changes.of(actor, asked.plan_id) as change:
            check_version(version, change.plan.version)
            self._connect(change, opportunity_id)
        return self._shown(actor, asked.plan_id)

    def connect_known(self, asked: Asked, opportunity_id: RecordId, point_person: MemberId | None) -> bool:
        """The same for a Flow, whatever version of the plan it has seen, with a deal that is known to be there, and
        with a point person where one is given. False where the plan has this deal already: then it stays as it is.
        """
        actor = self.access.team(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            is_new = self._connect(change, opportunity_id)
            member = find_member(change.session, point_person) if is_new and point_person else None
            if member is not None:
                _apply_words(change, {"point_person": member.id})
                take_part(change, member)
        return is_new

    def _connect(self, change: Change, opportunity_id: RecordId) -> bool:
        check_live(change.plan)
        before = change.plan.opportunity_id
        if before == opportunity_id:
            return False
        if before is not None:
            self.guard_deal(change.session, change.actor, change.plan)
        if store.load_for_deals(change.session, change.actor.connection_id, [opportunity_id]):
            raise ConflictError("This deal has a plan already. Open that one.", code="ALREADY_CONNECTED")
        change.set(opportunity_id=opportunity_id, deal_stage=None, deal_stage_name=None)
        change.tell(PlanEventKind.DEAL_CONNECTED, previous=before, new=str(rules.status(change.before, change.today)))
        return True

    def disconnect(self, asked: Asked, *, version: str | None) -> Whole:
        """The plan has no deal from now on. Raises what the lock raises."""
        actor = self.access.team(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            check_version(version, change.plan.version)
            check_live(change.plan)
            before = change.plan.opportunity_id
            if before is None:
                raise NotFoundError("deal of this plan")
            self.guard_deal(change.session, actor, change.plan)
            change.set(opportunity_id=None, deal_stage=None, deal_stage_name=None)
            change.tell(PlanEventKind.DEAL_DISCONNECTED, previous=before)
        return self._shown(actor, asked.plan_id)

    def duplicate(self, asked: Asked, title: str | None, wish: Repeatable | None = None) -> Whole:
        """A draft with the same stages, steps and resources: nothing of it is done, due, owned or connected."""
        actor = self.access.team(asked)
        if title is not None:
            problems = tuple(rules.text_problems("title", "title", title))
            if problems:
                raise RejectedError("Nothing was made. Correct what is named.", problems=problems)
        with self.changes.of(actor, asked.plan_id) as source:
            new_plan = PlanId(new_id(source.now))
            made = PlanId(take(source.session, actor, wish, new_plan, now=source.now))
            if made == new_plan:
                self._copy(source, made, title)
        self.changes.wake()
        return self._shown(actor, made)

    def _copy(self, source: Change, made: PlanId, title: str | None) -> None:
        actor, now, of = source.actor, source.now, source.plan
        copied = Plan(
            id=made,
            connection_id=of.connection_id,
            opportunity_id=None,
            title=title.strip() if title else f"{of.title[: rules.TITLE_LENGTH - 7]} (copy)",
            created_by=actor.member_id,
            created_at=now,
            point_person=actor.member_id or of.point_person,
        )
        store.add(source.session, copied)
        copy_parts(source.session, source.before, made, now=now)
        facts = store.facts_of(source.session, copied)
        change = Change(source.session, actor, now, facts, copied)
        change.tell(PlanEventKind.DUPLICATED, subject_id=of.id, subject_text=of.title)
        self.changes.close(change, facts)

    def _shown(self, actor: Actor, plan_id: PlanId) -> Whole:
        return load_whole(self.changes.database, actor, plan_id, today=actor.today(self.changes.clock()))


def _apply_words(change: Change, given: Mapping[str, Any]) -> None:
    """Each property that differs is an event of its own: who listens for one need not look at the others."""
    plan = change.plan
    wanted = {
        "title": given["title"].strip() if "title" in given else plan.title,
        "end_date": given.get("end_date", plan.end_date),
        "value": given.get("value", plan.value),
        "point_person": given.get("point_person", plan.point_person),
    }
    for name, value in wanted.items():
        before = getattr(plan, name)
        if value == before:
            continue
        change.set(**{name: value})
        if name in {"end_date", "value"}:
            change.set(**{f"{name}_changed_at": change.now})
        change.tell(PlanEventKind.PLAN_UPDATED, subject_id=name, previous=_words(before), new=_words(value))


def _apply_state(change: Change, given: Mapping[str, Any]) -> None:
    if given.get("is_published") and change.plan.published_at is None:
        change.set(published_at=change.now)
        change.tell(PlanEventKind.PUBLISHED)
    is_archived = given.get("is_archived")
    if is_archived and change.plan.archived_at is None:
        # its score stays what it is: later weights are not those by which it was worked
        change.set(archived_at=change.now, weights_version=change.before.weights.version)
        change.tell(PlanEventKind.ARCHIVED)
    elif is_archived is False and change.plan.archived_at is not None:
        change.set(archived_at=None, weights_version=None)
        change.tell(PlanEventKind.PLAN_UPDATED, subject_id="is_archived", previous="true", new="false")


def _words(value: object) -> str | None:
    if value is None:
        return None
    amount, currency = getattr(value, "amount", None), getattr(value, "currency", None)
    return str(value) if currency is None else f"{amount} {currency}"
