"""The pure engine of field maps: only what differs is written, and a write can be taken back."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from accord.mapping.changeset import Change
from accord.mapping.decide import decide_changes, decide_undo
from accord.mapping.values import Canonical, same

numbers = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15)
values = st.none() | st.text(max_size=4) | st.booleans() | numbers
records = st.dictionaries(st.sampled_from("abcdef"), values)


def applied(record: Mapping[str, Canonical], changes: Mapping[str, Change]) -> dict[str, Canonical]:
    return {**record, **{key: change.new for key, change in changes.items()}}


def test_numbers_that_are_one_double_are_one_and_true_is_no_number():
    assert same(Decimal("0.1"), Decimal("0.10"))
    assert same(Decimal("123456789012345.67"), Decimal("123456789012345.671"))
    assert not same(True, Decimal(1))
    assert not same(None, False)


@given(values, values)
def test_being_the_same_is_mutual(left, right):
    assert same(left, left)
    assert same(left, right) == same(right, left)


@given(records, records)
def test_what_is_written_once_is_not_written_again(wanted, known):
    """A75: unchanged costs nothing."""
    first = decide_changes(wanted, known)
    second = decide_changes(wanted, applied(known, first.changes))

    assert not second.changes
    assert first.unknown == second.unknown


@given(records, records)
def test_every_wanted_field_is_changed_unchanged_or_unknown_and_no_other_is_touched(wanted, known):
    found = decide_changes(wanted, known)
    after = applied(known, found.changes)

    assert set(found.changes) | found.unchanged | found.unknown == set(wanted)
    assert len(found.changes) + len(found.unchanged) + len(found.unknown) == len(wanted)
    assert all(same(after[key], wanted[key]) for key in wanted if key in known)
    assert all(after[key] is known[key] for key in known if key not in found.changes)


@given(records, records)
def test_a_value_that_was_altered_over_there_is_found(wanted, altered):
    """A76: compared is what the other side holds, not what we wrote last."""
    known = {**wanted, **{key: altered[key] for key in altered if key in wanted}}
    found = decide_changes(wanted, known)

    assert set(found.changes) == {key for key in wanted if not same(known[key], wanted[key])}


@given(records, records)
def test_a_run_is_undone(wanted, before):
    """D16: all values are back; undone again it changes nothing."""
    changes = decide_changes(wanted, before).changes
    undone = decide_undo(changes, applied(before, changes))
    after = applied(applied(before, changes), undone.changes)

    assert not undone.changed_since
    assert all(same(after[key], before[key]) for key in before)
    assert decide_undo(changes, after).already == frozenset(changes)


@given(records, records, records)
def test_what_was_changed_since_is_listed_and_left_alone(wanted, before, since):
    """D16: run, edit one, undo: all back but that one."""
    changes = decide_changes(wanted, before).changes
    present = {**applied(before, changes), **since}
    undone = decide_undo(changes, present)

    assert set(undone.changes) | set(undone.changed_since) | undone.already == set(changes)
    assert all(
        not same(present[key], changes[key].new) and not same(present[key], changes[key].old)
        for key in undone.changed_since
    )
    assert all(same(present[key], changes[key].new) for key in undone.changes)


def test_what_cannot_be_read_any_more_is_not_written_back():
    undone = decide_undo({"a": Change(None, "x")}, {})

    assert (undone.changes, undone.changed_since) == ({}, {"a": None})
