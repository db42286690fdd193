"""What is kept of a write: old values with how they are known (D6, D16)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accord.core.ids import IntentId, PlanId, RecordId
from accord.delivery.model import ClaimedRow
from accord.features.field_sync.model import FieldFacts, Row, RowHealth, RowState
from accord.features.field_sync.sync import stored
from accord.features.field_sync.sync.jobs import Job
from accord.features.field_sync.sync.model import DEAL_BACK, DEAL_MOVED, Copy, Held, Read, Trigger, Write
from accord.features.field_sync.sync.rules import is_look_due
from accord.mapping.changeset import Change
from accord.workspace.plans.data import PlanData
from support.builders import NOON

PLAN, DEAL = PlanId("p"), RecordId("006000000000001AAA")
ROW = Row("r", "accord_status", "Status", "", "X__c", FieldFacts("Opportunity", "X", "string", 80, 0, 0))
CLAIMED = ClaimedRow(IntentId("i"), "l", DEAL, {}, in_doubt=False, attempts=0, first_refused_at=None, record_id=None)
SHADOW = Copy(PLAN, held={"r": Held(DEAL, "known", NOON)})


def drafted(fresh: str | None) -> Write:
    """The one write of a plan, after a look or without one."""
    values = {"accord_status": "new"}
    job = Job(CLAIMED, PLAN, DEAL, Trigger("step_updated"), SHADOW, PlanData(PLAN, DEAL, True, values))
    job.decide([(ROW, RowHealth(RowState.OK))])
    if fresh is not None:
        job.take({"r": Read(DEAL, fresh)}, NOON)
        job.decide([(ROW, RowHealth(RowState.OK))])
    (write,) = job.drafts({"r": ROW}, NOON)
    return write


@pytest.mark.parametrize(("fresh", "old", "is_read"), [("there", "there", True), (None, "known", False)])
def test_an_old_value_is_what_was_read_or_says_that_it_was_not(fresh, old, is_read):
    write = drafted(fresh)

    assert (write.changes["r"].old, write.is_read) == (old, is_read)
    kept = stored.words_of(stored.write_json(replace(write, login="owner@halden.example")))
    assert kept == {
        "changes": write.changes,
        "names": {"r": "X__c"},
        "login": "owner@halden.example",
        "is_read": is_read,
    }


@pytest.mark.parametrize(("kind", "reads"), [(DEAL_MOVED, True), (DEAL_BACK, True), ("step_updated", False)])
def test_what_salesforce_did_with_a_deal_is_read_though_the_shadow_knows_it_all(kind, reads):
    """D18: also when it was read a moment ago."""
    shadow = replace(SHADOW, read_at=NOON, held={"r": Held(DEAL, "new", NOON)})
    job = Job(CLAIMED, PLAN, DEAL, Trigger(kind), shadow, PlanData(PLAN, DEAL, True, {"accord_status": "new"}))
    job.decide([(ROW, RowHealth(RowState.OK))])

    assert job.wants_reading(NOON, 15) is reads


@pytest.mark.parametrize(
    ("read", "is_due"), [(None, True), (timedelta(minutes=15), True), (timedelta(minutes=14, seconds=59), False)]
)
def test_a_view_reads_a_plan_once_in_the_set_minutes(read, is_due):
    """D13."""
    assert is_look_due(None if read is None else NOON - read, NOON, 15) is is_due


@pytest.mark.parametrize(("only", "read_at"), [(None, NOON), (frozenset({"r"}), None)])
def test_a_back_fill_of_some_rows_leaves_open_when_the_others_were_read(only, read_at):
    job = Job(CLAIMED, PLAN, DEAL, Trigger("back_fill", is_look=True), SHADOW, only=only)
    job.take({"r": Read(DEAL, "known")}, NOON)

    assert job.copy.read_at == read_at


def test_what_was_kept_before_says_neither_login_nor_reading():
    old = {"r": {"name": "X__c", "old": None, "new": "a"}}

    assert stored.words_of(old) == {
        "changes": {"r": Change(None, "a")},
        "names": {"r": "X__c"},
        "login": None,
        "is_read": False,
    }
    newer = {"changes": old, "login": "o"}
    assert (stored.words_of(newer)["login"], stored.words_of(newer)["is_read"]) == ("o", False)
