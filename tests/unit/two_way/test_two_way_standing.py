"""How a linked value stands, for a Flow that asks (review, section 4)."""

from dataclasses import replace

import pytest

from accord.core.ids import IntentId, RecordId
from accord.core.mapped import MappedValue, Stands
from accord.features.two_way import rules
from accord.features.two_way.model import Conflict, LinkSettings, Origin, Pending, Reason, Terms, Turn, ValueState
from accord.features.two_way.standing import decide_standing
from accord.mapping.merge import Agreed, Move
from support.builders import NOON

OURS, THEIRS = Origin.OURS, Origin.SALESFORCE
EQUAL = ValueState(RecordId("006000000000001AAA"), base=Agreed("1"), is_due=False)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, MappedValue(Stands.EQUAL)),
        ({"is_inbound": True}, MappedValue(Stands.EQUAL)),
        ({"is_due": True}, MappedValue(Stands.WAITS)),
        ({"base": None}, MappedValue(Stands.WAITS)),
        ({"pending": Pending(IntentId("i"), "2")}, MappedValue(Stands.WAITS)),
        ({"conflict": Conflict("1", "2", NOON), "is_due": True}, MappedValue(Stands.NEEDS_SOMEBODY, rules.CONFLICT)),
        ({"frozen_at": NOON, "is_due": True}, MappedValue(Stands.FROZEN, rules.FROZEN)),
        (
            {"reason": Reason.NOT_EDITABLE},
            MappedValue(Stands.NEEDS_SOMEBODY, rules.SENTENCES[Reason.NOT_EDITABLE]),
        ),
    ],
)
def test_only_what_both_sides_have_is_equal(changes, expected):
    assert decide_standing(replace(EQUAL, **changes)) == expected


def test_what_freezes_waits_for_nothing_any_more():
    """D29: neither for a write, nor for a choice, nor for a look."""
    turns = tuple(Turn(NOON, origin, value) for origin, value in ((THEIRS, "1"), (OURS, "2")) * 2)
    waiting = replace(
        EQUAL, turns=turns, pending=Pending(IntentId("i"), "3"), sent=("3",), conflict=Conflict("1", "2", NOON),
        is_due=True,
    )  # fmt: skip

    step = rules.decide_chosen(waiting, THEIRS, Terms(LinkSettings(), NOON, IntentId("new")))

    assert step is not None
    assert (step.move, step.state) == (Move.NONE, replace(EQUAL, turns=(*turns, step.state.turns[-1]), frozen_at=NOON))
