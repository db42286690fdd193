"""The execution criteria of an org, and what each plan has for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accord.core.errors import NotFoundError, Problem, RejectedError
from accord.core.identity import Identity
from accord.core.ids import StepId, new_id
from accord.workspace.plans import rules
from accord.workspace.plans.access import Access, Asked
from accord.workspace.plans.changing import Change, Changes
from accord.workspace.plans.criteria import store
from accord.workspace.plans.criteria.model import CriteriaSettings
from accord.workspace.plans.criteria.values import store as values
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.elements.rules import check_live, check_version
from accord.workspace.plans.model import Criterion, CriterionKind, CriterionValue
from accord.workspace.plans.whole import Whole, load_whole


@dataclass(frozen=True, slots=True)
class Criteria:
    """What people do with criteria; `setup` has what admins do."""

    changes: Changes
    access: Access

    def load(self, caller: Identity) -> CriteriaSettings:
        """The criteria of the caller's org, in order."""
        with self.changes.database.reading(caller.workspace_id) as session:
            return store.CRITERIA.load(session, caller.connection_id)

    def set_value(self, asked: Asked, criterion_id: str, given: Mapping[str, Any], *, version: str | None) -> Whole:
        """What this plan has for a criterion; `version` is the plan's.

        Raises RejectedError, NotFoundError, VersionNeededError, OutdatedError.
        """
        actor = self.access.team(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            check_version(version, change.plan.version)
            check_live(change.plan)
            found = next((one for one in change.before.criteria if one.id == criterion_id), None)
            if found is None:
                raise NotFoundError("criterion")
            put_value(change, found, given)
        return load_whole(self.changes.database, actor, asked.plan_id, today=actor.today(self.changes.clock()))


def put_value(change: Change, criterion: Criterion, given: Mapping[str, Any]) -> None:
    """Stores what a plan has for a criterion; that it has changed is told with the change. Raises RejectedError."""
    value, problems = _value_of(change, criterion.kind, given)
    if problems:
        raise RejectedError("Nothing was saved. Correct what is named.", problems=tuple(problems))
    if value != change.before.values.get(criterion.id, CriterionValue()):
        values.put_value(change.session, change.plan.id, criterion.id, value, new_value_id=new_id(change.now))
        change.touch()


def _value_of(
    change: Change, kind: CriterionKind, given: Mapping[str, Any]
) -> tuple[CriterionValue, Sequence[Problem]]:
    text, about = (given["text"] or "").strip(), given.get("about_id")
    if kind is CriterionKind.CHECKBOX:
        return CriterionValue(is_checked=bool(given["is_checked"])), ()
    if kind is CriterionKind.STEP:
        step_id = given["step_id"]
        if step_id is not None and step_id not in {one.id for one in change.before.steps}:
            return CriterionValue(), [rules.wrong("step_id", "There is no such step in this plan.")]
        return CriterionValue(step_id=StepId(step_id) if step_id else None), ()
    if about is not None and kind is not CriterionKind.TEXT:
        names = _names(change, kind)
        if about in names:
            return CriterionValue(text=names[about], about_id=about), ()
        what = "resource" if kind is CriterionKind.RESOURCE else "member or stakeholder"
        return CriterionValue(), [rules.wrong("about_id", f"There is no such {what} in this plan. Choose another one.")]
    if kind is CriterionKind.RESOURCE:
        return CriterionValue(text=text or None), [*rules.link_problems("text", text)] if text else ()
    problems = rules.text_problems("text", "text", text, longest=rules.TEXT_LENGTH, may_lack=True)
    return CriterionValue(text=text or None), [*problems]


def _names(change: Change, kind: CriterionKind) -> dict[str, str]:
    """Whom or what a criterion of this kind can be about, by id."""
    if kind is CriterionKind.RESOURCE:
        return {one.id: one.url for one in elements.load_resources(change.session, change.plan.id)}
    people = {one.id: one.name for one in elements.load_stakeholders(change.session, change.plan.id)}
    members = elements.load_members(change.session, change.plan.id)
    return people | {one.id: one.name or one.email for one in members}
