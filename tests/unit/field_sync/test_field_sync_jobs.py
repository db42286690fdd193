"""The work on one plan: when it is read, and what is known of it afterwards (D13, D16, D17, D63)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accord.core.ids import IntentId, PlanId, RecordId
from accord.core.outcomes import Done, Recovery, Refused
from accord.delivery.model import ClaimedRow
from accord.features.field_sync.model import FieldFacts, Row, RowHealth, RowState
from accord.features.field_sync.reasons import FieldSkip
from accord.features.field_sync.sync.jobs import Job
from accord.features.field_sync.sync.model import BACK_FILL, Copy, Held, Hold, Read, RefusedValue, Trigger
from accord.features.field_sync.sync.sending import Sent
from accord.mapping.changeset import Change
from accord.workspace.plans.data import PlanData
from support.builders import NOON

PLAN, DEAL = PlanId("p"), RecordId("006000000000001AAA")
ROW = Row("r", "accord_status", "Status", "", "X__c", FieldFacts("Opportunity", "X", "string", 80, 0, 0))
OK = RowHealth(RowState.OK)
CLAIMED = ClaimedRow(IntentId("i"), "l", DEAL, {}, in_doubt=False, attempts=0, first_refused_at=None, record_id=None)
KNOWN = Copy(PLAN, held={"r": Held(DEAL, "new", NOON)}, read_at=NOON)
STEP, VIEW, FILL = Trigger("step_updated"), Trigger("viewed", is_look=True), Trigger(BACK_FILL, is_look=True)


def a_job(trigger: Trigger = STEP, copy: Copy = KNOWN, *, fresh: str | None = None, **facts: frozenset[str]) -> Job:
    """A plan whose status is `new`, decided; `fresh`: what Salesforce has, where it was read."""
    job = Job(CLAIMED, PLAN, DEAL, trigger, copy, PlanData(PLAN, DEAL, True, {"accord_status": "new"}), **facts)
    if fresh is not None:
        job.take({"r": Read(DEAL, fresh)}, NOON)
    job.decide([(ROW, OK)])
    return job


@pytest.mark.parametrize(("trigger", "reads"), [(STEP, False), (VIEW, True)])
def test_only_a_view_reads_what_was_read_long_ago(trigger, reads):
    """D13: what happens to a plan is compared with what is known."""
    assert a_job(trigger).wants_reading(NOON + timedelta(days=1), 15) is reads


@pytest.mark.parametrize(("trigger", "skip"), [(STEP, FieldSkip.REFUSED), (VIEW, None)])
def test_a_value_that_was_refused_is_tried_again_by_a_view(trigger, skip):
    copy = replace(KNOWN, refused={"r": RefusedValue("new", "X", NOON)})
    job = a_job(trigger, copy, fresh="old")

    assert job.decision.skips.get("r") is skip
    assert job.decision.changes == ({} if skip else {"r": Change("old", "new")})


@pytest.mark.parametrize(("only", "reads"), [(None, True), (frozenset({"r"}), True), (frozenset({"other"}), False)])
def test_a_back_fill_reads_what_an_undo_holds_of_its_own_rows(only, reads):
    job = a_job(replace(FILL, is_look=False), replace(KNOWN, holds={"r": Hold(DEAL, "new")}), only=only)

    assert job.wants_reading(NOON, 15) is reads


def test_what_salesforce_has_by_now_is_held_no_longer():
    """D16: somebody has put the value there himself."""
    held = replace(KNOWN, holds={"r": Hold(DEAL, "new")})

    assert a_job(FILL, held, fresh="new").released == {"r"}
    assert a_job(FILL, held, fresh="old").released == set()


def test_a_value_that_was_written_forgets_the_refusal_of_the_one_before():
    """D63: when the plan has that value again it is tried again."""
    job = a_job(copy=replace(KNOWN, refused={"r": RefusedValue("older", "X", NOON)}), fresh="old")
    (write,) = job.drafts({"r": ROW}, NOON)

    job.settle(Sent(write, Done(DEAL, created=False)), NOON)

    assert (dict(job.copy.refused), job.written, job.copy.held["r"].value) == ({}, {"r"}, "new")


@pytest.mark.parametrize("first", [True, False])
def test_a_plan_of_which_one_write_has_no_answer_is_in_doubt_whatever_the_others_answer(first):
    job = a_job(fresh="old")
    (write,) = job.drafts({"r": ROW}, NOON)
    refused = Refused(Recovery.DATA, "X", "No.", "Change it.")

    for in_doubt in (first, not first):
        job.settle(Sent(write, replace(refused, in_doubt=in_doubt)), NOON)

    assert isinstance(job.outcome, Refused)
    assert job.outcome.in_doubt
