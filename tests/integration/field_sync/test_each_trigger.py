"""Each of the eleven triggers pushes by itself: somebody acts, and the fields in Salesforce have what the plan says."""

from collections.abc import Callable
from typing import Any

from accord.core.identity import Identity, Role
from accord.core.ids import PlanId, RecordId
from accord.features.field_sync.sync.store import load_marks
from accord.workspace.plans.data import plan_url
from support.connected import Connected
from support.database import ONE_ENGINE
from support.field_sync import SyncWorld
from support.plan_rooms import NEW_STEP, World
from support.scripted_org import ScriptedOrg

CONTRACT = 2  # the step of the last stage


def rooms_of(world: SyncWorld, deal: str) -> World:
    """The use cases of plans with the product's own listeners, for a rep who sees this deal."""
    parts, connection = world.product.parts, world.product.connection
    home = Connected(parts.database, parts.connections, connection, ScriptedOrg(), world.product.clock)
    listeners = parts.plan_rooms.changes.listeners
    rep = home.find_member() or home.member()
    return World(home, rep, parts.database, home.clock, deal=RecordId(deal), listeners=listeners)


def duplicate_and_connect(rooms: World) -> object:
    """A copy has no deal, so nothing is pushed for it before it gets one (A65)."""
    copy = rooms.rooms.editing.duplicate(rooms.asked(), None)
    with rooms.database.workspace(rooms.home.workspace_id) as session:
        assert not load_marks(session, rooms.home.connection.id, [copy.plan.id])
    rooms.rooms.editing.disconnect(rooms.asked(), version=str(rooms.whole().plan.version))
    rooms.plan_id = copy.plan.id
    return rooms.rooms.editing.connect(rooms.asked(), rooms.deal, version=str(copy.plan.version))


def accept(rooms: World) -> object:
    dana = rooms.whole().members[-1].id
    return rooms.rooms.editing.view(rooms.asked(dana))


# by line of the requirements: what somebody does, what Salesforce shows after it, and what the write names as its cause
Act = Callable[[World], object]
TRIGGERS: dict[str, tuple[Act, dict[str, Any], str]] = {
    "A63 viewed": (lambda one: one.rooms.editing.view(one.asked()), {"Progress__c": 33}, "viewed"),
    "A64 created": (
        lambda one: one.make_plan(),
        {"Progress__c": 0, "Accord_Status__c": "Not Started"},
        "deal_connected",
    ),
    "A65 duplicated": (duplicate_and_connect, {"Progress__c": 0, "Accord_Status__c": None}, "deal_connected"),
    "A66 stage created": (
        lambda one: one.rooms.elements.add_stage(
            one.asked(), {"title": "Prepare", "is_internal": False, "position": 0}
        ),
        {"Stage_Name__c": "Evaluate"},
        "stage_created",
    ),
    "A67 stage deleted": (
        lambda one: one.rooms.elements.delete_stage(one.asked(), one.whole().facts.stages[1].id, version="1"),
        {"Stage_Name__c": "Evaluate", "Progress__c": 50},
        "stage_deleted",
    ),
    "A68 step created": (
        lambda one: one.rooms.elements.add_step(
            one.asked(), {**NEW_STEP, "title": "Legal review", "stage_id": one.whole().facts.stages[1].id}
        ),
        {"Progress__c": 25},
        "step_created",
    ),
    "A69 step deleted": (
        lambda one: one.rooms.elements.delete_step(one.asked(), one.step_id(CONTRACT), version="1"),
        {"Progress__c": 50},
        "step_deleted",
    ),
    "A70 step updated": (lambda one: one.change_step(1, title="Security"), {"Progress__c": 33}, "step_updated"),
    "A71 stakeholder added": (
        lambda one: one.rooms.people.add_stakeholder(one.asked(), {"name": "Ira Sand", "title": "CFO", "email": ""}),
        {"Progress__c": 33},
        "stakeholder_added",
    ),
    "A72 customer accepted": (
        accept,
        {"Customer_Invited_Num__c": 1, "Customer_Accepted_Num__c": 1},
        "customer_accepted",
    ),
    "A73 member invited": (
        lambda one: one.invite(),
        {"Customer_Invited_Num__c": 1, "Customer_Accepted_Num__c": 0},
        "member_invited",
    ),
}


@ONE_ENGINE
def test_each_of_the_eleven_triggers_pushes_what_the_plan_says(world: SyncWorld) -> None:
    """A62 to A73, each by itself: the fields are empty before it, as syncing is turned on after the plan was made."""
    acted = {name: rooms_of(world, deal) for name, deal in zip(TRIGGERS, world.more_deals(len(TRIGGERS)), strict=True)}
    for name, rooms in acted.items():
        if name != "A64 created":
            rooms.make_plan()
            rooms.change_step(is_completed=True)
        if name == "A72 customer accepted":
            rooms.invite()
    world.turn_on()
    for name, (act, _, _) in TRIGGERS.items():
        act(acted[name])
    world.product.clock.advance(seconds=10)
    world.product.deliver()

    plans_url = world.product.parts.settings.plans_url
    expected = {
        name: {**shown, "Accord_URL__c": plan_url(plans_url, acted[name].plan_id), "cause": cause}
        for name, (_, shown, cause) in TRIGGERS.items()
    }
    assert {name: found(world, rooms, expected[name]) for name, rooms in acted.items()} == expected


def found(world: SyncWorld, rooms: World, expected: dict[str, Any]) -> dict[str, Any]:
    """What the deal has in the expected fields, and what set the write of its address off."""
    caller = Identity(rooms.home.workspace_id, rooms.home.connection.id, Role.ADMIN, record_id=rooms.deal)
    told = world.product.parts.synced_fields.why.of(caller, PlanId(rooms.plan_id)).fields[0].wrote
    record = world.product.record("Opportunity", rooms.deal)
    return {**{name: record.get(name) for name in expected if name != "cause"}, "cause": told and told.trigger}
