"""What libraries and stray exceptions write to the log: their names and places, and no value (G26)."""

import json
import logging
import subprocess
import sys

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from support.logs import the_log
from support.running_org import ROOT

CANARY = "canary-value-8123"


def test_a_library_says_who_and_where_and_which_exception_and_no_more() -> None:
    with the_log() as log:
        try:
            int(CANARY)
        except ValueError:
            logging.getLogger("some.library").warning("body: %s", CANARY, exc_info=True)

    line = json.loads(log.getvalue())
    assert CANARY not in log.getvalue()
    assert (line["logger"], line["level"], line["exception_type"]) == ("some.library", "warning", "ValueError")
    assert line["place"].startswith("test_telemetry.py:")


@pytest.mark.parametrize("where", ["main", "thread"])
def test_an_exception_that_nobody_caught_is_logged_without_its_text(where: str) -> None:
    program = f"""
import threading
from accord.infra.telemetry import log_stray_exceptions, set_up_logs
set_up_logs("info")
log_stray_exceptions()
def crash():
    raise ValueError("{CANARY}")
crash() if "{where}" == "main" else threading.Thread(target=crash).start()
"""
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    lines = [json.loads(line) for line in said.stderr.splitlines()]
    assert CANARY not in said.stderr + said.stdout
    assert [line["exception_type"] for line in lines] == ["ValueError"]


def test_an_error_of_the_database_does_not_carry_the_values(database) -> None:
    with pytest.raises(DBAPIError) as failed, database.engine.connect() as connection:
        connection.execute(text("SELECT no_such_column WHERE 'x' = :value"), {"value": CANARY})

    assert CANARY not in str(failed.value)
