"""What a plan has for criteria: whom it is about, at which stage it is required, and who was first (B1, D19, D21)."""

from dataclasses import replace

import pytest

from accord.core.errors import OutdatedError, RejectedError, VersionNeededError
from accord.core.identity import Role
from accord.core.ids import CriterionId
from accord.infra.db import Database
from accord.workspace.plans import store
from accord.workspace.plans.criteria.model import CriteriaSettings
from accord.workspace.plans.data import Datum, criterion_key, data_of
from accord.workspace.plans.model import Criterion, CriterionKind
from accord.workspace.plans.schemas import whole_json
from support.database import ONE_ENGINE
from support.plan_rooms import NO_VALUE, World, a_world

LINK = {"title": "Case", "url": "https://files.example/case", "is_internal": False}


@pytest.fixture
def world(database: Database) -> World:
    found = a_world(database)
    found.make_plan()
    return found


def made(world: World, kind: CriterionKind, **more: object) -> Criterion:
    known = len(world.rooms.criteria.load(world.caller()).criteria)
    given = {"key": f"key_{known}", "kind": kind, "title": f"Criterion {known}", **more}
    criterion, _ = world.rooms.criteria_setup.create(world.caller(), given)
    world.heard.clear()
    return criterion


def shown(world: World) -> list[dict[str, object]]:
    return list(whole_json(world.whole(), "x")["criteria"])


def test_a_sponsor_who_is_removed_is_no_sponsor_any_more_and_a_new_name_follows(world: World) -> None:
    criterion, dana = made(world, CriterionKind.ROLE), world.invite()
    world.heard.clear()

    whole = world.set_criterion(criterion.id, about_id=dana)
    data = data_of(whole.facts, today=whole.today, plans_url="x").values
    assert (data[criterion_key(criterion.id)], shown(world)[0]["about_id"]) == ("Dana Voss", dana)
    world.rooms.people.remove(world.asked(), dana, version=str(whole.plan.version))

    assert (shown(world)[0]["is_fulfilled"], shown(world)[0]["text"], shown(world)[0]["about_id"]) == (
        False,
        None,
        None,
    )
    changed = [(event.previous, event.new) for event in world.heard if event.kind == "criterion_changed"]
    assert changed == [(None, "Dana Voss"), ("Dana Voss", None)]


@ONE_ENGINE
def test_a_criterion_is_about_a_stakeholder_or_a_resource_of_the_plan_and_of_no_other(database: Database) -> None:
    world = a_world(database)
    world.make_plan()
    role, link = made(world, CriterionKind.ROLE), made(world, CriterionKind.RESOURCE)
    person = {"name": "Ira Sand", "title": "", "email": ""}
    ira = world.rooms.people.add_stakeholder(world.asked(), person).stakeholders[0].id
    case = world.rooms.notes.add_resource(world.asked(), LINK).resources[0].id

    world.set_criterion(role.id, about_id=ira)
    world.set_criterion(link.id, about_id=case)
    assert [one["text"] for one in shown(world)] == ["Ira Sand", LINK["url"]]
    for criterion, other in ((role, case), (link, ira)):
        with pytest.raises(RejectedError) as refusal:
            world.set_criterion(criterion.id, about_id=other)
        assert [problem.field for problem in refusal.value.problems] == ["about_id"]

    world.rooms.notes.remove_resource(world.asked(), case, version=str(world.whole().plan.version))
    world.rooms.people.remove_stakeholder(world.asked(), ira, version=str(world.whole().plan.version))
    assert [one["is_fulfilled"] for one in shown(world)] == [False, False]
    world.set_criterion(role.id, text="Noor Haddad")
    assert shown(world)[0]["text"] == "Noor Haddad"


def test_who_has_not_seen_the_plan_as_it_is_overwrites_and_removes_nothing(world: World) -> None:
    criterion, dana = made(world, CriterionKind.TEXT), world.invite()
    rooms, asked = world.rooms, world.asked()
    person = {"name": "Ira Sand", "title": "", "email": ""}
    ira = rooms.people.add_stakeholder(asked, person).stakeholders[0].id
    case = rooms.notes.add_resource(asked, LINK).resources[0].id
    old = str(world.whole().plan.version)
    world.set_criterion(criterion.id, text="First")
    calls = (
        lambda version: rooms.criteria.set_value(asked, criterion.id, {**NO_VALUE, "text": "Late"}, version=version),
        lambda version: rooms.people.remove(asked, dana, version=version),
        lambda version: rooms.people.remove_stakeholder(asked, ira, version=version),
        lambda version: rooms.notes.remove_resource(asked, case, version=version),
    )

    for call in calls:
        with pytest.raises(OutdatedError):
            call(old)
        with pytest.raises(VersionNeededError):
            call(None)

    whole = world.whole()
    assert (len(whole.members), len(whole.stakeholders), len(whole.resources)) == (2, 1, 1), (
        "the rep, Dana, Ira and the case"
    )
    assert shown(world)[0]["text"] == "First"
    world.set_criterion(criterion.id, text="First")
    assert world.whole().plan.version == whole.plan.version, "what is so already is no change"


@ONE_ENGINE
def test_missing_is_what_the_deals_stage_requires_and_what_each_does_where_nobody_knows_it(database: Database) -> None:
    """B1, D21: the score counts all of them at every stage."""
    world = a_world(database)
    world.make_plan()
    for stages in (["Qualification"], ["Proposal", "Negotiation"], []):
        made(world, CriterionKind.TEXT, stages=stages)

    def missing(stage: str | None) -> object:
        with world.database.workspace(world.home.workspace_id) as session:
            plan = store.lock(session, world.home.connection.id, world.plan_id)
            assert plan is not None
            store.save(session, replace(plan, deal_stage_name=stage))
        whole = world.whole()
        assert whole_json(whole, "x")["score_factors"][0]["possible"] == 3
        return data_of(whole.facts, today=whole.today, plans_url="x").values[Datum.MISSING_CRITERIA]

    assert missing(None) == "Criterion 2"
    assert [one["is_required"] for one in shown(world)] == [None, None, True]
    assert missing("Negotiation") == "Criterion 1, Criterion 2"
    assert missing("Prospecting") == "Criterion 2"
    assert [one["is_required"] for one in shown(world)] == [False, False, True]


def test_a_list_of_criteria_is_told_to_each_plan_once(world: World) -> None:
    """As it comes with a file: what was added, changed and taken away is one thing each, however many it is about."""
    setup, admin = world.rooms.criteria_setup, world.caller(role=Role.ADMIN)
    wanted = [Criterion(CriterionId(""), key, CriterionKind.TEXT, key.title(), 0) for key in ("one", "two", "three")]
    before = setup.save(admin, CriteriaSettings(tuple(wanted))).settings
    assert world.told() == ["criterion_created"]

    first, second, third = before.criteria
    new = replace(third, id=CriterionId(""), key="four", title="Four")
    after = (replace(first, title="First"), replace(second, title="Second"), new)
    setup.save(admin, replace(before, criteria=after))

    assert [(str(event.kind), event.subject_text, event.sequence) for event in world.heard] == [
        ("criterion_deleted", "Three", 4),
        ("criterion_updated", None, 5),
        ("criterion_created", "Four", 6),
    ]
