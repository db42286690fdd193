"""An org tells of up to 600,000 records at once, where somebody has changed all of them: nothing chokes on that."""

import pytest

from accord.core.ids import RecordId, UserId
from accord.features.auto_create import store
from accord.features.auto_create.model import Reason, Standing, Waits
from accord.infra.db import Database
from accord.workspace.plans.store import find_with_plan
from support.plan_rooms import a_world
from support.plans import DEAL

WAITS = RecordId("006000000000099AAA")
MANY = [RecordId(f"006{number:012}AAB") for number in range(66_000)]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # which takes 65,535 values a statement
def test_deals_are_looked_for_in_pages_however_many_have_changed(database: Database) -> None:
    world = a_world(database)
    world.make_plan()
    connection_id, now = world.home.connection.id, world.clock()
    with database.workspace(world.home.workspace_id) as session:
        waits = Waits("rule", Reason.OWNER_NOT_MEMBER, UserId("005000000000001AAA"))
        store.note_waiting(session, connection_id, WAITS, waits, now=now)

        assert find_with_plan(session, connection_id, [*MANY, DEAL]) == {DEAL}
        assert store.find_settled(session, connection_id, [WAITS]) == {WAITS: Standing.WAITING}
        store.forget_waiting(session, connection_id, [*MANY, WAITS])
        assert store.find_settled(session, connection_id, [WAITS]) == {}
