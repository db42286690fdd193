"""`accord release`, `accord web` and `accord worker` as processes of their own on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from accord.core.errors import MisconfiguredError
from accord.deliveries import run_worker
from accord.server import serve_web
from accord.settings import Settings
from localorg.faults import Fault, FaultKind
from support.builders import some_settings
from support.database import SUPERUSER, a_postgres_database, as_role
from support.demo import free_ports
from support.machines import Machines, some_machines, wait_for
from support.proxy import a_proxy
from support.running_org import a_running_org, record_id

STOPS_WITHIN = 30  # seconds: a call may take 20
PATIENCE = 60  # seconds


@pytest.fixture(scope="module")
def machines(postgres_socket: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    folder = tmp_path_factory.mktemp("machines")
    with a_postgres_database(postgres_socket, "machines") as url, a_running_org(folder) as org:
        yield some_machines(org, url, folder)


@pytest.fixture(scope="module")
def web(machines: Machines) -> Iterator[None]:
    with machines.running("web"):
        yield


def test_the_web_alone_serves_and_says_that_nobody_delivers(machines: Machines, web: None) -> None:
    assert machines.ready() == {
        "status": "degraded",
        "database": "ok",
        "schema": "ok",
        "workers": "none_seen",
        "code": "200",
    }

    reference = machines.log_activity("kept until a worker comes")

    assert machines.state(reference) == "ready"
    assert machines.tasks() == ""


def test_a_worker_takes_up_what_was_kept_and_is_woken_by_what_the_web_accepts(machines: Machines, web: None) -> None:
    kept = machines.log_activity("kept until a worker comes")
    with machines.running("worker", deaf_to_time=True) as worker:
        machines.wait_until_delivered(kept)
        wait_for(lambda: (machines.ready() or {})["status"] == "ready", PATIENCE)
        for number in range(3):
            machines.wait_until_delivered(machines.log_activity(f"rung for {number}"))

        assert "kept until a worker comes" in machines.tasks()
        worker.stop(within=STOPS_WITHIN)
    assert (machines.ready() or {})["status"] == "degraded"


def test_a_worker_that_is_told_to_stop_lets_its_call_end_and_writes_it_down(machines: Machines, web: None) -> None:
    machines.org.faults.arm(Fault(kind=FaultKind.SLOW, path="/composite", rate=1, delay_ms=1500))
    with machines.running("worker") as worker:
        reference = machines.log_activity("under way")
        wait_for(lambda: any(one["hits"] for one in machines.org.faults.report()), PATIENCE)

        worker.stop(within=STOPS_WITHIN)
    machines.org.faults.clear()

    assert machines.state(reference) == "done"
    assert "under way" in machines.tasks()
    assert machines.rows("SELECT id FROM claim") == []


def test_a_rep_and_a_flow_come_in_by_the_shipped_proxy(machines: Machines, web: None, tmp_path: Path) -> None:
    proxy = a_proxy(tmp_path / "nginx", web_port=int(machines.environment["PORT"]))
    with proxy.running(), requests.Session() as browser:
        browser.trust_env, browser.verify = False, str(proxy.ca_file)
        base = f"https://127.0.0.1:{proxy.port}"

        page = browser.post(f"{base}/canvas", data={"signed_request": machines.signed_request()}, timeout=20)
        item = {"recordId": record_id(machines.org), "kind": "comment", "subjectText": "by the proxy"}
        logged = browser.post(
            f"{base}/flow/v1/activities", json={"items": [item]}, headers=machines.sign_in(), timeout=20
        )

    assert page.status_code == 200, page.text
    assert "frame-ancestors http://127.0.0.1" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    assert logged.json()["items"][0]["outcome"] == "queued", logged.text


def test_a_web_that_is_told_to_stop_answers_what_it_has_begun(machines: Machines) -> None:
    body = b"grant_type=client_credentials&client_id=x&client_secret=y"
    head = (
        b"POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    machines.environment["PORT"] = _another_port()
    with machines.running("web") as stopping:

        def tell() -> None:
            wait_for(lambda: (machines.ready() or {}).get("code") == "200", PATIENCE)  # the head has been read by now
            stopping.process.terminate()

        answer = machines.send(head, body, between=tell)

        assert answer.startswith(b"HTTP/1.1 401"), answer
        assert stopping.process.wait(timeout=STOPS_WITHIN) == 0


def _another_port() -> str:
    return str(free_ports(1)[0])


def test_a_role_that_passes_the_policies_is_refused_at_the_start(machines: Machines) -> None:
    superuser = as_role(machines.environment["DATABASE_URL"], SUPERUSER)

    said = machines.run("web", DATABASE_URL=superuser, PORT=_another_port())

    assert said.returncode == 1
    assert "superuser or has BYPASSRLS" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_database_that_was_not_released_is_refused_with_the_remedy(machines: Machines, postgres_socket: str) -> None:
    with a_postgres_database(postgres_socket, "unreleased") as url:
        said = machines.run("worker", DATABASE_URL=url)

    assert said.returncode == 1
    assert "Run `accord release`" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("start", [serve_web, run_worker])
def test_sqlite_is_refused_with_the_form_that_serves_it(start: Callable[[Settings], None]) -> None:
    with pytest.raises(MisconfiguredError, match="`accord serve`"):
        start(some_settings({"DATABASE_URL": "sqlite:///a.db"}))


def test_the_command_line_works_on_postgresql_while_the_programs_run(machines: Machines, web: None) -> None:
    said = machines.run("disconnect", "--org-id", "00D000000000001EAA")

    assert said.returncode == 1
    assert "connected org" in said.stderr
