"""The use cases of plans on a bare database, with a listener that remembers what was told."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from accord.core.identity import Identity, Role
from accord.core.ids import PlanId, RecordId
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.members.model import Member
from accord.workspace.plans.access import Access, Asked
from accord.workspace.plans.changing import Actor, Changes
from accord.workspace.plans.editing import GuardDeal
from accord.workspace.plans.events import OnPlanEvent, PlanEvent
from accord.workspace.plans.model import NewPlan, NewStage, NewStep, Plan
from accord.workspace.plans.rooms import PlanRooms
from accord.workspace.plans.service import Plans
from accord.workspace.plans.whole import Whole
from support.builders import AClock
from support.connected import Connected, connected
from support.plans import DEAL

TWO_STAGES = (
    NewStage("Evaluate", [NewStep("Kick-off"), NewStep("Security review")]),
    NewStage("Decide", [NewStep("Contract", key="contract")]),
)
NEW_STEP = {"description": "", "due_date": None, "key": None, "owner_id": None, "is_internal": False}
NEW_MEMBER = {"role": "customer", "name": "Dana Voss", "member_id": None, "contact_id": None, "is_invited": True}
NO_PLAN = PlanId("")
NO_VALUE = {"step_id": None, "text": None, "is_checked": False, "about_id": None}


def never_locked(_session: WorkspaceSession, _actor: Actor, _plan: Plan) -> None:
    """The guard of an org whose deals may be changed."""


@dataclass
class World:
    """One org, one rep who sees its deal, one plan, and all that is told."""

    home: Connected
    rep: Member
    database: Database
    clock: AClock
    heard: list[PlanEvent] = field(default_factory=list)
    guard: GuardDeal = never_locked
    plan_id: PlanId = NO_PLAN
    woken: int = 0
    deal: RecordId = DEAL
    listeners: Sequence[OnPlanEvent] = ()  # beside the one that remembers

    def hear(self, session: WorkspaceSession, *events: PlanEvent) -> None:
        assert {event.workspace_id for event in events} == {session.workspace_id}
        self.heard += events

    def told(self) -> list[str]:
        """What was told since somebody asked last."""
        kinds = [str(event.kind) for event in self.heard]
        self.heard.clear()
        return kinds

    def wake(self) -> None:
        self.woken += 1

    @property
    def changes(self) -> Changes:
        return Changes(self.database, self.clock, (self.hear, *self.listeners), self.wake)

    @property
    def access(self) -> Access:
        return Access(self.database, gateway_for=lambda _caller: None)

    @property
    def plans(self) -> Plans:
        return Plans(self.changes, self.access)

    @property
    def rooms(self) -> PlanRooms:
        return PlanRooms(self.changes, self.access, self.guard)

    def caller(self, **facts: Any) -> Identity:
        """The rep, for whom his org has proved the deal."""
        usual = {"connection_id": self.home.connection.id, "role": Role.USER, "member_id": self.rep.id}
        return Identity(self.home.workspace_id, **{**usual, "record_id": self.deal, **facts})

    def asked(self, acting: str | None = None) -> Asked:
        """The rep asks for the plan, or the application's server for one of its members."""
        caller = self.caller() if acting is None else self.caller(role=Role.SERVICE, member_id=None, record_id=None)
        return Asked(caller, self.plan_id, acting)

    def make_plan(self, **changes: Any) -> Whole:
        """A published plan of the deal with two stages and three open steps; nothing of it counts as told."""
        new = replace(NewPlan(self.deal, "Brightwater plan", TWO_STAGES), **changes)
        self.plan_id = self.plans.create(self.caller(), new).plan.id
        self.heard.clear()
        return self.whole()

    def whole(self, acting: str | None = None) -> Whole:
        return self.rooms.editing.shown(self.asked(acting))

    def step_id(self, number: int = 0) -> str:
        """Steps are numbered through all stages."""
        whole = self.whole()
        in_order = [mark for stage in whole.facts.stages for mark in whole.facts.steps if mark.stage_id == stage.id]
        return str(in_order[number].id)

    def change_step(self, number: int = 0, *, acting: str | None = None, **changes: Any) -> Whole:
        step_id = self.step_id(number)
        version = str(self.whole().steps[step_id].version)
        return self.rooms.elements.change_step(self.asked(acting), step_id, changes, version=version)

    def change_plan(self, **changes: Any) -> Whole:
        return self.rooms.editing.update(self.asked(), changes, version=str(self.whole().plan.version))

    def set_criterion(self, criterion_id: str, **given: Any) -> Whole:
        version = str(self.whole().plan.version)
        return self.rooms.criteria.set_value(self.asked(), criterion_id, {**NO_VALUE, **given}, version=version)

    def invite(self, email: str = "dana@brightwater.example", **changes: Any) -> str:
        """Somebody is invited; gives his id as a member of the plan."""
        whole = self.rooms.people.invite(self.asked(), {**NEW_MEMBER, "email": email, **changes})
        return whole.members[-1].id


def a_world(database: Database, *, now: datetime = datetime(2026, 11, 22, 12, tzinfo=UTC)) -> World:
    home = connected(database)
    home.clock.now = now
    return World(home, home.member(), database, home.clock)
