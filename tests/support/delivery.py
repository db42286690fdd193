"""Builders for delivery: a connection, intents, and a drain over a real database and an org in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from accord.core.ids import ConnectionId, IntentId, WorkspaceId, external_id, new_id
from accord.delivery.brakes import service as brakes
from accord.delivery.brakes.model import Brake, BrakeKind
from accord.delivery.drain import Drain
from accord.delivery.model import DrainReport, Intent
from accord.delivery.outbox import Outbox
from accord.delivery.service import Delivery, Explanation
from accord.infra.db import Database
from support.builders import NOON, AClock, a_workspace
from support.gateway import MemoryOrg

_numbers = count(1)


def a_connection(database: Database, workspace_id: WorkspaceId) -> ConnectionId:
    """A stored connection to an org of its own."""
    from accord.features.connections.tables import connection

    connection_id = ConnectionId(new_id(NOON))
    with database.workspace(workspace_id) as session:
        session.insert(
            connection,
            {
                "id": connection_id,
                "org_id": f"00D{next(_numbers):015d}",
                "label": "Halden",
                "instance_url": "https://localhost:8143",
                "is_sandbox": True,
                "status": "active",
                "integration_username": "integration@halden.example",
                "consumer_key": "3MVG9",
                "login_url": "https://localhost:8143",
                "created_at": NOON,
            },
        )
    return connection_id


def an_intent(connection_id: ConnectionId, record: str = "a", **changes: Any) -> Intent:
    """Makes the Task of `record`; with creates=False a later write of it."""
    facts: dict[str, Any] = {
        "id": IntentId(new_id(NOON)),
        "connection_id": connection_id,
        "sobject": "Task",
        "external_id_field": "Accord_Id__c",
        "external_id": external_id(connection_id, "task", record),
        "fields": {"Subject": f"Task {record}"},
        "creates": True,
        "entity": f"activity:{record}",
        "kind": "comment",
        "login_reason": "no_personal_connection",
        "occurred_at": NOON,
        **changes,
    }
    return Intent(**facts)


@dataclass
class ADelivery:
    """Everything of one connection; `drain()` runs one drain of a worker on it."""

    database: Database
    org: MemoryOrg = field(default_factory=MemoryOrg)
    clock: AClock = field(default_factory=AClock)
    lease: timedelta = timedelta(seconds=30)

    def __post_init__(self) -> None:
        self.workspace_id = a_workspace(self.database)
        self.connection_id = a_connection(self.database, self.workspace_id)
        self.outbox = Outbox(self.database.vault)
        self.view = Delivery(self.outbox)

    def intent(self, record: str = "a", **changes: Any) -> Intent:
        return an_intent(self.connection_id, record, **changes)

    def intents(self, number: int, name: str = "r") -> list[Intent]:
        return [self.intent(f"{name}{index}") for index in range(number)]

    def put(self, *intents: Intent) -> None:
        with self.database.workspace(self.workspace_id) as session:
            self.outbox.put(session, intents, now=self.clock())

    def a_drain(self, **changes: Any) -> Drain:
        facts: dict[str, Any] = {
            "database": self.database,
            "gateways": self.org,
            "outbox": self.outbox,
            "clock": self.clock,
            "dice": lambda: 0.5,
            "lease": self.lease,
            **changes,
        }
        return Drain(**facts)

    def drain(self, **changes: Any) -> DrainReport:
        return self.a_drain(**changes).drain(self.workspace_id, self.connection_id)

    def drain_until_quiet(self, *, rounds: int = 50) -> DrainReport:
        """Drains, moving the clock on, until nothing is on its way."""
        report = DrainReport()
        for _ in range(rounds):
            report += self.drain()
            if self.oldest() is None:
                return report
            self.clock.advance(minutes=10)
        raise AssertionError("the outbox never became quiet")

    def brake(self, kind: BrakeKind, lasts: timedelta | None = None) -> None:
        """Puts a brake on, as an admin would; without a length until it is released."""
        now = self.clock()
        until = None if lasts is None else now + lasts
        with self.database.workspace(self.workspace_id) as session:
            brakes.put_on(session, self.connection_id, kind, Brake(now, until, by=None))

    def release(self, kind: BrakeKind) -> None:
        with self.database.workspace(self.workspace_id) as session:
            brakes.release(session, self.connection_id, kind, by=None, now=self.clock())

    def oldest(self) -> object:
        with self.database.reading(self.workspace_id) as session:
            return self.view.backlog(session, self.connection_id, now=self.clock()).oldest

    def explain(self, intent: Intent) -> Explanation:
        with self.database.reading(self.workspace_id) as session:
            return self.view.explain(session, intent.id, now=self.clock())

    def states(self, intents: Sequence[Intent]) -> list[str]:
        return [self.explain(intent).state.value for intent in intents]


def once(action: Callable[[], None]) -> Callable[[], None]:
    """Does the action the first time it is called, and nothing afterwards."""
    left = [action]

    def act() -> None:
        if left:
            left.pop()()

    return act
