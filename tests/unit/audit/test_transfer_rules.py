"""Where two settings differ."""

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.features.transfer.model import Change
from accord.features.transfer.rules import changes_of, ticket_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_each_place_that_differs_is_named():
    old = {"on": True, "rows": [{"field": "Amount", "label": "Amount"}]}
    new = {"on": True, "rows": [{"field": "Amount", "label": "Money"}, {"field": "X__c", "label": "X"}]}

    assert changes_of(old, new) == [
        Change("rows.0.label", "Amount", "Money"),
        Change("rows.1.field", None, "X__c"),
        Change("rows.1.label", None, "X"),
    ]


@settings(deadline=None)
@given(JSON)
def test_the_same_settings_differ_nowhere(value):
    assert changes_of(value, value) == []


@settings(deadline=None)
@given(JSON, JSON)
def test_settings_that_differ_differ_somewhere(one, other):
    assert (changes_of(one, other) == []) == (one == other)


def test_a_ticket_is_good_for_one_file_and_one_state():
    tickets = {
        ticket_of({"a": 1}, {"a": 1}),
        ticket_of({"a": 1}, {"a": 2}),
        ticket_of({"a": 2}, {"a": 1}),
    }

    assert len(tickets) == 3
