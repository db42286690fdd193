"""A delivering process for fault tests: the real outbox, worker and gateway, put together as a test says.

It puts the intents of the plan from `first` to `last`, tells each commit on standard output ("put 75"), delivers, and
ends when all of them are delivered ("drained"), if it is to end by itself, or when somebody kills it.
"""

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from accord.core.clock import system_clock
from accord.core.ids import ConnectionId, MemberId, OrgId, RecordId, UserId, WorkspaceId
from accord.core.outcomes import Done, Outcome, Recovery, Refused
from accord.delivery.couriers import Courier, carry
from accord.delivery.drain import Drain
from accord.delivery.model import Claim, Failpoint
from accord.delivery.outbox import Outbox
from accord.delivery.service import Delivery
from accord.delivery.worker import Worker
from accord.infra.db import Database, open_engine
from accord.salesforce.describe import DescribeCache
from accord.salesforce.gateway import open_gateway
from accord.salesforce.model import AccessToken, Gateway, Login, LoginKind, Subrequest
from accord.salesforce.transport import HttpOptions
from support.builders import MASTER_KEYS
from support.delivery_plan import Plan

PUT_AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class OneLogin:
    """The gateway of the one login that the test gives."""

    gateway: Gateway

    def gateway_for(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, member_id: MemberId | None
    ) -> Gateway:
        return self.gateway


def a_gateway(config: Mapping[str, Any]) -> Gateway:
    login = Login(
        connection_id=ConnectionId(config["connection_id"]),
        org_id=OrgId(config["org_id"]),
        user_id=UserId(config["user_id"]),
        instance_url=config["instance_url"],
        access_token=AccessToken(config["token"]),
        kind=LoginKind.INTEGRATION,
    )
    host = config["instance_url"].removeprefix("https://")
    http = HttpOptions(timeout=config["timeout"], allowed_loopback=frozenset({host}), ca_file=Path(config["ca_file"]))
    return open_gateway(login, http=http, describes=DescribeCache(), clock=system_clock)


def create_instead_of_upsert(gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
    """A mutant: records are made by plain inserts, without our key."""
    if not claim.creates:
        return carry(gateway, claim)
    parts = [
        Subrequest(reference=f"row{place}", method="POST", path=f"sobjects/{claim.sobject}", body=row.fields)
        for place, row in enumerate(claim.rows)
    ]
    return [
        Done(RecordId(answer.body["id"]), created=True)
        if answer.status == 201
        else Refused(Recovery.TRANSIENT, "MUTANT", str(answer.body), "")
        for answer in gateway.composite(parts, all_or_none=False)
    ]


class AcknowledgeBeforeTheCall:
    """A mutant: a claim is done before it was sent; it is sent along with the next one."""

    def __init__(self) -> None:
        self._owed: list[Claim] = []

    def __call__(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        while self._owed:
            carry(gateway, self._owed.pop())
        self._owed.append(claim)
        return [Done(None, created=claim.creates) for _ in claim.rows]


COURIERS: Mapping[str, Callable[[], Courier]] = {
    "": lambda: carry,
    "create": lambda: create_instead_of_upsert,
    "acknowledge_first": AcknowledgeBeforeTheCall,
}


def dies_at(place: str, time: int) -> Callable[[Failpoint], None]:
    """Kills this very process when `place` is reached for the `time`-th time."""
    reached: Counter[Failpoint] = Counter()

    def at(failpoint: Failpoint) -> None:
        reached[failpoint] += 1
        if failpoint == place and reached[failpoint] == time:
            os.kill(os.getpid(), signal.SIGKILL)

    return at


def main(config: Mapping[str, Any]) -> None:
    database = Database(open_engine(config["database_url"], pool_size=6), MASTER_KEYS)
    workspace_id, connection_id = WorkspaceId(config["workspace_id"]), ConnectionId(config["connection_id"])
    outbox = Outbox(database.vault)
    drain = Drain(
        database=database,
        gateways=OneLogin(a_gateway(config)),
        outbox=outbox,
        clock=system_clock,
        dice=random.random,
        worker=f"process-{os.getpid()}",
        lease=timedelta(seconds=config["lease"]),
        fence=timedelta(seconds=config["fence"]),
        batch_size=config["batch_size"],
        parallel=1 if config["courier"] else config["parallel"],
        at=dies_at(config["die_at"], config["die_time"]),
        courier=COURIERS[config["courier"]](),
    )
    worker = Worker(drain, threads=2, poll_seconds=0.05)
    worker.start()
    print("ready", flush=True)  # noqa: T201 - read by the test
    plan = Plan(config["plan"], connection_id, config["records"], config["versions"])
    intents = plan.intents()
    for start in range(config["first"], config["last"], PUT_AT_ONCE):
        end = min(start + PUT_AT_ONCE, config["last"])
        with database.workspace(workspace_id) as session:
            outbox.put(session, intents[start:end], now=system_clock())
        print(f"put {end}", flush=True)  # noqa: T201 - read by the test
        worker.wake()
    view, patience = Delivery(outbox), threading.Event()
    while not patience.wait(0.25):
        with database.reading(workspace_id) as session:
            if config["ends"] and view.backlog(session, connection_id, now=system_clock()).oldest is None:
                break
    worker.stop()
    print("drained", flush=True)  # noqa: T201 - read by the test
    database.close()
