"""A change of a plan: what happens to it, what follows from that, and who is told, all in one transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from accord.core.clock import Clock
from accord.core.errors import NotFoundError
from accord.core.identity import Role
from accord.core.ids import ConnectionId, EventId, MemberId, PlanId, WorkspaceId, new_id
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.plans import rules, store
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.events import OnPlanEvent, PlanEvent, PlanEventKind
from accord.workspace.plans.model import Plan, PlanFacts

Told = str | date | bool | None  # what a criterion has to tell


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it. `member_id`: of the workspace. `plan_member_id`: of the plan, for whom the application speaks.

    Both are None for a Flow, and for the application when it speaks for nobody. `time_zone` is an IANA name.
    `sees_value`, `sees_stage`: he may see the plan's value, and how far its deal is. `rule`: what the rule is called
    that made the plan; then nobody in person did it. `is_salesforce`: the plan takes over what its deal has.
    """

    workspace_id: WorkspaceId
    connection_id: ConnectionId
    role: Role | None
    member_id: MemberId | None = None
    plan_member_id: str | None = None
    is_customer: bool = False
    time_zone: str = ""
    sees_value: bool = True
    sees_stage: bool = True
    rule: str | None = None
    is_salesforce: bool = False

    @property
    def id(self) -> MemberId | None:
        """What an event names as its actor."""
        if self.is_customer:
            return MemberId(self.plan_member_id) if self.plan_member_id else None
        return self.member_id

    def today(self, now: datetime) -> date:
        """The day where he lives."""
        return now.astimezone(ZoneInfo(self.time_zone) if self.time_zone else UTC).date()


