"""The execution criteria of an org and what each plan has for them; the weights of the score."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accord.core.errors import ConflictError, NotFoundError, OutdatedError, RejectedError
from accord.core.identity import Identity
from accord.core.ids import CriterionId, StepId, new_id
from accord.infra.db import WorkspaceSession
from accord.workspace.plans import rules
from accord.workspace.plans import store as plans
from accord.workspace.plans.access import Access, Asked, actor_of
from accord.workspace.plans.changing import Change, Changes
from accord.workspace.plans.criteria import store
from accord.workspace.plans.elements.rules import check_live
from accord.workspace.plans.events import PlanEventKind
from accord.workspace.plans.model import Criterion, CriterionKind, CriterionValue, Factor, Weights
from accord.workspace.plans.score import problems_of_weights
from accord.workspace.plans.whole import Whole, load_whole

MOST_CRITERIA = 50
PAGE = 200


@dataclass(frozen=True, slots=True)
class Criteria:
    changes: Changes
    access: Access

    def load(self, caller: Identity) -> list[Criterion]:
        """The criteria of the caller's org, in order."""
        with self.changes.database.reading(caller.workspace_id) as session:
            return store.load_criteria(session, caller.connection_id)

    def create(self, caller: Identity, given: Mapping[str, Any]) -> Criterion:
        """A new criterion, for every plan of the org that is not archived.

        Raises RejectedError, ConflictError (KEY_TAKEN).
        """
        problems = [*rules.text_problems("title", "title", given["title"]), *rules.key_problems("key", given["key"])]
        if problems:
            raise RejectedError("The criterion was not made. Correct what is named.", problems=tuple(problems))
        now = self.changes.clock()
        with self.changes.database.workspace(caller.workspace_id) as session:
            known = store.load_criteria(session, caller.connection_id)
            if len(known) >= MOST_CRITERIA:
                message = f"An org has at most {MOST_CRITERIA} criteria."
                raise RejectedError(message, problems=(rules.wrong("title", message),))
            new = Criterion(
                CriterionId(new_id(now)),
                given["key"],
                CriterionKind(given["kind"]),
                given["title"].strip(),
                max((one.position for one in known), default=-1) + 1,
            )
            if not store.add(session, caller.connection_id, new):
                raise ConflictError("Another criterion has this key.", code="KEY_TAKEN")
            told = {"kind": PlanEventKind.CRITERION_CREATED, "subject_id": new.id, "subject_text": new.title}
            self._tell_all(session, caller, told)
        self.changes.wake()
        return new

    def delete(self, caller: Identity, criterion_id: str) -> None:
        """The criterion is gone from every plan; what it was called stays known, so that rows can say it (A83)."""
        now = self.changes.clock()
        with self.changes.database.workspace(caller.workspace_id) as session:
            known = {one.id: one for one in store.load_criteria(session, caller.connection_id)}
            found = known.get(CriterionId(criterion_id))
            if found is None:
                raise NotFoundError("criterion")
            store.delete(session, found.id, now=now)
            told = {"kind": PlanEventKind.CRITERION_DELETED, "subject_id": found.id, "subject_text": found.title}
            self._tell_all(session, caller, told)
        self.changes.wake()

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

    def load_weights(self, caller: Identity) -> Weights:
        with self.changes.database.reading(caller.workspace_id) as session:
            return store.load_weights(session, caller.connection_id, [])[None]

    def save_weights(self, caller: Identity, weights: Mapping[Factor, int], *, version: int) -> Weights:
        """A new version of the weights, for every plan that is not archived. Raises RejectedError, OutdatedError."""
        problems = problems_of_weights(weights)
        if problems:
            raise RejectedError("The weights were not saved. Correct what is named.", problems=problems)
        now = self.changes.clock()
        with self.changes.database.workspace(caller.workspace_id) as session:
            present = store.load_weights(session, caller.connection_id, [])[None]
            new = Weights(present.version + 1, dict(weights), now, caller.member_id)
            is_next = version == present.version
            if not is_next or not store.add_weights(session, caller.connection_id, new, now=now):
                raise OutdatedError("Somebody else has changed the weights. Load them again, then make your change.")
            told = {"kind": PlanEventKind.PLAN_UPDATED, "subject_id": "score_weights", "subject_text": None}
            self._tell_all(session, caller, {**told, "previous": str(present.version), "new": str(new.version)})
        self.changes.wake()
        return new

    def _tell_all(self, session: WorkspaceSession, caller: Identity, told: Mapping[str, Any]) -> None:
        """Every plan that is not archived has changed by this."""
        actor, after = actor_of(session, caller), None
        all_told = {"previous": None, "new": None, **told, "is_internal": True}
        while True:
            page = store.load_live(session, caller.connection_id, after=after, limit=PAGE)
            found = plans.load(session, caller.connection_id, page)
            self.changes.tell_each(session, actor, list(found.values()), all_told)
            if len(page) < PAGE:
                return
            after = page[-1]


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
