from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.ids import ConnectionId, external_id, new_id, widen

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("001D000000IRFma", "001D000000IRFmaIAH"),
        ("006000000000000", "006000000000000AAA"),
        ("00DXXXXXXXXXXXX", "00DXXXXXXXXXXXX255"),
    ],
)
def test_a_fifteen_character_id_is_widened_by_its_capitals(short, long):
    assert widen(short) == long
    assert widen(long) == long


@pytest.mark.parametrize(
    "text", ["", "006", "006D000000IRFm/", "006D000000IRFma?x=1", "006D000000IRFmaXXX", "006D000000IRFma\n", "ä" * 15]
)
def test_what_is_no_salesforce_id_is_refused(text):
    with pytest.raises(ValueError, match="Salesforce id"):
        widen(text)


@given(st.text("abcXYZ019", min_size=15, max_size=15))
def test_widening_twice_changes_nothing(short):
    assert widen(widen(short)) == widen(short)
    assert widen(short)[:15] == short


def test_new_ids_are_unique_and_sorted_by_their_time():
    early, late = new_id(NOON), new_id(NOON.replace(hour=13))

    assert early < late
    assert early[14] == "7"
    assert len({new_id(NOON) for _ in range(1000)}) == 1000


def test_ids_of_one_millisecond_sort_in_the_order_of_their_making():
    """A list that is sorted by time and id, such as the decisions of an org's trust, tells what came first."""
    made = [new_id(NOON) for _ in range(1000)]

    assert made == sorted(made)


def test_the_external_id_of_an_effect_is_the_same_for_every_repeat_and_differs_between_connections():
    first, second = ConnectionId("a"), ConnectionId("b")

    assert external_id(first, "activity", "1") == external_id(first, "activity", "1")
    assert external_id(first, "activity", "1") != external_id(second, "activity", "1")
    assert external_id(first, "activity", "1") != external_id(first, "activity", "2")
