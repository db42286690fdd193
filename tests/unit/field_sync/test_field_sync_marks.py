"""One mark for several triggers: who is named, who waits, and what must be read (A62, D12, D17, D18)."""

from dataclasses import replace

import pytest

from accord.core.ids import MemberId, PlanId, RecordId
from accord.delivery.model import Priority
from accord.features.field_sync.sync.marks import joined, needs_intent
from accord.features.field_sync.sync.model import BACK_FILL, DEAL_BACK, DEAL_MOVED, Mark, Trigger
from support.builders import NOON

DEAL, OTHER = RecordId("006000000000001AAA"), RecordId("006000000000002AAA")
STEP = Trigger("step_updated", MemberId("m"))
VIEW = Trigger("viewed", is_look=True)
RUN = Trigger(BACK_FILL, is_look=True, priority=Priority.BACKFILL, run_id="run")
MOVED = Trigger(DEAL_MOVED)


def a_mark(trigger: Trigger, deal: RecordId = DEAL) -> Mark:
    return Mark(PlanId("p"), deal, trigger, NOON)


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        (VIEW, STEP, STEP),
        (STEP, VIEW, VIEW),
        (STEP, RUN, STEP),
        (RUN, STEP, STEP),
        (STEP, MOVED, MOVED),
        (MOVED, STEP, MOVED),
        (MOVED, Trigger(DEAL_BACK), Trigger(DEAL_BACK)),
        (MOVED, RUN, MOVED),
        (RUN, MOVED, MOVED),
    ],
)
def test_the_newer_is_named_but_before_a_back_fill_and_what_must_be_read(first, second, named):
    mark = joined(a_mark(first), a_mark(second))

    assert (mark.trigger.kind, mark.trigger.run_id, mark.trigger.actor_id) == (named.kind, named.run_id, named.actor_id)
    assert mark.trigger.is_look == (first.is_look or second.is_look)
    assert mark.trigger.priority == min(first.priority, second.priority)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (STEP, STEP, False),
        (STEP, VIEW, False),
        (STEP, Trigger("step_completed"), True),
        (RUN, STEP, True),
        (STEP, RUN, False),
        (RUN, replace(RUN, run_id="other"), True),
        (STEP, MOVED, True),
        (MOVED, STEP, False),
        (MOVED, MOVED, False),
    ],
)
def test_a_second_trigger_has_an_intent_of_its_own_where_the_first_does_not_do(first, second, expected):
    before = a_mark(first)

    assert needs_intent(before, joined(before, a_mark(second))) is expected
    assert needs_intent(before, joined(before, a_mark(second, OTHER)))
