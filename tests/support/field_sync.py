"""Field sync over the whole product, with plans that a test sets by their values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from accord.core.identity import Identity, Role
from accord.core.ids import ConnectionId, CriterionId, EventId, MemberId, PlanId, RecordId, new_id
from accord.delivery.drain import Drain
from accord.delivery.model import DrainReport
from accord.delivery.service import Delivery
from accord.features.field_sync.model import PROPOSAL, Row, Settings, Setup
from accord.features.field_sync.setup import FieldSyncSetup
from accord.features.field_sync.sources import Sources
from accord.features.field_sync.sync import store
from accord.features.field_sync.sync.model import Write
from accord.features.field_sync.sync.triggers import Triggers
from accord.infra.db import WorkspaceSession
from accord.synced_fields import SyncedFields, build_field_engine, build_synced_fields
from accord.workspace.plans.data import CriterionChoice, PlanData
from accord.workspace.plans.events import PlanEvent, PlanEventKind
from accord.workspace.plans.model import CriterionKind
from support.product import RILEY, Product

EVENT = PlanEventKind.STEP_UPDATED
USUAL: Mapping[str, Any] = {
    "accord_url": "https://accord.example/plans/1",
    "accord_status": "On Track",
    "accord_stage_name": "Kick-off",
    "customers_invited": 2,
    "customers_accepted": 1,
    "accord_progress": 40,
    "execution_score": 55,
    "missing_criteria": "Sponsor",
}
FIELDS = tuple(row.field for row in PROPOSAL)


def a_criterion(title: str, kind: CriterionKind, *, is_live: bool = True) -> CriterionChoice:
    return CriterionChoice(CriterionId(title.lower().replace(" ", "-")), title, kind, is_live)


@dataclass
class SyncWorld:
    """`plans` and `criteria` are what a test says; everything behind them is the product's own."""

    product: Product
    plans: dict[PlanId, PlanData] = field(default_factory=dict)
    criteria: list[CriterionChoice] = field(default_factory=list)
    setup: FieldSyncSetup = field(init=False)
    fields: SyncedFields = field(init=False)
    triggers: Triggers = field(init=False)
    drain: Drain = field(init=False)

    def __post_init__(self) -> None:
        parts = self.product.parts
        sources = Sources(self._values, self._connected, lambda _session, _connection: list(self.criteria))
        engine = build_field_engine(
            parts.database,
            parts.clock,
            outbox=parts.drain.outbox,
            sources=sources,
            others=parts.drain.courier,
            connections=parts.connections,
        )
        self.triggers = engine.on_event
        self.drain = replace(parts.drain, courier=engine.courier)
        self.fields = build_synced_fields(
            engine, connections=parts.connections, wake=lambda: None, check_plan=lambda _caller, _plan_id: None
        )
        self.setup = self.fields.setup

    def _values(
        self, _session: WorkspaceSession, _connection: ConnectionId, ids: Sequence[PlanId], *, today: date
    ) -> Mapping[PlanId, PlanData]:
        return {plan_id: self.plans[plan_id] for plan_id in ids if plan_id in self.plans}

    def _connected(
        self, _session: WorkspaceSession, _connection: ConnectionId, after: PlanId | None, limit: int
    ) -> list[PlanId]:
        connected = sorted(one.plan_id for one in self.plans.values() if one.opportunity_id)
        return [plan_id for plan_id in connected if after is None or plan_id > after][:limit]

    @property
    def admin(self) -> Identity:
        return Identity(self.product.connection.workspace_id, self.product.connection.id, Role.ADMIN)

    def turn_on(self, *rows: Row, **changes: Any) -> Settings:
        """Syncs the fields of the package, or these rows, on top of what is set up."""
        present = self.setup.load(self.admin).setup
        new = Setup(enabled=True, rows=rows or PROPOSAL, version=present.version, **changes)
        return self.setup.save(self.admin, new)

    def connected(self, deal: str | None = None, **values: Any) -> PlanId:
        """A plan that is connected to a deal; nobody was told yet."""
        plan_id = PlanId(new_id(self.product.clock()))
        self.plans[plan_id] = PlanData(plan_id, RecordId(deal or self.product.deal()), True, {**USUAL, **values})
        return plan_id

    def happens(
        self, plan_id: PlanId, kind: PlanEventKind = EVENT, *, by: MemberId | None = None, **values: Any
    ) -> None:
        """Something happens to a plan, and these data change by it."""
        self.changes(plan_id, **values)
        self.happens_to([plan_id], kind, by=by)

    def changes(self, plan_id: PlanId, **values: Any) -> None:
        """Data of a plan, without anybody being told."""
        self.plans[plan_id] = replace(self.plans[plan_id], values={**self.plans[plan_id].values, **values})

    def waits(self) -> bool:
        """Whether anything is still on its way."""
        connection, view = self.product.connection, Delivery(self.drain.outbox)
        with self.product.parts.database.reading(connection.workspace_id) as session:
            return view.backlog(session, connection.id, now=self.product.clock()).oldest is not None

    def happens_to(
        self,
        plan_ids: Sequence[PlanId],
        kind: PlanEventKind = EVENT,
        *,
        by: MemberId | None = None,
        role: Role | None = None,
    ) -> None:
        """The same happens to all of them, in one transaction; without a `role` nobody in person did it."""
        with self.product.parts.database.workspace(self.product.connection.workspace_id) as session:
            self.triggers(
                session, *(replace(self._event(self.plans[plan_id], kind, by), actor_role=role) for plan_id in plan_ids)
            )

    def _event(self, plan: PlanData, kind: PlanEventKind, by: MemberId | None) -> PlanEvent:
        connection, now = self.product.connection, self.product.clock()
        return PlanEvent(
            id=EventId(new_id(now)),
            kind=kind,
            workspace_id=connection.workspace_id,
            connection_id=connection.id,
            plan_id=plan.plan_id,
            opportunity_id=plan.opportunity_id,
            actor=by,
            actor_is_customer=False,
            at=now,
            subject_id=None,
            subject_text=None,
            is_internal=False,
            previous=None,
            new=None,
            sequence=1,
        )

    def deliver(self, *, after: float = 10) -> DrainReport:
        """Delivers what is due after so many seconds."""
        self.product.clock.advance(seconds=after)
        return self.drain.drain(self.product.connection.workspace_id, self.product.connection.id)

    def writes(self, plan_id: PlanId) -> list[Write]:
        """The writes by which the plan's fields got their present values."""
        connection = self.product.connection
        with self.product.parts.database.reading(connection.workspace_id) as session:
            (copy,) = store.load_copies(session, connection.id, [plan_id]).values()
            found = store.load_writes(session, {one.write_id for one in copy.held.values() if one.write_id})
        return sorted(found.values(), key=lambda write: write.id)

    def somebody_calls(self) -> None:
        """Another client calls the org: what was to commit late by now does so."""
        self.product.org_app.test_client().get("/services/data")

    def calls_of(self, doing: Any) -> int:
        """How many calls of the org's API something costs."""
        before = self.product.calls()
        doing()
        return self.product.calls() - before

    def synced(self, deal: str | None = None) -> dict[str, Any]:
        record = self.product.record("Opportunity", deal or self.product.deal())
        return {name: record.get(name) for name in FIELDS}

    def more_deals(self, number: int) -> list[str]:
        """Deals beside those of the demo."""
        rep = self.product.org.users.by_username(RILEY)
        with self.product.org.transaction(user_id=rep.id, client="seed") as tx:
            return [
                tx.insert(
                    "Opportunity",
                    {"Name": f"Deal {each}", "StageName": "Prospecting", "CloseDate": "2026-12-31", "OwnerId": rep.id},
                    enforce=False,
                )
                for each in range(number)
            ]
