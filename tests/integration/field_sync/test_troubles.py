"""One field that is refused, a criterion that is gone, an answer that is lost (A83, D63)."""

from dataclasses import replace

import pytest

from accord.core.troubles import Cause
from accord.features.field_sync.model import PROPOSAL, Fault, Row, RowState
from accord.features.field_sync.reasons import FieldSkip
from accord.features.field_sync.sync.sending import CALL
from accord.workspace.plans.events import PlanEventKind
from accord.workspace.plans.model import CriterionKind
from support.database import ONE_ENGINE
from support.field_sync import SyncWorld, a_criterion

STAGE = "accord_stage_name"
WRITES = {"method": "PATCH", "path": "/services/data/.*/composite/sobjects"}


def test_one_field_that_is_gone_is_named_and_paused_and_six_are_written(world: SyncWorld) -> None:
    """D63: on the way of a write, and on that of a read."""
    world.turn_on()
    plan = world.connected()
    world.happens(plan)
    world.deliver()
    world.product.change_org("Opportunity", "Progress__c")

    world.happens(plan, accord_progress=80, execution_score=81, customers_invited=3)
    world.deliver()

    assert (world.synced()["Execution_Score__c"], world.synced()["Customer_Invited_Num__c"]) == (81, 3)
    health = {row.field: world.setup.load(world.admin).of(row.id) for row in PROPOSAL}
    assert [name for name, one in health.items() if one.state is RowState.PAUSED] == ["Progress__c"]
    assert (health["Progress__c"].fault, health["Progress__c"].code) == (Fault.REFUSED, "INVALID_FIELD")
    where = (world.product.connection.workspace_id, world.product.connection.id)
    (told,) = world.setup.troubles(*where)
    assert (told.cause, told.count) == (Cause.SYNCED_ROWS_BAD, 1)
    assert "Salesforce refuses Progress__c" in told.text
    world.happens(plan, accord_progress=90)
    assert world.calls_of(world.deliver) == 0

    other = world.connected(world.more_deals(1)[0])
    world.happens(other)
    world.deliver()
    assert world.product.record("Opportunity", world.plans[other].opportunity_id)["Execution_Score__c"] == 55

    paused = next(row for row in PROPOSAL if row.field == "Progress__c")
    moved = world.turn_on(replace(paused, field="Execution_Score__c"))
    assert moved.of(paused.id).state is RowState.OK  # the other field is in order


@ONE_ENGINE
def test_a_field_that_is_gone_is_found_by_a_read_as_well(world: SyncWorld) -> None:
    world.turn_on()
    plan = world.connected()
    world.product.change_org("Opportunity", "Progress__c")
    world.happens(plan)
    world.deliver()

    assert world.synced()["Execution_Score__c"] == 55
    settings = world.setup.load(world.admin)
    assert [row.field for row in settings.setup.rows if settings.of(row.id).state is RowState.PAUSED] == ["Progress__c"]
    assert settings.of(settings.setup.rows[5].id).code == "INVALID_FIELD"


@ONE_ENGINE
def test_a_value_that_one_record_refuses_holds_up_no_other_field_or_record(world: SyncWorld) -> None:
    """A field's fault with one value is not the row's: it is not paused, and the value is not sent again."""
    world.turn_on()
    plan, other = world.connected(), world.connected(world.more_deals(1)[0])
    world.product.change_org("Opportunity", "Stage_Name__c", type="string", length=5)
    world.happens(plan, accord_stage_name="Far too long")
    world.happens(other, accord_stage_name="Short")
    world.deliver()

    assert (world.synced()["Stage_Name__c"], world.synced()["Execution_Score__c"]) == (None, 55)
    assert world.product.record("Opportunity", world.plans[other].opportunity_id)["Stage_Name__c"] == "Short"
    settings = world.setup.load(world.admin)
    assert {settings.of(row.id).state for row in settings.setup.rows} == {RowState.OK}
    world.happens(plan)
    assert world.calls_of(world.deliver) == 0
    world.happens(plan, accord_stage_name="Fine")
    world.deliver()
    kept = [change.old for write in world.writes(plan) for key, change in write.changes.items() if key == STAGE]
    assert (world.synced()["Stage_Name__c"], kept) == (
        "Fine",
        [None],
    )  # the old value is the org's, not what it refused


def test_a_record_that_is_refused_is_parked_with_advice_and_comes_back_with_the_next_change(world: SyncWorld) -> None:
    world.turn_on()
    plan, other = world.connected(), world.connected(world.more_deals(1)[0])
    world.product.refuse_deals("Progress__c > 90", "Too good to be true")
    world.happens(plan, accord_progress=95)
    world.happens(other)
    report = world.deliver()

    assert (report.parked, report.done) == (1, 1)
    world.happens(plan, accord_progress=60)
    world.deliver()
    assert world.synced()["Progress__c"] == 60


