from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.ids import ConnectionId, PlanId, RecordId
from accord.workspace.plans import rules
from accord.workspace.plans.model import NewPlan, Plan
from support.builders import NOON

NEW = NewPlan(
    RecordId("006000000000001AAA"), title="Brightwater plan", stage_title="Evaluate", steps_total=5, steps_done=2
)


def a_plan(steps_total: int, steps_done: int) -> Plan:
    return Plan(PlanId("p"), ConnectionId("c"), NEW.opportunity_id, "t", "s", steps_total, steps_done, None, NOON)


@given(st.integers(0, 1000).flatmap(lambda total: st.tuples(st.just(total), st.integers(0, total))))
def test_progress_is_a_percent_that_says_hundred_only_when_all_is_done(steps):
    """A47."""
    total, done = steps

    percent = rules.progress(a_plan(total, done))

    assert 0 <= percent <= 100
    assert (percent == 100) == (total > 0 and done == total)


def test_the_status_is_not_started_until_a_step_is_done():
    """A52, B1."""
    assert rules.status(a_plan(5, 0)) == "Not Started"
    assert rules.status(a_plan(5, 1)) == "On Track"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"title": "half \ud800"}, "title"),
        ({"stage_title": "null \0"}, "stage_title"),
        ({"stage_title": ""}, "stage_title"),
        ({"stage_title": "x" * 256}, "stage_title"),
        ({"steps_total": -1}, "steps_total"),
        ({"steps_total": 1001}, "steps_total"),
        ({"steps_done": 6}, "steps_done"),
        ({"steps_done": -1}, "steps_done"),
        ({"opportunity_id": RecordId("001000000000001AAA")}, "opportunity_id"),
    ],
)
def test_a_wrong_plan_is_refused_with_its_field(changes, field):
    assert [problem.field for problem in rules.problems_of(replace(NEW, **changes))] == [field]


def test_a_good_plan_has_no_problem():
    assert rules.problems_of(NEW) == ()
