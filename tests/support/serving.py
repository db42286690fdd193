"""`accord serve` as a process of its own, on a free port and a file of its own."""

import base64
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.builders import MASTER_KEY, SESSION_KEY
from support.demo import free_ports
from support.running_org import ROOT

START_SECONDS = 90


@dataclass
class Server:
    """A running server. `send` gives its whole answer to bytes; `log` is what it wrote to both of its streams."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]
    environ: dict[str, str]

    def send(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request)
            answer = b""
            while chunk := _received(connection):
                answer += chunk
            return answer

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def wait_until_it_answers(self) -> None:
        ends = time.monotonic() + START_SECONDS
        answer, pause = b"", threading.Event()
        while self.process.poll() is None and time.monotonic() < ends and not answer.startswith(b"HTTP/1.1 200"):
            try:
                answer = self.send(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            except OSError:  # it does not listen yet
                pause.wait(0.05)
        assert answer.startswith(b"HTTP/1.1 200"), f"{answer!r}\n{self.log()}"


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except ConnectionResetError:  # it has closed without reading all that was sent
        return b""


def serve_environment(folder: Path, port: int) -> dict[str, str]:
    """What `accord serve` needs, with a page that is built as far as its start can see."""
    assets = folder / "page"
    assets.mkdir()
    for name in ("panel.html", "importmap.json"):
        (assets / name).write_text("{}")
    keys = f"k1:{base64.b64encode(MASTER_KEY).decode()}"
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}
    return {
        **surroundings,
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{folder / 'var' / 'accord.db'}",
        "ACCORD_SESSION_KEY": SESSION_KEY,
        "ACCORD_MASTER_KEYS": keys,
        "ACCORD_ASSETS_DIR": str(assets),
    }


@contextmanager
def a_running_server(folder: Path, **changes: str) -> Iterator[Server]:
    """`changes` of its environment."""
    (port,) = free_ports(1)
    environ = {**serve_environment(folder, port), **changes}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "accord", "serve"],
            cwd=ROOT,
            env=environ,
            stdout=log,
            stderr=subprocess.STDOUT,
            umask=0o022,
        )
    server = Server(port, folder, process, environ)
    try:
        server.wait_until_it_answers()
        yield server
    finally:
        process.terminate()
        process.wait(timeout=60)
