"""The tenant is the workspace: no session reaches past it (D10's wall below the routes; G22)."""

import pytest
from sqlalchemy import Column, String, func, insert, select, update

from accord.core.ids import PlanId, WorkspaceId, new_id
from accord.infra.db import Database, TenancyError, UtcDateTime, tenant_table
from accord.infra.db.tables import metadata, workspace
from support.builders import NOON, a_workspace

note = tenant_table(
    "note_of_test",
    Column("text", String(50), nullable=False),
    Column("due", UtcDateTime),
    system_columns=frozenset({"due"}),
)
metadata.remove(note)  # it is no table of the product: nobody else shall look for it


@pytest.fixture(autouse=True)
def _the_table(database: Database):
    metadata.create_all(database.engine, tables=[note])


def a_note(database: Database, workspace_id: WorkspaceId, text: str) -> str:
    note_id = new_id(NOON)
    with database.workspace(workspace_id) as session:
        session.insert(note, {"id": note_id, "text": text, "due": NOON})
    return note_id


def test_a_session_sees_changes_and_deletes_the_rows_of_its_workspace_alone(database):
    ours, theirs = a_workspace(database), a_workspace(database)
    a_note(database, ours, "ours")
    foreign = a_note(database, theirs, "theirs")

    with database.workspace(ours) as session:
        assert [row.text for row in session.rows(select(note))] == ["ours"]
        assert session.first(select(note).where(note.c.id == foreign)) is None
        assert session.execute(update(note).values(text="mine")).rowcount == 1

    with database.reading(theirs) as session:
        assert [row.text for row in session.rows(select(note))] == ["theirs"]


def test_a_row_of_another_workspace_is_not_inserted(database):
    ours, theirs = a_workspace(database), a_workspace(database)

    with pytest.raises(TenancyError), database.workspace(ours) as session:
        session.insert(note, {"id": new_id(NOON), "workspace_id": theirs, "text": "smuggled"})


def test_a_session_without_a_workspace_is_refused(database):
    with pytest.raises(TenancyError, match="needs a workspace"), database.workspace(WorkspaceId("")):
        pass


def test_a_nested_select_cannot_reach_round_the_wall(database):
    ours, theirs = a_workspace(database), a_workspace(database)
    a_note(database, theirs, "theirs")
    nested = select(func.count()).select_from(note).scalar_subquery()

    with pytest.raises(TenancyError, match="note_of_test"), database.reading(ours) as session:
        session.rows(select(nested))


def test_a_system_session_sees_only_the_columns_that_are_open_to_it(database):
    ours = a_workspace(database)
    a_note(database, ours, "secret")

    with database.system_reading() as session:
        assert session.rows(select(note.c.workspace_id, note.c.due)) == [(ours, NOON)]
        with pytest.raises(TenancyError, match=r"note_of_test\.text"):
            session.rows(select(note.c.text))


def test_what_fails_inside_a_session_leaves_nothing_behind(database):
    ours = a_workspace(database)

    with pytest.raises(RuntimeError, match="stop"), database.workspace(ours) as session:
        session.insert(note, {"id": new_id(NOON), "text": "half"})
        raise RuntimeError("stop")

    with database.reading(ours) as session:
        assert session.rows(select(note)) == []


def test_a_time_without_a_zone_is_not_stored(database):
    ours = a_workspace(database)

    with pytest.raises(Exception, match="without a zone"), database.workspace(ours) as session:
        session.insert(note, {"id": PlanId("x"), "text": "t", "due": NOON.replace(tzinfo=None)})


def test_a_system_table_is_not_for_a_workspace_session_to_fill(database):
    ours = a_workspace(database)

    with pytest.raises(TenancyError, match="no tenant table"), database.workspace(ours) as session:
        session.insert(workspace, {"id": "x", "name": "y"})
    with database.system() as session:
        session.execute(insert(workspace).values(id="x", name="y"))
