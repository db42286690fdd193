"""When an org has left and its plans stay: whom they name stays by his name, and no id of the org does."""

from typing import Any

from sqlalchemy import delete, select, update

from accord.core.ids import MemberId
from accord.features.uninstall import store
from accord.features.uninstall.model import Receipt
from accord.infra.db import Database, metadata
from accord.workspace.members.model import Member
from accord.workspace.plans.access import Asked
from support.builders import NOON
from support.plan_rooms import World, a_world

LINK = {"title": "Security paper", "url": "https://accord.example/paper", "is_internal": False}


def asked_by(world: World, member: Member) -> Asked:
    return Asked(world.caller(member_id=member.id), world.plan_id, None)


def rows(session: Any, table: str) -> list[Any]:
    return list(session.rows(select(metadata.tables[table])))


def test_whoever_is_named_by_a_plan_stays_and_whoever_was_invited_has_no_id_of_the_org(database: Database) -> None:
    world = a_world(database)
    world.make_plan()
    author, completer, adder, nobody = (world.home.member(f"00500000000000{number}AAA") for number in range(4, 8))
    step = world.step_id()
    world.rooms.notes.comment(asked_by(world, author), step, {"text": "Done soon.", "is_internal": False})
    world.rooms.notes.add_resource(asked_by(world, adder), LINK)
    version = str(world.whole().steps[step].version)
    world.rooms.elements.change_step(asked_by(world, completer), step, {"is_completed": True}, version=version)
    world.invite(contact_id="003000000000001AAA")
    world.invite("joe@brightwater.example", contact_id="003000000000002AAA", is_invited=False)
    connection_id = world.home.connection.id

    with database.workspace(world.home.workspace_id) as session:
        session.execute(update(metadata.tables["member"]).values(time_zone="Europe/Berlin"))
        taking_part = metadata.tables["plan_member"]  # whoever completes a step takes part from then on; he has left
        session.execute(delete(taking_part).where(taking_part.c.member_id == completer.id))
        store.begin(session, connection_id, Receipt(NOON, None, plans_deleted=False, unwritten=0))
        store.empty_kept(session, connection_id, plans_too=False)
        members = {MemberId(row.id): (row.salesforce_user_id[0], row.time_zone) for row in rows(session, "member")}
        kept = [(row.contact_id, row.invited_at is None) for row in rows(session, "plan_member")]

    assert members == dict.fromkeys((world.rep.id, author.id, completer.id, adder.id), ("x", ""))
    assert len(members) == 4
    assert nobody.id not in members
    assert [one for one in kept if one[0] is not None] == []
    assert [is_new for _, is_new in kept].count(False) == 1, "who was invited stays, who never was goes"
