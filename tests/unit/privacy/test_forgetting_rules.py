"""What names a person and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.ids import MemberId
from accord.features.privacy.forgetting.model import PlanPerson, Wanted
from accord.features.privacy.forgetting.rules import by_place, is_named, is_same_person, text_of, words_for


@pytest.mark.parametrize(
    "text", ["Ann Lee called", "ask ann@x.example.", "(ann@x.example)", "to: ANN@X.EXAMPLE", "x\nAnn Lee\ny", "ann lee"]
)
def test_a_name_or_an_address_is_found_as_a_word(text):
    assert is_named(text, (), {"Ann Lee", "ann@x.example"})


@pytest.mark.parametrize(
    "text", ["Joann Leeds", "joann@x.example", "ann@x.example.org", "ann@x.example-shop.org", "m.ann@x.example", ""]
)
def test_somebody_else_is_not(text):
    assert not is_named(text, (), {"Ann Lee", "ann@x.example"})


def test_an_id_is_found_anywhere():
    assert is_named("/lightning/r/006Ax000001AbCdIAK/view", {"006Ax000001AbCd"})
    assert not is_named("006ax000001abcd", {"006Ax000001AbCd"})


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text("abc \n.", max_size=9))
def test_a_name_is_found_in_every_form_of_json_that_holds_it(name, around):
    assert is_named(text_of({"a": [1, {"b": f"{around}\n{name}\n{around}"}]}), (), {name})


def test_people_of_plans_are_looked_for_by_address_and_by_names_of_two_words():
    people = [
        PlanPerson("plan_member", "1", "plan", "Al", "al@x.example"),
        PlanPerson("plan_stakeholder", "2", "plan", "Ann Lee", ""),
    ]

    assert words_for(people) == {"al@x.example", "Ann Lee"}


def test_the_same_person_is_known_by_address_or_contact_and_a_members_own_rows_are_the_members():
    wanted = Wanted(ids=frozenset({"003X"}), emails=frozenset({"ann@x.example"}), member_id=MemberId("m"))

    assert is_same_person(PlanPerson("plan_member", "1", "plan", "", " Ann@X.example"), wanted)
    assert is_same_person(PlanPerson("plan_member", "1", "plan", "", "", contact_id="003X"), wanted)
    assert not is_same_person(PlanPerson("plan_member", "1", "plan", "", "ann@x.example", member_id="m"), wanted)
    assert not is_same_person(PlanPerson("plan_stakeholder", "1", "plan", "Ann", ""), wanted)


def test_rows_are_counted_by_place_in_the_order_of_the_places():
    counted = by_place({"audit_line": 1, "attempt": 2, "outbox": 1, "something_new": 3, "plan": 0})

    assert [(place.name, number) for place, number in counted] == [("outbox", 3), ("audit", 1), ("bookkeeping", 3)]
