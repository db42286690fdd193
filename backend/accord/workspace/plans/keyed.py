"""What a Flow does with a plan: it names steps and criteria by their keys and people by ids of Salesforce."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accord.core.errors import NotFoundError, RejectedError
from accord.core.ids import UserId, new_id
from accord.workspace.members.store import find_by_user
from accord.workspace.plans import rules
from accord.workspace.plans.access import Access, Asked
from accord.workspace.plans.changing import Change, Changes
from accord.workspace.plans.criteria.service import put_value
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.elements.rules import check_live
from accord.workspace.plans.elements.service import apply_to_step
from accord.workspace.plans.model import CriterionKind, PlanMember, Step
from accord.workspace.plans.notes.service import write_comment
from accord.workspace.plans.people.rules import find_same
from accord.workspace.plans.people.service import add_member, new_member, take_part
from accord.workspace.plans.repeats.service import Repeatable, take
from accord.workspace.plans.whole import Whole, load_whole

Given = str | date | bool


@dataclass(frozen=True, slots=True)
class StepWish:
    """`given` are properties of a step; `owner` is a Salesforce user who is a member of the workspace."""

    key: str
    given: Mapping[str, Any]
    owner: UserId | None = None
    comment: str = ""
    wish: Repeatable | None = None


@dataclass(frozen=True, slots=True)
class Keyed:
    changes: Changes
    access: Access

    def change_step(self, asked: Asked, wanted: StepWish) -> tuple[Step, Whole]:
        """Changes a step, whatever version of it the Flow has seen, and comments on it.

        Raises NotFoundError (step, or owner), RejectedError, ConflictError (PLAN_ARCHIVED, KEY_REUSED).
        """
        actor = self.access.team(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            check_live(change.plan)
            steps = elements.load_steps(change.session, asked.plan_id)
            step = next((one for one in steps if one.key == wanted.key), None)
            if step is None:
                raise NotFoundError("step with this key")
            mark = new_id(change.now)
            if take(change.session, actor, wanted.wish, mark, now=change.now) == mark:
                given = dict(wanted.given)
                if wanted.owner is not None:
                    given["owner_id"] = _taking_part(change, wanted.owner).id
                step = apply_to_step(change, step, given)
                if wanted.comment.strip():
                    write_comment(change, step, wanted.comment, is_internal=False)
        return step, self._whole(asked)

    def invite(self, asked: Asked, given: Mapping[str, Any]) -> tuple[PlanMember, bool]:
        """The member, and whether he took part before. Raises RejectedError, ConflictError (PLAN_ARCHIVED)."""
        actor = self.access.team(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            check_live(change.plan)
            new = new_member(change, new_id(change.now), given)
            known = find_same(elements.load_members(change.session, asked.plan_id), new)
            if known is not None and (known.invited_at is not None or not given["is_invited"]):
                return known, True
            return add_member(change, new, is_invited=given["is_invited"]), known is not None

    def set_criterion(self, asked: Asked, key: str, given: Given) -> tuple[str, Whole]:
        """Sets what a plan has for a criterion; gives its id. Raises NotFoundError, RejectedError, ConflictError."""
        actor = self.access.team(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            check_live(change.plan)
            found = next((one for one in change.before.criteria if one.key == key), None)
            if found is None:
                raise NotFoundError("criterion with this key")
            put_value(change, found, _value_of(found.kind, given))
        return found.id, self._whole(asked)

    def _whole(self, asked: Asked) -> Whole:
        actor = self.access.reach(asked)
        return load_whole(self.changes.database, actor, asked.plan_id, today=actor.today(self.changes.clock()))


def _value_of(kind: CriterionKind, given: Given) -> dict[str, Any]:
    """Raises RejectedError for a value that is not for this kind."""
    empty: dict[str, Any] = {"step_id": None, "text": None, "is_checked": False}
    if kind is CriterionKind.STEP:
        raise _wrong("This criterion is met by its step. Complete the step instead.")
    if (kind is CriterionKind.CHECKBOX) != isinstance(given, bool):
        raise _wrong("A checkbox takes booleanValue, every other criterion textValue or dateValue.")
    if isinstance(given, bool):
        return {**empty, "is_checked": given}
    return {**empty, "text": given.isoformat() if isinstance(given, date) else given}


def _wrong(message: str) -> RejectedError:
    return RejectedError(message, problems=(rules.wrong("value", message),))


def _taking_part(change: Change, user_id: UserId) -> PlanMember:
    """The member of the plan who is this Salesforce user; added now if he does not take part yet.

    Raises NotFoundError where he is no member of the workspace.
    """
    member = find_by_user(change.session, change.plan.connection_id, user_id)
    if member is None:
        raise NotFoundError("member of the workspace")
    return take_part(change, member)
