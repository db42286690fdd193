"""`accord demo` as a process of its own, on free ports, and what a person at it would look at."""

import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from support.running_org import ROOT

START_SECONDS = 100


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


@dataclass
class Demo:
    """A running demo. `address` is what it told the person to open."""

    process: subprocess.Popen[bytes]
    address: str
    org_url: str
    started_in: float  # seconds

    def journal(self, after: int = 0) -> list[dict[str, Any]]:
        text = self._get(f"/_org/journal?after={after}").text
        return [json.loads(line) for line in text.splitlines()]

    def calls_of(self, username: str) -> int:
        """How many calls the org was asked so far with this user's login."""
        return int(self._get("/_org/requests").json()["by_user"].get(username, 0))

    def token(self, username: str) -> dict[str, Any]:
        return self._post("/_org/tokens", {"username": username}).json()

    def refuse_deals(self, condition: str, message: str, field: str) -> None:
        rule = {"name": "no", "object": "Opportunity", "condition": condition, "message": message, "field": field}
        self._post("/_org/rules", rule)

    def change_deal(self, deal: str, **values: Any) -> None:
        """The administrator changes the deal by the org's own API."""
        token = self.token("admin@halden.example")["access_token"]
        address = f"{self.org_url}/services/data/v67.0/sobjects/Opportunity/{deal}"
        answer = _web().patch(address, json=values, headers={"Authorization": f"Bearer {token}"}, timeout=10)
        assert answer.status_code == 204, answer.text

    def stop(self) -> float:
        """Ctrl-C; gives the seconds until everything has ended."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)
        return time.monotonic() - began

    def _get(self, path: str) -> requests.Response:
        return _web().get(self.org_url + path, timeout=10)

    def _post(self, path: str, body: dict[str, Any]) -> requests.Response:
        answer = _web().post(self.org_url + path, json=body, timeout=10)
        assert answer.ok, answer.text
        return answer


def _web() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


def demo_environment(folder: Path, ports: list[int]) -> dict[str, str]:
    port, org_port, org_tls_port = (str(one) for one in ports)
    names = {"PORT": port, "ORG_PORT": org_port, "ORG_TLS_PORT": org_tls_port, "ACCORD_DEMO_DIR": str(folder)}
    return {**os.environ, **names, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}


@contextmanager
def a_running_demo(folder: Path, ports: list[int]) -> Iterator[Demo]:
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "accord", "demo"],
        cwd=ROOT,
        env=demo_environment(folder, ports),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        said = _read_until(process, "Stop with Ctrl-C")
        found = re.search(r"http://\S+/view", said)
        assert found is not None, said
        yield Demo(process, found[0], f"http://127.0.0.1:{ports[1]}", time.monotonic() - began)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
        if process.stdout is not None:
            process.stdout.close()


def _read_until(process: subprocess.Popen[bytes], words: str) -> str:
    assert process.stdout is not None
    text = ""
    ends = time.monotonic() + START_SECONDS
    while words not in text:
        ready, _, _ = select.select([process.stdout], [], [], max(0, ends - time.monotonic()))
        chunk = os.read(process.stdout.fileno(), 65536).decode() if ready else ""
        assert chunk, f"the demo did not start:\n{text}"
        text += chunk
    return text
