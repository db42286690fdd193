"""What only real sockets show: resets, keep-alive, chunked bodies, slow clients, a clean stop."""

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from localorg.faults import Fault, FaultKind
from localorg.server import RunningOrg
from support.running_org import RILEY, a_running_org, a_session, a_token

TASKS = "/services/data/v67.0/sobjects/Task"
BODY = {"Subject": "Call", "Status": "Not Started", "Priority": "Normal"}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningOrg]:
    with a_running_org(tmp_path) as org:
        yield org


def headers(running: RunningOrg) -> dict[str, str]:
    return {"Authorization": f"Bearer {a_token(running, RILEY)}"}


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_reset_after_commits_and_resets_the_connection(running: RunningOrg, scheme: str) -> None:
    running.faults.arm(Fault(FaultKind.RESET_AFTER, path="sobjects/Task", count=1))
    base = running.http_base if scheme == "http" else running.https_base
    before = running.org.journal.last_seq

    with pytest.raises(requests.ConnectionError, match=r"reset by peer|Connection aborted"):
        a_session(running).post(base + TASKS, json=BODY, headers=headers(running), timeout=10)
    assert [(entry.op, entry.after["Subject"]) for entry in running.org.journal.entries(before)] == [("insert", "Call")]
    assert running.faults.report()[0]["hits"] == 1


def test_a_reset_is_a_tcp_reset_and_no_orderly_end(running: RunningOrg) -> None:
    running.faults.arm(Fault(FaultKind.RESET_BEFORE, path="/services/data"))
    parts = urlsplit(running.http_base)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as connection:
        connection.sendall(b"GET /services/data HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")

        with pytest.raises(ConnectionResetError):
            connection.recv(1)


def test_reset_before_leaves_nothing(running: RunningOrg) -> None:
    running.faults.arm(Fault(FaultKind.RESET_BEFORE, path="sobjects/Task", count=1))
    before = running.org.journal.last_seq

    with pytest.raises(requests.ConnectionError):
        a_session(running).post(running.https_base + TASKS, json=BODY, headers=headers(running), timeout=10)
    assert running.org.journal.entries(before) == []


def test_a_client_that_gives_up_finds_the_late_commit_in_the_journal(running: RunningOrg) -> None:
    running.faults.arm(Fault(FaultKind.LATE_COMMIT, path="sobjects/Task", count=1, delay_ms=300))
    before = running.org.journal.last_seq

    with pytest.raises(requests.ReadTimeout):
        a_session(running).post(running.http_base + TASKS, json=BODY, headers=headers(running), timeout=0.1)
    assert [entry.op for entry in running.org.journal.wait(before, timeout=10)] == ["insert"]


def test_many_calls_share_one_connection(running: RunningOrg) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(running.http_base).port or 0, timeout=10)
    ports = set()
    for method in ("GET", "POST", "GET"):
        connection.request(method, TASKS, body=json.dumps(BODY) if method == "POST" else None, headers=headers(running))
        ports.add(connection.sock.getsockname()[1])
        answer = connection.getresponse()
        answer.read()
        assert answer.status in {200, 201}
    connection.close()

    assert len(ports) == 1


def test_what_an_answer_left_unread_is_not_taken_for_the_next_request(running: RunningOrg) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(running.http_base).port or 0, timeout=10)
    connection.request("POST", "/services/data/v67.0/nothing/here", body=b"x" * 50_000)
    first = connection.getresponse()
    first.read()
    connection.request("GET", "/services/data")
    second = connection.getresponse()

    assert (first.status in {401, 404}, second.status) == (True, 200)
    assert json.loads(second.read())
    connection.close()


def test_chunked_bodies_are_read(running: RunningOrg) -> None:
    pieces = iter([b'{"Subject": "In pieces", ', b'"Status": "Not Started", "Priority": "Normal"}'])
    answer = a_session(running).post(
        running.http_base + TASKS,
        data=pieces,
        headers={**headers(running), "Content-Type": "application/json"},
        timeout=10,
    )

    assert answer.status_code == 201
    assert running.org.journal.entries()[-1].after["Subject"] == "In pieces"


def test_a_client_that_never_finishes_its_handshake_holds_up_nobody(running: RunningOrg) -> None:
    parts = urlsplit(running.https_base)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10):
        answer = a_session(running).get(f"{running.https_base}/services/data", timeout=5)

    assert answer.status_code == 200


def test_every_name_of_the_certificate_is_answered(running: RunningOrg) -> None:
    port = urlsplit(running.https_base).port
    answers = [
        a_session(running).get(f"https://{name}:{port}/services/data", timeout=10).status_code
        for name in ("localhost", "127.0.0.1")
    ]

    assert answers == [200, 200]


def test_stopping_ends_open_connections_and_frees_the_ports(tmp_path: Path) -> None:
    with a_running_org(tmp_path / "first") as running:
        port = urlsplit(running.http_base).port or 0
        listener = socket.create_connection(("127.0.0.1", port), timeout=10)
        listener.sendall(b"GET /lightning/o/Opportunity/changes HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert listener.recv(4096).startswith(b"HTTP/1.1 200")

    with listener:
        while listener.recv(4096):
            pass
    with socket.create_server(("127.0.0.1", port)):
        pass
