"""Whether slow clients hold up the others: how long a healthy request takes while many send a byte a second.

usage: python benchmarks/slow_clients.py [--slow 40] [--requests 100] [--url http://HOST:PORT]
Without --url it starts `accord serve` by itself, bare; with it, it asks whatever stands there: a proxy, or
the web behind it. Each kind of slow client is measured alone: headers that do not end, bodies that do not end, answers
that nobody reads. Prints one JSON object a line: the kind, healthy requests answered within 5 seconds, p50 and p95 in
milliseconds.
"""

import argparse
import json
import os
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / place) for place in ("backend", "tests")]

from support.serving import a_running_server

PATIENCE = 5  # seconds for one healthy request
HEAD = b"POST /oauth/token HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
KINDS = {
    "none": b"",
    "headers": HEAD + b"X-Slow: ",
    "bodies": HEAD + b"Content-Length: 1000000\r\n\r\ngrant_type=",
    "answers": b"GET /openapi.json HTTP/1.1\r\nHost: %s\r\n\r\n" * 20,
}


@contextmanager
def slow_clients(address: tuple[str, int], kind: str, number: int) -> Iterator[None]:
    """They are connected and have sent their first bytes; from then on each sends one a second and reads nothing."""
    first, over = KINDS[kind].replace(b"%s", address[0].encode()), threading.Event()

    def trickle(connections: list[socket.socket]) -> None:
        while not over.wait(1):
            for connection in connections:
                try:
                    if kind != "answers":
                        connection.sendall(b"x")
                except OSError:
                    pass  # it was told to go

    with ExitStack() as stack:
        connections = []
        for _ in range(number if first else 0):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.settimeout(PATIENCE)
            connection.connect(address)
            connection.sendall(first)
            connections.append(connection)
        thread = threading.Thread(target=trickle, args=(connections,))
        thread.start()
        time.sleep(1)  # until they have been accepted
        try:
            yield
        finally:
            over.set()
            thread.join()


def healthy_request(address: tuple[str, int]) -> float | None:
    """Seconds until the answer; None when there is none in time."""
    began = time.perf_counter()
    try:
        with socket.create_connection(address, timeout=PATIENCE) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % address[0].encode())
            answer = connection.recv(4096)
    except OSError:
        return None
    return time.perf_counter() - began if answer.startswith(b"HTTP/1.1 200") else None


def measure(address: tuple[str, int], kind: str, *, slow: int, requests: int) -> dict[str, object]:
    seconds: list[float | None] = []
    with slow_clients(address, kind, slow):
        ends = time.monotonic() + 20
        while len(seconds) < requests and time.monotonic() < ends:
            seconds.append(healthy_request(address))
    answered = sorted(each for each in seconds if each is not None)
    return {
        "slow": kind,
        "clients": slow if KINDS[kind] else 0,
        "asked": len(seconds),
        "answered": len(answered),
        "ms_p50": round(statistics.median(answered) * 1000, 1) if answered else None,
        "ms_p95": round(answered[int(len(answered) * 0.95)] * 1000, 1) if answered else None,
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slow", type=int, default=40)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--url")
    options = parser.parse_args()
    with ExitStack() as stack:
        if options.url:
            parts = urlsplit(options.url)
            address = (parts.hostname or "127.0.0.1", parts.port or 80)
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            address = ("127.0.0.1", stack.enter_context(a_running_server(folder)).port)
        for kind in KINDS:
            print(json.dumps(measure(address, kind, slow=options.slow, requests=options.requests)), flush=True)


if __name__ == "__main__":
    main()
