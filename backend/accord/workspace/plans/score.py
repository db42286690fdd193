"""The execution score: 0 to 100, made of five named factors whose points add up to it (B1, D20). Pure.

A factor that does not apply to a plan (no criteria are set up, no deal is connected or nobody knows its stage) counts
nothing, and the others share its weight, so that every plan can reach 100.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from accord.core.errors import Problem
from accord.workspace.plans.model import Factor, PlanFacts
from accord.workspace.plans.rules import missing, wrong

FULL: Final = 100
CUSTOMERS_FOR_ALL: Final = 3  # so many customers invited, or accepted, are all the points there are for it


@dataclass(frozen=True, slots=True)
class FactorPoints:
    """What one factor gives. `reached` of `possible` is what was counted; `most` are the points for all of it.

    `points` of all factors add up to the score. A factor that does not apply has None for `reached`.
    """

    factor: Factor
    weight: int
    reached: int | None
    possible: int
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    """`weights_version`: by which weights it was made."""

    score: int
    factors: tuple[FactorPoints, ...]
    weights_version: int


def problems_of_weights(weights: Mapping[Factor, int]) -> tuple[Problem, ...]:
    found = [
        wrong(str(factor), "A weight is a whole number from 0 to 100.")
        for factor in Factor
        if not 0 <= weights.get(factor, -1) <= FULL
    ]
    total = sum(weights.values())
    if not found and total != FULL:
        found.append(wrong("weights", f"The weights add up to {total}; together they must be {FULL}."))
    return tuple(found)


def score(facts: PlanFacts) -> Score:
    """The score of a plan. It never falls when more is fulfilled, completed, invited, accepted or the deal moves on."""
    counted = _counted(facts)
    applying = sum(facts.weights.of[factor] for factor, count in counted.items() if count is not None)
    exact: dict[Factor, Fraction] = {}
    for factor, count in counted.items():
        share = Fraction(0) if count is None or not applying else Fraction(facts.weights.of[factor] * FULL, applying)
        exact[factor] = Fraction(0) if count is None else share * Fraction(count[0], count[1])
    total = int(sum(exact.values()))
    points = _whole(exact, total)
    factors = [
        FactorPoints(
            factor,
            facts.weights.of[factor],
            reached=None if count is None else count[0],
            possible=0 if count is None else count[1],
            points=points[factor],
        )
        for factor, count in counted.items()
    ]
    return Score(total, tuple(factors), facts.weights.version)


def _counted(facts: PlanFacts) -> dict[Factor, tuple[int, int] | None]:
    """How much of each factor is reached, of how much; None where it does not apply. In the order of `Factor`."""
    plan, steps, criteria = facts.plan, facts.steps, facts.criteria
    done = sum(step.completed_at is not None for step in steps)
    return {
        Factor.CRITERIA: (len(criteria) - len(missing(facts)), len(criteria)) if criteria else None,
        Factor.PROGRESS: (done, max(len(steps), 1)),
        Factor.CUSTOMERS_INVITED: (min(facts.invited, CUSTOMERS_FOR_ALL), CUSTOMERS_FOR_ALL),
        Factor.CUSTOMERS_ACCEPTED: (min(facts.accepted, CUSTOMERS_FOR_ALL), CUSTOMERS_FOR_ALL),
        Factor.DEAL_STAGE: None if plan.opportunity_id is None or plan.deal_stage is None else (plan.deal_stage, 100),
    }


def _whole(exact: Mapping[Factor, Fraction], total: int) -> dict[Factor, int]:
    """Whole points that add up to `total`: each rounded down, and what is left goes to the largest remainders."""
    points = {factor: int(value) for factor, value in exact.items()}
    order: Sequence[Factor] = sorted(exact, key=lambda factor: points[factor] - exact[factor])
    for factor in order[: total - sum(points.values())]:
        points[factor] += 1
    return points
