"""The tenant is the workspace: no session reaches past it (D10's wall below the routes; G22)."""

import pytest
from sqlalchemy import (
    Column,
    String,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy import table as bare_table
from sqlalchemy.exc import DBAPIError

from accord.core.ids import PlanId, WorkspaceId, new_id
from accord.infra.db import Database, TenancyError, UtcDateTime, tenant_table
from accord.infra.db.tables import metadata, workspace
from accord.infra.db.vault import workspace_key
from support.builders import NOON, a_workspace
from support.database import add_tables

note = tenant_table(
    "note_of_test",
    Column("text", String(50), nullable=False),
    Column("due", UtcDateTime),
    system_columns=frozenset({"due"}),
)
reply = tenant_table(
    "reply_of_test",
    Column("note_id", String(36), nullable=False),
    Column("answer", String(50), nullable=False),
    Column("over", UtcDateTime),
    system_columns=frozenset({"over"}),
    system_deletes=True,
)
metadata.remove(note)  # it is no table of the product: nobody else shall look for it
metadata.remove(reply)


@pytest.fixture(autouse=True)
def _the_table(database: Database):
    add_tables(database, [note, reply])


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


def a_reply(database: Database, workspace_id: WorkspaceId, note_id: str, answer: str) -> str:
    reply_id = new_id(NOON)
    with database.workspace(workspace_id) as session:
        session.insert(reply, {"id": reply_id, "note_id": note_id, "answer": answer, "over": NOON})
    return reply_id


def test_every_table_of_a_join_is_narrowed(database):
    """Both ways round: a note of ours with a stranger's reply, and a stranger's note with a reply of ours."""
    ours, theirs = a_workspace(database), a_workspace(database)
    own = a_note(database, ours, "ours")
    foreign = a_note(database, theirs, "theirs")
    a_reply(database, theirs, own, "theirs to ours")
    a_reply(database, ours, foreign, "ours to theirs")
    a_reply(database, ours, own, "ours to ours")

    joined = select(note.c.text, reply.c.answer).join(reply, reply.c.note_id == note.c.id)

    with database.reading(ours) as session:
        assert session.rows(joined) == [("ours", "ours to ours")]


def test_an_update_of_many_rows_changes_no_row_of_another_workspace(database):
    ours, theirs = a_workspace(database), a_workspace(database)
    own, foreign = a_note(database, ours, "ours"), a_note(database, theirs, "theirs")
    change = update(note).where(note.c.id == bindparam("row_id")).values(text=bindparam("said"))

    with database.workspace(ours) as session:
        session.execute_many(change, [{"row_id": own, "said": "new"}, {"row_id": foreign, "said": "new"}])

    with database.reading(theirs) as session:
        assert session.rows(select(note.c.text)) == [("theirs",)]
    with database.reading(ours) as session:
        assert session.rows(select(note.c.text)) == [("new",)]


def test_a_delete_takes_no_row_of_another_workspace(database):
    ours, theirs = a_workspace(database), a_workspace(database)
    a_note(database, theirs, "theirs")

    with database.workspace(ours) as session:
        assert session.execute(delete(note)).rowcount == 0


PAST_THE_WALL = {
    "every workspace": select(workspace.c.name),
    "every data key": select(workspace_key),
    "deleting workspaces": delete(workspace),
    "text": text("SELECT text FROM note_of_test"),
    "text in a select": select(text("text")).select_from(note),
    "text in a condition": select(note.c.id).where(text("1 = 1")),
    "literal columns": select(literal_column("text")).select_from(note),
    "a literal star": select(literal_column("*")).select_from(note),
    "a column of no table": select(column("text")).select_from(note),
    "another name for the table": select(note.alias().c.text),
    "a table by its name": select(bare_table("note_of_test", column("text"))),
    "a derived table": select(select(note.c.text).subquery()),
    "a nested one beside the table": select(note.c.id).where(note.c.id.in_(select(note.c.id))),
    "a common table expression": select(select(note.c.text).cte("all_notes")),
    "whole rows": select(note.table_valued()),
    "inserting by a statement": insert(note).values(id="x", workspace_id="y", text="z"),
    "moving a row away": update(note).values(workspace_id="y"),
    "moving a row away in order": update(note).ordered_values((note.c.workspace_id, "y")),
}


@pytest.mark.parametrize("way", PAST_THE_WALL)
def test_a_workspace_session_refuses_what_it_cannot_narrow(database, way):
    ours = a_workspace(database)

    with pytest.raises(TenancyError), database.workspace(ours) as session:
        session.execute(PAST_THE_WALL[way])


def test_rows_are_not_moved_to_another_workspace_by_parameters(database):
    ours, theirs = a_workspace(database), a_workspace(database)
    own = a_note(database, ours, "ours")

    with pytest.raises(TenancyError, match="keeps its workspace"), database.workspace(ours) as session:
        session.execute_many(update(note).where(note.c.id == own), [{"workspace_id": theirs}])
    with pytest.raises(TenancyError, match="expressions"), database.workspace(ours) as session:
        session.insert_once(note, {"id": new_id(NOON), "text": select(note.c.text).scalar_subquery()})


PAST_THE_SYSTEM = {
    "a whole table": select(note),
    "a closed column": select(note.c.text),
    "a closed column in a condition": select(note.c.id).where(note.c.text == "x"),
    "a closed column in the order": select(note.c.id).order_by(note.c.text),
    "a closed column in a function": select(func.max(note.c.text)),
    "text": text("SELECT text FROM note_of_test"),
    "text in a select": select(text("text")).select_from(note),
    "literal columns": select(literal_column("text")).select_from(note),
    "a literal star": select(literal_column("*")).select_from(note),
    "a column of no table": select(column("text")).select_from(note),
    "another name for the table": select(note.alias().c.text),
    "a table by its name": select(bare_table("note_of_test", column("text"))),
    "a derived table": select(select(note.c.id).subquery()),
    "whole rows": select(note.table_valued()),
    "a nested whole table": select(workspace.c.id).where(workspace.c.id.in_(select(note))),
    "changing a row": update(note).values(text="x"),
    "changing an open column": update(note).values(due=NOON),
    "deleting where it is not opened": delete(note),
    "deleting by a closed column": delete(reply).where(reply.c.answer == "x"),
    "deleting with a look at what goes": delete(reply).returning(reply.c.answer),
    "deleting with a look at the whole": delete(reply).returning(reply),
    "inserting for a tenant": insert(note).values(id="x", workspace_id="y", text="z"),
    "copying into a system table": insert(workspace).from_select(["id", "name"], select(note.c.id, note.c.text)),
    "copying by a value": insert(workspace).values(id="x", name=select(note.c.text).scalar_subquery()),
    "copying by many values": insert(workspace).values([{"id": "x", "name": select(note.c.text).scalar_subquery()}]),
    "copying by a change": update(workspace).values(name=select(note.c.text).scalar_subquery()),
}


@pytest.mark.parametrize("way", PAST_THE_SYSTEM)
def test_a_system_session_refuses_whatever_is_not_open_to_it(database, way):
    a_note(database, a_workspace(database), "secret")

    with pytest.raises(TenancyError), database.system() as session:
        session.execute(PAST_THE_SYSTEM[way])


def test_a_system_session_does_what_is_open_to_it(database):
    ours = a_workspace(database)
    a_reply(database, ours, a_note(database, ours, "n"), "r")

    with database.system() as session:
        waiting = select(note.c.id).where(note.c.due <= NOON, note.c.workspace_id == workspace.c.id).exists()
        assert session.rows(select(workspace.c.id).where(waiting)) == [(ours,)]
        assert session.first(select(func.count()).select_from(note)) == (1,)
        assert session.execute(update(workspace).where(workspace.c.id == ours).values(name="New")).rowcount == 1
        assert session.execute(delete(reply).where(reply.c.over <= NOON)).rowcount == 1


def test_a_session_that_only_reads_cannot_write_and_its_connection_can_again(database):
    ours = a_workspace(database)
    own = a_note(database, ours, "before")

    for _ in range(3):  # the pool gives the same connection again
        with pytest.raises(DBAPIError), database.reading(ours) as session:
            session.execute(update(note).values(text="after"))
        with pytest.raises(DBAPIError), database.system_reading() as system:
            system.execute(update(workspace).values(name="after"))
        with database.workspace(ours) as session:
            assert session.execute(update(note).where(note.c.id == own).values(text="before")).rowcount == 1

    with database.reading(ours) as session:
        assert session.rows(select(note.c.text)) == [("before",)]
