"""A plan is saved as a playbook, and new plans begin with it (B1)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest

from accord.core.errors import ConflictError, NotFoundError, OutdatedError, RejectedError, VersionNeededError
from accord.core.identity import Identity, Role
from accord.core.ids import PlanId, PlaybookId, RecordId, new_id
from accord.infra.db import Database
from accord.workspace.plans.by_rule import PlansByRule, WantedPlan
from accord.workspace.plans.model import CriterionKind, NewPlan, NewStage, NewStep
from accord.workspace.plans.playbooks import store
from accord.workspace.plans.playbooks.beginning import begin
from accord.workspace.plans.playbooks.model import Content, Shown, Source
from accord.workspace.plans.playbooks.rules import MOST_PLAYBOOKS
from accord.workspace.plans.playbooks.service import Playbooks
from accord.workspace.plans.repeats.service import Repeatable
from accord.workspace.plans.whole import Whole
from support.builders import NOON
from support.database import ONE_ENGINE
from support.delivery import a_connection
from support.plan_rooms import World, a_world
from support.plans import a_plan
from support.playbooks import a_playbook

START = NOON.date()
STAGES = (
    NewStage(
        "Evaluate",
        [
            NewStep("Kick-off", START + timedelta(days=3), is_done=True, key="kick_off", description="With all"),
            NewStep("Review", START + timedelta(days=30), is_internal=True),
        ],
    ),
    NewStage("Ours", [NewStep("Contract")], is_internal=True),
)
OTHER_DEAL = RecordId("006000000000002AAA")


@pytest.fixture
def world(database: Database) -> World:
    found = a_world(database)
    found.make_plan(stages=STAGES)
    link = {"title": "Terms", "url": "https://files.example/terms", "is_internal": True}
    found.rooms.notes.add_resource(found.asked(), link)
    found.heard.clear()
    return found


def admin(world: World) -> Identity:
    return world.caller(role=Role.ADMIN)


def playbooks(world: World, **uses: Any) -> Playbooks:
    return Playbooks(world.changes, world.access, lambda _session, _connection_id: uses)


def saved(world: World, *, start: date | None = None, **words: str) -> Shown:
    given = {"title": "Enterprise", "description": "For big ones", **words}
    return playbooks(world).save(admin(world), Source(world.plan_id, start), given)


def begun(world: World, one: Shown, **facts: Any) -> Whole:
    """A plan that begins with the playbook."""
    new = NewPlan(None, **{"title": "New", "playbook": one.playbook.id, **facts})
    made = world.plans.connect(admin(world), new).plan.id
    return world.rooms.editing.shown_to(admin(world), made)


def structure(whole: Whole, *, with_days: bool = False) -> Any:
    """All that a plan has which another one can begin with; its people, ids and moments are its own."""
    steps = [
        (
            one.title,
            one.description,
            one.key,
            one.owner,
            one.mark.is_internal,
            one.mark.completed_at,
            one.mark.due_date if with_days else None,
        )
        for mark in whole.facts.steps
        for one in [whole.steps[mark.id]]
    ]
    stages = [(one.title, one.position, one.is_internal, one.completed_at) for one in whole.facts.stages]
    return stages, steps, [(one.title, one.url, one.is_internal) for one in whole.resources]


def test_a_plan_from_a_playbook_of_a_plan_is_what_its_duplicate_is_and_has_days(world: World) -> None:
    one = saved(world)
    duplicate = world.rooms.editing.duplicate(world.asked(), None)
    world.told()
    world.clock.advance(hours=24 * 400)  # the plan that it was is an old one by then

    found = begun(world, one)

    assert structure(found) == structure(duplicate)
    start = START + timedelta(days=400)
    days = [found.steps[mark.id].mark.due_date for mark in found.facts.steps]
    assert sorted(days, key=str) == sorted([start + timedelta(days=3), start + timedelta(days=30), None], key=str)
    assert world.told() == ["created"], "one event, as for any plan"
    assert (found.plan.point_person, [each.member_id for each in found.members]) == (world.rep.id, [world.rep.id])
    assert (one.playbook.counts.stages, one.playbook.counts.steps, one.playbook.counts.resources) == (2, 3, 1)


def test_days_can_be_counted_from_another_day(world: World) -> None:
    found = begun(world, saved(world, start=START + timedelta(days=10)))

    days = {found.steps[mark.id].title: found.steps[mark.id].mark.due_date for mark in found.facts.steps}
    assert days == {"Kick-off": START, "Review": START + timedelta(days=20), "Contract": None}


@ONE_ENGINE
def test_a_step_is_what_the_same_criterion_is_about_and_nothing_is_met(database: Database) -> None:
    """B1: links by the criterion's key; texts and people of the old plan are not taken along."""
    world = a_world(database)
    world.make_plan(stages=STAGES)
    setup = world.rooms.criteria_setup
    kinds = {"review": CriterionKind.STEP, "case": CriterionKind.TEXT, "gone": CriterionKind.STEP}
    made = {
        key: setup.create(world.caller(), {"key": key, "kind": kind, "title": key})[0] for key, kind in kinds.items()
    }
    for key in ("review", "gone"):
        world.set_criterion(made[key].id, step_id=world.step_id(1))
    world.set_criterion(made["case"].id, text="Dana says yes")
    one = saved(world)
    version = world.rooms.criteria.load(world.caller()).version
    setup.delete(world.caller(), made["gone"].id, version=version)
    setup.create(world.caller(), {"key": "gone", "kind": CriterionKind.TEXT, "title": "Another one of this key"})
    world.told()

    found = begun(world, one)

    about = found.facts.values[made["review"].id].step_id
    assert about is not None
    assert (found.steps[about].title, set(found.facts.values)) == ("Review", {made["review"].id})
    assert world.told() == ["created"]


