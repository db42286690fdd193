"""The execution criteria of an org, and what each plan has for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accord.core.errors import NotFoundError, RejectedError
from accord.core.identity import Identity
from accord.core.ids import StepId, new_id
from accord.workspace.plans import rules
from accord.workspace.plans.access import Access, Asked
from accord.workspace.plans.changing import Change, Changes
from accord.workspace.plans.criteria import store
from accord.workspace.plans.criteria.model import CriteriaSettings
from accord.workspace.plans.elements.rules import check_live
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

    def set_value(self, asked: Asked, criterion_id: str, given: Mapping[str, Any]) -> Whole:
        """What this plan has for a criterion. Raises RejectedError, NotFoundError."""
        actor = self.access.team(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            check_live(change.plan)
            found = next((one for one in change.before.criteria if one.id == criterion_id), None)
            if found is None:
                raise NotFoundError("criterion")
            put_value(change, found, given)
        return load_whole(self.changes.database, actor, asked.plan_id, today=actor.today(self.changes.clock()))


def put_value(change: Change, criterion: Criterion, given: Mapping[str, Any]) -> None:
    """Stores what a plan has for a criterion; that it has changed is told with the change. Raises RejectedError."""
    text, problems = (given["text"] or "").strip(), []
    match criterion.kind:
        case CriterionKind.STEP:
            if given["step_id"] is not None and given["step_id"] not in {one.id for one in change.before.steps}:
                problems.append(rules.wrong("step_id", "There is no such step in this plan."))
            value = CriterionValue(step_id=StepId(given["step_id"]) if given["step_id"] else None)
        case CriterionKind.CHECKBOX:
            value = CriterionValue(is_checked=bool(given["is_checked"]))
        case CriterionKind.RESOURCE:
            problems += rules.link_problems("text", text) if text else []
            value = CriterionValue(text=text or None)
        case CriterionKind.ROLE | CriterionKind.TEXT:
            problems += rules.text_problems("text", "text", text, longest=rules.TEXT_LENGTH, may_lack=True)
            value = CriterionValue(text=text or None)
    if problems:
        raise RejectedError("Nothing was saved. Correct what is named.", problems=tuple(problems))
    store.put_value(change.session, change.plan.id, criterion.id, value, new_value_id=new_id(change.now))
