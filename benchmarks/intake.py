"""Activities from Flow, posted to a running `accord serve`: acknowledged a second, and how long one waits.

An acknowledged activity is on the disk. Meanwhile the server delivers to the stub, whose calls take 50 ms. `peak` is
16 connections that post as fast as they are answered; `half` begins requests by the clock at half of that rate. Beside
it stands bare.py: a bare Flask route on the same server program, with the same check of a token and one database read.

usage: python benchmarks/intake.py [--seconds 5]
"""

import argparse
import json
import os
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jwt
import requests
from measure import HERE, NODE, Engine, Stub, a_stub, an_accord, report

from accord.features.connections.model import NewClient
from accord.server import THREADS
from support.database import migrate, open_database
from support.demo import free_ports
from support.product import turn_activity_on
from support.serving import a_running_server

LATENCY_MS = 50
CONNECTIONS = 16
ITEM = {
    "kind": "comment",
    "subjectText": "Legal asked for a redline of clause 7",
    "description": "They want the usual cap of liability, and an answer before Thursday.",
}


def measure(url: str, token: str, stub: Stub, *, items: int, seconds: float) -> dict[str, Any]:
    stub.set(lat=LATENCY_MS, per=0)
    peak = _load(url=url, token=token, items=items, seconds=seconds)
    _wait_for_quiet(stub)
    rate = peak["requests"] / peak["seconds"]
    half = _load(url=url, token=token, items=items, seconds=seconds, rate=rate / 2)
    counts = _wait_for_quiet(stub)
    return {
        "items_per_request": items,
        "connections": CONNECTIONS,
        "acks_per_second": round(rate, 1),
        "items_per_second": round(rate * items),
        "peak_p50_ms": peak["p50_ms"],
        "peak_p99_ms": peak["p99_ms"],
        "half_p50_ms": half["p50_ms"],
        "half_p99_ms": half["p99_ms"],
        "tasks_delivered": counts["records"],
        "tasks_per_call": round(counts["records"] / max(1, counts["writes"]), 1),
    }


def _load(**told: Any) -> dict[str, Any]:
    asked = {**told, "connections": CONNECTIONS, "item": ITEM}
    command = [str(NODE), str(HERE / "load.mjs"), json.dumps(asked)]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    if set(found["statuses"]) != {"200"} or found["refused"]:
        raise SystemExit(f"the server refused what was posted: {found}")
    return found


def _wait_for_quiet(stub: Stub) -> dict[str, int]:
    """Until the server has delivered all that it has: nothing new for a second."""
    before, counts = -1, stub.counts()
    while counts["records"] != before:
        time.sleep(1)
        before, counts = counts["records"], stub.counts()
    return counts


@contextmanager
def a_bare_server(folder: Path) -> Iterator[tuple[str, str]]:
    """Its address and a token."""
    (port,) = free_ports(1)
    key, file = secrets.token_hex(32), folder / "bare.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE client (id TEXT PRIMARY KEY, name TEXT)")
        database.executemany("INSERT INTO client VALUES (?, ?)", ((f"client:{one}", "Flow") for one in range(1000)))
        database.commit()
    place = ("-b", f"127.0.0.1:{port}", "--chdir", str(HERE), "--no-control-socket", "--log-level", "error")
    size = ("-w", "1", "-k", "gthread", "--threads", str(THREADS), "--worker-connections", str(2 * THREADS))
    command = [sys.executable, "-m", "gunicorn", *place, *size, "--keep-alive", "30", "bare:app"]
    surroundings = {**os.environ, "BARE_KEY": key, "BARE_DATABASE": str(file)}
    with subprocess.Popen(command, env=surroundings) as process:
        try:
            _wait_until_it_listens(port)
            claims = {"sub": "client:500", "aud": "bare", "exp": int(time.time()) + 900}
            yield f"http://127.0.0.1:{port}/activities", jwt.encode(claims, key, algorithm="HS256")
        finally:
            process.terminate()


def _wait_until_it_listens(port: int) -> None:
    for _ in range(200):
        try:
            requests.get(f"http://127.0.0.1:{port}/", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the bare server did not start")


def _flow_token(base: str, client: NewClient) -> str:
    form = {
        "grant_type": "client_credentials",
        "client_id": client.client_id,
        "client_secret": client.secret.reveal(),
    }
    answer = requests.post(f"{base}/oauth/token", data=form, timeout=10)
    answer.raise_for_status()
    return str(answer.json()["access_token"])


def _connected(folder: Path, stub: Stub) -> tuple[Engine, NewClient, Mapping[str, str]]:
    """A database that is ready to be served, its Flow client, and what the server's environment needs beside it."""
    url = f"sqlite:///{folder / 'var' / 'accord.db'}"
    migrate(url)
    database = open_database(url)
    try:
        accord = an_accord(database, stub)
        turn_activity_on(accord.parts, accord.connection)
    finally:
        database.close()
    settings = {
        "ACCORD_ALLOWED_LOOPBACK": stub.base.removeprefix("https://"),
        "ACCORD_CA_FILE": str(stub.ca_file),
        "ACCORD_REQUESTS_PER_MINUTE": "1000000",
    }
    return Engine(database, url, None), accord.flow_client, settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    seconds: float = parser.parse_args().seconds
    with TemporaryDirectory() as name, a_stub() as stub:
        folder = Path(name)
        with a_bare_server(folder) as (url, token):
            bare = _load(url=url, token=token, items=1, seconds=seconds)
        bare_rate = bare["requests"] / bare["seconds"]
        engine, client, settings = _connected(folder, stub)
        with a_running_server(folder, **settings) as server:
            base = f"http://127.0.0.1:{server.port}"
            token = _flow_token(base, client)
            post = partial(measure, f"{base}/flow/v1/activities", token, stub, seconds=seconds)
            single = report("intake", "1 item a request", partial(_single, post, bare_rate), engine=engine)
            report("intake", "100 items a request", partial(_hundred, post, single), engine=engine)


def _single(post: Callable[..., dict[str, Any]], bare_rate: float) -> dict[str, Any]:
    found = post(items=1)
    over_bare = round(found["acks_per_second"] / bare_rate, 2)
    return {**found, "bare_acks_per_second": round(bare_rate, 1), "over_bare": over_bare}


def _hundred(post: Callable[..., dict[str, Any]], single: Mapping[str, Any]) -> dict[str, Any]:
    found = post(items=100)
    return {**found, "items_over_single": round(found["items_per_second"] / single["items_per_second"], 1)}


if __name__ == "__main__":
    main()
