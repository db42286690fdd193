"""Every change of a plan is told in the transaction that stores it; the eleven triggers one by one (A63 to A73)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accord.core.errors import RejectedError
from accord.core.identity import Role
from accord.core.ids import RecordId
from accord.core.money import Money
from accord.infra.db import Database
from accord.workspace.plans.model import DEFAULT_WEIGHTS, NewPlan, NewStage, NewStep
from accord.workspace.plans.statuses import StatusWatch
from accord.workspace.plans.two_way import Taking, apply_deal_stage, apply_end_date, apply_value, load_two_way
from support.delivery import a_connection
from support.plan_rooms import NEW_STEP, World, a_world
from support.plans import DEAL

STEP = {**NEW_STEP, "title": "Legal review"}


@pytest.fixture
def world(database: Database) -> World:
    found = a_world(database)
    found.make_plan()
    return found


def first_stage(world: World) -> str:
    return str(world.whole().facts.stages[0].id)


def test_a63_a_view_is_told_every_time(world: World) -> None:
    world.rooms.editing.view(world.asked())
    world.rooms.editing.view(world.asked())

    assert world.told() == ["viewed", "viewed"]


def test_a64_a_plan_that_is_made_with_its_deal_is_told(database: Database) -> None:
    world = a_world(database)
    made = world.plans.create(world.caller(), world_plan())

    created, connected = world.heard

    assert (created.kind, created.plan_id, created.sequence, created.actor) == (
        "created",
        made.plan.id,
        1,
        world.rep.id,
    )
    assert (connected.kind, connected.opportunity_id, connected.new) == ("deal_connected", DEAL, "Not Started")
    assert connected.sequence == 2
    assert world.woken == 1


def world_plan():
    from support.plan_rooms import TWO_STAGES

    return NewPlan(RecordId(DEAL), "Brightwater plan", TWO_STAGES)


def test_a65_a_copy_is_told_of_itself_and_names_what_it_was_made_from(world: World) -> None:
    copy = world.rooms.editing.duplicate(world.asked(), None)

    (event,) = world.heard
    assert (event.kind, event.plan_id, event.subject_id) == ("duplicated", copy.plan.id, world.plan_id)
    assert (event.sequence, copy.plan.opportunity_id, copy.plan.published_at) == (1, None, None)


def test_a66_and_a67_stages_come_and_go(world: World) -> None:
    whole = world.rooms.elements.add_stage(world.asked(), {"title": "Go live", "is_internal": False, "position": None})
    assert world.told() == ["stage_created"]

    world.rooms.elements.delete_stage(world.asked(), whole.facts.stages[-1].id, version="1")
    assert world.told() == ["stage_deleted"]


def test_a67_the_steps_of_a_deleted_stage_are_told_too(world: World) -> None:
    world.rooms.elements.delete_stage(world.asked(), first_stage(world), version="1")

    assert world.told() == ["step_deleted", "step_deleted", "stage_deleted"]
    assert [stage.title for stage in world.whole().facts.stages] == ["Decide"]


def test_a68_and_a69_steps_come_and_go(world: World) -> None:
    whole = world.rooms.elements.add_step(world.asked(), {**STEP, "stage_id": first_stage(world)})
    assert world.told() == ["step_created"]
    (added,) = [one.mark.id for one in whole.steps.values() if one.title == "Legal review"]

    world.rooms.elements.delete_step(world.asked(), added, version="1")
    assert world.told() == ["step_deleted"]


@pytest.mark.parametrize(
    ("changes", "now"),
    [
        ({"title": "Kick-off call"}, "Title: Kick-off call"),
        ({"description": "With Dana"}, "Description: With Dana"),
        ({"due_date": date(2026, 12, 1)}, "Due date: 2026-12-01"),
        ({"is_internal": True}, "Internal: yes"),
        ({"key": "kick_off"}, "Key: kick_off"),
    ],
)
def test_a70_any_property_of_a_step_is_an_update(world: World, changes, now) -> None:
    world.change_step(**changes)

    event = world.heard[0]
    assert (event.kind, event.subject_id, event.new) == ("step_updated", world.step_id(), now)
    assert event.previous


def test_a70_an_owner_is_an_update_that_names_him(world: World) -> None:
    dana = world.invite()
    world.heard.clear()

    world.change_step(owner_id=dana)

    assert [(event.kind, event.previous, event.new) for event in world.heard] == [
        ("step_updated", "Owner: nobody", "Owner: Dana Voss")
    ]


def test_a70_completing_is_told_by_itself_and_opening_again_is_an_update(world: World) -> None:
    world.change_step(is_completed=True)
    assert world.told() == ["step_completed", "status_changed"]

    world.change_step(is_completed=False, due_date=date(2026, 12, 1))
    assert world.told() == ["step_updated"]


def test_a71_a_stakeholder_is_told(world: World) -> None:
    whole = world.rooms.people.add_stakeholder(world.asked(), {"name": "Ira Sand", "title": "CFO", "email": ""})
    assert world.told() == ["stakeholder_added"]

    world.rooms.people.remove_stakeholder(world.asked(), whole.stakeholders[0].id, version="1")
    assert world.told() == ["stakeholder_removed"]


def test_a72_only_a_customers_first_access_is_his_acceptance(world: World) -> None:
    dana = world.invite()
    world.heard.clear()

    world.rooms.editing.view(world.asked(dana))
    world.rooms.editing.view(world.asked(dana))
    world.rooms.people.accept(world.asked(dana), dana)

    accepted = world.heard[1]
    assert (accepted.actor, accepted.actor_is_customer, accepted.subject_text) == (dana, True, "Dana Voss")
    assert world.told() == ["viewed", "customer_accepted", "viewed"]
    assert world.whole().facts.accepted == 1


def test_a73_a_member_who_is_added_and_one_who_is_invited_are_told(world: World) -> None:
    world.invite("ira@brightwater.example", is_invited=False)
    world.invite("ira@brightwater.example")

    assert [(event.kind, event.new) for event in world.heard] == [
        ("member_invited", "added"),
        ("member_invited", "invited"),
    ]
    assert (len(world.whole().members), world.whole().facts.invited) == (2, 1)


def test_the_last_step_completes_its_stage_and_the_last_stage_is_the_final_one(world: World) -> None:
    for number in (0, 1):
        world.change_step(number, is_completed=True)
    assert world.told() == ["step_completed", "status_changed", "step_completed", "stage_completed"]

    world.change_step(2, is_completed=True)
    final = world.heard[-1]

    assert (final.subject_text, world.told()) == (
        "Decide",
        ["step_completed", "stage_completed", "final_stage_completed"],
    )
    world.change_step(2, is_completed=False)
    world.change_step(2, is_completed=True)
    assert world.told() == ["step_updated", "step_completed", "stage_completed", "final_stage_completed"]


def test_each_kind_of_change_of_the_plan_itself_is_told(world: World) -> None:
    world.change_plan(title="Brightwater go-live", end_date=date(2026, 12, 31))
    assert [(event.subject_id, event.new) for event in world.heard] == [
        ("title", "Brightwater go-live"),
        ("end_date", "2026-12-31"),
    ]
    world.told()

    world.rooms.editing.disconnect(world.asked(), version=str(world.whole().plan.version))
    assert world.told() == ["deal_disconnected"]
    world.rooms.editing.connect(world.asked(), DEAL, version=str(world.whole().plan.version))
    assert world.told() == ["deal_connected"]
    world.change_plan(is_archived=True)
    assert world.told() == ["archived"]


def test_a_draft_that_is_published_is_told_with_its_new_status(database: Database) -> None:
    world = a_world(database)
    world.make_plan(is_draft=True)

    world.change_plan(is_published=True)

    assert [(event.kind, event.previous, event.new) for event in world.heard] == [
        ("published", None, None),
        ("status_changed", "Draft", "Not Started"),
    ]


def test_what_a_criterion_tells_changes_with_its_value_and_with_its_step(world: World) -> None:
    admin = world.caller()
    made, _ = world.rooms.criteria_setup.create(admin, {"key": "kick_off", "kind": "step", "title": "Kick-off done"})
    assert world.told() == ["criterion_created"]

    world.set_criterion(made.id, step_id=world.step_id())
    assert world.told() == [], "the step is not done yet"
    world.change_step(is_completed=True)
    changed = world.heard[1]
    assert (changed.kind, changed.subject_id, changed.previous, changed.new) == (
        "criterion_changed",
        made.id,
        None,
        "2026-11-22",
    )
    world.told()

    world.rooms.criteria_setup.delete(admin, made.id, version=1)
    assert world.told() == ["criterion_deleted"]


def test_the_sequence_of_a_plan_counts_up_without_a_gap_and_nothing_is_told_twice(world: World) -> None:
    world.change_step(is_completed=True)
    world.invite()
    world.rooms.editing.view(world.asked())

    sequence = [event.sequence for event in world.heard]
    assert sequence == list(range(3, 3 + len(sequence)))
    assert len({event.id for event in world.heard}) == len(sequence)
    assert world.whole().plan.sequence == sequence[-1]


def test_an_unchanged_save_tells_nothing_and_wakes_nobody(world: World) -> None:
    world.woken = 0

    world.change_step(title="Kick-off", due_date=None, is_completed=False)
    world.change_plan(title="Brightwater plan")

    assert (world.told(), world.woken) == ([], 0)


def test_a_listener_that_fails_undoes_the_change(world: World) -> None:
    def fail(_session: object, _event: object) -> None:
        raise RejectedError("no")

    world.hear = fail  # type: ignore[method-assign]
    with pytest.raises(RejectedError):
        world.change_step(is_completed=True)

    assert [step for step in world.whole().facts.steps if step.completed_at] == []
    assert world.whole().plan.sequence == 2


def test_time_alone_changes_a_status_and_that_is_told_once(database: Database) -> None:
    world = a_world(database)
    world.make_plan()
    world.change_step(due_date=date(2026, 11, 22))
    world.heard.clear()
    watch = StatusWatch(world.changes, lambda: [(world.home.workspace_id, world.home.connection.id)])

    told, looks = [], []
    for _ in range(10):
        before = world.woken
        looks.append(([watch.tell_all(), watch.tell_all()], world.woken - before))
        told += [(world.clock().day, event.previous, event.new) for event in world.heard]
        world.heard.clear()
        world.clock.advance(days=1)

    assert told == [(23, "On Track", "At Risk"), (29, "At Risk", "Stalled")]
    assert [each for each in looks if each != ([0, 0], 0)] == [([1, 0], 1)] * 2, "nobody is woken for nothing"


def test_every_plan_that_is_late_is_told_at_one_look_however_many_of_its_steps_are(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three pages of plans, each with three steps that are overdue."""
    monkeypatch.setattr("accord.workspace.plans.statuses.PAGE", 2)
    world = a_world(database)
    late = NewStage("Late", [NewStep(title, due_date=date(2026, 11, 22)) for title in ("One", "Two", "Three")])
    plans = {world.make_plan(opportunity_id=None, stages=[late]).plan.id for _ in range(5)}
    world.clock.advance(days=1)

    told = StatusWatch(world.changes, lambda: [(world.home.workspace_id, world.home.connection.id)]).tell_all()

    assert (told, {event.plan_id for event in world.heard}, len(world.heard)) == (5, plans, 5)


