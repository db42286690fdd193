"""What admins do with the criteria of an org and with the weights of the score: look, change, put back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from accord.core.errors import ConflictError, NotFoundError, OutdatedError, RejectedError
from accord.core.identity import Identity
from accord.core.ids import CriterionId, new_id
from accord.infra.audit import CHANGED, Prepared, Reason
from accord.infra.db import WorkspaceSession
from accord.workspace.members.store import find_name
from accord.workspace.plans import store as plans
from accord.workspace.plans.access import actor_of
from accord.workspace.plans.changing import Changes
from accord.workspace.plans.criteria import rules, store
from accord.workspace.plans.criteria.model import CriteriaSettings, Edits
from accord.workspace.plans.events import PlanEventKind
from accord.workspace.plans.model import Criterion, Weights
from accord.workspace.plans.score import problems_of_weights
from accord.workspace.settings.store import Change

PAGE = 200
NOT_SAVED = "Nothing was saved. Correct what is named."


@dataclass(frozen=True, slots=True)
class CriteriaView:
    """`changed_by` is a name; `plans`: how many plans have something for a criterion."""

    settings: CriteriaSettings
    changed_by: str | None
    plans: Mapping[CriterionId, int]


@dataclass(frozen=True, slots=True)
class WeightsView:
    """`changed_by` is a name."""

    weights: Weights
    changed_by: str | None


@dataclass(frozen=True, slots=True)
class CriteriaSetup:
    """`stages_of` gives the stages that deals of the caller's org can have; None where it does not tell."""

    changes: Changes
    stages_of: Callable[[Identity], Collection[str] | None]

    def load(self, caller: Identity) -> CriteriaView:
        with self.changes.database.reading(caller.workspace_id) as session:
            settings = store.CRITERIA.load(session, caller.connection_id)
            counted = store.count_values(session, caller.connection_id)
            return CriteriaView(settings, find_name(session, settings.changed_by), counted)

    def save(self, caller: Identity, new: CriteriaSettings) -> CriteriaView:
        """The whole list in the place of `new.version`. Raises RejectedError, OutdatedError."""
        self.prepare(caller, new).carry_out(self.changes.database, caller.workspace_id)
        return self.load(caller)

    def create(self, caller: Identity, given: Mapping[str, Any]) -> tuple[Criterion, int]:
        """A new criterion behind the others, and the version of the list since.

        Raises RejectedError, ConflictError (KEY_TAKEN).
        """
        present = self.load(caller).settings
        if given["key"] in {one.key for one in present.criteria}:
            raise ConflictError("Another criterion has this key.", code="KEY_TAKEN")
        wish = rules.wish_of(given, len(present.criteria))
        after = self.save(caller, replace(present, criteria=(*present.criteria, wish))).settings
        return _with_key(after, wish.key), after.version

    def change(
        self, caller: Identity, criterion_id: str, given: Mapping[str, Any], *, version: int
    ) -> tuple[Criterion, int]:
        """Changes the title, the stages or the place of one; gives it, and the version of the list since.

        Raises NotFoundError, RejectedError, OutdatedError.
        """
        present, found = self._find(caller, criterion_id, version)
        others = [one for one in present.criteria if one.id != found.id]
        if "title" in given:
            found = replace(found, title=given["title"].strip())
        if "stages" in given:
            found = replace(found, stages=tuple(dict.fromkeys(given["stages"])))
        at = given.get("position", [one.id for one in present.criteria].index(found.id))
        others.insert(max(0, min(at, len(others))), found)
        after = self.save(caller, replace(present, criteria=tuple(others))).settings
        return _with_key(after, found.key), after.version

    def delete(self, caller: Identity, criterion_id: str, *, version: int) -> None:
        """The criterion is gone from every plan; what it was called stays known, so that rows can say it (A83)."""
        present, found = self._find(caller, criterion_id, version)
        self.save(caller, replace(present, criteria=tuple(one for one in present.criteria if one.id != found.id)))

    def prepare(self, caller: Identity, new: CriteriaSettings, *, reason: Reason = CHANGED) -> Prepared:
        """The list, checked and ready to be stored in the place of `new.version`. Raises as `save` does."""
        with self.changes.database.reading(caller.workspace_id) as session:
            present = store.CRITERIA.load_version(session, caller.connection_id, new.version).criteria
        in_order = tuple(replace(one, position=number) for number, one in enumerate(new.criteria))
        known = {stage for one in present for stage in one.stages}
        is_asked = any(stage not in known for one in in_order for stage in one.stages)
        problems = rules.problems_of(in_order, present, self.stages_of(caller) if is_asked else None)
        if problems:
            raise RejectedError(NOT_SAVED, problems=problems)

        def keep(session: WorkspaceSession) -> str:
            now = self.changes.clock()
            change = Change(replace(new, criteria=in_order), caller.member_id, now, reason)
            line_id = store.CRITERIA.change(session, caller.connection_id, change)
            self._apply(session, caller, rules.edits_of(present, in_order), is_back=reason.undoes is not None)
            return line_id

        return Prepared(keep, self.changes.wake)

    def _find(self, caller: Identity, criterion_id: str, version: int) -> tuple[CriteriaSettings, Criterion]:
        present = self.load(caller).settings
        found = next((one for one in present.criteria if one.id == criterion_id), None)
        if found is None:
            raise NotFoundError("criterion")
        return replace(present, version=version), found

    def _apply(self, session: WorkspaceSession, caller: Identity, edits: Edits, *, is_back: bool) -> None:
        """`is_back`: what was deleted comes back, with all that plans had for it."""
        now, of = self.changes.clock(), caller.connection_id
        for one in edits.gone:
            store.delete(session, one, now=now)
        for one in (*edits.changed, *edits.moved):
            store.save(session, one)
        added = []
        for one in edits.added:
            known = store.find_deleted(session, of, one) if is_back else None
            made = replace(one, id=known or CriterionId(new_id(now)))
            if known is None:
                store.add(session, of, made)
            else:
                store.save(session, made)
            added.append(made)
        # their order is one thing that has changed
        updated = (*edits.changed, *edits.moved[: edits.is_reordered])
        self._tell(session, caller, PlanEventKind.CRITERION_DELETED, edits.gone)
        self._tell(session, caller, PlanEventKind.CRITERION_UPDATED, updated)
        self._tell(session, caller, PlanEventKind.CRITERION_CREATED, added)

    def _tell(
        self, session: WorkspaceSession, caller: Identity, kind: PlanEventKind, about: Sequence[Criterion]
    ) -> None:
        """Once to each plan, however many criteria of a list it is about; one alone is named."""
        if about:
            alone = about[0] if len(about) == 1 else None
            subject_id, subject_text = (alone.id, alone.title) if alone else (None, None)
            told = {"kind": kind, "subject_id": subject_id, "subject_text": subject_text}
            _tell_all(self.changes, session, caller, told)


