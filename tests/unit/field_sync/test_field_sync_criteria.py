"""How the row of an execution criterion stands when the criterion goes and comes back (A83)."""

from dataclasses import dataclass, replace

import pytest

from accord.features.field_sync.model import Fault, Row, RowHealth, RowState
from accord.features.field_sync.rules import standing_of
from support.builders import NOON


@dataclass(frozen=True)
class ACriterion:
    id: str = "c1"
    key: str = "sponsor"
    title: str = "Sponsor"
    kind: str = "role"
    is_live: bool = True


SPONSOR = ACriterion()
GONE = replace(SPONSOR, is_live=False)
ROW = Row("row", "criterion:c1", "Sponsor", "", "Sponsor__c", None)
OTHER = replace(ROW, id="other", datum="accord_status")
OK = RowHealth(RowState.OK, checked_at=NOON)
BROKEN = RowHealth(RowState.BAD, Fault.CRITERION_GONE, "It was deleted.", checked_at=NOON)
REFUSED = RowHealth(RowState.BAD, Fault.FIELD_GONE, "There is no such field.", checked_at=NOON)


@pytest.mark.parametrize("before", [OK, REFUSED, None])
def test_a_row_is_broken_as_soon_as_its_criterion_is_gone(before):
    known = {} if before is None else {"row": before}
    found = standing_of([ROW], known, [GONE])["row"]

    assert (found.state, found.fault) == (RowState.BAD, Fault.CRITERION_GONE)
    assert found.checked_at == (before.checked_at if before else None)


def test_a_row_whose_criterion_came_back_is_to_be_looked_at_again():
    found = standing_of([ROW], {"row": BROKEN}, [SPONSOR])["row"]

    assert (found.state, found.fault) == (RowState.UNCHECKED, None)


@pytest.mark.parametrize("before", [OK, REFUSED])
def test_what_else_is_known_of_a_row_stays(before):
    assert standing_of([ROW, OTHER], {"row": before, "other": before}, [SPONSOR]) == {"row": before, "other": before}
