from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.money import Money
from accord.workspace.plans import rules
from accord.workspace.plans.model import CriterionKind, CriterionValue, NewPlan, NewStage, NewStep, Status
from support.plans import DEAL, TODAY, a_criterion, a_plan, a_stage, a_step, facts_of, overdue, steps

NEW = NewPlan(DEAL, title="Brightwater plan", stages=[NewStage("Evaluate", [NewStep("Kick-off")])])
days = st.integers(-400, 400).map(lambda number: TODAY + timedelta(days=number))


@given(st.integers(0, 1000).flatmap(lambda total: st.tuples(st.just(total), st.integers(0, total))))
def test_progress_is_a_percent_that_says_hundred_only_when_all_is_done(counted):
    """A47."""
    total, done = counted

    percent = rules.progress(steps(total=total, done=done))

    assert 0 <= percent <= 100
    assert (percent == 100) == (total > 0 and done == total)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (facts_of(overdue(9), plan=a_plan(published_at=None)), Status.DRAFT),
        (facts_of(), Status.NOT_STARTED),
        (facts_of(a_step(1)), Status.NOT_STARTED),
        (facts_of(a_step(1, done=True)), Status.ON_TRACK),
        (facts_of(a_step(1, due=TODAY + timedelta(days=1))), Status.ON_TRACK),
        (facts_of(overdue(0)), Status.ON_TRACK),
        (facts_of(overdue(1)), Status.AT_RISK),
        (facts_of(overdue(6)), Status.AT_RISK),
        (facts_of(overdue(7)), Status.STALLED),
        (facts_of(overdue(1), a_step(1, due=TODAY - timedelta(days=30))), Status.STALLED),
        (facts_of(a_step(1, due=TODAY - timedelta(days=30), done=True)), Status.ON_TRACK),
    ],
)
def test_the_status_follows_what_is_overdue(facts, expected):
    """A52, B1."""
    assert rules.status(facts, TODAY) is expected


@given(st.lists(st.tuples(days, st.booleans()), min_size=1, max_size=8), st.integers(0, 30))
def test_time_alone_makes_a_status_only_worse(marks, later):
    facts = facts_of(*(a_step(number, due=day, done=done) for number, (day, done) in enumerate(marks)))
    order = list(Status)

    before, after = rules.status(facts, TODAY), rules.status(facts, TODAY + timedelta(days=later))

    assert order.index(before) <= order.index(after)


@given(st.lists(days, min_size=1, max_size=8), st.data())
def test_completing_a_step_makes_no_status_worse(due, data):
    """But the first one: until then a plan without due dates has not started."""
    marks = [a_step(number, due=day) for number, day in enumerate(due)]
    place = data.draw(st.integers(0, len(marks) - 1))
    done = [a_step(place, due=due[place], done=True) if number == place else one for number, one in enumerate(marks)]
    order = list(Status)

    before, after = rules.status(facts_of(*marks), TODAY), rules.status(facts_of(*done), TODAY)

    assert order.index(after) <= order.index(before)


