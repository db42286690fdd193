"""People of a plan: members who are invited and accept, and stakeholders who are only known."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from accord.core.errors import ConflictError, NotAllowedError, NotFoundError, RejectedError
from accord.core.identity import Role
from accord.core.ids import MemberId, RecordId, is_our_id, new_id, widen
from accord.workspace.members.model import Member
from accord.workspace.members.store import find_member, load_active
from accord.workspace.plans import rules
from accord.workspace.plans.access import Access, Asked
from accord.workspace.plans.changing import Actor, Change, Changes
from accord.workspace.plans.elements import store
from accord.workspace.plans.elements.rules import check_live, check_version
from accord.workspace.plans.events import PlanEventKind
from accord.workspace.plans.model import PlanMember, Stakeholder
from accord.workspace.plans.people.rules import ADDED, INVITED, MOST_PEOPLE, REMOVED, email_problems, find_same
from accord.workspace.plans.repeats.service import Repeatable, take
from accord.workspace.plans.whole import Whole, load_whole

MOST_SHOWN: Final = 500  # of the people who could be invited


@dataclass(frozen=True, slots=True)
class People:
    """Our own people alone invite, add and remove (B1)."""

    changes: Changes
    access: Access

    def invite(self, asked: Asked, given: Mapping[str, Any], wish: Repeatable | None = None) -> Whole:
        """A new member of the plan: invited, or only added and not yet invited. One who was only added may be invited
        by his address.

        Raises RejectedError, ConflictError (ALREADY_MEMBER).
        """
        actor = self.access.team(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            check_live(change.plan)
            member_id = new_id(change.now)
            if take(change.session, actor, wish, member_id, now=change.now) == member_id:
                add_member(change, new_member(change, member_id, given), is_invited=given["is_invited"])
        return self._shown(actor, asked)

    def colleagues(self, asked: Asked) -> list[Member]:
        """Our own people who may be invited: known to the workspace, and not in the plan yet; by their names."""
        actor = self.access.team(asked)
        with self.changes.database.reading(actor.workspace_id) as session:
            taking_part = {one.member_id for one in store.load_members(session, asked.plan_id)}
            known = load_active(session, actor.connection_id, limit=MOST_SHOWN)
        free = [one for one in known if one.id not in taking_part]
        return sorted(free, key=lambda one: (one.name.casefold(), one.id))

    def remove(self, asked: Asked, member_id: str, *, version: str | None) -> Whole:
        """The member takes part no more; his steps have no owner then. `version` is the plan's."""
        actor = self.access.team(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            check_version(version, change.plan.version)
            check_live(change.plan)
            change.touch()
            member = _member(change, member_id)
            store.delete_member(change.session, asked.plan_id, member.id)
            change.tell(PlanEventKind.PLAN_UPDATED, subject_id=member.id, subject_text=member.name, new=REMOVED)
        return self._shown(actor, asked)

    def accept(self, asked: Asked, member_id: str) -> Whole:
        """The member comes for the first time (A72); a second time changes nothing. The application says so."""
        actor = self.access.reach(asked)
        if actor.plan_member_id not in {None, member_id}:
            raise NotAllowedError("Each member accepts for himself.")
        with self.changes.of(actor, asked.plan_id) as change:
            accept(change, _member(change, member_id))
        return self._shown(actor, asked)

    def add_stakeholder(self, asked: Asked, given: Mapping[str, Any], wish: Repeatable | None = None) -> Whole:
        actor = self.access.team(asked)
        problems = [*rules.text_problems("name", "name", given["name"])]
        problems += rules.text_problems("title", "position", given["title"], may_lack=True)
        if given["email"]:
            problems += email_problems("email", given["email"])
        if problems:
            raise RejectedError("Nobody was added. Correct what is named.", problems=tuple(problems))
        with self.changes.of(actor, asked.plan_id) as change:
            check_live(change.plan)
            if len(store.load_stakeholders(change.session, asked.plan_id)) >= MOST_PEOPLE:
                raise _too_many()
            new = Stakeholder(new_id(change.now), asked.plan_id, given["name"].strip(), given["title"], given["email"])
            if take(change.session, actor, wish, new.id, now=change.now) == new.id:
                store.add_stakeholder(change.session, new, now=change.now)
                change.tell(PlanEventKind.STAKEHOLDER_ADDED, subject_id=new.id, subject_text=new.name, is_internal=True)
        return self._shown(actor, asked)

    def remove_stakeholder(self, asked: Asked, stakeholder_id: str, *, version: str | None) -> Whole:
        actor = self.access.team(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            check_version(version, change.plan.version)
            check_live(change.plan)
            change.touch()
            known = {one.id: one for one in store.load_stakeholders(change.session, asked.plan_id)}
            if stakeholder_id not in known:
                raise NotFoundError("stakeholder of this plan")
            store.delete_stakeholder(change.session, asked.plan_id, stakeholder_id)
            name = known[stakeholder_id].name
            told = PlanEventKind.STAKEHOLDER_REMOVED
            change.tell(told, subject_id=stakeholder_id, subject_text=name, is_internal=True)
        return self._shown(actor, asked)

    def _shown(self, actor: Actor, asked: Asked) -> Whole:
        return load_whole(self.changes.database, actor, asked.plan_id, today=actor.today(self.changes.clock()))


def add_member(change: Change, new: PlanMember, *, is_invited: bool) -> PlanMember:
    """Stores a member, or invites the one who is there and was not invited yet.

    Raises ConflictError (ALREADY_MEMBER), RejectedError for one too many.
    """
    known = store.load_members(change.session, change.plan.id)
    found = find_same(known, new)
    if found is not None and (found.invited_at is not None or not is_invited):
        raise ConflictError("This person takes part already.", code="ALREADY_MEMBER")
    if len(known) >= MOST_PEOPLE:
        raise _too_many()
    invited_at: datetime | None = change.now if is_invited else None
    if found is not None:
        member = replace(found, invited_at=invited_at)
        store.save_member(change.session, member)
    else:
        member = replace(new, invited_at=invited_at)
        store.add_member(change.session, member)
    change.tell(
        PlanEventKind.MEMBER_INVITED,
        subject_id=member.id,
        subject_text=member.name or member.email,
        is_internal=not member.is_customer,
        new=INVITED if is_invited else ADDED,
    )
    return member


def take_part(change: Change, member: Member) -> PlanMember:
    """The member of the plan who is this one of our own people; added now if he does not take part yet."""
    new = PlanMember(new_id(change.now), change.plan.id, member.role, member.name, member.email, member_id=member.id)
    known = find_same(store.load_members(change.session, change.plan.id), new)
    return known or add_member(change, new, is_invited=False)


def accept(change: Change, member: PlanMember) -> None:
    """He is here for the first time, or was here before."""
    if member.accepted_at is not None:
        return
    invited_at = member.invited_at or change.now  # who comes was invited, by whatever way
    store.save_member(change.session, replace(member, invited_at=invited_at, accepted_at=change.now))
    if member.is_customer:
        name = member.name or member.email
        change.tell(PlanEventKind.CUSTOMER_ACCEPTED, subject_id=member.id, subject_text=name)


def new_member(change: Change, member_id: str, given: Mapping[str, Any]) -> PlanMember:
    """Who is to take part, not stored yet. Raises RejectedError."""
    role, problems = Role(given["role"]), []
    name, email, own, contact = given["name"].strip(), given["email"].strip(), None, None
    if given["member_id"] is not None:
        found = find_member(change.session, MemberId(given["member_id"])) if is_our_id(given["member_id"]) else None
        if found is None or found.connection_id != change.plan.connection_id:
            problems.append(rules.wrong("member_id", "There is no such member of the workspace."))
        elif role not in {Role.ADMIN, Role.USER}:
            problems.append(rules.wrong("role", "One of our own people takes part as admin or user."))
        else:
            own, name, email = found.id, found.name, found.email
    elif role in {Role.ADMIN, Role.USER}:
        problems.append(rules.wrong("member_id", "Name the member of the workspace who is to take part."))
    if given["contact_id"] is not None:
        contact = _contact(given["contact_id"])
        if contact is None:
            problems.append(rules.wrong("contact_id", "This is not the id of a Contact."))
    if own is None:
        problems += [*email_problems("email", email), *rules.text_problems("name", "name", name, may_lack=True)]
    if problems:
        raise RejectedError("Nobody was invited. Correct what is named.", problems=tuple(problems))
    return PlanMember(member_id, change.plan.id, role, name, email, member_id=own, contact_id=contact)


def _contact(text: str) -> RecordId | None:
    try:
        found = widen(text)
    except ValueError:
        return None
    return RecordId(found) if found.startswith("003") else None


def _member(change: Change, member_id: str) -> PlanMember:
    found = store.find_member(change.session, change.plan.id, member_id) if is_our_id(member_id) else None
    if found is None:
        raise NotFoundError("member of this plan")
    return found


def _too_many() -> RejectedError:
    message = f"A plan has at most {MOST_PEOPLE} people of one kind."
    return RejectedError(message, problems=(rules.wrong("name", message),))
