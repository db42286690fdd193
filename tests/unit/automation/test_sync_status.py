"""How a record stands: every state of the table, and which of several is said (review, section 4)."""

import pytest

from accord.core.mapped import MappedValue, Stands
from accord.delivery.records.service import Standing
from accord.features.automation.sync.model import SyncState
from accord.features.automation.sync.rules import decide_status
from support.builders import NOON

EQUAL, WAITS = MappedValue(Stands.EQUAL), MappedValue(Stands.WAITS)
ASKS, FROZEN = MappedValue(Stands.NEEDS_SOMEBODY, "Choose."), MappedValue(Stands.FROZEN, "It flips.")
WRITTEN = Standing(0, 0, 3, NOON)
UNDER_WAY, PARKED = Standing(1, 0, 0, None), Standing(1, 1, 0, NOON, "Mend it.")
STOP = "An admin has stopped it."


@pytest.mark.parametrize(
    ("writes", "values", "stop", "state", "reason"),
    [
        (None, (), None, SyncState.NOT_MAPPED, "Accord has nothing to write about this."),
        (None, (), STOP, SyncState.NOT_MAPPED, "Accord has nothing to write about this."),
        (None, (EQUAL,), None, SyncState.IN_SYNC, ""),
        (None, (EQUAL,), STOP, SyncState.IN_SYNC, ""),
        (WRITTEN, (), None, SyncState.IN_SYNC, ""),
        (None, (EQUAL, WAITS), None, SyncState.PENDING, ""),
        (None, (EQUAL, WAITS), STOP, SyncState.FROZEN, STOP),
        (WRITTEN, (ASKS,), None, SyncState.PARKED, "Choose."),
        (UNDER_WAY, (ASKS,), None, SyncState.PARKED, "Choose."),
        (UNDER_WAY, (EQUAL,), None, SyncState.PENDING, ""),
        (UNDER_WAY, (EQUAL,), STOP, SyncState.FROZEN, STOP),
        (PARKED, (ASKS,), None, SyncState.PARKED, "Mend it."),
        (PARKED, (FROZEN,), None, SyncState.FROZEN, "It flips."),
        (None, (ASKS, FROZEN, WAITS), None, SyncState.FROZEN, "It flips."),
        (None, (ASKS, MappedValue(Stands.NEEDS_SOMEBODY, "Later.")), None, SyncState.PARKED, "Choose."),
    ],
)
def test_what_a_person_has_to_do_is_said_before_what_goes_on_by_itself(writes, values, stop, state, reason):
    found = decide_status(writes, values, stop=stop)

    assert (found.state, found.reason) == (state, reason)


def test_only_writes_are_counted_as_pending():
    assert decide_status(PARKED, (WAITS,)).pending_count == 2
    assert decide_status(None, (WAITS,)).pending_count == 0
    assert decide_status(WRITTEN, (WAITS,)).last_synced_at == NOON