def test_the_current_stage_is_the_first_with_something_to_do():
    """A44."""
    stages = [a_stage(0), a_stage(1), a_stage(2)]
    first_done = [a_step(1, stage=0, done=True), a_step(2, stage=1), a_step(3, stage=2)]
    all_done = [a_step(1, stage=0, done=True), a_step(2, stage=1, done=True), a_step(3, stage=2, done=True)]

    assert rules.current_stage([], []) is None
    assert rules.current_stage(stages, []).title == "Stage 0"
    assert rules.current_stage(stages, first_done).title == "Stage 1"
    assert rules.current_stage(stages, all_done[:2]).title == "Stage 2", "it is still to be filled"
    assert rules.current_stage(stages, all_done).title == "Stage 2"


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (CriterionKind.STEP, CriterionValue(step_id="step 1"), TODAY),
        (CriterionKind.STEP, CriterionValue(step_id="step 2"), None),
        (CriterionKind.STEP, CriterionValue(), None),
        (CriterionKind.ROLE, CriterionValue(text="Dana Voss"), "Dana Voss"),
        (CriterionKind.RESOURCE, CriterionValue(text="https://x.example/case"), "https://x.example/case"),
        (CriterionKind.TEXT, CriterionValue(text="Saves 40 hours"), "Saves 40 hours"),
        (CriterionKind.TEXT, CriterionValue(text=""), None),
        (CriterionKind.CHECKBOX, CriterionValue(is_checked=True), True),
        (CriterionKind.CHECKBOX, CriterionValue(), False),
        (CriterionKind.CHECKBOX, None, False),
        (CriterionKind.ROLE, None, None),
    ],
)
def test_each_kind_of_criterion_tells_its_own_and_is_missing_without_it(kind, value, told):
    """B1, D19, D21."""
    criterion, marks = a_criterion(1, kind), (a_step(1, done=True), a_step(2))
    facts = facts_of(*marks, criteria=(criterion,), values={criterion.id: value} if value else {})

    assert rules.criterion_datum(criterion, value, marks) == told
    assert rules.missing(facts) == ([] if told else [criterion])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"title": "half \ud800"}, "title"),
        ({"stages": [NewStage("null \0")]}, "stages.0.title"),
        ({"stages": [NewStage("")]}, "stages.0.title"),
        ({"stages": [NewStage("S", [NewStep("x" * 256)])]}, "stages.0.steps.0.title"),
        ({"stages": [NewStage("S", [NewStep("s", due_date=date(1, 1, 1))])]}, "stages.0.steps.0.due_date"),
        ({"stages": [NewStage("S", [NewStep("s", key="Not a key")])]}, "stages.0.steps.0.key"),
        ({"stages": [NewStage("S", [NewStep("a", key="k"), NewStep("b", key="k")])]}, "stages"),
        ({"stages": [NewStage("S", [NewStep("a")] * 1001)]}, "stages"),
        ({"stages": [NewStage("S")] * 101}, "stages"),
        ({"end_date": date(1699, 1, 1)}, "end_date"),
        ({"value": Money(Decimal(-1), "EUR")}, "value"),
        ({"value": Money(Decimal("1E+20"), "EUR")}, "value"),
        ({"value": Money(Decimal("0.00001"), "EUR")}, "value"),
        ({"opportunity_id": "001000000000001AAA"}, "opportunity_id"),
    ],
)
def test_a_wrong_plan_is_refused_with_its_field(changes, field):
    assert [problem.field for problem in rules.problems_of(replace(NEW, **changes))] == [field]


def test_a_good_plan_has_no_problem():
    assert rules.problems_of(NEW) == ()
    assert rules.problems_of(replace(NEW, value=Money(Decimal("125000.50"), "USD"), end_date=TODAY)) == ()


@pytest.mark.parametrize(
    ("total", "done", "field"), [(-1, 0, "steps_total"), (1001, 0, "steps_total"), (5, 6, "steps_done")]
)
def test_steps_that_are_only_counted_are_counted_right(total, done, field):
    assert [problem.field for problem in rules.problems_of_counts(total, done)] == [field]


def test_counted_steps_become_steps_of_which_the_first_are_done():
    stage = rules.counted_stage("Evaluate", total=3, done=2)

    assert [(step.title, step.is_done) for step in stage.steps] == [
        ("Step 1", True),
        ("Step 2", True),
        ("Step 3", False),
    ]


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "data:text/html,x", "//x.example", "https://", "https://[x", "https://a b", "\0"]
)
def test_a_link_is_an_address_of_the_web_and_nothing_that_a_browser_would_run(url):
    assert list(rules.link_problems("url", url))
    assert not list(rules.link_problems("url", "https://files.example/case.pdf?x=1#2"))


def test_money_has_a_currency_and_is_finite():
    for amount, currency in (("1", "eur"), ("1", "EURO"), ("NaN", "EUR"), ("Infinity", "EUR")):
        with pytest.raises(ValueError, match="a"):
            Money(Decimal(amount), currency)
