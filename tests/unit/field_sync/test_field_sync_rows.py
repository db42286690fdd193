"""Which row is which when an admin saves, and what stays known of one that goes elsewhere (A61)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from accord.core.ids import PlanId, RecordId
from accord.features.field_sync.model import FieldFacts, Row
from accord.features.field_sync.reasons import FieldSkip
from accord.features.field_sync.setup import named_rows
from accord.features.field_sync.sync.model import Copy, Held, RefusedValue, Trigger, Write, known_of, write_of
from accord.mapping.changeset import Change
from support.builders import NOON

FACTS = FieldFacts("Opportunity", "X", "string", 80, 0, 0)
STATUS = Row("r1", "accord_status", "Accord Status", "", "X__c", FACTS)
STAGE = Row("r2", "accord_stage_name", "Accord Stage Name", "Account", "Y__c", FACTS)
PRESENT = (STATUS, STAGE)
DEAL = RecordId("006000000000001AAA")


def named(*wanted: Row) -> list[tuple[str, bool]]:
    """Ids of rows after a save, and whether they begin anew at another field."""
    rows = named_rows(wanted, PRESENT, NOON)
    return [(row.id if row.id in {"r1", "r2"} else "new", row.moved_at == NOON) for row in rows]


def sent(row: Row, **changes: Any) -> Row:
    """As it comes from the page."""
    return replace(row, label="", facts=None, **changes)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([sent(STAGE), sent(STATUS)], [("r2", False), ("r1", False)]),
        ([sent(STATUS, field="Z__c"), sent(STAGE)], [("r1", True), ("r2", False)]),
        ([sent(STAGE, path="Owner")], [("r2", True)]),
        ([sent(STATUS, datum="accord_url")], [("r1", False)]),
        ([sent(STATUS, id="")], [("r1", False)]),
        ([sent(STATUS, id="", field="Z__c")], [("new", False)]),
        ([sent(STATUS, id="r9", field="Z__c")], [("new", False)]),
        # two rows that exchange their fields keep what is known of each field
        ([sent(STATUS, id="r2"), sent(STAGE, id="r1")], [("r1", False), ("r2", False)]),
        ([sent(STATUS), sent(STATUS, field="Z__c")], [("r1", False), ("new", False)]),
        ([sent(STATUS, field="Z__c"), sent(STATUS, field="W__c")], [("r1", True), ("new", False)]),
    ],
)
def test_a_row_keeps_its_id_while_it_means_the_same_and_when_it_is_changed(wanted, expected):
    assert named(*wanted) == expected


def test_a_row_that_has_moved_before_and_gets_another_datum_is_still_the_one_that_moved_then():
    """What was known of the field before that move is not known again."""
    earlier = NOON - timedelta(days=1)

    (row,) = named_rows([sent(STATUS, datum="accord_url")], [replace(STATUS, moved_at=earlier)], NOON)

    assert (row.id, row.datum, row.moved_at) == ("r1", "accord_url", earlier)


def test_what_is_known_of_a_row_ends_when_it_goes_to_another_field():
    later = NOON + timedelta(minutes=1)
    copy = Copy(
        PlanId("p"),
        held={"r1": Held(DEAL, "a", NOON), "r2": Held(DEAL, "b", NOON)},
        refused={"r1": RefusedValue("c", "X", NOON)},
        skips={"r1": FieldSkip.UNCHANGED, "r2": FieldSkip.UNCHANGED},
        looked_at=NOON,
    )
    write = Write(
        "w", PlanId("p"), "Opportunity", DEAL, Trigger("step_updated"), NOON,
        {"r1": Change(None, "a"), "r2": Change(None, "b")}, {"r1": "X__c", "r2": "Y__c"},
    )  # fmt: skip
    moved = replace(STATUS, moved_at=NOON)

    assert known_of(copy, PRESENT) == copy
    known = known_of(copy, [moved, STAGE])
    assert (set(known.held), set(known.refused), set(known.skips)) == ({"r2"}, set(), {"r2"})
    assert set(write_of(write, [moved, STAGE]).changes) == {"r2"}
    anew = replace(copy, held={"r1": Held(DEAL, "a", later)}, refused={}, looked_at=later)
    assert known_of(anew, [moved]) == anew
    assert write_of(replace(write, at=later), [moved]).changes == write.changes