@ONE_ENGINE
def test_a_rule_begins_with_it_and_makes_nothing_of_one_that_is_gone(database: Database) -> None:
    world = a_world(database)
    world.make_plan(stages=STAGES)
    one = saved(world)
    playbooks(world).change(admin(world), one.playbook.id, {"is_offered": False}, version="1")
    rules, place = PlansByRule(world.changes), (world.home.workspace_id, world.home.connection.id)
    wanted = WantedPlan(OTHER_DEAL, "New", "", None, world.rep.id, "Late deals", one.playbook.id)
    world.told()

    assert rules.make(*place, wanted, lambda _session, _plan: True)
    assert world.told() == ["created", "deal_connected"]
    playbooks(world).delete(admin(world), one.playbook.id, version="2")
    gone = WantedPlan(RecordId("006000000000003AAA"), "New", "", None, world.rep.id, "Late deals", one.playbook.id)
    assert not rules.make(*place, gone, lambda _session, _plan: True)
    assert world.told() == []


def test_what_is_saved_again_counts_for_new_plans_alone(world: World) -> None:
    one = saved(world)
    before = begun(world, one)
    world.change_step(0, title="Meet")
    source = Source(world.plan_id)

    with pytest.raises(VersionNeededError):
        playbooks(world).save_again(admin(world), one.playbook.id, source, version=None)
    world.clock.advance(hours=24 * 5)
    nobody = replace(admin(world), member_id=None)
    again = playbooks(world).save_again(nobody, one.playbook.id, source, version="1")
    assert (one.saved_by, again.saved_by, again.playbook.saved_at) == (world.rep.name, None, world.clock())
    for late in (
        lambda: playbooks(world).change(admin(world), one.playbook.id, {"title": "Late"}, version="1"),
        lambda: playbooks(world).delete(admin(world), one.playbook.id, version="1"),
    ):
        with pytest.raises(OutdatedError):
            late()
    with pytest.raises(OutdatedError):
        playbooks(world).save_again(admin(world), one.playbook.id, source, version="1")

    assert again.playbook.version == 2
    days = {each.title: each.mark.due_date for each in begun(world, again).steps.values()}
    assert days["Meet"] == START + timedelta(days=5 + 3), "counted from the day on which the plan was made, not saved"
    kept = world.rooms.editing.shown_to(admin(world), before.plan.id)
    assert "Meet" not in {each.title for each in kept.steps.values()}


@ONE_ENGINE
def test_one_that_is_not_offered_is_there_for_admins_rules_and_flows_alone(database: Database) -> None:
    world = a_world(database)
    world.make_plan(stages=STAGES)
    one, rep = saved(world), world.caller()
    assert [each.playbook.title for each in playbooks(world).page(rep, after=None, limit=9).shown] == ["Enterprise"]

    playbooks(world).change(admin(world), one.playbook.id, {"is_offered": False}, version="1")

    assert playbooks(world).page(rep, after=None, limit=9).shown == []
    with pytest.raises(NotFoundError):
        playbooks(world).get(rep, one.playbook.id)
    with pytest.raises(NotFoundError):
        world.plans.connect(rep, NewPlan(None, "New", playbook=one.playbook.id))
    assert begun(world, one, title="").plan.title == "Enterprise"
    flow = world.caller(role=Role.FLOW, member_id=None, record_id=None)
    assert set(playbooks(world).named(flow, ["Enterprise", "none"])) == {"Enterprise"}


