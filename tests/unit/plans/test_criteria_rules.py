"""The list of criteria: what a new one makes of the present one, and what it may not be (D20, D60)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.ids import CriterionId
from accord.workspace.plans.criteria import rules
from accord.workspace.plans.model import Criterion, CriterionKind
from support.plans import a_criterion

KEYS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)


def a_list(keys: str, *, id_of: str = "id {}", **titles: str) -> list[Criterion]:
    return [
        Criterion(CriterionId(id_of.format(key)), key, CriterionKind.TEXT, titles.get(key, key), number)
        for number, key in enumerate(keys)
    ]


@given(KEYS, KEYS, st.sets(st.sampled_from("abcdef")))
def test_the_edits_make_the_wanted_list_and_who_was_there_keeps_his_id(before, after, renamed):
    present = a_list("".join(before))
    wanted = a_list("".join(after), id_of="", **dict.fromkeys(renamed, "New"))

    edits = rules.edits_of(present, wanted)

    by_key = {one.key: one for one in present if one not in edits.gone}
    by_key |= {one.key: one for one in (*edits.added, *edits.changed, *edits.moved)}
    made = sorted(by_key.values(), key=lambda one: one.position)
    assert [(one.key, one.title, one.position) for one in made] == [(o.key, o.title, o.position) for o in wanted]
    assert all(one.id == f"id {one.key}" for one in (*edits.changed, *edits.moved))
    assert {one.key for one in edits.added} == set(after) - set(before)


@pytest.mark.parametrize(("after", "is_reordered"), [("bc", False), ("abcd", False), ("acb", True), ("cb", True)])
def test_what_closes_a_gap_was_not_moved_by_anybody(after, is_reordered):
    assert rules.edits_of(a_list("abc"), a_list(after)).is_reordered is is_reordered


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": " "}, "title", "Give it a name."),
        ({"key": "key_2"}, "key", "has the key key_2"),
        ({"key": "No Key"}, "key", "small letters"),
        ({"kind": CriterionKind.ROLE}, "kind", "of the kind text here"),
        ({"stages": ("Nowhere",)}, "stages", "the stage Nowhere, which this org does not have"),
        ({"stages": tuple(f"Stage {one}" for one in range(51))}, "stages", "at most 50 stages"),
    ],
)
def test_what_is_wrong_with_one_is_named_at_its_place(changes, field, words):
    present = [a_criterion(1), a_criterion(2)]
    stages = {f"Stage {one}" for one in range(51)}

    problem, *_ = rules.problems_of([present[1], replace(present[0], **changes)], present, stages)

    assert (problem.key, problem.field) == ("criteria.1", field)
    assert words in problem.message


def test_fifty_are_enough_and_stages_that_were_there_before_are_taken_as_they_are():
    many = [a_criterion(one) for one in range(51)]
    old = replace(a_criterion(1), stages=("Renamed since",))

    assert [one.field for one in rules.problems_of(many, (), None)] == ["criteria"]
    assert rules.problems_of([old], [old], {"Other"}) == ()
    assert rules.problems_of([old], (), None) == (), "an org that does not tell its stages refuses none"
