"""How the synced fields of one plan stand, for a Flow that asks (review, section 4)."""

from dataclasses import replace

import pytest

from accord.core.ids import PlanId, RecordId
from accord.core.mapped import Stands
from accord.features.field_sync.model import FieldFacts, Row, RowHealth, RowState, Settings, Setup
from accord.features.field_sync.reasons import SENTENCES, FieldSkip
from accord.features.field_sync.standing import decide_standing
from accord.features.field_sync.sync.model import Copy, Held
from accord.workspace.plans.data import PlanData
from support.builders import NOON

DEAL = RecordId("006000000000001AAA")
ROW = Row("r", "accord_status", "Status", "", "X__c", FieldFacts("Opportunity", "X", "string", 80, 0, 0))
PLAN = PlanData(PlanId("p"), DEAL, True, {"accord_status": "On Track"})
NEVER = Copy(PlanId("p"))
WRITTEN = replace(NEVER, held={"r": Held(DEAL, "On Track", NOON, "w")}, looked_at=NOON)
SETTINGS = Settings(Setup(enabled=True, rows=(ROW,)), {"r": RowHealth(RowState.OK)})


def stands(copy: Copy, *, is_marked: bool = False, settings: Settings = SETTINGS, plan: PlanData = PLAN):
    return decide_standing(ROW, settings, plan, copy, is_marked=is_marked)


def skipped(skip: FieldSkip) -> Copy:
    return replace(NEVER, skips={"r": skip}, looked_at=NOON)


def test_what_was_written_and_has_not_changed_is_equal_and_what_has_changed_since_waits():
    assert stands(WRITTEN).stands is Stands.EQUAL
    assert stands(WRITTEN, plan=replace(PLAN, values={"accord_status": "At Risk"})).stands is Stands.WAITS


def test_a_plan_that_was_never_looked_at_needs_somebody_until_it_is_marked():
    found = stands(NEVER)

    assert (found.stands, found.reason) == (Stands.NEEDS_SOMEBODY, SENTENCES[FieldSkip.NEVER_LOOKED])
    assert stands(NEVER, is_marked=True).stands is Stands.WAITS


@pytest.mark.parametrize("skip", [FieldSkip.UNCHANGED, FieldSkip.NEWER_PLAN])
def test_what_needs_no_write_is_equal(skip):
    assert stands(skipped(skip)).stands is Stands.EQUAL


def test_a_draft_plan_has_no_status_to_tell():
    assert stands(NEVER, plan=replace(PLAN, values={"accord_status": None})).stands is Stands.EQUAL


@pytest.mark.parametrize("skip", [FieldSkip.REFUSED, FieldSkip.NO_RECORD, FieldSkip.TAKEN_BACK, FieldSkip.DOES_NOT_FIT])
def test_what_was_not_written_needs_somebody_and_says_what_he_does(skip):
    assert stands(skipped(skip)).reason == SENTENCES[skip]


def test_a_row_that_is_bad_stays_so_whatever_is_marked():
    bad = replace(SETTINGS, health={"r": RowHealth(RowState.BAD)})

    assert stands(WRITTEN, is_marked=True, settings=bad).reason == SENTENCES[FieldSkip.ROW_BAD]
