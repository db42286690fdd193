"""What writes cost a day, by what came in."""

import random
from datetime import timedelta

import pytest

from accord.delivery.budget import Calls
from accord.features.cost.model import Feature, Put
from accord.features.cost.rules import count_calls, is_of, make_cost
from support.builders import NOON


def a_put(seconds: float, *, batch: str = "b", sobject: str = "Task", creates: bool = True) -> Put:
    return Put(sobject, batch, creates, NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("sobject", "feature"),
    [("Task", Feature.ACTIVITY), ("Accord_Plan_Event__e", Feature.EVENTS), ("Opportunity", Feature.FIELDS)],
)
def test_each_object_is_one_features(sobject, feature):
    assert [each for each in Feature if is_of(each, sobject)] == [feature, Feature.ALL]


def test_what_comes_in_together_is_one_call_for_two_hundred():
    together = [a_put(0) for _ in range(201)]

    assert count_calls(together) == 2
    assert count_calls([*together, a_put(0, batch="other"), a_put(5)]) == 4


def test_a_day_is_measured_from_its_first_write_on():
    now = NOON + timedelta(days=2)
    cost = make_cost(Feature.ACTIVITY, [a_put(60 * n) for n in range(1000)], Calls(2000, 10_000, now), now)

    assert (cost.records_a_day, cost.calls_a_day, cost.left) == (500, 500, 8000)
    assert cost.share == 0.05
    assert round(cost.storage_mb_a_day, 2) == 0.98
    assert "1000 writes" in cost.because


def test_nothing_that_came_in_costs_nothing_and_says_so():
    cost = make_cost(Feature.FIELDS, [a_put(0)], None, NOON)

    assert (cost.calls_a_day, cost.share, cost.left) == (0, None, None)
    assert "nothing to measure" in cost.because


def test_the_first_minute_is_no_storm():
    assert make_cost(Feature.ALL, [a_put(0)], None, NOON + timedelta(minutes=1)).records_a_day == 24


def test_the_figure_is_within_a_tenth_of_a_simulated_day():
    """Writes of a working day come in at random; a worker that looks twice a second sends what is there."""
    dice = random.Random(7)
    puts = sorted((a_put(dice.triangular(0, 86_400)) for _ in range(3000)), key=lambda put: put.at)
    puts += [a_put(86_399) for _ in range(900)]
    calls, waiting, edge = 0, 0, puts[0].at
    for put in puts:
        if (put.at - edge).total_seconds() >= 0.5:
            calls, waiting, edge = calls + -(-waiting // 200), 0, put.at
        waiting += 1
    calls += -(-waiting // 200)
    cost = make_cost(Feature.ALL, puts, None, NOON + timedelta(days=1))

    assert abs(cost.calls_a_day - calls) <= calls / 10