@dataclass(slots=True)
class Change:
    """One plan while it is changed. `plan` is what it will be; `before` is what it was."""

    session: WorkspaceSession
    actor: Actor
    now: datetime
    before: PlanFacts
    plan: Plan
    told: list[dict[str, Any]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.actor.today(self.now)

    @property
    def day_told(self) -> date:
        """The day by which a status is told: one for all, so that it does not go to and fro between time zones."""
        return self.now.astimezone(UTC).date()

    def set(self, **values: Any) -> None:
        """Changes the plan itself; with a value that differs it gets its next version."""
        changed = replace(self.plan, **values)
        if changed != self.plan:
            self.plan = replace(changed, version=self.before.plan.version + 1)

    def touch(self) -> None:
        """Something that belongs to the plan has changed: it gets its next version."""
        self.plan = replace(self.plan, version=self.before.plan.version + 1)

    def tell(  # noqa: PLR0913 - the parts of an event, each by its name
        self,
        kind: PlanEventKind,
        *,
        subject_id: str | None = None,
        subject_text: str | None = None,
        is_internal: bool = False,
        previous: str | None = None,
        new: str | None = None,
    ) -> None:
        """Everybody who listens will be told at the end of the change."""
        self.told.append(
            {
                "kind": kind,
                "subject_id": subject_id,
                "subject_text": subject_text,
                "is_internal": is_internal,
                "previous": previous,
                "new": new,
            }
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """Opens changes and ends them."""

    database: Database
    clock: Clock
    listeners: Sequence[OnPlanEvent]
    wake: Callable[[], None]  # tells the worker that there is something new

    @contextmanager
    def of(self, actor: Actor, plan_id: PlanId) -> Iterator[Change]:
        """A change of a plan that nobody else changes meanwhile. What follows from it is told when the block ends.

        Raises NotFoundError. An exception in the block undoes all of it.
        """
        with self.database.workspace(actor.workspace_id) as session:
            plan = store.lock(session, actor.connection_id, plan_id)
            if plan is None:
                raise NotFoundError("plan")
            change = Change(session, actor, self.clock(), store.facts_of(session, plan), plan)
            yield change
            self.end(change)
        if change.told:
            self.wake()

    def end(self, change: Change) -> PlanFacts:
        """Finds what follows from the change, stores the plan and tells it all, in this transaction."""
        after = store.facts_of(change.session, change.plan)
        _tell_stages(change, after)
        _tell_criteria(change, after)
        status = rules.status(after, change.day_told)
        if status is not change.plan.told_status:
            change.tell(PlanEventKind.STATUS_CHANGED, previous=str(change.plan.told_status), new=str(status))
        return self.close(change, after)

    def close(self, change: Change, after: PlanFacts) -> PlanFacts:
        """Stores the plan and tells what is to be told, as it is. Gives the plan as it is now."""
        first = change.plan.sequence + 1
        status = rules.status(after, change.day_told)
        stored = replace(change.plan, sequence=change.plan.sequence + len(change.told), told_status=status)
        if change.told and change.actor.is_customer:
            stored = replace(stored, customer_active_at=change.now)
        if stored != change.before.plan:
            store.save(change.session, stored)
        for number, told in enumerate(change.told):
            numbered = replace(stored, sequence=first + number)
            self._tell(change.session, [_event(change.actor, numbered, told, at=change.now)])
        return replace(after, plan=stored)

    def tell_each(
        self, session: WorkspaceSession, actor: Actor, plans: Sequence[Plan], told: Mapping[str, Any]
    ) -> None:
        """Tells one thing of plans that are locked, and of which nothing else is changed."""
        self.tell_of(session, actor, [(one, {**told, "concerns_many": True}) for one in plans])

    def tell_of(
        self, session: WorkspaceSession, actor: Actor, told: Sequence[tuple[Plan, Mapping[str, Any]]]
    ) -> Sequence[Plan]:
        """Tells one thing of each of these plans, which are locked and stored. Gives them as they are counted now."""
        if not told:
            return []
        store.count_events(session, [one.id for one, _ in told])
        now = self.clock()
        counted = [replace(one, sequence=one.sequence + 1) for one, _ in told]
        self._tell(session, [_event(actor, one, of, at=now) for one, (_, of) in zip(counted, told, strict=True)])
        return counted

    def _tell(self, session: WorkspaceSession, events: Sequence[PlanEvent]) -> None:
        """Tells everybody who listens."""
        for listener in self.listeners:
            listener(session, *events)


def _event(actor: Actor, plan: Plan, told: Mapping[str, Any], *, at: datetime) -> PlanEvent:
    """The plan's sequence is that of this event."""
    return PlanEvent(
        id=EventId(new_id(at)),
        workspace_id=actor.workspace_id,
        connection_id=plan.connection_id,
        plan_id=plan.id,
        opportunity_id=plan.opportunity_id,
        actor=actor.id,
        actor_is_customer=actor.is_customer,
        actor_role=actor.role,
        by_rule=actor.rule,
        from_salesforce=actor.is_salesforce,
        at=at,
        sequence=plan.sequence,
        **told,
    )


def _tell_stages(change: Change, after: PlanFacts) -> None:
    """A stage is completed by the last of its steps, and open again by one that is not done."""
    present = rules.current_stage(after.stages, after.steps)
    was_done = {stage.id for stage in change.before.stages if rules.is_stage_done(stage.id, change.before.steps)}
    for stage in after.stages:
        is_done = rules.is_stage_done(stage.id, after.steps)
        if is_done == (stage.id in was_done):
            continue
        elements.set_stage_completed(change.session, stage.id, change.now if is_done else None)
        if is_done:
            is_final = stage.id == after.stages[-1].id
            kinds = (PlanEventKind.STAGE_COMPLETED, *([PlanEventKind.FINAL_STAGE_COMPLETED] if is_final else []))
            for kind in kinds:
                change.tell(
                    kind,
                    subject_id=stage.id,
                    subject_text=stage.title,
                    is_internal=stage.is_internal,
                    previous=stage.title,
                    new=present.title if present else None,
                )


def _tell_criteria(change: Change, after: PlanFacts) -> None:
    """What a criterion has to tell may change by its own value, or by the step that it is about."""
    before = change.before
    for one in after.criteria:
        was = _words(rules.criterion_datum(one, before.values.get(one.id), before.steps))
        is_now = _words(rules.criterion_datum(one, after.values.get(one.id), after.steps))
        if was != is_now:
            change.tell(
                PlanEventKind.CRITERION_CHANGED,
                subject_id=one.id,
                subject_text=one.title,
                is_internal=True,  # criteria are for our own people (B1)
                previous=was,
                new=is_now,
            )


def _words(datum: Told) -> str | None:
    """A criterion's datum in words; None for one that is not met."""
    if isinstance(datum, bool):
        return "true" if datum else None
    return datum.isoformat() if isinstance(datum, date) else datum or None
