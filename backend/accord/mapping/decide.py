"""Decisions about one record's fields: values in, a changeset out."""

from collections.abc import Mapping

from accord.mapping.changeset import Change, Changeset, Undoing
from accord.mapping.values import Canonical, same


def decide_changes(wanted: Mapping[str, Canonical], known: Mapping[str, Canonical]) -> Changeset:
    """What to write so that every wanted field has its value.

    `known` is what the other side holds: as it was just read, else as both sides last agreed. A wanted field that is
    not in it is unknown, and nothing is decided about it.
    """
    changes = {
        key: Change(known[key], new) for key, new in wanted.items() if key in known and not same(known[key], new)
    }
    unknown = frozenset(wanted) - frozenset(known)
    return Changeset(changes, frozenset(wanted) - unknown - frozenset(changes), unknown)


def decide_undo(written: Mapping[str, Change], present: Mapping[str, Canonical]) -> Undoing:
    """What to write so that a write is taken back: only fields that still have the value that it gave them.

    A field that is not in `present` could not be read, so it counts as changed since, with no value.
    """
    changes: dict[str, Change] = {}
    since: dict[str, Canonical] = {}
    already: set[str] = set()
    for key, done in written.items():
        if key in present and same(present[key], done.old):
            already.add(key)
        elif key in present and same(present[key], done.new):
            changes[key] = Change(done.new, done.old)
        else:
            since[key] = present.get(key)
    return Undoing(changes, since, frozenset(already))
