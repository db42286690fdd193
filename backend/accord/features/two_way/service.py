"""What people see of linked values and decide about them. Values are shown to those who may see the field (S3)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accord.core.clock import Clock
from accord.core.errors import ConflictError, NotAllowedError, NotFoundError
from accord.core.identity import Identity
from accord.core.ids import PlanId, RecordId
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import Standing as Delivered
from accord.delivery.records.service import find_writes
from accord.features.two_way import rules, store
from accord.features.two_way.following import Desk
from accord.features.two_way.model import Conflict, Key, Linked, Origin, Standing, ValueState
from accord.features.two_way.rights import DealRights, Right
from accord.infra.audit import Actor, Entry, record
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.plans.two_way import Taking, load_two_way

PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """One linked value for one person. `conflict` is None where there is none, or where he may not see the field.

    `may_write`: he may edit the field in Salesforce, so that he may choose the plan's value; while there is nothing to
    choose, sharing and approvals are not asked about, and it costs no call. `version` names what he saw. `advice` is
    about a write that waits for a person.
    """

    linked: Linked
    is_enabled: bool
    standing: Standing
    sentence: str | None
    is_visible: bool
    may_write: bool
    conflict: Conflict | None
    currency: str | None
    since: datetime | None
    version: int
    is_inbound: bool
    advice: str | None = None


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A value that needs somebody, without its values."""

    id: str
    plan_id: PlanId
    opportunity_id: RecordId
    linked: Linked
    standing: Standing
    sentence: str | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class TwoWayValues:
    database: Database
    clock: Clock
    outbox: Outbox
    # the deal of a plan that the caller may see; raises NotFoundError
    deal_of: Callable[[Identity, PlanId], RecordId | None]
    rights: DealRights
    wake: Callable[[], None]
    taking: Taking

    def show(self, caller: Identity, plan_id: PlanId) -> list[Shown]:
        """Both links of a plan, the end date first; none for one without a deal. Raises NotFoundError."""
        deal = self.deal_of(caller, plan_id)
        if deal is None:
            return []
        with self.database.reading(caller.workspace_id) as session:
            settings = store.load_settings(session, caller.connection_id)
            found = store.load(session, [plan_id])
            writes = _writes(session, caller, found)
        return [
            _shown(
                key.linked,
                stored,
                self.rights.find(caller, deal, key.linked, at_record=stored.state.conflict is not None),
                is_enabled=key.linked in settings.enabled,
                write=writes.get(key.linked),
            )
            for key, stored in sorted(found.items(), key=lambda one: list(Linked).index(one[0].linked))
        ]

    def decide(self, caller: Identity, plan_id: PlanId, linked: Linked, chosen: Origin, *, version: int) -> list[Shown]:
        """The owner decides a conflict that he has seen in this version (D28).

        Raises NotFoundError, ConflictError (STALE_EDIT) when it has changed or is over, NotAllowedError when he may not
        see the field, or not edit it in Salesforce and chose the plan's value.
        """
        deal = self.deal_of(caller, plan_id)
        if deal is None:
            raise NotFoundError("linked value")
        right = self.rights.find(caller, deal, linked)
        if not right.sees or (chosen is Origin.OURS and not right.edits):
            raise NotAllowedError("Salesforce does not let you change this field. Ask somebody who may.")
        with self.database.workspace(caller.workspace_id) as session:
            settings = store.load_settings(session, caller.connection_id)
            plans = load_two_way(session, caller.connection_id, [plan_id], lock=True)
            desk = Desk(session, self.outbox, caller.connection_id, settings, self.clock())
            stored = desk.lock({plan_id: deal}).get(Key(plan_id, linked))
            step = None
            if stored is not None and stored.version == version:
                step = rules.decide_chosen(stored.state, chosen, desk.terms(plans[plan_id], linked))
            if stored is None or step is None:
                raise ConflictError("This has changed since you opened it. Look again, then decide.", code="STALE_EDIT")
            desk.follow(plans[plan_id], linked, stored, step)
            desk.finish()
            self.taking.tell(session, caller.connection_id, desk.taken)
            record(session, _line(caller, plan_id, f"two_way.{linked}", {"chosen": chosen.value}), now=self.clock())
        self.wake()
        return self.show(caller, plan_id)

    def thaw(self, caller: Identity, plan_id: PlanId, linked: Linked) -> None:
        """A frozen value is compared anew (D29). Raises NotFoundError when it is none."""
        with self.database.workspace(caller.workspace_id) as session:
            mine = load_two_way(session, caller.connection_id, [plan_id], lock=True)
            stored = store.load(session, mine, lock=True).get(Key(plan_id, linked))
            if stored is None or stored.state.frozen_at is None:
                raise NotFoundError("frozen value")
            store.save(session, [store.Stored(stored.id, rules.thaw(stored.state), stored.version)])
            record(session, _line(caller, plan_id, f"two_way.{linked}", {"thawed": True}), now=self.clock())

    def problems(self, caller: Identity, *, after: str | None) -> Sequence[ProblemRow]:
        """A page of the values that need somebody."""
        with self.database.reading(caller.workspace_id) as session:
            rows = store.load_problems(session, caller.connection_id, after=after, limit=PAGE)
        return [
            ProblemRow(
                id=stored.id,
                plan_id=key.plan_id,
                opportunity_id=stored.state.opportunity_id,
                linked=key.linked,
                standing=stored.state.standing,
                sentence=sentence(stored.state),
                since=_since(stored.state),
            )
            for key, stored in rows
        ]


def sentence(state: ValueState) -> str | None:
    """What is to be known about how a value stands."""
    if state.standing is Standing.FROZEN:
        return rules.FROZEN
    if state.standing is Standing.CONFLICT:
        return rules.CONFLICT
    if state.reason is not None:
        return rules.SENTENCES[state.reason]
    if state.is_inbound:
        return rules.FROM_PRODUCTS
    return rules.JUDGED[state.judged_by] if state.judged_by else None


def _since(state: ValueState) -> datetime | None:
    return state.frozen_at or (state.conflict.since if state.conflict else None)


def _writes(session: WorkspaceSession, caller: Identity, found: Mapping[Key, store.Stored]) -> dict[Linked, Delivered]:
    """How the writes stand that are on their way."""
    ids = {key.linked: one.state.pending.intent_id for key, one in found.items() if one.state.pending is not None}
    written = find_writes(session, caller.connection_id, list(ids.values()))
    return {linked: written[intent_id] for linked, intent_id in ids.items() if intent_id in written}


def _shown(linked: Linked, stored: store.Stored, right: Right, *, is_enabled: bool, write: Delivered | None) -> Shown:
    state = stored.state
    return Shown(
        linked=linked,
        is_enabled=is_enabled,
        standing=state.standing,
        sentence=sentence(state),
        is_visible=right.sees,
        may_write=right.edits,
        conflict=state.conflict if right.sees else None,
        currency=state.currency if right.sees else None,
        since=_since(state),
        version=stored.version,
        is_inbound=state.is_inbound,
        advice=write.advice if write is not None else None,
    )


def _line(caller: Identity, plan_id: PlanId, kind: str, new: dict[str, object]) -> Entry:
    """No values: an admin who reads the audit may perhaps not see the field (S3)."""
    return Entry(
        connection_id=caller.connection_id,
        kind=kind,
        actor=Actor.MEMBER,
        member_id=caller.member_id,
        subject=plan_id,
        new=new,
    )
