"""SQLite as a careful single file: writers take turns, and an answer means that it is on the disk."""

import threading

import pytest
from sqlalchemy import func, insert, select

from accord.core.ids import new_id
from accord.infra.db import Database, engine
from accord.infra.db.tables import workspace
from support.builders import NOON
from support.database import open_database

WRITERS, EACH = 6, 15


@pytest.fixture
def database(sqlite_template, tmp_path, monkeypatch):
    # SQLite itself waits for nobody here: only our own lock has writers take turns
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0)
    (tmp_path / "accord.db").write_bytes(sqlite_template.read_bytes())
    opened = open_database(f"sqlite:///{tmp_path / 'accord.db'}", waits_for_disk=True)
    yield opened
    opened.close()


def test_writers_of_one_process_take_turns_and_never_meet_a_locked_file(database: Database) -> None:
    failed: list[Exception] = []
    together = threading.Barrier(WRITERS)

    def write() -> None:
        try:
            together.wait(10)
            for _ in range(EACH):
                with database.system() as session:
                    session.execute(insert(workspace).values(id=new_id(NOON), name="w"))
        except Exception as error:  # noqa: BLE001 - looked at below
            failed.append(error)

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failed == []
    with database.system_reading() as session:
        assert session.first(select(func.count()).select_from(workspace)) == (WRITERS * EACH,)


def test_a_reader_waits_for_no_writer_and_sees_what_was_committed(database: Database) -> None:
    with database.system() as writing:
        writing.execute(insert(workspace).values(id="w", name="w"))
        with database.system_reading() as reading:
            assert reading.rows(select(workspace.c.id)) == []


@pytest.mark.parametrize(("pragma", "value"), [("synchronous", 2), ("journal_mode", "wal"), ("foreign_keys", 1)])
def test_a_commit_waits_for_the_disk(database: Database, pragma: str, value: object) -> None:
    with database.engine.connect() as first, database.engine.connect() as second:
        for connection in (first, second):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_folder_that_is_made_for_the_file_is_its_owners_alone(tmp_path) -> None:
    open_database(f"sqlite:///{tmp_path / 'new' / 'accord.db'}").close()

    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
