"""What people leave on a plan: comments on its steps, and resources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accord.core.errors import NotAllowedError, NotFoundError, RejectedError
from accord.core.ids import MemberId, PlanId, StepId, is_our_id, new_id
from accord.infra.db import WorkspaceSession
from accord.workspace.members.store import find_member
from accord.workspace.plans import rules, store
from accord.workspace.plans.access import Access, Asked
from accord.workspace.plans.changing import Actor, Change, Changes
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.elements.rules import check_live, check_version
from accord.workspace.plans.elements.service import find_visible_step
from accord.workspace.plans.events import PlanEventKind
from accord.workspace.plans.model import Comment, Resource, Step
from accord.workspace.plans.repeats.service import Repeatable, take
from accord.workspace.plans.whole import Whole, load_whole

MOST_RESOURCES = 500


@dataclass(frozen=True, slots=True)
class SignedComment:
    """A comment with the name of the one who wrote it, or an empty one."""

    comment: Comment
    author_name: str


@dataclass(frozen=True, slots=True)
class Notes:
    changes: Changes
    access: Access

    def comments(
        self, asked: Asked, step_id: str, *, after: str | None, limit: int
    ) -> tuple[list[SignedComment], str | None]:
        """One page of a step's comments, the oldest first, and where the next one begins."""
        actor = self.access.reach(asked)
        with self.changes.database.reading(actor.workspace_id) as session:
            _check_step(session, actor, asked.plan_id, step_id)
            found = elements.load_comments(
                session,
                asked.plan_id,
                StepId(step_id),
                after=after,
                limit=limit + 1,
                internal=not actor.is_customer,
            )
            signed = [SignedComment(one, _name_of(session, one)) for one in found[:limit]]
        return signed, signed[-1].comment.id if len(found) > limit else None

    def comment(
        self, asked: Asked, step_id: str, given: Mapping[str, Any], wish: Repeatable | None = None
    ) -> SignedComment:
        """A new comment on a step. One on something internal is internal itself. Raises RejectedError."""
        actor = self.access.reach(asked)
        problems = tuple(rules.text_problems("text", "text", given["text"], longest=rules.TEXT_LENGTH))
        if problems:
            raise RejectedError("The comment was not stored. Correct what is named.", problems=problems)
        _check_internal(actor, given)
        with self.changes.of(actor, asked.plan_id) as change:
            check_live(change.plan)
            step = find_visible_step(change, step_id)
            comment_id = new_id(change.now)
            made = take(change.session, actor, wish, comment_id, now=change.now)
            if made == comment_id:
                new = write_comment(change, step, given["text"], is_internal=given["is_internal"], comment_id=made)
                return SignedComment(new, _name_of(change.session, new))
            known = elements.find_comment(change.session, asked.plan_id, made)
            if known is None:
                raise NotFoundError("comment: its step was deleted")
            return SignedComment(known, _name_of(change.session, known))

    def add_resource(self, asked: Asked, given: Mapping[str, Any], wish: Repeatable | None = None) -> Whole:
        """A link that belongs to the plan. Raises RejectedError."""
        actor = self.access.reach(asked)
        problems = [*rules.text_problems("title", "title", given["title"]), *rules.link_problems("url", given["url"])]
        if problems:
            raise RejectedError("The resource was not added. Correct what is named.", problems=tuple(problems))
        _check_internal(actor, given)
        with self.changes.of(actor, asked.plan_id) as change:
            check_live(change.plan)
            resource_id = new_id(change.now)
            if take(change.session, actor, wish, resource_id, now=change.now) == resource_id:
                self._add(change, resource_id, given)
        return self._shown(actor, asked)

    def _add(self, change: Change, resource_id: str, given: Mapping[str, Any]) -> None:
        if len(elements.load_resources(change.session, change.plan.id)) >= MOST_RESOURCES:
            message = f"A plan has at most {MOST_RESOURCES} resources."
            raise RejectedError(message, problems=(rules.wrong("title", message),))
        actor = change.actor
        new = Resource(
            resource_id,
            change.plan.id,
            given["title"].strip(),
            given["url"],
            given["is_internal"],
            actor.id,
            actor.is_customer,
            change.now,
        )
        elements.add_resource(change.session, new)
        change.tell(
            PlanEventKind.RESOURCE_ADDED,
            subject_id=new.id,
            subject_text=new.title,
            is_internal=new.is_internal,
            new=new.url,
        )

    def remove_resource(self, asked: Asked, resource_id: str, *, version: str | None) -> Whole:
        """A customer removes what customers have added. `version` is the plan's."""
        actor = self.access.reach(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            check_version(version, change.plan.version)
            check_live(change.plan)
            change.touch()
            known = {one.id: one for one in elements.load_resources(change.session, asked.plan_id)}
            found = known.get(resource_id)
            if found is None or (actor.is_customer and found.is_internal):
                raise NotFoundError("resource of this plan")
            if actor.is_customer and not found.added_by_customer:
                raise NotAllowedError("The team has added this resource. Only the team can remove it.")
            elements.delete_resource(change.session, asked.plan_id, resource_id)
            change.tell(
                PlanEventKind.PLAN_UPDATED,
                subject_id=found.id,
                subject_text=found.title,
                is_internal=found.is_internal,
                new="resource removed",
            )
        return self._shown(actor, asked)

    def _shown(self, actor: Actor, asked: Asked) -> Whole:
        return load_whole(self.changes.database, actor, asked.plan_id, today=actor.today(self.changes.clock()))


def write_comment(
    change: Change, step: Step, text: str, *, is_internal: bool, comment_id: str | None = None
) -> Comment:
    """Stores a comment and tells it. One on something internal is internal itself. Raises RejectedError."""
    problems = tuple(rules.text_problems("text", "text", text, longest=rules.TEXT_LENGTH))
    if problems:
        raise RejectedError("The comment was not stored. Correct what is named.", problems=problems)
    hidden = {stage.id for stage in change.before.stages if stage.is_internal}
    new = Comment(
        comment_id or new_id(change.now),
        change.plan.id,
        step.mark.id,
        text.strip(),
        is_internal or step.mark.is_internal or step.mark.stage_id in hidden,
        change.actor.id,
        change.actor.is_customer,
        change.now,
    )
    elements.add_comment(change.session, new)
    change.tell(
        PlanEventKind.COMMENT_ADDED,
        subject_id=new.id,
        subject_text=step.title,
        is_internal=new.is_internal,
        new=new.text,
    )
    return new


def _check_step(session: WorkspaceSession, actor: Actor, plan_id: PlanId, step_id: str) -> None:
    """Raises NotFoundError, for a customer also where the step or its stage is internal."""
    plan = store.find(session, actor.connection_id, plan_id)
    facts = store.facts_of(session, plan) if plan and is_our_id(step_id) else None
    marks = () if facts is None else facts.steps
    if facts is not None and actor.is_customer:
        hidden = {stage.id for stage in facts.stages if stage.is_internal}
        marks = tuple(one for one in marks if not one.is_internal and one.stage_id not in hidden)
    if not any(one.id == step_id for one in marks):
        raise NotFoundError("step of this plan")


def _check_internal(actor: Actor, given: Mapping[str, Any]) -> None:
    if actor.is_customer and given["is_internal"]:
        raise NotAllowedError("Only the team marks something as internal.")


def _name_of(session: WorkspaceSession, comment: Comment) -> str:
    if comment.author is None:
        return ""
    if comment.author_is_customer:
        customer = elements.find_member(session, comment.plan_id, comment.author)
        return customer.name if customer else ""
    member = find_member(session, MemberId(comment.author))
    return member.name if member else ""
