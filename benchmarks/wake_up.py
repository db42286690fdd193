"""How long an accepted intent waits for a worker on PostgreSQL: from its commit to the call that carries it.

usage: python benchmarks/wake_up.py [--rounds 100]
A throwaway PostgreSQL, a worker of two threads with a connection of its own that listens, an org that answers at once.
Prints one JSON object a line: the way (bell: NOTIFY wakes it, or looking every so many seconds), p50 and p95 in
milliseconds, load of the machine.
"""

import argparse
import json
import os
import random
import statistics
import sys
import threading
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / place) for place in ("backend", "tests")]

from accord.core.clock import system_clock
from accord.delivery.worker import POLL_SECONDS, Worker
from accord.infra.processes.bell import Listener, ring
from accord.parts import SHARED_POLL_SECONDS
from support.database import a_postgres_cluster, a_postgres_database, migrate, open_database
from support.delivery import ADelivery


def measure(delivery: ADelivery, *, rounds: int, poll_seconds: float, bell: bool) -> dict[str, object]:
    arrived, pause = threading.Event(), threading.Event()
    delivery.org.before = arrived.set
    worker = Worker(delivery.a_drain(), threads=2, poll_seconds=poll_seconds)
    listener = Listener(delivery.database.engine, worker.wake)
    worker.start()
    if bell:
        listener.start()
    seconds = []
    for number in range(rounds):
        pause.wait(random.uniform(0.05, 0.05 + (0.05 if bell else poll_seconds)))  # noqa: S311 - spreads the rounds
        arrived.clear()
        delivery.put(delivery.intent(f"{bell}-{poll_seconds}-{number}"))
        began = time.perf_counter()
        if bell:
            ring(delivery.database.engine)
        arrived.wait(30)
        seconds.append(time.perf_counter() - began)
    if bell:
        listener.stop()
    worker.stop()
    ordered = sorted(seconds)
    return {
        "way": "bell" if bell else f"looking every {poll_seconds} s",
        "rounds": rounds,
        "ms_p50": round(statistics.median(ordered) * 1000, 1),
        "ms_p95": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    rounds = parser.parse_args().rounds
    with a_postgres_cluster() as socket, a_postgres_database(socket, "wake_up") as url:
        migrate(url)
        database = open_database(url)
        delivery = ADelivery(database)
        delivery.clock = system_clock  # type: ignore[assignment]
        for poll_seconds, bell in ((SHARED_POLL_SECONDS, True), (POLL_SECONDS, False), (SHARED_POLL_SECONDS, False)):
            told = measure(delivery, rounds=rounds if bell else rounds // 4, poll_seconds=poll_seconds, bell=bell)
            print(json.dumps(told), flush=True)
        database.close()


if __name__ == "__main__":
    main()
