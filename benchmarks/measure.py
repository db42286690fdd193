"""What all benchmarks share: the shape of a result, the load that others make meanwhile, and the stub of an org.

A benchmark prints one JSON object a line: benchmark, case, engine, figures, and what they depend on: commit, machine,
and foreign load. Foreign load is the CPU that other programs use, as a share of all cores: in the second before, and
during the run (null where the system does not tell).
"""

import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "tests")]

import psycopg
import requests

from accord.core.ids import IntentId, OrgId, new_id, widen
from accord.delivery.model import Intent
from accord.features.connections.connecting import OrgSecrets, connect_org
from accord.features.connections.model import Connection, NewClient, NewConnection
from accord.infra.db import Database
from accord.infra.telemetry import set_up_logs
from accord.parts import Parts, build_parts
from accord.settings import Secret
from localorg.tls import ensure_certificates
from support.builders import some_settings
from support.database import PostgresMissingError, a_postgres_cluster, a_postgres_database, migrate, open_database
from support.delivery import an_intent
from support.running_org import a_key_pair

NODE = Path(sys.executable).parent / "node"
HERE = Path(__file__).parent
ORG_ID = OrgId(widen("00D000000000b1x"))
USER_ID = widen("005000000000b1x")
PUT_AT_ONCE = 200
set_up_logs("error")  # standard output is for results


@dataclass(frozen=True, slots=True)
class Engine:
    """A migrated database. `server` is the process that serves it, where that is no child of this one."""

    database: Database
    url: str
    server: int | None

    @property
    def name(self) -> str:
        return self.database.dialect


@contextmanager
def engines() -> Iterator[Iterator[Engine]]:
    """A throwaway database of each engine, one after the other; PostgreSQL writes to the disk as in production.

    Without PostgreSQL's programs there is SQLite alone.
    """
    with tempfile.TemporaryDirectory() as folder:
        yield _each(Path(folder))


def _each(folder: Path) -> Iterator[Engine]:
    yield from _opened(f"sqlite:///{folder / 'benchmark.db'}", None)
    try:
        with a_postgres_cluster(durable=True) as socket, a_postgres_database(socket, "benchmark") as address:
            server = int((Path(socket) / "data" / "postmaster.pid").read_text().split()[0])
            yield from _opened(address, server)
    except PostgresMissingError as missing:
        print(missing, file=sys.stderr)


def _opened(url: str, server: int | None) -> Iterator[Engine]:
    migrate(url)
    database = open_database(url)
    try:
        yield Engine(database, url, server)
    finally:
        database.close()


def report(benchmark: str, case: str, figures: Callable[[], Mapping[str, Any]], *, engine: Engine) -> Mapping[str, Any]:
    """Takes the figures, prints them as a line, and gives them."""
    roots = [os.getpid(), *([engine.server] if engine.server else [])]
    before = _Cpu.now(roots)
    time.sleep(1)
    began = _Cpu.now(roots)
    load = os.getloadavg()[0]
    found = figures()
    ended = _Cpu.now(roots)
    line = {
        "benchmark": benchmark,
        "case": case,
        "engine": engine.name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "machine": machine(),
        "foreign_load": {
            "load_average_before": round(load, 2),
            "cpu_before": _foreign(before, began),
            "cpu_during": _foreign(began, ended),
        },
        "figures": found,
    }
    print(json.dumps(line), flush=True)
    return found


def cpu_seconds(process: int) -> float | None:
    """The CPU that a process and all that it has started have used so far."""
    return _ticks_of([process]) / os.sysconf("SC_CLK_TCK") if Path("/proc/stat").exists() else None


@dataclass(frozen=True, slots=True)
class _Cpu:
    """CPU ticks so far: of all cores, of them busy, and of our processes; None where there is no /proc."""

    total: int
    busy: int
    ours: int

    @classmethod
    def now(cls, roots: list[int]) -> "_Cpu | None":
        if not Path("/proc/stat").exists():
            return None
        ticks = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
        idle = ticks[3] + ticks[4]
        return cls(total=sum(ticks), busy=sum(ticks) - idle, ours=_ticks_of(roots))


def _foreign(before: _Cpu | None, after: _Cpu | None) -> float | None:
    if before is None or after is None or after.total == before.total:
        return None
    foreign = (after.busy - before.busy) - (after.ours - before.ours)
    return round(max(0.0, foreign / (after.total - before.total)), 2)


