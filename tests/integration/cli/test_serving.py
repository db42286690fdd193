"""The real server: what it says to what is no request, what it writes to its log, and whose its files are (G26)."""

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from support.demo import free_ports
from support.running_org import ROOT
from support.serving import Server, a_running_server, serve_environment

CANARY = b"canary-token-4711"
UNREADABLE = {
    "a header without a colon": (b"GET /healthz HTTP/1.1\r\nHost: x\r\nAuthorization Bearer %s\r\n\r\n", 400),
    "a header with a space in its name": (b"GET /healthz HTTP/1.1\r\nHost: x\r\nBearer %s: x\r\n\r\n", 400),
    "a request line that is too long": (b"GET /?token=%s" + b"x" * 10_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "a header that is too large": (
        b"GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s" + b"x" * 10_000 + b"\r\n\r\n",
        431,
    ),
    "a line that is no request": (b"%s is no request\r\n\r\n", 400),
    "an unknown version": (b"GET /%s HTTP/9.9\r\n\r\n", 400),
    "an unknown coding": (b"POST /canvas HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: %s\r\n\r\n", 400),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with a_running_server(tmp_path_factory.mktemp("serving")) as running:
        yield running


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_no_request_gets_the_one_shape_of_errors_and_no_word_of_it_back(server: Server, what: str) -> None:
    request, status = UNREADABLE[what]

    head, _, body = server.send(request % CANARY).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 %d " % status), head
    assert b"Content-Type: application/json" in head
    assert set(json.loads(body)) == {"code", "message", "field", "items", "reference"}
    assert CANARY not in head + body


def test_no_word_of_a_request_reaches_the_log_and_every_line_is_json(server: Server) -> None:
    for request, _ in UNREADABLE.values():
        server.send(request % CANARY)

    lines = [json.loads(line) for line in server.log().splitlines()]

    assert CANARY.decode() not in server.log()
    refused = [line for line in lines if line["event"] == "request_unreadable"]
    assert len(refused) >= len(UNREADABLE)
    assert all(line["reference"] and line["kind"] for line in refused)


def test_the_files_of_the_server_are_its_own_users_alone(server: Server) -> None:
    folder = server.folder / "var"

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert "accord.db" in made
    assert set(made.values()) == {0o600}


def test_a_backup_of_the_running_server_has_what_was_committed(server: Server, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    environ = {**os.environ, **server.environ}
    made = subprocess.run([sys.executable, "-m", "accord", "backup", str(copy)], cwd=ROOT, env=environ, check=False)

    assert made.returncode == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


def test_the_server_still_answers_afterwards(server: Server) -> None:
    answer = server.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 200")
    assert b'"status":"ok"' in answer


def test_what_nobody_caught_in_the_server_is_logged_without_its_text(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    program = f"""
import os
from accord import server
from accord.settings import read_settings
class Crashing(server.EmbeddedServer):
    def run(self):
        raise ValueError("{CANARY.decode()}")
server.EmbeddedServer = Crashing
server.serve_embedded(read_settings(os.environ))
"""
    environ = serve_environment(tmp_path, port)
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )

    lines = [json.loads(line) for line in said.stderr.splitlines()]
    assert CANARY.decode() not in said.stderr + said.stdout
    assert ("program_crashed", "ValueError") in {(line["event"], line.get("exception_type")) for line in lines}


def test_a_web_process_that_dies_is_replaced_and_the_log_says_so_in_our_words(tmp_path: Path) -> None:
    with a_running_server(tmp_path) as running:
        (child,) = subprocess.check_output(["pgrep", "-P", str(running.process.pid)], text=True).split()

        os.kill(int(child), signal.SIGKILL)
        running.wait_until_it_answers()

    lines = [json.loads(line) for line in running.log().splitlines()]
    assert any(line["event"] == "web_server" and line["place"].startswith("arbiter.py:") for line in lines)


def test_a_page_that_is_not_built_is_said_at_the_start(tmp_path: Path) -> None:
    environ = serve_environment(tmp_path, free_ports(1)[0])
    (tmp_path / "page" / "panel.html").unlink()

    said = subprocess.run(
        [sys.executable, "-m", "accord", "serve"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert said.returncode == 1
    assert "ACCORD_ASSETS_DIR" in said.stderr
    assert "`make page`" in said.stderr
    assert "Traceback" not in said.stderr
