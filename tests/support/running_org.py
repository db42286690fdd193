"""Running local orgs: servers in this process with their insides at hand, or the program itself."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from localorg.seed import DEMO_SEED
from localorg.server import OrgOptions, RunningOrg
from localorg.setup import ConnectedApp

ROOT = Path(__file__).resolve().parents[2]
FORCE_APP = ROOT / "force-app"
RILEY = "riley@halden.example"
NOOR = "noor@halden.example"
ADMIN = "admin@halden.example"
BRIGHTWATER = "Brightwater – 40 spectrometers"  # noqa: RUF001 - an en dash, as people write


@contextmanager
def a_running_org(
    directory: Path,
    *,
    metadata_dirs: Sequence[Path] = (FORCE_APP,),
    seed_file: Path | None = DEMO_SEED,
    data_file: Path | None = None,
    pause: Callable[[float], object] = time.sleep,
) -> Iterator[RunningOrg]:
    """HTTP and HTTPS servers on free ports; `.org`, `.setup`, `.faults` and `.counter` are the running parts."""
    running = RunningOrg(
        OrgOptions(
            state_dir=directory / "org-state",
            data_file=data_file,
            metadata_dirs=metadata_dirs,
            seed_file=seed_file,
            http_port=0,
            https_port=0,
            pause=pause,
        )
    )
    running.start()
    try:
        yield running
    finally:
        running.stop()


def a_session(running: RunningOrg) -> requests.Session:
    """A session that trusts the org's authority, whatever the surroundings say about bundles and proxies."""
    session = requests.Session()
    session.verify = str(running.ca_file)
    session.trust_env = False
    return session


def a_token(running: RunningOrg, username: str = ADMIN) -> str:
    user = running.org.users.by_username(username)
    assert user is not None
    return running.org.sessions.issue(user.id, client="tests")


def record_id(running: RunningOrg, name: str = BRIGHTWATER, sobject: str = "Opportunity") -> str:
    return next(str(row["Id"]) for row in running.org.records.all(sobject) if row["Name"] == name)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key and its self-signed certificate, as an administrator would upload it."""

    private_pem: str
    certificate_pem: str


def a_key_pair(*, ends: datetime | None = None) -> KeyPair:
    """A key and its certificate, which was good for a day and is for one more; `ends`: when it ends in a world whose
    clock is not ours.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    ends = ends or datetime.now(UTC) + timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ends - timedelta(days=2))
        .not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return KeyPair(private.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode())


def an_app(**changes: Any) -> ConnectedApp:
    facts = {"name": "Accord", "consumer_key": "3MVG9.tests", "consumer_secret": "canvas secret", **changes}
    return ConnectedApp(**facts)


@dataclass(frozen=True, slots=True)
class OrgProcess:
    """`python -m localorg serve` as a process of its own."""

    process: subprocess.Popen[str]
    http_base: str
    environment: Mapping[str, str]

    def token(self, username: str = "") -> dict[str, Any]:
        """What `python -m localorg token` prints."""
        arguments = ["--username", username] if username else []
        done = subprocess.run(
            [sys.executable, "-m", "localorg", "token", *arguments],
            env=dict(self.environment), capture_output=True, text=True, timeout=100, check=True,
        )  # fmt: skip
        return dict(json.loads(done.stdout))

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


@contextmanager
def an_org_process(directory: Path, *, data_file: Path | None = None) -> Iterator[OrgProcess]:
    http_port, https_port = _free_port(), _free_port()
    environment = org_environment(http_port=http_port, https_port=https_port)
    data = ["--data", str(data_file)] if data_file else []
    command = [sys.executable, "-m", "localorg", "serve", "--state", str(directory / "org-state")]
    process = subprocess.Popen(
        [*command, "--metadata", str(FORCE_APP), *data], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:  # the last line of its greeting: from now on it answers
            if line.startswith("Ctrl-C"):
                break
        yield OrgProcess(process, f"http://127.0.0.1:{http_port}", environment)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=60)
        process.stdout.close()


def org_environment(*, http_port: int, https_port: int) -> dict[str, str]:
    here = {"ORG_PORT": str(http_port), "ORG_TLS_PORT": str(https_port), "PYTHONPATH": str(ROOT / "backend")}
    return {**os.environ, **here}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
