"""Decisions about playbooks: values in, values out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any, Final

from accord.core.errors import Problem
from accord.core.ids import PlaybookId, StepId
from accord.workspace.plans.model import NewStage, NewStep, PlanFacts, Resource, Step, StepMark
from accord.workspace.plans.playbooks.model import Content, Playbook, PlaybookResource, PlaybookStage, PlaybookStep
from accord.workspace.plans.rules import text_problems, wrong

MOST_PLAYBOOKS: Final = 100
DESCRIPTION_LENGTH: Final = 1000
MOST_DAYS: Final = 3650


def content_of(facts: PlanFacts, steps: Mapping[StepId, Step], resources: Sequence[Resource], start: date) -> Content:
    """What of a plan others may begin with. What is due before `start` is due on the first day."""
    about: dict[StepId, list[str]] = {}
    for one in facts.criteria:
        step_id = facts.values[one.id].step_id if one.id in facts.values else None
        if step_id is not None:
            about.setdefault(step_id, []).append(one.key)

    def step_of(mark: StepMark) -> PlaybookStep:
        step = steps[mark.id]
        due_after = None if mark.due_date is None else max(0, (mark.due_date - start).days)
        criteria = tuple(about.get(mark.id, ()))
        return PlaybookStep(step.title, step.description, step.key, mark.is_internal, due_after, criteria)

    stages = tuple(
        PlaybookStage(
            stage.title, stage.is_internal, tuple(step_of(mark) for mark in facts.steps if mark.stage_id == stage.id)
        )
        for stage in facts.stages
    )
    return Content(stages, tuple(PlaybookResource(one.title, one.url, one.is_internal) for one in resources))


def stages_from(content: Content, start: date) -> list[NewStage]:
    """The stages of a plan that begins on this day."""
    return [
        NewStage(stage.title, [_new_step(one, start) for one in stage.steps], is_internal=stage.is_internal)
        for stage in content.stages
    ]


def _new_step(one: PlaybookStep, start: date) -> NewStep:
    due = None if one.due_after is None else start + timedelta(days=one.due_after)
    return NewStep(one.title, due, is_internal=one.is_internal, key=one.key, description=one.description)


def content_problems(content: Content) -> Iterator[Problem]:
    if not content.stages:
        yield wrong("plan", "This plan has no stage yet. Add its stages and steps first.")
    far = [one.title for one in content.steps if (one.due_after or 0) > MOST_DAYS]
    if far:
        yield wrong(
            "plan",
            f"The step {far[0]} is due more than {MOST_DAYS} days after the start. Change its due date, or the day from"
            " which days are counted.",
        )


def word_problems(given: Mapping[str, Any], others: Iterable[Playbook]) -> Iterator[Problem]:
    """What is wrong with a title and a description. Titles differ, because Flows and files name playbooks by them."""
    if "title" in given:
        title = given["title"]
        yield from text_problems("title", "playbook title", title)
        if any(one.title.casefold() == title.strip().casefold() for one in others):
            yield wrong("title", "Another playbook has this title. Choose another one, or replace that one's content.")
    if "description" in given:
        text, longest = given["description"], DESCRIPTION_LENGTH
        yield from text_problems("description", "description", text, longest=longest, may_lack=True)


def placed(others: Sequence[Playbook], one: Playbook, position: int) -> list[Playbook]:
    """All of them in their new order, each with its position."""
    in_order = list(others)
    in_order.insert(max(0, min(position, len(others))), one)
    return numbered(in_order)


def numbered(in_order: Sequence[Playbook]) -> list[Playbook]:
    """With the places that they have in this order: one that was deleted leaves its number free."""
    return [replace(each, position=number) for number, each in enumerate(in_order)]


def page_of(known: Sequence[Playbook], after: str | None, limit: int) -> tuple[Sequence[Playbook], PlaybookId | None]:
    """A page, and where the next one begins; one after what is gone is the first."""
    start = next((number + 1 for number, one in enumerate(known) if one.id == after), 0)
    page = known[start : start + limit]
    return page, page[-1].id if start + limit < len(known) else None


def named(known: Iterable[Playbook], key: str) -> Playbook | None:
    """The playbook with this id, or else with this title, which differs from all others in more than its case."""
    by_id = {str(one.id): one for one in known}
    title = key.strip().casefold()
    return by_id.get(key) or next((one for one in by_id.values() if one.title.casefold() == title), None)


def content_json(content: Content) -> dict[str, Any]:
    """As it is kept, and as it is shown."""
    return {
        "stages": [
            {**asdict(stage), "steps": [{**asdict(one), "criteria": list(one.criteria)} for one in stage.steps]}
            for stage in content.stages
        ],
        "resources": [asdict(one) for one in content.resources],
    }


def read_content(kept: Mapping[str, Any]) -> Content:
    """What `content_json` made."""
    return Content(
        tuple(
            PlaybookStage(**{**one, "steps": tuple(_read_step(step) for step in one["steps"])})
            for one in kept["stages"]
        ),
        tuple(PlaybookResource(**one) for one in kept["resources"]),
    )


def _read_step(kept: Mapping[str, Any]) -> PlaybookStep:
    return PlaybookStep(**{**kept, "criteria": tuple(kept["criteria"])})
