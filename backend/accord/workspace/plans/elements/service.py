"""Stages and steps of a plan: one function a use case, each owns its transaction and gives the plan as it is then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from accord.core.errors import NotAllowedError, NotFoundError, Problem, RejectedError
from accord.core.ids import StageId, StepId, new_id
from accord.workspace.plans import rules
from accord.workspace.plans.access import Access, Asked
from accord.workspace.plans.changing import Actor, Change, Changes
from accord.workspace.plans.elements import store
from accord.workspace.plans.elements.rules import changed_words, check_live, check_version, placed
from accord.workspace.plans.events import PlanEventKind
from accord.workspace.plans.model import NewStep, Stage, Step, StepMark
from accord.workspace.plans.repeats.service import Repeatable, take
from accord.workspace.plans.whole import Whole, load_whole

NOT_SAVED = "Nothing was saved. Correct what is named."


@dataclass(frozen=True, slots=True)
class Elements:
    """Customers and partners may edit what is not internal (B1); what is internal is not there for them."""

    changes: Changes
    access: Access

    def add_stage(self, asked: Asked, given: Mapping[str, Any], wish: Repeatable | None = None) -> Whole:
        """A new stage, at a position or at the end. Raises RejectedError."""
        actor = self.access.reach(asked)
        _check([*rules.text_problems("title", "title", given["title"])])
        _check_internal(actor, given)
        with self.changes.of(actor, asked.plan_id) as change:
            check_live(change.plan)
            stage_id = StageId(new_id(change.now))
            if take(change.session, actor, wish, stage_id, now=change.now) == stage_id:
                self._add_stage(change, stage_id, given)
        return self._shown(actor, asked)

    def _add_stage(self, change: Change, stage_id: StageId, given: Mapping[str, Any]) -> None:
        stages = change.before.stages
        if len(stages) >= rules.MOST_STAGES:
            _check([rules.wrong("title", f"A plan has at most {rules.MOST_STAGES} stages.")])
        new = Stage(stage_id, change.plan.id, 0, given["title"].strip(), is_internal=given["is_internal"])
        in_order = placed(stages, new, given["position"])
        store.add_stages(change.session, [one for one in in_order if one.id == stage_id])
        store.set_positions(change.session, _moved(stages, in_order))
        change.tell(
            PlanEventKind.STAGE_CREATED, subject_id=stage_id, subject_text=new.title, is_internal=new.is_internal
        )

    def change_stage(self, asked: Asked, stage_id: str, given: Mapping[str, Any], *, version: str | None) -> Whole:
        """Changes what is given of a stage. Raises RejectedError, VersionNeededError, OutdatedError."""
        actor = self.access.reach(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            before = _stage(change, stage_id)
            check_version(version, before.version)
            check_live(change.plan)
            if "title" in given:
                _check([*rules.text_problems("title", "title", given["title"])])
            _check_internal(actor, given)
            words = {name: given[name] for name in ("title", "is_internal") if name in given}
            if "title" in words:
                words["title"] = words["title"].strip()
            others = [one for one in change.before.stages if one.id != before.id]
            here = change.before.stages.index(before)  # a stage that was deleted leaves its number free
            in_order = placed(others, replace(before, **words), given.get("position", here))
            after = next(one for one in in_order if one.id == before.id)
            if after == replace(before, position=here):
                return self._shown(actor, asked)
            after = replace(after, version=before.version + 1)
            store.save_stage(change.session, after)
            store.set_positions(change.session, [one for one in _moved(others, in_order) if one.id != before.id])
            change.tell(
                PlanEventKind.STAGE_UPDATED,
                subject_id=after.id,
                subject_text=after.title,
                is_internal=after.is_internal,
                previous=before.title,
                new=after.title,
            )
        return self._shown(actor, asked)

    def delete_stage(self, asked: Asked, stage_id: str, *, version: str | None) -> Whole:
        """Deletes a stage with its steps."""
        actor = self.access.reach(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            stage = _stage(change, stage_id)
            check_version(version, stage.version)
            check_live(change.plan)
            of_stage = [one for one in store.load_steps(change.session, asked.plan_id) if one.mark.stage_id == stage.id]
            if actor.is_customer and any(one.mark.is_internal for one in of_stage):
                raise NotAllowedError("This stage holds something of the team. Only the team can delete it.")
            self._delete_steps(change, of_stage, of_internal_stage=stage.is_internal)
            store.delete_stage(change.session, stage.id)
            change.tell(
                PlanEventKind.STAGE_DELETED,
                subject_id=stage.id,
                subject_text=stage.title,
                is_internal=stage.is_internal,
            )
        return self._shown(actor, asked)

    def add_step(self, asked: Asked, given: Mapping[str, Any], wish: Repeatable | None = None) -> Whole:
        """A new step at the end of a stage. Raises RejectedError, NotFoundError for a stage that is not there."""
        actor = self.access.reach(asked)
        new = NewStep(given["title"], given["due_date"], key=given["key"], description=given["description"])
        _check([*rules.step_problems("", new)])
        _check_internal(actor, given)
        with self.changes.of(actor, asked.plan_id) as change:
            check_live(change.plan)
            stage = _stage(change, given["stage_id"])
            step_id = StepId(new_id(change.now))
            if take(change.session, actor, wish, step_id, now=change.now) == step_id:
                self._add_step(change, stage, step_id, given)
        return self._shown(actor, asked)

    def _add_step(self, change: Change, stage: Stage, step_id: StepId, given: Mapping[str, Any]) -> None:
        known = store.load_steps(change.session, change.plan.id)
        if len(known) >= rules.MOST_STEPS:
            _check([rules.wrong("title", f"A plan has at most {rules.MOST_STEPS} steps.")])
        of_stage = [one for one in change.before.steps if one.stage_id == stage.id]
        mark = StepMark(
            step_id,
            change.plan.id,
            stage.id,
            max((one.position for one in of_stage), default=-1) + 1,
            due_date=given["due_date"],
            is_internal=given["is_internal"],
        )
        step = Step(mark, given["title"].strip(), given["description"].strip(), given["key"], given["owner_id"])
        _check_names(change, step, known)
        store.add_steps(change.session, [step])
        change.tell(
            PlanEventKind.STEP_CREATED,
            subject_id=step_id,
            subject_text=step.title,
            is_internal=mark.is_internal or stage.is_internal,
        )

    def change_step(self, asked: Asked, step_id: str, given: Mapping[str, Any], *, version: str | None) -> Whole:
        """Changes what is given of a step; `is_completed` completes it or opens it again.

        Raises RejectedError, VersionNeededError, OutdatedError.
        """
        actor = self.access.reach(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            before = _step(change, step_id)
            check_version(version, before.version)
            apply_to_step(change, before, given)
        return self._shown(actor, asked)

    def delete_step(self, asked: Asked, step_id: str, *, version: str | None) -> Whole:
        actor = self.access.reach(asked)
        with self.changes.of(actor, asked.plan_id) as change:
            step = _step(change, step_id)
            check_version(version, step.version)
            check_live(change.plan)
            self._delete_steps(change, [step], of_internal_stage=_stage(change, step.mark.stage_id).is_internal)
        return self._shown(actor, asked)

    def _delete_steps(self, change: Change, steps: Sequence[Step], *, of_internal_stage: bool) -> None:
        store.delete_steps(change.session, change.plan.id, [one.mark.id for one in steps])
        for one in steps:
            change.tell(
                PlanEventKind.STEP_DELETED,
                subject_id=one.mark.id,
                subject_text=one.title,
                is_internal=one.mark.is_internal or of_internal_stage,
            )

    def _shown(self, actor: Actor, asked: Asked) -> Whole:
        return load_whole(self.changes.database, actor, asked.plan_id, today=actor.today(self.changes.clock()))


def apply_to_step(change: Change, before: Step, given: Mapping[str, Any]) -> Step:
    """The step with what is given, stored and told. Raises RejectedError."""
    check_live(change.plan)
    _check_internal(change.actor, given)
    after = _with(change, before, given)
    new = NewStep(after.title, after.mark.due_date, key=after.key, description=after.description)
    _check([*rules.step_problems("", new)])
    stage = _stage(change, given.get("stage_id", before.mark.stage_id))
    after = replace(after, mark=replace(after.mark, stage_id=stage.id))
    others = [one for one in change.before.steps if one.stage_id == stage.id and one.id != before.mark.id]
    # without a position it stays where it is, and comes last in another stage
    stays = before.mark.position if stage.id == before.mark.stage_id else None
    in_order = placed(others, after.mark, given.get("position", stays))
    if stays is None or "position" in given:
        after = replace(after, mark=next(one for one in in_order if one.id == before.mark.id))
        store.set_step_positions(change.session, _moved(others, in_order))
    if after == before:
        return before
    _check_names(change, after, store.load_steps(change.session, change.plan.id))
    after = replace(after, version=before.version + 1)
    store.save_step(change.session, after)
    _tell_step(change, before, after, is_internal=after.mark.is_internal or stage.is_internal)
    return after


def _with(change: Change, before: Step, given: Mapping[str, Any]) -> Step:
    words = {name: given[name].strip() for name in ("title", "description") if name in given}
    marks = {name: given[name] for name in ("due_date", "is_internal") if name in given}
    after = replace(before, **words, mark=replace(before.mark, **marks))
    if "owner_id" in given:
        after = replace(after, owner=given["owner_id"])
    if "key" in given:
        after = replace(after, key=given["key"])
    is_completed = given.get("is_completed", before.mark.completed_at is not None)
    if is_completed and before.mark.completed_at is None:
        mark = replace(after.mark, completed_at=change.now, completed_on=change.today)
        return replace(after, mark=mark, completed_by=change.actor.id)
    if not is_completed and before.mark.completed_at is not None:
        return replace(after, mark=replace(after.mark, completed_at=None, completed_on=None), completed_by=None)
    return after


def _tell_step(change: Change, before: Step, after: Step, *, is_internal: bool) -> None:
    """Any property that was changed is an update; that it was completed is told by itself (A70, A95)."""
    is_new_done = before.mark.completed_at is None and after.mark.completed_at is not None
    mark = replace(before.mark, completed_at=after.mark.completed_at, completed_on=after.mark.completed_on)
    same_end = replace(before, mark=mark, completed_by=after.completed_by)
    names = {one.id: one.name for one in store.load_members(change.session, change.plan.id)}
    names |= {stage.id: stage.title for stage in change.before.stages}
    told: dict[str, Any] = {
        "subject_id": after.mark.id,
        "subject_text": after.title,
        "is_internal": is_internal or before.mark.is_internal,
    }
    compared = same_end if is_new_done else before
    if replace(compared, version=after.version) != after:
        was, is_now = changed_words(compared, after, names)
        change.tell(PlanEventKind.STEP_UPDATED, **told, previous=was or None, new=is_now or None)
    if is_new_done:
        change.tell(PlanEventKind.STEP_COMPLETED, **told, previous=None, new=str(after.mark.completed_on))


def _stage(change: Change, stage_id: str) -> Stage:
    """Raises NotFoundError, for a customer also where the stage is internal."""
    for one in change.before.stages:
        if one.id == stage_id and not (change.actor.is_customer and one.is_internal):
            return one
    raise NotFoundError("stage of this plan")


def _step(change: Change, step_id: str) -> Step:
    """Raises NotFoundError, for a customer also where the step or its stage is internal."""
    known = {one.id for one in change.before.steps}
    step = store.find_step(change.session, change.plan.id, step_id) if step_id in known else None
    if step is None or (change.actor.is_customer and step.mark.is_internal):
        raise NotFoundError("step of this plan")
    _stage(change, step.mark.stage_id)
    return step


def find_visible_step(change: Change, step_id: str) -> Step:
    """The step that somebody writes about. Raises NotFoundError."""
    return _step(change, step_id)


def _check_names(change: Change, step: Step, known: Sequence[Step]) -> None:
    """A key names one step of the plan; an owner takes part in it."""
    found: list[Problem] = []
    if step.key and any(one.key == step.key and one.mark.id != step.mark.id for one in known):
        found.append(rules.wrong("key", "Another step of this plan has this key."))
    members = {one.id for one in store.load_members(change.session, change.plan.id)} if step.owner else set()
    if step.owner and step.owner not in members:
        found.append(rules.wrong("owner_id", "The owner of a step is a member of the plan."))
    _check(found)


def _check(problems: Sequence[Problem]) -> None:
    if problems:
        raise RejectedError(NOT_SAVED, problems=tuple(problems))


def _check_internal(actor: Actor, given: Mapping[str, Any]) -> None:
    if actor.is_customer and given.get("is_internal"):
        raise NotAllowedError("Only the team marks something as internal.")


def _moved(before: Sequence[Any], in_order: Sequence[Any]) -> list[Any]:
    """Those that stand elsewhere than before."""
    known = {one.id: one.position for one in before}
    return [one for one in in_order if one.id in known and known[one.id] != one.position]
