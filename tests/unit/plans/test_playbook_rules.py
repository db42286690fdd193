"""What a playbook takes of a plan, and what a plan gets of it (B1). Pure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.ids import CriterionId, StepId
from accord.workspace.plans.model import CriterionKind, CriterionValue, NewStage, NewStep, Step
from accord.workspace.plans.playbooks.model import Content, PlaybookResource, PlaybookStage, PlaybookStep
from accord.workspace.plans.playbooks.rules import (
    MOST_DAYS,
    content_json,
    content_of,
    content_problems,
    named,
    page_of,
    placed,
    read_content,
    stages_from,
    word_problems,
)
from support.plans import TODAY, a_criterion, a_stage, a_step, facts_of
from support.playbooks import a_playbook

texts = st.text(max_size=8)
steps = st.builds(
    PlaybookStep,
    texts,
    texts,
    st.none() | st.sampled_from(["kick_off", "contract"]),
    st.booleans(),
    st.none() | st.integers(0, MOST_DAYS),
    st.lists(texts, max_size=2).map(tuple),
)
contents = st.builds(
    Content,
    st.lists(st.builds(PlaybookStage, texts, st.booleans(), st.lists(steps, max_size=3).map(tuple)), max_size=3).map(
        tuple
    ),
    st.lists(st.builds(PlaybookResource, texts, texts, st.booleans()), max_size=2).map(tuple),
)


@given(contents)
def test_what_is_kept_is_read_as_it_was(content: Content) -> None:
    assert read_content(content_json(content)) == content


@given(contents, st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_plan_has_the_same_parts_and_days_are_counted_from_its_start(content: Content, start: date) -> None:
    stages = stages_from(content, start)

    assert [(one.title, one.is_internal) for one in stages] == [(one.title, one.is_internal) for one in content.stages]
    for new, one in zip([step for stage in stages for step in stage.steps], content.steps, strict=True):
        due = None if one.due_after is None else start + timedelta(days=one.due_after)
        assert new == NewStep(one.title, due, is_internal=one.is_internal, key=one.key, description=one.description)


@pytest.mark.parametrize(
    ("due", "start", "kept"),
    [
        (TODAY, TODAY, 0),
        (TODAY + timedelta(days=9), TODAY, 9),
        (TODAY, TODAY + timedelta(days=1), 0),
        (None, TODAY, None),
    ],
)
def test_what_is_due_before_the_start_is_due_on_the_first_day(due: date | None, start: date, kept: int | None) -> None:
    mark = a_step(0, due=due)
    content = content_of(facts_of(mark, stages=[a_stage(0)]), {mark.id: Step(mark, "Meet")}, (), start)

    assert [one.due_after for one in content.steps] == [kept]


def test_nothing_that_was_done_or_belongs_to_somebody_is_taken_along() -> None:
    mark = a_step(0, done=True, due=TODAY, is_internal=True)
    step = Step(mark, "Meet", "Bring cake", key="meet", owner="dana", completed_by="dana")
    criteria = (
        a_criterion(0, CriterionKind.STEP),
        a_criterion(1, CriterionKind.TEXT),
        a_criterion(2, CriterionKind.STEP),
    )
    values = {
        criteria[0].id: CriterionValue(step_id=mark.id),
        criteria[1].id: CriterionValue(text="Dana says yes"),
        CriterionId("gone"): CriterionValue(step_id=StepId("other")),
    }
    facts = facts_of(mark, stages=[a_stage(0, is_internal=True)], values=values, criteria=criteria)

    content = content_of(facts, {mark.id: step}, (), TODAY)

    kept = PlaybookStep("Meet", "Bring cake", "meet", is_internal=True, due_after=0, criteria=("key_0",))
    assert content == Content((PlaybookStage("Stage 0", is_internal=True, steps=(kept,)),))
    assert stages_from(content, TODAY) == [
        NewStage(
            "Stage 0",
            [NewStep("Meet", TODAY, is_internal=True, key="meet", description="Bring cake")],
            is_internal=True,
        )
    ]


def test_a_plan_without_stages_and_one_due_in_eleven_years_are_no_playbooks() -> None:
    late = Content((PlaybookStage("S", steps=(PlaybookStep("Far", due_after=MOST_DAYS + 1),)),))
    most = Content((PlaybookStage("S", steps=(PlaybookStep("Far", due_after=MOST_DAYS),)),))

    assert [one.field for one in content_problems(Content())] == ["plan"]
    assert ["Far" in one.message for one in content_problems(late)] == [True]
    assert list(content_problems(most)) == []


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"title": "New", "description": ""}, []),
        ({}, []),
        ({"title": " enterprise "}, ["title"]),
        ({"title": " "}, ["title"]),
        ({"title": "x" * 256, "description": "x" * 1001}, ["title", "description"]),
    ],
)
def test_each_wrong_word_is_named(given: dict[str, str], fields: list[str]) -> None:
    assert [one.field for one in word_problems(given, [a_playbook(0, title="Enterprise")])] == fields


def test_one_is_named_by_its_id_or_its_title_and_the_id_comes_first() -> None:
    one, two = a_playbook(0, title="Enterprise"), a_playbook(1, title="playbook 0")

    assert named([one, two], "Enterprise") == named([one, two], " enterPRISE ") == one
    assert named([one, two], "Enter prise") is None
    assert named([two, one], "playbook 0") == one


@pytest.mark.parametrize(("position", "order"), [(0, "210"), (1, "021"), (2, "012"), (9, "012"), (-4, "210")])
def test_one_is_put_at_its_place(position: int, order: str) -> None:
    in_order = placed([a_playbook(0), a_playbook(1)], a_playbook(2), position)

    expected = {"210": [2, 0, 1], "021": [0, 2, 1], "012": [0, 1, 2]}[order]
    assert [one.id for one in in_order] == [f"playbook {number}" for number in expected]
    assert [one.position for one in in_order] == [0, 1, 2]


def test_pages_have_each_once() -> None:
    known = [a_playbook(number) for number in range(5)]
    first, after = page_of(known, None, 2)
    second, then = page_of(known, after, 3)

    assert ([*first, *second], then) == (known, None)
    assert page_of([], None, 2) == ([], None)