def test_titles_differ_the_order_is_kept_and_what_a_rule_names_stays(world: World) -> None:
    first = saved(world)
    with pytest.raises(RejectedError):
        saved(world, title="ENTERPRISE ")
    second = saved(world, title="Small")
    with pytest.raises(RejectedError):
        playbooks(world).change(admin(world), second.playbook.id, {"title": "Enterprise"}, version="1")
    playbooks(world).change(admin(world), second.playbook.id, {"position": 0}, version="1")

    page = playbooks(world).page(admin(world), after=None, limit=1)
    rest = playbooks(world).page(admin(world), after=page.next, limit=1)
    assert [one.playbook.title for one in (*page.shown, *rest.shown)] == ["Small", "Enterprise"]
    in_use = playbooks(world, **{first.playbook.id: ["Late deals"]})
    with pytest.raises(ConflictError, match="Late deals"):
        in_use.delete(admin(world), first.playbook.id, version="1")
    assert in_use.get(admin(world), first.playbook.id)[0].rules == ("Late deals",)
    assert in_use.get(world.caller(), first.playbook.id)[0].rules == (), "which rules there are, admins know alone"


def test_what_is_as_it_was_is_no_change_also_behind_the_place_of_one_that_is_gone(world: World) -> None:
    first, second = saved(world), saved(world, title="Small")
    playbooks(world).delete(admin(world), first.playbook.id, version="1")

    same = playbooks(world).change(admin(world), second.playbook.id, {"title": "Small", "position": 0}, version="1")

    assert same.playbook.version == 1


def test_of_many_who_save_one_title_at_once_one_has_saved_it(world: World) -> None:
    start = Barrier(4)

    def save(_: int) -> bool:
        start.wait()
        try:
            saved(world)
        except RejectedError:
            return False
        return True

    with ThreadPoolExecutor(4) as admins:
        assert sorted(admins.map(save, range(4))) == [False, False, False, True]


@ONE_ENGINE
def test_the_last_one_of_a_hundred_is_saved_and_no_other(database: Database) -> None:
    world = a_world(database)
    world.make_plan(stages=STAGES)
    with database.workspace(world.home.workspace_id) as session:
        for number in range(MOST_PLAYBOOKS - 1):
            ids = {"id": PlaybookId(new_id(NOON)), "connection_id": world.home.connection.id}
            store.add(session, replace(a_playbook(number), **ids), Content())

    assert saved(world).playbook.position == MOST_PLAYBOOKS - 1
    with pytest.raises(RejectedError) as refused:
        saved(world, title="One more")
    assert [(one.field, "Delete one" in one.message) for one in refused.value.problems] == [("title", True)]


@ONE_ENGINE
def test_a_repeat_makes_no_second_one_and_a_plan_that_is_not_his_none(database: Database) -> None:
    world = a_world(database)
    world.make_plan(stages=STAGES)
    words, wish = {"title": "Enterprise", "description": ""}, Repeatable("key", "content")
    first = playbooks(world).save(admin(world), Source(world.plan_id), words, wish)
    again = playbooks(world).save(admin(world), Source(world.plan_id), words, wish)
    assert again == first
    with pytest.raises(NotFoundError):
        playbooks(world).save(world.caller(role=Role.ADMIN, record_id=None), Source(world.plan_id), words)
    with pytest.raises(NotFoundError):
        unseen = world.caller(role=Role.ADMIN, record_id=None)
        playbooks(world).save_again(unseen, first.playbook.id, Source(world.plan_id), version="1")
    with pytest.raises(NotFoundError):
        saved_of = Source(PlanId("01900000-0000-7000-8000-000000000000"))
        playbooks(world).save(admin(world), saved_of, words)


def test_a_playbook_that_goes_while_a_plan_begins_with_it_is_said_to_be_gone(world: World) -> None:
    one = saved(world)
    playbooks(world).delete(admin(world), one.playbook.id, version="1")
    with world.database.workspace(world.home.workspace_id) as session, pytest.raises(NotFoundError, match="playbook"):
        begin(session, a_plan(), one.playbook, today=START, by=None)


def test_another_org_of_the_workspace_has_playbooks_of_its_own(world: World) -> None:
    ours = saved(world)
    place = a_connection(world.database, world.home.workspace_id)
    other = replace(admin(world), connection_id=place, record_id=None)
    library = playbooks(world)

    assert library.page(other, after=None, limit=9).shown == []
    assert library.named(other, ["Enterprise", ours.playbook.id]) == {}
    for ask in (
        lambda: library.get(other, ours.playbook.id),
        lambda: library.change(other, ours.playbook.id, {"title": "Theirs"}, version="1"),
        lambda: library.delete(other, ours.playbook.id, version="1"),
        lambda: world.plans.connect(other, NewPlan(None, "New", playbook=ours.playbook.id)),
    ):
        with pytest.raises(NotFoundError):
            ask()
