"""Decisions about plans: values in, values out."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from accord.core.dates import is_kept_day
from accord.core.errors import Problem
from accord.core.ids import CriterionId, StageId
from accord.core.money import Money
from accord.core.text import is_clean
from accord.workspace.plans.model import (
    Criterion,
    CriterionKind,
    CriterionValue,
    NewPlan,
    NewStage,
    NewStep,
    PlanFacts,
    Stage,
    Status,
    StepMark,
)

TITLE_LENGTH: Final = 255
TEXT_LENGTH: Final = 4000
MOST_STEPS: Final = 1000
MOST_STAGES: Final = 100
STALLED_AFTER: Final = timedelta(days=7)  # B1: overdue by one to six days is at risk, by seven it is stalled
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
# decimal text with more digits than a Salesforce currency field holds is a slip of the hand
MOST_DIGITS: Final = 16
MOST_DECIMALS: Final = 4


def progress(steps: Sequence[StepMark]) -> int:
    """The percent of steps completed (A47), 0 to 100; a plan without steps has 0. Rounded down: 100 means all."""
    return 0 if not steps else sum(step.completed_at is not None for step in steps) * 100 // len(steps)


def status(facts: PlanFacts, today: date) -> Status:
    """B1. `today` is the day where the one lives who asks."""
    if facts.plan.published_at is None:
        return Status.DRAFT
    if not any(step.due_date or step.completed_at for step in facts.steps):
        return Status.NOT_STARTED
    days = [step.due_date for step in facts.steps if step.completed_at is None and step.due_date is not None]
    overdue = max((today - day for day in days), default=timedelta())
    if overdue >= STALLED_AFTER:
        return Status.STALLED
    return Status.AT_RISK if overdue > timedelta() else Status.ON_TRACK


def is_overdue(step: StepMark, today: date) -> bool:
    return step.completed_at is None and step.due_date is not None and step.due_date < today


def is_stage_done(stage_id: StageId, steps: Sequence[StepMark]) -> bool:
    """Whether a stage has steps and all are completed."""
    of_stage = [step for step in steps if step.stage_id == stage_id]
    return bool(of_stage) and all(step.completed_at is not None for step in of_stage)


def current_stage(stages: Sequence[Stage], steps: Sequence[StepMark]) -> Stage | None:
    """The first stage with an open step; else the first that has none yet; else the last. Stages come by position."""
    with_steps = {step.stage_id for step in steps}
    open_ones = {step.stage_id for step in steps if step.completed_at is None}
    for stage in stages:
        if stage.id in open_ones:
            return stage
    for stage in stages:
        if stage.id not in with_steps:
            return stage
    return stages[-1] if stages else None


def next_step(facts: PlanFacts) -> StepMark | None:
    """The first open step of the current stage."""
    stage = current_stage(facts.stages, facts.steps)
    open_ones = (step for step in facts.steps if stage and step.stage_id == stage.id and step.completed_at is None)
    return next(open_ones, None)


def is_fulfilled(criterion: Criterion, value: CriterionValue | None, steps: Sequence[StepMark]) -> bool:
    """Whether a plan meets a criterion."""
    if value is None:
        return False
    match criterion.kind:
        case CriterionKind.STEP:
            return any(step.id == value.step_id and step.completed_at is not None for step in steps)
        case CriterionKind.CHECKBOX:
            return value.is_checked
        case CriterionKind.ROLE | CriterionKind.RESOURCE | CriterionKind.TEXT:
            return bool(value.text)


def criterion_datum(
    criterion: Criterion, value: CriterionValue | None, steps: Sequence[StepMark]
) -> str | date | bool | None:
    """What is told of a criterion (B1): the day, the person, the link, the text, or whether it is checked."""
    if criterion.kind is CriterionKind.CHECKBOX:
        return value is not None and value.is_checked
    if value is None:
        return None
    if criterion.kind is CriterionKind.STEP:
        return next((step.completed_on for step in steps if step.id == value.step_id), None)
    return value.text or None


def is_required(criterion: Criterion, stage: str | None) -> bool | None:
    """Whether a criterion is required at this stage of the deal (B1). None: it is bound to stages, and nobody knows
    that of the deal.
    """
    if not criterion.stages:
        return True
    return None if stage is None else stage in criterion.stages


def missing_now(facts: PlanFacts) -> list[Criterion]:
    """The criteria that are known to be required now and that the plan does not meet, in their order (D21)."""
    return [one for one in missing(facts) if is_required(one, facts.plan.deal_stage_name)]


def missing(facts: PlanFacts) -> list[Criterion]:
    """The criteria that the plan does not meet, at whatever stage, in their order: what the score counts."""
    return [one for one in facts.criteria if not is_fulfilled(one, facts.values.get(CriterionId(one.id)), facts.steps)]


def counted_stage(title: str, *, total: int, done: int) -> NewStage:
    """One stage with so many steps, for a caller who only counts them; the first `done` of them are completed."""
    return NewStage(title, [NewStep(f"Step {number + 1}", is_done=number < done) for number in range(total)])


def wrong(field: str, message: str) -> Problem:
    return Problem(code="INVALID_VALUE", field=field, key=field, message=message)


def problems_of_counts(total: int, done: int) -> tuple[Problem, ...]:
    """What is wrong with a plan whose steps are only counted."""
    if not 0 <= total <= MOST_STEPS:
        return (wrong("steps_total", f"The number of steps is from 0 to {MOST_STEPS}."),)
    if not 0 <= done <= total:
        return (wrong("steps_done", "The steps completed cannot be more than the steps there are."),)
    return ()


def problems_of(new: NewPlan) -> tuple[Problem, ...]:
    """Everything that is wrong with a plan to be made. The titles of its only stage is named as the old form did."""
    return tuple(_problems_of(new))


def _problems_of(new: NewPlan) -> Iterator[Problem]:
    if (new.template is None and new.playbook is None) or new.title:
        yield from text_problems("title", "title", new.title)
    if new.playbook is not None and new.stages:
        yield wrong("playbook", "A plan gets its stages from its playbook, or they are given. Leave one of both out.")
    if len(new.stages) > MOST_STAGES:
        yield wrong("stages", f"A plan has at most {MOST_STAGES} stages.")
    if sum(len(stage.steps) for stage in new.stages) > MOST_STEPS:
        yield wrong("stages", f"A plan has at most {MOST_STEPS} steps.")
    for number, stage in enumerate(new.stages):
        yield from text_problems(f"stages.{number}.title", "stage title", stage.title)
        for line, step in enumerate(stage.steps):
            yield from step_problems(f"stages.{number}.steps.{line}.", step)
    keys = [step.key for stage in new.stages for step in stage.steps if step.key]
    if len(keys) != len(set(keys)):
        yield wrong("stages", "Two steps have the same key. Each key names one step of the plan.")
    yield from day_problems("end_date", new.end_date)
    yield from money_problems("value", new.value)
    if new.opportunity_id is not None and not new.opportunity_id.startswith("006"):
        yield wrong("opportunity_id", "A plan is connected to an Opportunity; this is the id of something else.")


def step_problems(place: str, step: NewStep) -> Iterator[Problem]:
    yield from text_problems(f"{place}title", "step title", step.title)
    yield from text_problems(f"{place}description", "description", step.description, longest=TEXT_LENGTH, may_lack=True)
    yield from day_problems(f"{place}due_date", step.due_date)
    yield from key_problems(f"{place}key", step.key)


def text_problems(
    field: str, what: str, text: str, *, longest: int = TITLE_LENGTH, may_lack: bool = False
) -> Iterator[Problem]:
    """What is wrong with words of a person."""
    if not is_clean(text):
        yield wrong(field, f"The {what} holds a character that cannot be stored. Type it anew.")
    elif not text.strip() and not may_lack:
        yield wrong(field, f"Give it a {what}." if what != "title" else "Give the plan a title.")
    elif len(text) > longest:
        yield wrong(field, f"The {what} may have {longest} characters; it has {len(text)}.")


def day_problems(field: str, day: date | None) -> Iterator[Problem]:
    if day is not None and not is_kept_day(day):
        yield wrong(field, "Salesforce keeps no such day. Choose one from 1700 to 4000.")


def key_problems(field: str, key: str | None) -> Iterator[Problem]:
    if key is not None and not KEY.fullmatch(key):
        yield wrong(field, "A key has up to 40 small letters, digits and underscores, and begins with a letter.")


def money_problems(field: str, value: Money | None) -> Iterator[Problem]:
    if value is None:
        return
    _, digits, exponent = value.amount.as_tuple()
    decimals = -int(exponent) if int(exponent) < 0 else 0
    if decimals > MOST_DECIMALS or len(digits) + max(int(exponent), 0) > MOST_DIGITS:
        yield wrong(field, f"An amount has at most {MOST_DIGITS} digits, {MOST_DECIMALS} of them behind the point.")
    elif value.amount < 0:
        yield wrong(field, "The value of a plan is not negative.")


def link_problems(field: str, url: str) -> Iterator[Problem]:
    """A link is an address of the web: nothing that a browser would run."""
    if not is_clean(url) or len(url) > TEXT_LENGTH:
        yield wrong(field, "This is no address of the web that can be kept.")
        return
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or any(letter.isspace() for letter in url):
        yield wrong(field, "A link begins with https:// or http:// and names a host.")