def test_time_changes_nothing_of_drafts_of_what_is_archived_or_done_and_of_another_org(database: Database) -> None:
    world, late = a_world(database), NewStep("Late", due_date=date(2026, 11, 22))
    stages = [NewStage("Late", [late])]
    world.make_plan(opportunity_id=None, stages=stages, is_draft=True)
    world.make_plan(opportunity_id=None, stages=[NewStage("Done", [replace(late, is_done=True)])])
    world.make_plan(opportunity_id=None, stages=stages)
    world.change_plan(is_archived=True)
    other = a_connection(database, world.home.workspace_id)
    world.plans.create(world.caller(connection_id=other), NewPlan(None, "Theirs", stages))
    world.clock.advance(days=1)

    assert StatusWatch(world.changes, lambda: [(world.home.workspace_id, world.home.connection.id)]).tell_all() == 0
    assert StatusWatch(world.changes, lambda: [(world.home.workspace_id, other)]).tell_all() == 1


def test_d68_what_time_or_a_setting_did_to_plans_is_batch_and_what_people_do_is_not(database: Database) -> None:
    world = a_world(database)
    world.make_plan()
    watch = StatusWatch(world.changes, lambda: [(world.home.workspace_id, world.home.connection.id)])

    world.change_step(due_date=date(2026, 11, 22))
    assert {event.is_batch for event in world.heard} == {False}
    world.heard.clear()
    world.clock.advance(days=1)
    watch.tell_all()
    world.rooms.weights_setup.save(world.caller(role=Role.ADMIN), DEFAULT_WEIGHTS)
    assert [(event.kind, event.is_batch) for event in world.heard] == [("status_changed", True), ("plan_updated", True)]


