"""How fast the outbox is: rows put, claimed and marked in a second, by 1, 2 and 4 workers.

The gateway answers at once, or after 50 ms. Workers are threads of one process on SQLite, where one process may write,
and processes of their own on PostgreSQL.

usage: python benchmarks/claims.py [--rows 6000] [--backlog 0] [--closed 0]
A backlog is put beside the rows and stays; rows that wait for a closed login are put before them.
"""

import argparse
import multiprocessing
import random
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from measure import Engine, cpu_seconds, engines, know_sizes, report

from accord.core.clock import system_clock
from accord.core.ids import ConnectionId, MemberId, WorkspaceId
from accord.core.outcomes import Done, Outcome
from accord.delivery.claims import ClaimTerms, claim_batch
from accord.delivery.drain import Drain
from accord.delivery.gates import close_login
from accord.delivery.model import BATCH_SIZE, Cause, Claim, Intent
from accord.delivery.outbox import Outbox
from accord.infra.db import Database
from accord.salesforce.model import Gateway
from support.database import open_database
from support.delivery import ADelivery
from support.gateway import MemoryOrg

CALL_MS = (0, 50)
WORKERS = (1, 2, 4)
PUT_AT_ONCE = 200
CLAIMS_TIMED = 50
LEASE = timedelta(minutes=5)
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Job:
    """What each of `workers` does: `calls` calls of a full batch, which take so long."""

    workspace_id: WorkspaceId
    connection_id: ConnectionId
    workers: int
    calls: int
    call_ms: int

    def do(self, database: Database) -> None:
        def answer(_gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
            time.sleep(self.call_ms / 1000)
            return [Done(None, created=True) for _ in claim.rows]

        drain = Drain(
            database=database,
            gateways=MemoryOrg(),
            outbox=Outbox(database.vault),
            clock=system_clock,
            dice=random.random,
            lease=LEASE,
            parallel=self.workers,
            courier=answer,
        )
        drain.drain(self.workspace_id, self.connection_id, most=self.calls)


def measure(engine: Engine, delivery: ADelivery, job: Job, *, backlog: int, alone: float | None) -> dict[str, Any]:
    """`alone`: the rows a second of one worker, where that is known."""
    rows = job.workers * job.calls * BATCH_SIZE
    put_seconds = _put(delivery, delivery.intents(rows, f"{job.workers} {job.call_ms}"))
    know_sizes(engine.database)
    figures: dict[str, Any] = {
        "workers": job.workers,
        "call_ms": job.call_ms,
        "rows": rows,
        "backlog": backlog,
        "put_per_second": round(rows / put_seconds),
    }
    if job.workers == 1:
        claims = _time_claims(delivery)
        figures["claim_ms_p50"] = round(statistics.median(claims) * 1000, 1)
        figures["claim_ms_worst_of_50"] = round(max(claims) * 1000, 1)
    before = cpu_seconds(engine.server) if engine.server else None
    work = _work_in_processes if engine.server else _work_in_threads
    seconds, cpu = work(engine, job)
    after = cpu_seconds(engine.server) if engine.server else None
    if before is not None and after is not None:
        figures["database_cpu_ms_per_row"] = round((after - before) * 1000 / rows, 3)
    return {
        **figures,
        "delivered_per_second": round(rows / seconds),
        "over_one_worker": round(rows / seconds / (alone or rows / seconds), 2),
        "claims_per_second": round(job.workers * job.calls / seconds, 1),
        "own_cpu_ms_per_row": round(cpu * 1000 / rows, 3),
    }


def _put(delivery: ADelivery, intents: Sequence[Intent]) -> float:
    began = time.perf_counter()
    for start in range(0, len(intents), PUT_AT_ONCE):
        delivery.put(*intents[start : start + PUT_AT_ONCE])
    return time.perf_counter() - began


def _put_closed(delivery: ADelivery, number: int) -> None:
    """Rows of a login that is over."""
    login = MemberId("0190c0de-0000-7000-8000-00000000000a")
    _put(delivery, [delivery.intent(f"closed {each}", login_member_id=login) for each in range(number)])
    with delivery.database.workspace(delivery.workspace_id) as session:
        cause = Cause("SALESFORCE_LOGIN_LOST", "Connect again.")
        close_login(session, delivery.connection_id, login, cause, now=system_clock())


def _time_claims(delivery: ADelivery) -> list[float]:
    """Claims that are rolled back, so that they take nothing away."""
    terms = ClaimTerms(worker="benchmark", lease=LEASE)
    seconds = []
    for _ in range(CLAIMS_TIMED):
        began = time.perf_counter()
        with delivery.database.workspace(delivery.workspace_id) as session:
            claim_batch(session, delivery.connection_id, terms, now=system_clock())
            seconds.append(time.perf_counter() - began)
            transaction = session._connection.get_transaction()  # noqa: SLF001 - no session of the product rolls back so
            assert transaction is not None
            transaction.rollback()
    return seconds


def _work_in_threads(engine: Engine, job: Job) -> tuple[float, float]:
    """Seconds and CPU seconds."""
    threads = [threading.Thread(target=job.do, args=(engine.database,)) for _ in range(job.workers)]
    began, cpu = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began, time.process_time() - cpu


def _work_in_processes(engine: Engine, job: Job) -> tuple[float, float]:
    """Seconds from when all are ready to when all have ended, and their CPU seconds."""
    context = multiprocessing.get_context("spawn")
    ready, ended, spent = context.Barrier(job.workers + 1), context.Barrier(job.workers + 1), context.Queue()
    processes = [
        context.Process(target=_work_alone, args=(engine.url, job, ready, ended, spent)) for _ in range(job.workers)
    ]
    for process in processes:
        process.start()
    ready.wait(START_SECONDS)
    began = time.perf_counter()
    ended.wait()
    seconds = time.perf_counter() - began
    cpu = sum(spent.get() for _ in processes)
    for process in processes:
        process.join()
    return seconds, cpu


def _work_alone(url: str, job: Job, ready: Any, ended: Any, spent: Any) -> None:
    database = open_database(url)
    with database.workspace(job.workspace_id):  # the first connection is made beforehand
        pass
    ready.wait(START_SECONDS)
    cpu = time.process_time()
    job.do(database)
    spent.put(time.process_time() - cpu)
    ended.wait()
    database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=6000)
    parser.add_argument("--backlog", type=int, default=0)
    parser.add_argument("--closed", type=int, default=0)
    options = parser.parse_args()
    with engines() as found:
        for engine in found:
            delivery = ADelivery(engine.database)
            delivery.clock = system_clock  # type: ignore[assignment]
            if options.closed:
                _put_closed(delivery, options.closed)
            _put(delivery, delivery.intents(options.backlog, "backlog"))
            for call_ms in CALL_MS:
                alone: float | None = None
                for workers in WORKERS:
                    calls = max(1, options.rows // BATCH_SIZE // workers)
                    job = Job(delivery.workspace_id, delivery.connection_id, workers, calls, call_ms)
                    work = partial(measure, engine, delivery, job, backlog=options.backlog, alone=alone)
                    told = report("claims", f"{workers} workers, calls of {call_ms} ms", work, engine=engine)
                    alone = alone or told["delivered_per_second"]


if __name__ == "__main__":
    main()