@dataclass(frozen=True, slots=True)
class WeightsSetup:
    changes: Changes

    def load(self, caller: Identity) -> WeightsView:
        with self.changes.database.reading(caller.workspace_id) as session:
            weights = store.WEIGHTS.load(session, caller.connection_id)
            return WeightsView(weights, find_name(session, weights.changed_by))

    def save(self, caller: Identity, new: Weights) -> WeightsView:
        """The next version of the weights, for every plan that is not archived. Raises RejectedError, OutdatedError."""
        self.prepare(caller, new).carry_out(self.changes.database, caller.workspace_id)
        return self.load(caller)

    def prepare(self, caller: Identity, new: Weights, *, reason: Reason = CHANGED) -> Prepared:
        """Weights, checked and ready to be stored in the place of `new.version`. Raises as `save` does."""
        problems = problems_of_weights(new.of)
        if problems:
            raise RejectedError("The weights were not saved. Correct what is named.", problems=problems)
        with self.changes.database.reading(caller.workspace_id) as session:
            store.WEIGHTS.load_version(session, caller.connection_id, new.version)

        def keep(session: WorkspaceSession) -> str:
            change = Change(new, caller.member_id, self.changes.clock(), reason)
            line_id = store.WEIGHTS.change(session, caller.connection_id, change)
            told = {"kind": PlanEventKind.PLAN_UPDATED, "subject_id": "score_weights", "subject_text": None}
            versions = {"previous": str(new.version), "new": str(new.version + 1)}
            _tell_all(self.changes, session, caller, {**told, **versions})
            return line_id

        return Prepared(keep, self.changes.wake)


def _with_key(settings: CriteriaSettings, key: str) -> Criterion:
    """The criterion that was just stored. Raises OutdatedError when somebody else has deleted it since."""
    found = next((one for one in settings.criteria if one.key == key), None)
    if found is None:
        raise OutdatedError("Somebody else has changed the criteria meanwhile. Load them again.")
    return found


def _tell_all(changes: Changes, session: WorkspaceSession, caller: Identity, told: Mapping[str, Any]) -> None:
    """Every plan that is not archived has changed by this."""
    actor, after = actor_of(session, caller), None
    all_told = {"previous": None, "new": None, **told, "is_internal": True}
    while True:
        page: Sequence[Any] = store.load_live(session, caller.connection_id, after=after, limit=PAGE)
        found = plans.load(session, caller.connection_id, page)
        changes.tell_each(session, actor, list(found.values()), all_told)
        if len(page) < PAGE:
            return
        after = page[-1]
