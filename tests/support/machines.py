"""Accord as it runs on many machines: `accord release`, `accord web` and workers as processes, on PostgreSQL."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import requests

from accord.core.clock import system_clock
from accord.core.ids import OrgId
from accord.features.connections.connecting import OrgSecrets, connect_org
from accord.features.connections.model import NewConnection
from accord.infra.db import Database, open_engine
from accord.parts import build_parts
from accord.settings import Secret, read_settings
from localorg.canvas import Placement, View, sign, signed_request_payload
from localorg.server import RunningOrg
from support.database import OWNER, SUPERUSER, as_role
from support.demo import free_ports
from support.product import turn_activity_on
from support.running_org import RILEY, ROOT, a_key_pair, an_app, record_id
from support.serving import serve_environment

START_SECONDS = 90
INTEGRATION = "integration@halden.example"


@dataclass
class Machine:
    """One process and what it wrote."""

    process: subprocess.Popen[bytes]
    log_file: Path

    def log(self) -> str:
        return self.log_file.read_text()

    def stop(self, *, within: float) -> float:
        """SIGTERM; gives the seconds that it took to end, well."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=within) == 0, self.log()
        return time.monotonic() - began


@dataclass
class Machines:
    """A released database with a connected org, and the processes that a test starts."""

    org: RunningOrg
    folder: Path
    environment: dict[str, str]
    flow_client: dict[str, str] = field(default_factory=dict)
    _token: str = ""

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.environment['PORT']}"

    def run(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """A command that ends by itself."""
        return subprocess.run(
            [sys.executable, "-m", "accord", *arguments],
            cwd=ROOT,
            env={**self.environment, **environ},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    @contextmanager
    def running(self, role: str, *, deaf_to_time: bool = False) -> Iterator[Machine]:
        """`deaf_to_time`: a worker that never looks by itself once it has begun; it has to be rung for."""
        never = ["-c", "from accord import cli, parts; parts.SHARED_POLL_SECONDS = 3600; cli.main()"]
        program = never if deaf_to_time else ["-m", "accord"]
        log_file = self.folder / f"{role}-{len(list(self.folder.glob('*.log')))}.log"
        with log_file.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *program, role], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        machine = Machine(process, log_file)
        try:
            self._wait(machine, "worker_started" if role == "worker" else None)
            yield machine
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=60)

    def _wait(self, machine: Machine, word: str | None) -> None:
        wait_for(
            lambda: machine.process.poll() is not None or (word in machine.log() if word else self.ready() is not None),
            START_SECONDS,
        )
        assert machine.process.poll() is None, machine.log()

    def ready(self) -> Mapping[str, str] | None:
        """What /readyz says; None when nobody answers."""
        try:
            answer = _web().get(f"{self.base}/readyz", timeout=15)
        except requests.ConnectionError:
            return None
        return {**answer.json(), "code": str(answer.status_code)}

    def log_activity(self, text: str) -> str:
        """A Flow logs an activity; gives the reference of the accepted one."""
        item = {"recordId": record_id(self.org), "kind": "comment", "subjectText": text, "idempotencyKey": text}
        answer = _web().post(
            f"{self.base}/flow/v1/activities", json={"items": [item]}, headers=self.sign_in(), timeout=20
        )
        assert answer.status_code == 200, answer.text
        assert answer.json()["items"][0]["outcome"] == "queued", answer.text
        return str(answer.json()["items"][0]["referenceId"])

    def sign_in(self) -> dict[str, str]:
        if not self._token:
            form = {"grant_type": "client_credentials", **self.flow_client}
            answer = _web().post(f"{self.base}/oauth/token", data=form, timeout=20)
            assert answer.status_code == 200, answer.text
            self._token = answer.json()["access_token"]
        return {"Authorization": f"Bearer {self._token}"}

    def signed_request(self, username: str = RILEY) -> str:
        """What Salesforce posts when a rep opens the deal."""
        org, user = self.org.org, self.org.org.users.by_username(username)
        (app,) = self.org.setup.apps()
        assert user is not None
        view = View(
            app=app,
            user=user,
            access_token=org.sessions.issue(user.id, client="Accord"),
            instance_url=self.org.https_base,
            placement=Placement(
                self.org.http_base, f"{self.org.http_base}/lightning", record_id(self.org), "Opportunity"
            ),
            issued_at=system_clock(),
        )
        return sign(signed_request_payload(org, view), consumer_secret=app.consumer_secret)

    def send(self, *parts: bytes, between: Any = lambda: None) -> bytes:
        """Sends a request in parts, with something done in between; gives the whole answer."""
        with socket.create_connection(("127.0.0.1", int(self.environment["PORT"])), timeout=30) as connection:
            for number, part in enumerate(parts):
                if number:
                    between()
                connection.sendall(part)
            answer = b""
            while chunk := connection.recv(65536):
                answer += chunk
            return answer

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What lies in the database, whosever it is."""
        address = as_role(self.environment["DATABASE_URL"], SUPERUSER).replace("+psycopg", "")
        with psycopg.connect(address) as connection:
            return connection.execute(query).fetchall()

    def state(self, reference: str) -> str:
        return str(self.rows(f"SELECT state FROM outbox WHERE id = '{reference}'")[0][0])

    def wait_until_delivered(self, reference: str) -> None:
        wait_for(lambda: self.state(reference) == "done", 60)

    def tasks(self) -> str:
        """What Accord has written into Tasks."""
        rows = [row for row in self.org.org.records.all("Task") if row.get("Accord_Id__c")]
        return "\n".join(f"{row['Subject']} {row.get('Description')}" for row in rows)


def wait_for(condition: Any, seconds: float) -> None:
    ends, pause = time.monotonic() + seconds, threading.Event()
    while not condition():
        assert time.monotonic() < ends, "it did not come about"
        pause.wait(0.005)


def _web() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.headers["Connection"] = "close"
    return session


def some_machines(org: RunningOrg, url: str, folder: Path) -> Machines:
    """Released by the owner, connected to the org by an admin; no process runs yet."""
    keys, (port,) = a_key_pair(), free_ports(1)
    app = an_app(
        consumer_secret="s" * 32, certificate_pem=keys.certificate_pem, canvas_url=f"http://localhost:{port}/canvas"
    )
    org.setup.register(app)
    environment = {
        **serve_environment(folder, port),
        "DATABASE_URL": url,
        "ACCORD_OWNER_DATABASE_URL": as_role(url, OWNER),
        "ACCORD_ALLOWED_LOOPBACK": f"{org.https_base.removeprefix('https://')},{org.http_base.removeprefix('http://')}",
        "ACCORD_PROXY_HOPS": "1",
        "ACCORD_CA_FILE": str(org.ca_file),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "backend"), *sys.path]),
    }
    machines = Machines(org, folder, environment)
    released = machines.run("release")
    assert released.returncode == 0, released.stderr
    settings = read_settings(environment)
    database = Database(open_engine(url), settings.master_keys)
    parts = build_parts(settings, database)
    new = NewConnection(
        org_id=OrgId(org.org.id),
        label="Halden",
        instance_url=org.https_base,
        is_sandbox=True,
        integration_username=INTEGRATION,
        consumer_key=app.consumer_key,
        login_url=org.https_base,
    )
    org_secrets = OrgSecrets(Secret(app.consumer_secret.encode()), Secret(keys.private_pem.encode()))
    connection, client = connect_org(parts.connections, "Halden", new, org_secrets, clock=system_clock)
    turn_activity_on(parts, connection)
    database.close()
    machines.flow_client = {"client_id": client.client_id, "client_secret": client.secret.reveal()}
    return machines
