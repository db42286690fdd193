"""Who may do what with a plan, and what customers never see (B1)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accord.core.errors import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    OutdatedError,
    RejectedError,
    VersionNeededError,
)
from accord.core.identity import Role
from accord.core.ids import UserId
from accord.infra.db import Database
from accord.workspace.members.model import NewMember, Person
from accord.workspace.members.store import add_member
from accord.workspace.plans.model import CriterionKind, Factor, NewStage, NewStep, Weights
from accord.workspace.plans.repeats.service import Repeatable, forget_old
from accord.workspace.plans.schemas import whole_json
from accord.workspace.plans.score import score
from support.database import ONE_ENGINE
from support.plan_rooms import NEW_MEMBER, NEW_STEP, NO_VALUE, World, a_world
from support.plans import DEAL

COMMENT = {"text": "Legal asked for a redline", "is_internal": False}
LINK = {"title": "Security answers", "url": "https://files.example/answers", "is_internal": False}
WITH_SECRETS = (
    NewStage("Evaluate", [NewStep("Kick-off"), NewStep("secret step", is_internal=True)]),
    NewStage("secret stage", [NewStep("secret by its stage")], is_internal=True),
)


@pytest.fixture
def world(database: Database) -> World:
    found = a_world(database)
    found.make_plan()
    return found


def refuses(error: type[Exception], call: Any, *args: Any, **kwargs: Any) -> None:
    with pytest.raises(error):
        call(*args, **kwargs)


@ONE_ENGINE
def test_customers_never_see_what_is_internal(database: Database) -> None:
    world = a_world(database)
    world.make_plan(stages=WITH_SECRETS)
    dana = world.invite()
    world.rooms.notes.add_resource(world.asked(), {**LINK, "title": "secret file", "is_internal": True})
    world.rooms.notes.comment(world.asked(), world.step_id(), {"text": "secret note", "is_internal": True})
    world.rooms.people.add_stakeholder(world.asked(), {"name": "secret CFO", "title": "", "email": ""})
    world.rooms.criteria_setup.create(world.caller(), {"key": "k", "kind": "text", "title": "secret criterion"})

    shown = whole_json(world.whole(dana), "https://accord.example")
    notes, _ = world.rooms.notes.comments(world.asked(dana), world.step_id(), after=None, limit=10)

    assert "secret" not in str(shown)
    assert (notes, shown["status"], shown["score"], shown["value"]) == ([], None, None, None)
    assert [one["title"] for one in shown["stages"][0]["steps"]] == ["Kick-off"]
    assert (shown["steps_total"], {one["email"] for one in shown["members"]}) == (1, {""})
    assert "secret" in str(whole_json(world.whole(), "https://accord.example"))


@ONE_ENGINE
def test_what_is_internal_is_not_there_for_a_customer_who_names_it(database: Database) -> None:
    world = a_world(database)
    whole = world.make_plan(stages=WITH_SECRETS)
    dana, elements = world.asked(world.invite()), world.rooms.elements
    secret_stage = whole.facts.stages[1].id

    for number in (1, 2):
        step = world.step_id(number)
        refuses(NotFoundError, elements.change_step, dana, step, {"title": "mine"}, version="1")
        refuses(NotFoundError, elements.delete_step, dana, step, version="1")
        refuses(NotFoundError, world.rooms.notes.comment, dana, step, COMMENT)
        refuses(NotFoundError, world.rooms.notes.comments, dana, step, after=None, limit=1)
    refuses(NotFoundError, elements.change_stage, dana, secret_stage, {"title": "mine"}, version="1")
    refuses(NotFoundError, elements.add_step, dana, {**NEW_STEP, "title": "mine", "stage_id": secret_stage})
    kick_off = world.step_id()
    refuses(NotFoundError, elements.change_step, dana, kick_off, {"stage_id": secret_stage}, version="1")
    refuses(NotAllowedError, elements.delete_stage, dana, whole.facts.stages[0].id, version="1")


def test_a_customer_edits_steps_comments_and_adds_resources_and_no_more(world: World) -> None:
    dana, rooms = world.asked(world.invite()), world.rooms

    world.change_step(acting=dana.acting, is_completed=True)
    rooms.notes.comment(dana, world.step_id(1), COMMENT)
    whole = rooms.notes.add_resource(dana, LINK)
    rooms.notes.remove_resource(dana, whole.resources[0].id, version=str(whole.plan.version))

    refuses(NotAllowedError, world.change_step, 1, acting=dana.acting, is_internal=True)
    refuses(NotAllowedError, rooms.notes.comment, dana, world.step_id(1), {**COMMENT, "is_internal": True})
    refuses(NotAllowedError, rooms.editing.update, dana, {"title": "Mine"}, version="1")
    refuses(NotAllowedError, rooms.editing.duplicate, dana, None)
    refuses(NotAllowedError, rooms.editing.disconnect, dana, version="1")
    refuses(NotAllowedError, rooms.people.invite, dana, {})
    refuses(NotAllowedError, rooms.criteria.set_value, dana, "x", NO_VALUE, version="1")
    theirs = rooms.notes.add_resource(world.asked(), LINK).resources[-1].id
    refuses(NotAllowedError, rooms.notes.remove_resource, dana, theirs, version=str(world.whole().plan.version))
    assert [event.actor_is_customer for event in world.heard if event.kind == "step_completed"] == [True]


@ONE_ENGINE
def test_only_the_applications_server_speaks_for_somebody(database: Database) -> None:
    world = a_world(database)
    world.make_plan()
    dana = world.invite()

    refuses(NotAllowedError, world.rooms.editing.shown, replace(world.asked(), acting=dana))
    refuses(NotFoundError, world.rooms.editing.shown, world.asked("01900000-0000-7000-8000-000000000000"))
    refuses(NotFoundError, world.rooms.editing.shown, world.asked("nobody\0"))
    assert world.whole(dana).for_customer


@ONE_ENGINE
def test_a_plan_without_a_deal_is_for_those_who_take_part(database: Database) -> None:
    world = a_world(database)
    world.make_plan(opportunity_id=None)
    stranger = world.home.member("005000000000009AAA")
    by_stranger = replace(world.asked(), caller=world.caller(member_id=stranger.id, record_id=None))

    refuses(NotFoundError, world.rooms.editing.shown, by_stranger)
    world.invite(role="user", member_id=stranger.id, email="")
    assert world.rooms.editing.shown(by_stranger).plan.id == world.plan_id
    by_admin = replace(world.asked(), caller=world.caller(role=Role.ADMIN, member_id=None, record_id=None))
    assert world.rooms.editing.shown(by_admin).plan.opportunity_id is None


@ONE_ENGINE
def test_somebody_who_was_first_refuses_the_second_and_nothing_is_written(database: Database) -> None:
    world = a_world(database)
    world.make_plan()
    world.change_step(title="Kick-off call")
    elements, step = world.rooms.elements, world.step_id()

    refuses(OutdatedError, elements.change_step, world.asked(), step, {"title": "Late"}, version="1")
    refuses(VersionNeededError, elements.change_step, world.asked(), step, {"title": "Blind"}, version=None)
    refuses(OutdatedError, world.rooms.editing.update, world.asked(), {"title": "Late"}, version="9")

    assert (world.whole().steps[step].title, world.whole().plan.title) == ("Kick-off call", "Brightwater plan")


def test_a_repeat_with_its_key_changes_nothing_and_the_key_is_not_good_for_another_wish(world: World) -> None:
    stage = world.whole().facts.stages[0].id
    given = {**NEW_STEP, "title": "Legal review", "stage_id": stage}
    wish = Repeatable("key 1", "POST /steps legal")

    for _ in range(3):
        whole = world.rooms.elements.add_step(world.asked(), given, wish)
    assert [one.title for one in whole.steps.values()].count("Legal review") == 1
    assert world.told() == ["step_created"]
    refuses(ConflictError, world.rooms.elements.add_step, world.asked(), given, replace(wish, content="other"))

    world.clock.advance(hours=24)
    assert forget_old(world.database, world.clock()) == 1
    world.rooms.elements.add_step(world.asked(), given, wish)
    assert world.told() == ["step_created"]


@ONE_ENGINE
def test_an_archived_plan_stays_as_it_is_with_the_score_of_its_time(database: Database) -> None:
    world = a_world(database)
    world.make_plan()
    world.change_step(is_completed=True)
    before = score(world.whole().facts).score
    world.change_plan(is_archived=True)

    weights = {**dict.fromkeys(Factor, 0), Factor.CUSTOMERS_INVITED: 100}
    world.rooms.weights_setup.save(world.caller(), Weights(0, weights))

    assert (score(world.whole().facts).score, score(world.whole().facts).weights_version) == (before, 0)
    for change in ({"title": "Late"}, {"due_date": date(2026, 12, 1)}):
        refuses(ConflictError, world.change_step, 1, **change)
    refuses(ConflictError, world.invite)
    world.change_plan(is_archived=False)
    assert (score(world.whole().facts).score, score(world.whole().facts).weights_version) == (0, 1)


@ONE_ENGINE
def test_the_lock_is_asked_before_a_deal_is_changed_and_not_for_the_first_one(database: Database) -> None:
    """A112 to A115."""
    world = a_world(database)

    def locked(*_: object) -> None:
        raise NotAllowedError("locked")

    world.guard = locked
    world.make_plan(opportunity_id=None)
    connected = world.rooms.editing.connect(world.asked(), DEAL, version="1")

    version = str(connected.plan.version)
    refuses(NotAllowedError, world.rooms.editing.disconnect, world.asked(), version=version)
    other = replace(world.asked(), caller=world.caller(role=Role.SERVICE, member_id=None))
    refuses(NotAllowedError, world.rooms.editing.connect, other, "006000000000002AAA", version=version)
    assert world.whole().plan.opportunity_id == DEAL


@ONE_ENGINE
@pytest.mark.parametrize(
    ("kind", "given", "fulfilled"),
    [
        (CriterionKind.ROLE, {"text": " Ira Sand "}, True),
        (CriterionKind.RESOURCE, {"text": "https://files.example/case"}, True),
        (CriterionKind.TEXT, {"text": "  "}, False),
        (CriterionKind.CHECKBOX, {"is_checked": True}, True),
    ],
)
def test_a_plan_meets_a_criterion_of_each_kind(database: Database, kind, given, fulfilled) -> None:
    world = a_world(database)
    world.make_plan()
    made, _ = world.rooms.criteria_setup.create(world.caller(), {"key": "one", "kind": kind, "title": "One"})

    whole = world.set_criterion(made.id, **given)

    (shown,) = whole_json(whole, "x")["criteria"]
    assert shown["is_fulfilled"] is fulfilled
    refuses(
        ConflictError, world.rooms.criteria_setup.create, world.caller(), {"key": "one", "kind": kind, "title": "Two"}
    )


@ONE_ENGINE
def test_wrong_people_links_and_values_are_refused_with_their_field(database: Database) -> None:
    world = a_world(database)
    world.make_plan()
    step, _ = world.rooms.criteria_setup.create(world.caller(), {"key": "one", "kind": "step", "title": "One"})
    calls = [
        ("email", lambda: world.invite("not an address")),
        ("member_id", lambda: world.invite(role="user")),
        ("role", lambda: world.invite(member_id=world.rep.id)),
        ("contact_id", lambda: world.invite(contact_id="001000000000001AAA")),
        ("url", lambda: world.rooms.notes.add_resource(world.asked(), {**LINK, "url": "javascript:alert(1)"})),
        ("text", lambda: world.rooms.notes.comment(world.asked(), world.step_id(), {**COMMENT, "text": " "})),
        ("owner_id", lambda: world.change_step(owner_id="nobody")),
        ("key", lambda: world.change_step(key="contract")),
        ("step_id", lambda: world.set_criterion(step.id, step_id="x")),
        ("is_published", lambda: world.change_plan(is_published=False)),
    ]

    for field, call in calls:
        with pytest.raises(RejectedError) as refusal:
            call()
        assert [problem.field for problem in refusal.value.problems] == [field]


@ONE_ENGINE
def test_a_comment_on_something_internal_is_internal_whatever_was_said(database: Database) -> None:
    """D26."""
    world = a_world(database)
    world.make_plan(stages=WITH_SECRETS)

    for number in range(3):
        world.rooms.notes.comment(world.asked(), world.step_id(number), COMMENT)

    assert [event.is_internal for event in world.heard] == [False, True, True]


def test_colleagues_are_those_of_the_org_who_do_not_take_part_yet_and_no_customer_is_told_them(world: World) -> None:
    """B1: our own people alone invite."""
    with world.database.workspace(world.home.workspace_id) as session:
        person = Person("Noor Haddad", "noor@halden.example", "")
        new = NewMember(world.home.connection.id, UserId("005Hn0000000002AAA"), Role.ADMIN, person)
        noor = add_member(session, new, now=world.clock())

    assert [one.id for one in world.rooms.people.colleagues(world.asked())] == [noor.id]  # the rep takes part

    given = {**NEW_MEMBER, "role": "admin", "name": "", "email": "", "member_id": noor.id}
    world.rooms.people.invite(world.asked(), given)
    assert world.rooms.people.colleagues(world.asked()) == []
    customer = world.rooms.people.invite(world.asked(), {**NEW_MEMBER, "email": "dana@brightwater.example"})
    with pytest.raises(NotAllowedError):
        world.rooms.people.colleagues(world.asked(customer.members[-1].id))
