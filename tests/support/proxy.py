"""nginx with the configuration that we ship, as a process of its own on free ports."""

import os
import pwd
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from localorg.tls import ensure_certificates
from support.demo import free_ports
from support.running_org import ROOT

SHIPPED = ROOT / "deploy" / "nginx.conf"
START_SECONDS = 60
MAIN = """
daemon off;
worker_processes 2;
{user}
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/accord.conf;
}}
"""


class NginxMissingError(Exception):
    pass


@dataclass(frozen=True)
class Proxy:
    """A configuration that lies there, and the port of its TLS side."""

    folder: Path
    port: int
    plain_port: int
    ca_file: Path
    command: tuple[str, ...]

    def check(self) -> subprocess.CompletedProcess[str]:
        """`nginx -t`."""
        return subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False)

    def log(self) -> str:
        """All that it wrote."""
        return "".join(path.read_text() for path in self.folder.glob("*.log"))

    @contextmanager
    def running(self) -> Iterator[None]:
        process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_until_it_listens(self.port, process)
            yield
        finally:
            process.terminate()
            process.wait(timeout=START_SECONDS)


def a_proxy(folder: Path, *, web_port: int, now: datetime | None = None) -> Proxy:
    """The shipped file with the ports, certificates and logs of a test; nothing else of it is changed."""
    folder.mkdir()
    port, plain_port = free_ports(2)
    certificates = ensure_certificates(folder / "tls", now=now or datetime.now(UTC))
    text = SHIPPED.read_text()
    changes = {
        "127.0.0.1:8000;": f"127.0.0.1:{web_port};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "listen [::]:443 ssl;": "",
        "listen 80;": f"listen 127.0.0.1:{plain_port};",
        "listen [::]:80;": "",
        "/etc/ssl/accord/fullchain.pem": str(certificates.certificate_file),
        "/etc/ssl/accord/key.pem": str(certificates.key_file),
        "/var/log/nginx/": f"{folder}/",
    }
    for shipped, here in changes.items():
        assert shipped in text, f"{SHIPPED} has no {shipped!r} any more"
        text = text.replace(shipped, here)
    (folder / "accord.conf").write_text(text)
    user = f"user {pwd.getpwuid(os.geteuid()).pw_name};" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    command = (_program(), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"))
    return Proxy(folder, port, plain_port, certificates.ca_file, command)


def _program() -> str:
    found = shutil.which("nginx", path=os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/usr/local/sbin"]))
    if found is None:
        raise NginxMissingError("nginx was not found: install it (Debian: apt-get install nginx-light)")
    return found


def _wait_until_it_listens(port: int, process: subprocess.Popen[bytes]) -> None:
    ends, pause = time.monotonic() + START_SECONDS, threading.Event()
    while time.monotonic() < ends and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            pause.wait(0.02)
        else:
            return
    raise AssertionError("nginx does not listen")