def test_what_a_plan_takes_from_its_deal_is_told_where_it_is_stored(world: World) -> None:
    """A107, A109: each value with its next number, by nobody in person, and as Salesforce's."""
    connection, now = world.home.connection, world.clock()
    before = world.whole().plan
    with world.database.workspace(connection.workspace_id) as session:
        plan = load_two_way(session, connection.id, [world.plan_id], lock=True)[world.plan_id]
        taken = [
            apply_end_date(session, plan, date(2027, 4, 30), now),
            apply_value(session, plan, Money(Decimal("81000.25"), "USD"), now),
            apply_deal_stage(session, plan, 60),
        ]
        Taking(world.rooms.editing.changes).tell(session, connection.id, [one for one in taken if one is not None])
        known = load_two_way(session, connection.id, [world.plan_id])[world.plan_id]
        assert apply_deal_stage(session, known, 60) is None

    assert [(one.kind, one.subject_id, one.previous, one.new, one.is_internal) for one in world.heard] == [
        ("plan_updated", "end_date", None, "2027-04-30", False),
        ("plan_updated", "value", None, "81000.25 USD", False),
        ("plan_updated", "deal_stage", None, "60", True),
    ]
    assert {(one.from_salesforce, one.actor, one.opportunity_id) for one in world.heard} == {(True, None, DEAL)}
    after = world.whole().plan
    assert [one.sequence - before.sequence for one in world.heard] == [1, 2, 3]
    # what nobody edits leaves the version by which somebody's own change is checked
    assert (after.sequence, after.version, after.deal_stage) == (before.sequence + 3, before.version + 2, 60)
