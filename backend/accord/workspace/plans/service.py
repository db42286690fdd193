"""What can be done with plans: one function a use case, each owns its transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from accord.core.clock import Clock
from accord.core.errors import ConflictError, NotFoundError, RejectedError
from accord.core.identity import Identity
from accord.core.ids import PlanId, RecordId, is_our_id, new_id
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway
from accord.salesforce.soql import eq, select
from accord.workspace.plans import rules, store
from accord.workspace.plans.model import Connected, NewPlan, Plan


class OnConnected(Protocol):
    """Told that a deal has got its plan, in the transaction that stores it: what is to follow is written there."""

    def __call__(self, session: WorkspaceSession, caller: Identity, plan: Plan) -> None: ...


@dataclass(frozen=True, slots=True)
class Plans:
    database: Database
    clock: Clock
    # the caller's own login, or None; nobody else's is ever asked what he may see
    gateway_for: Callable[[Identity], Gateway | None]
    on_connected: OnConnected
    wake: Callable[[], None]  # tells the worker that there is something new

    def create(self, caller: Identity, new: NewPlan) -> Plan:
        """Makes a plan and connects it to its Opportunity.

        Raises RejectedError naming each wrong field, NotFoundError for a deal that the caller cannot see, ConflictError
        (ALREADY_CONNECTED) when the deal has a plan.
        """
        check_new(new)
        self.check_deal(caller, new.opportunity_id)
        connected = self.connect(caller, new)
        if not connected.is_new:
            raise ConflictError("This deal has a plan already. Open that one.", code="ALREADY_CONNECTED")
        return connected.plan

    def connect(self, caller: Identity, new: NewPlan) -> Connected:
        """The plan of a deal that is known to be there: the one that it has, or this one.

        Raises RejectedError naming each wrong field.
        """
        check_new(new)
        now = self.clock()
        plan = Plan(
            id=PlanId(new_id(now)),
            connection_id=caller.connection_id,
            opportunity_id=new.opportunity_id,
            title=new.title.strip(),
            stage_title=new.stage_title.strip(),
            steps_total=new.steps_total,
            steps_done=new.steps_done,
            created_by=caller.member_id,
            created_at=now,
            creation_key=new.creation_key,
        )
        with self.database.workspace(caller.workspace_id) as session:
            if not store.add(session, plan):
                known = store.find_for_deal(session, caller.connection_id, new.opportunity_id)
                assert known is not None, "plans are never deleted"
                return Connected(known, is_new=new.creation_key is not None and known.creation_key == new.creation_key)
            self.on_connected(session, caller, plan)
        self.wake()
        return Connected(plan, is_new=True)

    def get(self, caller: Identity, plan_id: PlanId) -> Plan:
        """The plan. Raises NotFoundError, also for one of another connection, or of a deal hidden from the caller."""
        with self.database.reading(caller.workspace_id) as session:
            plan = store.find(session, caller.connection_id, plan_id) if is_our_id(plan_id) else None
        if plan is None or not self._sees(caller, plan.opportunity_id):
            raise NotFoundError("plan")
        return plan

    def check_deal(self, caller: Identity, opportunity_id: RecordId) -> None:
        """Raises NotFoundError unless Salesforce shows this deal to the caller himself."""
        if not self._sees(caller, opportunity_id):
            raise NotFoundError("deal")

    def _sees(self, caller: Identity, opportunity_id: RecordId) -> bool:
        """Proved by his org for this very call, or by his own login. A caller who has neither sees nothing."""
        if caller.record_id == opportunity_id:
            return True
        gateway = self.gateway_for(caller)
        deal = select("Id").from_("Opportunity").where(eq("Id", opportunity_id))
        return gateway is not None and bool(gateway.query(deal))

    def find_for_deal(self, caller: Identity, opportunity_id: RecordId) -> Plan | None:
        """The plan of a deal that the caller is known to see: it was read for him just now, or `check_deal` passed."""
        with self.database.reading(caller.workspace_id) as session:
            return store.find_for_deal(session, caller.connection_id, opportunity_id)

    def find_for_deals(self, caller: Identity, opportunity_ids: Sequence[RecordId]) -> dict[RecordId, Plan]:
        """The plans of deals, for a caller who stands for the whole org."""
        with self.database.reading(caller.workspace_id) as session:
            return store.find_for_deals(session, caller.connection_id, opportunity_ids)


def check_new(new: NewPlan) -> None:
    """Raises RejectedError naming each wrong field."""
    problems = rules.problems_of(new)
    if problems:
        raise RejectedError("The plan was not created. Correct the fields that are named.", problems=problems)
