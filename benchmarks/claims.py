"""How fast the outbox is: rows put, claimed and marked in a second, with a gateway that answers at once.

usage: python benchmarks/claims.py [--rows 10000] [--backlog 0] [--workers 1] [--url DATABASE_URL]
Without --url it measures SQLite in a temporary folder and, where its programs are installed, a throwaway PostgreSQL.
Prints one JSON object a line: engine, rows, backlog, workers, put and delivered a second, CPU of this process for
one delivered row, claim p50 and p99 in milliseconds.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / place) for place in ("backend", "tests")]

from accord.core.clock import system_clock
from accord.core.outcomes import Done, Outcome
from accord.delivery.claims import ClaimTerms, claim_batch
from accord.delivery.drain import Drain
from accord.delivery.model import Claim, Intent
from accord.infra.db import Database, open_engine
from accord.infra.db.migrate import upgrade
from accord.salesforce.model import Gateway
from support.builders import MASTER_KEYS
from support.database import PostgresMissingError, a_postgres_cluster, a_postgres_database, migrate, open_database
from support.delivery import ADelivery

PUT_AT_ONCE = 200
WARM_UP = 1000
CLAIMS_TIMED = 50


def answer_at_once(_gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
    return [Done(None, created=True) for _ in claim.rows]


@contextmanager
def databases(url: str | None) -> Iterator[Iterator[Database]]:
    with tempfile.TemporaryDirectory() as folder:
        yield _each(url, Path(folder))


def _each(url: str | None, folder: Path) -> Iterator[Database]:
    if url:
        database = Database(open_engine(url), MASTER_KEYS)
        upgrade(database)
        yield database
        return
    migrate(f"sqlite:///{folder / 'claims.db'}")
    yield open_database(f"sqlite:///{folder / 'claims.db'}")
    try:
        with a_postgres_cluster() as socket, a_postgres_database(socket, "claims") as address:
            migrate(address)
            yield open_database(address)
    except PostgresMissingError as missing:
        print(missing, file=sys.stderr)


def measure(database: Database, *, rows: int, backlog: int, workers: int) -> dict[str, object]:
    delivery = ADelivery(database)
    delivery.clock = system_clock  # type: ignore[assignment]
    _put(delivery, delivery.intents(WARM_UP, "warm"))
    _analyze(database)
    put_seconds = _put(delivery, delivery.intents(rows + backlog))
    _analyze(database)
    claims = _time_claims(delivery)
    drain = delivery.a_drain(courier=answer_at_once, dice=random.random, lease=timedelta(minutes=5), parallel=workers)
    began, cpu = time.perf_counter(), time.process_time()
    threads = [threading.Thread(target=_work, args=(drain, delivery, rows // workers)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {
        "engine": database.dialect,
        "rows": rows,
        "backlog": backlog,
        "workers": workers,
        "put_per_second": round((rows + backlog) / put_seconds),
        "delivered_per_second": round(rows / seconds),
        "own_cpu_ms_per_row": round(cpu * 1000 / rows, 3),
        "claim_ms_p50": round(statistics.median(claims) * 1000, 1),
        "claim_ms_p99": round(max(claims) * 1000, 1),
    }


def _analyze(database: Database) -> None:
    """What PostgreSQL does by itself every minute: without it, it plans for an empty table."""
    if database.dialect == "postgresql":
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE outbox")


def _put(delivery: ADelivery, intents: Sequence[Intent]) -> float:
    began = time.perf_counter()
    for start in range(0, len(intents), PUT_AT_ONCE):
        delivery.put(*intents[start : start + PUT_AT_ONCE])
    return time.perf_counter() - began


def _time_claims(delivery: ADelivery) -> list[float]:
    """Claims that are rolled back, so that they take nothing away."""
    terms = ClaimTerms(worker="benchmark", lease=timedelta(minutes=5))
    seconds = []
    for _ in range(CLAIMS_TIMED):
        began = time.perf_counter()
        with delivery.database.workspace(delivery.workspace_id) as session:
            claim_batch(session, delivery.connection_id, terms, now=system_clock())
            seconds.append(time.perf_counter() - began)
            session._connection.get_transaction().rollback()  # noqa: SLF001 - no session of the product rolls back so
    return seconds


def _work(drain: Drain, delivery: ADelivery, rows: int) -> None:
    calls = -(-rows // drain.batch_size)
    drain.drain(delivery.workspace_id, delivery.connection_id, most=calls)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--backlog", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--url")
    options = parser.parse_args()
    with databases(options.url) as found:
        for database in found:
            told = measure(database, rows=options.rows, backlog=options.backlog, workers=options.workers)
            database.close()
            print(json.dumps(told))


if __name__ == "__main__":
    main()
