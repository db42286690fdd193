"""The lock of connected deals (A111 to A115): its switch, the guard that plans ask, and what is followed (S6, D31)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from accord.core.clock import Clock
from accord.core.errors import NotAllowedError, RejectedError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, PlanId, RecordId, WorkspaceId, widen
from accord.features.deal_lock import rules, store
from accord.features.deal_lock.model import Happening, LockSettings, Watched
from accord.infra.audit import CHANGED, Actor, Entry, Prepared, Reason, record
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.replication import ChangeLog
from accord.salesforce.soql import eq, in_, select
from accord.workspace.members.store import find_name
from accord.workspace.plans.changing import Actor as PlanActor
from accord.workspace.plans.model import Plan
from accord.workspace.settings.store import Change

FOLLOWED: Final = "deal.followed"
_log = structlog.get_logger()


class Deal(Protocol):
    """A deal of a plan, as it was just read."""

    @property
    def plan_id(self) -> PlanId: ...
    @property
    def opportunity_id(self) -> RecordId: ...
    @property
    def account_id(self) -> RecordId | None: ...


class OnFollowed(Protocol):
    """Told, in the transaction that keeps it, of plans: whose deal has another account by now, whose is there again."""

    def __call__(
        self,
        session: WorkspaceSession,
        connection_id: ConnectionId,
        *,
        moved: Mapping[PlanId, RecordId],
        back: Mapping[PlanId, RecordId],
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class LockView:
    """`changed_by` is a name."""

    settings: LockSettings
    changed_by: str | None


@dataclass(frozen=True, slots=True)
class DealLock:
    """As a function it is the guard that plans ask before a deal is changed or taken away."""

    def __call__(self, session: WorkspaceSession, actor: PlanActor, plan: Plan) -> None:
        """Raises NotAllowedError (DEAL_LOCKED), whoever it is; not for the first deal of a plan (A114)."""
        if plan.opportunity_id is None or store.load_settings(session, plan.connection_id).allow_modifying:
            return
        _log.info("deal_change_refused", plan_id=plan.id, member_id=actor.member_id)
        raise NotAllowedError(rules.LOCKED, code="DEAL_LOCKED")


@dataclass(frozen=True, slots=True)
class LockSetup:
    database: Database
    clock: Clock

    def load(self, caller: Identity) -> LockView:
        with self.database.reading(caller.workspace_id) as session:
            settings = store.load_settings(session, caller.connection_id)
            return LockView(settings, find_name(session, settings.changed_by))

    def save(self, caller: Identity, new: LockSettings) -> LockView:
        """Stores the switch; `new.version` is the version that was changed. Raises OutdatedError."""
        self.prepare(caller, new).carry_out(self.database, caller.workspace_id)
        return self.load(caller)

    def prepare(self, caller: Identity, new: LockSettings, *, reason: Reason = CHANGED) -> Prepared:
        """The switch, ready to be stored in the place of `new.version`."""
        return Prepared(
            lambda session: store.SETTINGS.change(
                session, caller.connection_id, Change(new, caller.member_id, self.clock(), reason)
            )
        )


@dataclass(frozen=True, slots=True)
class DealWatch:
    """Told which deals were read: what Salesforce itself does with them is followed, each with a line in the audit."""

    database: Database
    clock: Clock
    on_followed: OnFollowed

    def __call__(
        self,
        workspace_id: WorkspaceId,
        connection_id: ConnectionId,
        log: ChangeLog,
        *,
        read: Sequence[Deal] = (),
        absent: Sequence[RecordId] = (),
    ) -> None:
        deals = {one.opportunity_id: one for one in read}
        with self.database.reading(workspace_id) as session:
            known = store.load_watched(session, connection_id, [*deals, *absent])
        lost = [deal for deal in absent if deal in known and known[deal].deleted_at is None]
        moved = [
            one.account_id
            for deal, one in known.items()
            if deal in deals and one.account_id is not None and one.account_id != deals[deal].account_id
        ]
        if not lost and all(deal in known and _is_as_known(known[deal], one) for deal, one in deals.items()):
            return  # as on most days, nothing has happened to them
        masters, bin_ = masters_of(log, moved), _in_bin(log, lost)
        with self.database.workspace(workspace_id) as session:
            known = store.load_watched(session, connection_id, [*deals, *lost], lock=True)
            new = [one for deal, one in deals.items() if deal not in known]
            store.add_watched(
                session,
                connection_id,
                [Watched(one.plan_id, one.opportunity_id, one.account_id) for one in new],
                now=self.clock(),
            )
            followed: list[Happening] = []
            for one in known.values():
                present = deals.get(one.opportunity_id)
                if present is None:
                    gone = rules.decide_gone(one, self.clock(), is_in_bin=one.opportunity_id in bin_)
                    happened = [gone] if gone else []
                else:
                    happened = rules.decide_present(one, present.account_id, masters)
                for each in happened:
                    store.keep_watched(session, each.deal)
                    record(session, _line(connection_id, each), now=self.clock())
                followed += happened
            elsewhere, back = (
                {one.deal.plan_id: one.deal.opportunity_id for one in followed if one.what in kinds}
                for kinds in (rules.MOVED, rules.BACK)
            )
            if elsewhere or back:
                self.on_followed(session, connection_id, moved=elsewhere, back=back)


def _is_as_known(known: Watched, present: Deal) -> bool:
    return known.deleted_at is None and known.account_id == present.account_id


def _in_bin(log: ChangeLog, deals: Sequence[RecordId]) -> set[RecordId]:
    """Those of the deals that lie in the recycle bin; a call when there are any to ask about."""
    query = select("Id").from_("Opportunity").where(in_("Id", sorted(deals)), eq("IsDeleted", True))
    return {RecordId(widen(row["Id"])) for row in log.query_all(query)}


def masters_of(log: ChangeLog, accounts: Sequence[RecordId]) -> dict[RecordId, RecordId | None]:
    """Whose merges these accounts lost, and those again, as far as the recycle bin tells: a call for each step."""
    found: dict[RecordId, RecordId | None] = {}
    asked: set[RecordId] = set()
    wanted = set(accounts)
    for _ in range(rules.MOST_MERGES):
        query = select("Id", "MasterRecordId").from_("Account").where(in_("Id", sorted(wanted)))
        try:
            rows = log.query_all(query)
        except RejectedError:
            return found  # this login may not see accounts: nothing can be told from people
        for row in rows:
            master = row["MasterRecordId"]
            found[RecordId(widen(row["Id"]))] = RecordId(widen(master)) if master else None
        asked |= wanted
        wanted = {master for master in found.values() if master is not None} - asked
    return found


def _line(connection_id: ConnectionId, happened: Happening) -> Entry:
    return Entry(
        connection_id,
        FOLLOWED,
        Actor.ACCORD,
        subject=happened.deal.opportunity_id,
        old={"account_id": happened.old} if happened.old else None,
        new={"what": happened.what.value, **({"account_id": happened.new} if happened.new else {})},
    )
