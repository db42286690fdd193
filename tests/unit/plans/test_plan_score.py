"""The execution score: its bounds, what it is made of, and that nothing fulfilled ever costs points (B1, D20)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.ids import CriterionId
from accord.workspace.plans.data import Datum, criterion_key, data_of
from accord.workspace.plans.model import DEFAULT_WEIGHTS, CriterionValue, Factor, PlanFacts, Weights
from accord.workspace.plans.score import CUSTOMERS_FOR_ALL, problems_of_weights, score
from support.plans import TODAY, a_criterion, a_plan, a_stage, facts_of, overdue, steps


@st.composite
def weights(draw: st.DrawFn) -> Weights:
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=4, max_size=4)))
    parts = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    return Weights(draw(st.integers(1, 9)), dict(zip(Factor, parts, strict=True)))


@st.composite
def plans(draw: st.DrawFn) -> PlanFacts:
    total, number = draw(st.integers(0, 12)), draw(st.integers(0, 5))
    criteria = tuple(a_criterion(one) for one in range(number))
    fulfilled = draw(st.integers(0, number))
    accepted = draw(st.integers(0, 6))
    return facts_of(
        *steps(total=total, done=draw(st.integers(0, total))),
        plan=a_plan(deal_stage=draw(st.none() | st.integers(0, 100))),
        criteria=criteria,
        values={one.id: CriterionValue(text="met") for one in criteria[:fulfilled]},
        invited=accepted + draw(st.integers(0, 3)),
        accepted=accepted,
        weights=draw(weights()),
    )


@given(plans())
def test_the_points_of_the_factors_add_up_to_a_score_from_0_to_100(facts):
    found = score(facts)

    assert 0 <= found.score <= 100
    assert sum(one.points for one in found.factors) == found.score
    assert all(one.points >= 0 for one in found.factors)
    assert [one.factor for one in found.factors] == list(Factor)
    assert found.weights_version == facts.weights.version


def further(facts: PlanFacts) -> list[PlanFacts]:
    """The same plan with one thing more of each factor."""
    done = sum(step.completed_at is not None for step in facts.steps)
    met = len(facts.values)
    more = [
        replace(facts, invited=facts.invited + 1),
        replace(facts, invited=facts.invited + 1, accepted=facts.accepted + 1),
    ]
    if done < len(facts.steps):
        more.append(replace(facts, steps=steps(total=len(facts.steps), done=done + 1)))
    if met < len(facts.criteria):
        values = {one.id: CriterionValue(text="met") for one in facts.criteria[: met + 1]}
        more.append(replace(facts, values=values))
    if facts.plan.deal_stage is not None:
        moved = min(100, facts.plan.deal_stage + 7)
        more.append(replace(facts, plan=replace(facts.plan, deal_stage=moved)))
    return more


@given(plans())
def test_whatever_is_fulfilled_besides_never_lowers_the_score(facts):
    before = score(facts).score

    assert [score(one).score for one in further(facts) if score(one).score < before] == []


@given(weights(), st.booleans(), st.booleans())
def test_a_plan_with_everything_has_100_whatever_applies_to_it(found, has_criteria, knows_stage):
    criteria = (a_criterion(1),) if has_criteria else ()
    facts = facts_of(
        *steps(total=3, done=3),
        plan=a_plan(deal_stage=100 if knows_stage else None),
        criteria=criteria,
        values={one.id: CriterionValue(text="met") for one in criteria},
        invited=CUSTOMERS_FOR_ALL,
        accepted=CUSTOMERS_FOR_ALL,
        weights=found,
    )
    applying = {Factor.PROGRESS, Factor.CUSTOMERS_INVITED, Factor.CUSTOMERS_ACCEPTED}
    applying |= ({Factor.CRITERIA} if has_criteria else set()) | ({Factor.DEAL_STAGE} if knows_stage else set())

    assert score(facts).score == (100 if any(found.of[factor] for factor in applying) else 0)


def test_the_published_weights_give_the_published_score():
    """docs/plans.md has this example."""
    criteria = tuple(a_criterion(one) for one in range(4))
    facts = facts_of(
        *steps(total=10, done=5),
        plan=a_plan(deal_stage=50),
        criteria=criteria,
        values={criteria[0].id: CriterionValue(text="met")},
        invited=2,
        accepted=1,
    )

    found = score(facts)

    # 40/4 + 25/2 + 10*2/3 + 15/3 + 10/2 = 39.17
    assert found.score == 39
    assert {one.factor: one.points for one in found.factors} == {
        Factor.CRITERIA: 10,
        Factor.PROGRESS: 12,
        Factor.CUSTOMERS_INVITED: 7,
        Factor.CUSTOMERS_ACCEPTED: 5,
        Factor.DEAL_STAGE: 5,
    }


def test_a_score_is_the_whole_points_that_are_reached():
    """35.83 is no 36, and a plan without steps has made no progress."""
    criteria = tuple(a_criterion(one) for one in range(4))
    values = {criteria[0].id: CriterionValue(text="met")}
    facts = facts_of(
        *steps(total=10, done=5), plan=a_plan(deal_stage=50), criteria=criteria, values=values, invited=1, accepted=1
    )

    assert score(facts).score == 35
    assert {one.factor: (one.reached, one.points) for one in score(facts_of()).factors}[Factor.PROGRESS] == (0, 0)


def test_a_factor_that_does_not_apply_says_so_and_gives_its_weight_to_the_others():
    facts = facts_of(*steps(total=2, done=1), plan=a_plan(opportunity_id=None, deal_stage=80))

    found = {one.factor: one for one in score(facts).factors}

    assert (found[Factor.DEAL_STAGE].reached, found[Factor.CRITERIA].reached) == (None, None)
    assert score(facts).score == 25  # half of progress, which is half of what applies


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({Factor.CRITERIA: 41}, ["weights"]),
        ({Factor.CRITERIA: -1}, ["criteria"]),
        ({Factor.PROGRESS: 101}, ["progress"]),
    ],
)
def test_weights_are_percents_that_add_up(changes, fields):
    assert [one.field for one in problems_of_weights({**DEFAULT_WEIGHTS.of, **changes})] == fields


def test_each_factor_has_a_weight():
    lacking = {Factor.CRITERIA: 60, **dict.fromkeys(list(Factor)[1:-1], 10), Factor.PROGRESS: 20}

    assert sum(lacking.values()) == 100
    assert [one.field for one in problems_of_weights(lacking)] == [list(Factor)[-1].value]


def test_what_a_plan_tells_salesforce():
    """A42 to A48, A52, D21; a draft's status is not told."""
    criteria = (a_criterion(1), a_criterion(2))
    stages = [a_stage(0)]
    facts = facts_of(overdue(2), stages=stages, criteria=criteria, invited=2, accepted=1)

    told = data_of(facts, today=TODAY, plans_url="https://accord.example/plans")
    draft = data_of(replace(facts, plan=a_plan(published_at=None)), today=TODAY, plans_url="x")

    assert told.values == {
        Datum.ACCORD_URL: "https://accord.example/plans/p",
        Datum.ACCORD_STATUS: "At Risk",
        Datum.ACCORD_STAGE_NAME: "Stage 0",
        Datum.CUSTOMERS_INVITED: 2,
        Datum.CUSTOMERS_ACCEPTED: 1,
        Datum.ACCORD_PROGRESS: 0,
        Datum.EXECUTION_SCORE: score(facts).score,
        Datum.MISSING_CRITERIA: "Criterion 1, Criterion 2",
        criterion_key(CriterionId("criterion 1")): None,
        criterion_key(CriterionId("criterion 2")): None,
    }
    assert (draft.values[Datum.ACCORD_STATUS], draft.is_published) == (None, False)
