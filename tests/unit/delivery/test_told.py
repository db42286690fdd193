"""Which writes tell their values to the list of writes."""

import pytest

from accord.core.ids import IntentId
from accord.core.outcomes import Done, Recovery, Refused
from accord.delivery.couriers import tell
from accord.delivery.model import ClaimedRow

REFUSED = Refused(Recovery.DATA, "STRING_TOO_LONG", "Too long.", "Shorten it.")


def a_row(*, in_doubt: bool) -> ClaimedRow:
    fields = {"Subject": "Call"}
    return ClaimedRow(IntentId("i"), "lane", "a", fields, in_doubt, 0, first_refused_at=None, record_id=None)


@pytest.mark.parametrize(
    ("in_doubt", "sent", "is_told"), [(False, True, True), (True, False, True), (False, False, False)]
)
def test_what_was_written_now_or_had_arrived_is_told_and_what_was_there_is_not(in_doubt, sent, is_told):
    (outcome,) = tell([a_row(in_doubt=in_doubt)], [Done(None, created=False, sent=sent)])

    assert isinstance(outcome, Done)
    assert (outcome.told is not None) is is_told
    assert outcome.told is None or (outcome.told.written, outcome.told.before) == ({"Subject": "Call"}, {})


def test_a_refusal_stays_the_one_object_that_it_is_for_all_rows():
    rows = [a_row(in_doubt=False)] * 2

    assert [each is REFUSED for each in tell(rows, [REFUSED, REFUSED])] == [True, True]
