"""A process that logs views of deals and delivers them, for tests that kill it.

It logs the views from `first` to `last`, tells each that is stored on standard output ("put 75"), delivers, and ends
when all are delivered ("drained") or when somebody kills it. A view that was stored by a life that could not tell it
any more is logged again, with the same key.
"""

import os
import random
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from accord.core.clock import system_clock
from accord.core.flow import ActivityItem
from accord.core.identity import Identity, Role
from accord.core.ids import ConnectionId, WorkspaceId
from accord.delivery.drain import Drain
from accord.delivery.outbox import Outbox
from accord.delivery.service import Delivery
from accord.delivery.worker import Worker
from accord.features.activities import store
from accord.features.activities.courier import TaskCourier
from accord.features.activities.folds import Folds
from accord.features.activities.linking.service import ContactLinks
from accord.features.activities.service import Activities, Authors
from accord.infra.db import Database, open_engine
from accord.salesforce.describe import DescribeCache
from support.builders import MASTER_KEYS, NOON
from support.delivery_worker import OneLogin, a_gateway

AT_ONCE = 5


def the_views(deals: list[str], views: int) -> list[ActivityItem]:
    """Each deal is viewed `views` times in turn."""
    return [
        ActivityItem(
            record_id=deal,
            kind="customer_view",
            subject_text="Viewed the plan",
            description=f"view {number}",
            occurred_at=NOON,
            idempotency_key=f"{deal} {number}",
        )
        for number in range(views)
        for deal in deals
    ]


def turn_on(database: Database, caller: Identity) -> None:
    with database.workspace(caller.workspace_id) as session:
        known = store.load_settings(session, caller.connection_id)
        if not known.enabled:
            new = replace(known, enabled=True)
            store.SETTINGS.save(session, caller.connection_id, new, by=None, at=system_clock())


def main(config: Mapping[str, Any]) -> None:
    database = Database(open_engine(config["database_url"], pool_size=6), MASTER_KEYS)
    workspace_id, connection_id = WorkspaceId(config["workspace_id"]), ConnectionId(config["connection_id"])
    caller = Identity(workspace_id, connection_id, Role.FLOW)
    turn_on(database, caller)
    vault = database.vault
    outbox = Outbox(vault)
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
        courier=TaskCourier(DescribeCache(), system_clock),
        on_finished=ContactLinks(outbox, system_clock),
    )
    worker = Worker(drain, threads=2, poll_seconds=0.05)
    activities = Activities(
        database=database,
        clock=system_clock,
        outbox=outbox,
        authors=Authors(lambda _session, _member: False),
        folds=Folds(vault, Delivery(outbox)),
        wake=worker.wake,
        on_nameless=lambda _session, _connection_id, _members: None,
    )
    worker.start()
    print("ready", flush=True)  # noqa: T201 - read by the test
    views = the_views(config["deals"], config["versions"])
    for start in range(config["first"], config["last"], AT_ONCE):
        end = min(start + AT_ONCE, config["last"])
        assert all(answer.is_success for answer in activities.log(caller, views[start:end]))
        print(f"put {end}", flush=True)  # noqa: T201 - read by the test
    view, patience = Delivery(outbox), threading.Event()
    while not patience.wait(0.05):
        with database.reading(workspace_id) as session:
            if config["ends"] and view.backlog(session, connection_id, now=system_clock()).oldest is None:
                break
    worker.stop()
    print("drained", flush=True)  # noqa: T201 - read by the test
    database.close()
