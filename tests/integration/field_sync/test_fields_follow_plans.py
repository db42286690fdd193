"""Level-triggered: a trigger marks, a drain reads what is and writes what differs (A62 to A76, D12, D13)."""

from sqlalchemy import select

from accord.core.identity import Role
from accord.delivery.model import Priority
from accord.delivery.store import outbox
from accord.workspace.plans.events import PlanEventKind
from support.database import ONE_ENGINE
from support.field_sync import FIELDS, SyncWorld


@ONE_ENGINE
def test_nothing_is_written_while_it_is_off(world: SyncWorld) -> None:
    """A40."""
    plan = world.connected()
    world.happens(plan)

    assert not world.waits()
    assert world.calls_of(world.deliver) == 0
    assert world.synced() == dict.fromkeys(FIELDS)


def test_the_data_of_a_plan_arrive_in_the_fields_of_the_package(world: SyncWorld) -> None:
    """A42 to A57."""
    world.turn_on()
    plan = world.connected()
    world.happens(plan, PlanEventKind.CREATED)
    world.deliver()

    told = ["https://accord.example/plans/1", "On Track", "Kick-off", 2, 1, 40, 55, "Sponsor"]
    assert list(world.synced().values()) == told


def test_fifty_changes_in_five_seconds_are_one_write_of_the_last_values(world: SyncWorld) -> None:
    """D12."""
    world.turn_on()
    plan = world.connected()
    world.happens(plan)
    world.deliver()
    end = world.product.journal_end()

    def fifty() -> None:
        for number in range(50):
            world.happens(plan, accord_progress=number + 41)
            world.product.clock.advance(seconds=0.1)
            if number % 10 == 0:
                world.deliver(after=0)
        world.deliver()

    assert world.calls_of(fifty) == 1
    written = [entry for entry in world.product.journal(end) if entry.object == "Opportunity"]
    assert [entry.after["Progress__c"] for entry in written] == [90]


def test_a_completed_step_waits_a_second_and_not_for_what_was_marked_before(world: SyncWorld) -> None:
    """Who completes a step looks at the record beside it; several of one moment are one write all the same."""
    world.turn_on()
    plan = world.connected()
    world.happens(plan)

    def three() -> None:
        for number in range(3):
            world.happens(plan, PlanEventKind.STEP_COMPLETED, accord_progress=41 + number)
            world.happens(plan, PlanEventKind.STATUS_CHANGED)
            world.deliver(after=0.5)
        world.deliver(after=0.5)

    before = world.product.journal_end()
    three()

    assert [entry.after["Progress__c"] for entry in world.product.journal(before)] == [43]


def test_what_has_not_changed_costs_no_call(world: SyncWorld) -> None:
    """A75."""
    world.turn_on()
    plan = world.connected()
    world.happens(plan)
    world.deliver()

    others = {PlanEventKind.VIEWED, PlanEventKind.ARCHIVED, PlanEventKind.DEAL_DISCONNECTED}
    for kind in set(PlanEventKind) - others:
        world.happens(plan, kind)
    assert world.calls_of(world.deliver) == 0


def test_viewing_heals_what_was_altered_or_cleared_and_reads_once_in_the_set_time(world: SyncWorld) -> None:
    """A74, A76, D13."""
    world.turn_on(check_minutes=5)
    plan, deal = world.connected(), world.product.deal()
    world.happens(plan)
    world.deliver()
    world.product.change_in_salesforce("Opportunity", deal, Progress__c=99, Accord_Status__c=None)

    def view() -> None:
        world.happens(plan, PlanEventKind.VIEWED)
        world.deliver()

    assert world.calls_of(view) == 0  # read a moment ago
    world.product.clock.advance(minutes=6)
    assert world.calls_of(view) == 2
    assert (world.synced()["Progress__c"], world.synced()["Accord_Status__c"]) == (40, "On Track")
    assert world.calls_of(view) == 0
    world.product.clock.advance(minutes=6)
    assert world.calls_of(view) == 1  # untouched: a look and no write


@ONE_ENGINE
def test_a_draft_has_no_status_in_salesforce_until_it_is_published(world: SyncWorld) -> None:
    world.turn_on()
    plan = world.connected(accord_status=None)
    world.happens(plan)
    world.deliver()
    assert (world.synced()["Accord_Status__c"], world.synced()["Progress__c"]) == (None, 40)

    world.happens(plan, PlanEventKind.PUBLISHED, accord_status="Not Started")
    world.deliver()
    assert world.synced()["Accord_Status__c"] == "Not Started"


@ONE_ENGINE
def test_two_hundred_plans_are_one_read_and_one_write(world: SyncWorld) -> None:
    world.turn_on()
    plans = [world.connected(deal) for deal in world.more_deals(201)]
    world.happens_to(plans)

    assert world.calls_of(world.deliver) == 4

    world.happens(plans[7], accord_progress=41)
    world.happens_to(plans)
    assert world.calls_of(world.deliver) == 1


@ONE_ENGINE
def test_d68_fields_wait_behind_what_people_do_when_nobody_in_person_did_it(world: SyncWorld) -> None:
    world.turn_on()
    by_nobody, by_a_rep = world.connected(), world.connected(world.more_deals(1)[0])
    world.happens_to([by_nobody])
    world.happens_to([by_a_rep], role=Role.USER)

    with world.product.parts.database.reading(world.product.connection.workspace_id) as session:
        rows = session.rows(select(outbox.c.entity, outbox.c.priority))
    assert {row.entity: Priority(row.priority) for row in rows} == {
        f"plan:{by_nobody}": Priority.BATCH,
        f"plan:{by_a_rep}": Priority.EVENT,
    }