def _ticks_of(roots: list[int]) -> int:
    """The ticks of these processes and all that they have started, ended ones too."""
    spent: dict[int, int] = {}
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        process = int(stat.parent.name)
        spent[process] = sum(int(word) for word in words[11:15])
        children.setdefault(int(words[1]), []).append(process)
    ticks, left = 0, list(roots)
    while left:
        process = left.pop()
        ticks += spent.get(process, 0)
        left += children.get(process, [])
    return ticks


@cache
def commit() -> str:
    """The commit that is measured, with a + when the program differs from it."""
    named = _said("git", "rev-parse", "--short", "HEAD")
    changed = _said("git", "status", "--porcelain", "--", "backend", "benchmarks/*.py", "benchmarks/*.mjs")
    return named + ("+" if changed else "")


@cache
def machine() -> dict[str, Any]:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "cpu": models[0] if models else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "node": _said(str(NODE), "--version"),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": _postgres_version(),
    }


def _postgres_version() -> str | None:
    try:
        with a_postgres_cluster() as socket, psycopg.connect(host=socket, user="accord", dbname="postgres") as one:
            return str(one.info.parameter_status("server_version")).split()[0]
    except PostgresMissingError:
        return None


def _said(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


@dataclass(frozen=True, slots=True)
class Stub:
    """A running stub of an org: stub.mjs says what it does."""

    base: str
    ca_file: Path

    def set(self, **changes: Any) -> None:
        self.session().post(f"{self.base}/_stub", json=changes, timeout=10).raise_for_status()

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = self.session().get(f"{self.base}/_stub", timeout=10).json()
        return found

    def session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.verify = str(self.ca_file)
        return session


@contextmanager
def a_stub() -> Iterator[Stub]:
    with tempfile.TemporaryDirectory() as folder:
        made = ensure_certificates(Path(folder), now=datetime.now(UTC))
        command = [str(NODE), str(HERE / "stub.mjs"), str(made.key_file), str(made.certificate_file), ORG_ID, USER_ID]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                port = int(process.stdout.readline())
                yield Stub(f"https://localhost:{port}", made.ca_file)
            finally:
                process.terminate()


def know_sizes(database: Database) -> None:
    """What PostgreSQL does by itself within a minute of a table's growth: until then it plans for a small table."""
    if database.dialect == "postgresql":
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")


@dataclass(frozen=True, slots=True)
class Accord:
    """The product as it is put together in production, connected with a stub."""

    parts: Parts
    connection: Connection
    flow_client: NewClient

    def changes(self, records: range, value: str, *, creates: bool = False) -> list[Intent]:
        """A change of each of these Tasks, or the write that makes each."""
        now = self.parts.clock()
        return [
            an_intent(
                self.connection.id,
                f"record {number}",
                id=IntentId(new_id(now)),
                fields={"Subject": value, "Priority": "Normal"},
                creates=creates,
                coalesces=not creates,
            )
            for number in records
        ]

    def put(self, intents: list[Intent]) -> None:
        database = self.parts.database
        for start in range(0, len(intents), PUT_AT_ONCE):
            with database.workspace(self.connection.workspace_id) as session:
                part = intents[start : start + PUT_AT_ONCE]
                self.parts.drain.outbox.put(session, part, now=self.parts.clock())
        know_sizes(database)


def an_accord(database: Database, stub: Stub) -> Accord:
    place = stub.base.removeprefix("https://")
    settings = some_settings({"ACCORD_ALLOWED_LOOPBACK": place, "ACCORD_CA_FILE": str(stub.ca_file)})
    parts = build_parts(settings, database)
    new = NewConnection(
        org_id=ORG_ID,
        label="Benchmark",
        instance_url=stub.base,
        is_sandbox=True,
        integration_username="integration@halden.example",
        consumer_key="3MVG9.benchmark",
        login_url=stub.base,
    )
    secrets = OrgSecrets(Secret(b"s" * 32), Secret(a_key_pair().private_pem.encode()))
    connection, flow_client = connect_org(parts.connections, "Benchmark", new, secrets, clock=parts.clock)
    return Accord(parts, connection, flow_client)
