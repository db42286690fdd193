"""What was answered with 'queued' is on the disk before the answer leaves (D22)."""

import sqlite3
from contextlib import closing

from sqlalchemy import text

from support.database import open_database
from support.product import a_product


def test_an_accepted_activity_is_in_the_file_when_the_answer_is_here(sqlite_template, tmp_path):
    """The file is looked at by a connection of its own, as a program would that starts after a power cut."""
    path = tmp_path / "accord.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{path}", waits_for_disk=True)
    with a_product(database) as product:
        flow = product.sign_in_flow()
        item = {"recordId": product.deal(), "kind": "comment", "subjectText": "Legal asked for a redline"}

        answer = product.client.post("/flow/v1/activities", json={"items": [item]}, headers=flow).json["items"][0]

        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as disk:
            stored = disk.execute("SELECT state FROM outbox WHERE id = ?", (answer["referenceId"],)).fetchall()
        assert answer["outcome"] == "queued"
        assert stored == [("ready",)]
        with database.engine.connect() as connection:
            assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
    database.close()