@ONE_ENGINE
def test_a_criterion_goes_to_its_field_and_leaves_a_broken_row_when_it_is_deleted(world: SyncWorld) -> None:
    """A77 to A83."""
    sponsor = a_criterion("Sponsor", CriterionKind.ROLE)
    world.criteria.append(sponsor)
    key = f"criterion:{sponsor.id}"
    world.turn_on(*PROPOSAL[:2], Row("new", key, "", "", "Stage_Name__c"))
    plan = world.connected(**{key: "Maya Ito"})
    world.happens(plan, PlanEventKind.CRITERION_CHANGED)
    world.deliver()
    assert world.synced()["Stage_Name__c"] == "Maya Ito"

    world.criteria[0] = replace(sponsor, is_live=False)
    del world.plans[plan].values[key]  # type: ignore[attr-defined]
    world.happens(plan, accord_url="https://accord.example/plans/2")
    world.deliver()
    world.product.clock.advance(hours=30)
    assert world.setup.check_all() == 1

    broken = world.setup.load(world.admin)
    assert broken.of(broken.setup.rows[2].id).fault is Fault.CRITERION_GONE
    assert broken.setup.rows[2].label == "Sponsor"
    assert (world.synced()["Accord_URL__c"], world.synced()["Stage_Name__c"]) == (
        "https://accord.example/plans/2",
        "Maya Ito",
    )


def test_of_several_plans_of_one_account_the_newest_writes_it(world: SyncWorld) -> None:
    """D18."""
    account = world.product.deal_account()
    deals = world.more_deals(2)
    for deal in deals:
        world.product.change_in_salesforce("Opportunity", deal, AccountId=account)
    allow_accounts(world)
    world.turn_on(Row("new", "accord_stage_name", "", "Account", "Description"))
    older, newer = (
        world.connected(deal, accord_stage_name=name) for deal, name in zip(deals, ("Old", "New"), strict=True)
    )
    tried = world.fields.dry_runs.look(world.admin, None)
    assert [(one.plan_id, one.fields[0].skip) for one in tried.plans] == [(older, FieldSkip.NEWER_PLAN), (newer, None)]
    assert (tried.records, tried.writes) == (1, 1)
    world.happens(older)
    world.deliver()
    assert world.product.record("Account", account)["Description"] == "Old"

    world.happens_to([newer, older])
    world.deliver()
    assert world.product.record("Account", account)["Description"] == "New"
    world.happens(older, accord_stage_name="Older still")
    world.deliver()
    assert world.product.record("Account", account)["Description"] == "New"

    world.happens(newer, PlanEventKind.ARCHIVED)
    world.happens(older)
    world.deliver()
    assert world.product.record("Account", account)["Description"] == "Older still"


def allow_accounts(world: SyncWorld) -> None:
    """The org's admin lets the integration owner edit accounts, too."""
    org = world.product.org
    admin, owner = (org.users.by_username(f"{name}@halden.example") for name in ("admin", "integration"))
    org.users.change(owner.id, ProfileId=org.records.find("User", admin.id)["ProfileId"])


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "late_commit"])
def test_a_lost_answer_turns_nothing_back(world: SyncWorld, kind: str) -> None:
    """What may still be carried out is sent again as it was; what has changed since goes behind it."""
    world.turn_on()
    plan = world.connected()
    world.happens(plan)
    world.deliver()
    world.product.arm(kind=kind, match=WRITES, rate=1, count=1, delay_ms=60_000)
    world.happens(plan, accord_progress=50)
    world.deliver()
    assert [fault["hits"] for fault in world.product.faults.report()] == [1]
    world.happens(plan, accord_progress=60)
    for _ in range(30):
        world.deliver(after=30)
        world.somebody_calls()

    assert world.synced()["Progress__c"] == 60
    assert [one.after["Progress__c"] for one in world.product.journal() if "Progress__c" in (one.after or {})][-1] == 60


@ONE_ENGINE
def test_what_never_arrived_is_sent_again_though_nothing_else_happens(world: SyncWorld) -> None:
    world.turn_on()
    plan = world.connected()
    world.happens(plan)
    world.deliver()
    world.product.arm(kind="reset_before", match=WRITES, rate=1, count=1)
    world.happens(plan, accord_progress=50)
    world.deliver()
    world.deliver(after=60)

    assert world.synced()["Progress__c"] == 50


@ONE_ENGINE
def test_what_never_arrived_is_not_sent_to_a_field_that_its_row_has_left(world: SyncWorld) -> None:
    row = next(one for one in PROPOSAL if one.field == "Progress__c")
    world.turn_on(row)
    plan = world.connected()
    world.happens(plan)
    world.deliver()
    world.product.arm(kind="reset_before", match=WRITES, rate=1, count=1)
    world.happens(plan, accord_progress=50)
    world.deliver()
    world.turn_on(replace(row, field="Execution_Score__c"))
    for _ in range(3):
        world.deliver(after=60)

    assert (world.synced()["Progress__c"], world.synced()["Execution_Score__c"]) == (40, 50)


def test_a_claim_is_never_larger_than_a_call() -> None:
    assert CALL == 200
