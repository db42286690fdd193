"""An org leaves: nothing more is written, every login is ended, every copy is deleted, and a receipt says so.

It is done in steps, each a transaction of its own that can be taken again: what was cut off goes on with the next call,
or with the chore, and ends the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from accord.core.clock import Clock
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, MemberId, WorkspaceId
from accord.delivery.brakes.model import Brake, BrakeKind
from accord.delivery.brakes.service import put_on
from accord.delivery.model import State
from accord.delivery.service import Delivery
from accord.features.uninstall import rules, store
from accord.features.uninstall.model import Kept, LoginEnd, Org, Receipt, Standing
from accord.infra.audit import Entry, actor_of, record
from accord.infra.db import Database, WorkspaceSession
from accord.infra.processes.rounds import go_round

log = structlog.get_logger()
KIND = "uninstall.finished"


class Logins(Protocol):
    """What ends a connection and its logins."""

    def shut(self, session: WorkspaceSession, connection_id: ConnectionId, *, by: MemberId | None) -> None: ...
    def count_logins(self, session: WorkspaceSession, connection_id: ConnectionId) -> int: ...
    def end_logins(
        self,
        workspace_id: WorkspaceId,
        connection_id: ConnectionId,
        on_ended: Callable[[WorkspaceSession, str, bool], None],
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Uninstall:
    """`org_of` gives a connection, whatever its status."""

    database: Database
    clock: Clock
    delivery: Delivery
    logins: Logins
    org_of: Callable[[WorkspaceId, ConnectionId], Org]

    def look(self, caller: Identity) -> Standing:
        """What disconnecting would do now. No Salesforce call."""
        org = self.org_of(caller.workspace_id, caller.connection_id)
        with self.database.reading(org.workspace_id) as session:
            copies = dict(store.count_copies(session, org.id, plans_too=True))
            waiting, parked = self._unwritten(session, org.id)
            return Standing(
                waiting=waiting,
                parked=parked,
                backfills=store.count_backfills(session, org.id),
                logins=self.logins.count_logins(session, org.id),
                plans=copies.get("plan", 0),
                copies={name: number for name, number in copies.items() if name not in store.PLAN_TABLES},
            )

    def leave(self, caller: Identity, *, org_name: str, delete_plans: bool) -> Receipt:
        """Disconnects the caller's org, whose name he has typed.

        Raises RejectedError for another name, and ConflictError (BEING_WRITTEN) while Salesforce has not answered what
        was sent; nothing is written from then on.
        """
        org = self.org_of(caller.workspace_id, caller.connection_id)
        rules.check_name(org_name, org.label)
        return self.carry_out(org, delete_plans=delete_plans, by=caller.member_id)

    def carry_out(self, org: Org, *, delete_plans: bool, by: MemberId | None) -> Receipt:
        """Disconnects an org, or goes on where that was cut off; what was asked for first holds. `by` None: the
        operator. Raises ConflictError as `leave` does.
        """
        with self.database.workspace(org.workspace_id) as session:
            if store.find(session, org.id) is None:
                put_on(session, org.id, BrakeKind.STOPPED, Brake(self.clock(), None, by))
        with self.database.workspace(org.workspace_id) as session:
            if store.find(session, org.id) is None:
                self._begin(session, org, delete_plans=delete_plans, by=by)
        return self._go_on(org)

    def finish_all(self) -> int:
        """Goes on with everything that was cut off. For a call every hour; gives how many were finished."""
        with self.database.system_reading() as system:
            unfinished = store.load_unfinished(system)

        def finish(workspace_id: WorkspaceId, connection_id: ConnectionId) -> bool:
            return self._go_on(self.org_of(workspace_id, connection_id)).finished_at is not None

        return go_round(unfinished, finish, failed="leaving_not_finished")

    def receipts(self) -> Sequence[Kept]:
        """Of every org that has left or is leaving, the oldest first. For the operator."""
        with self.database.system_reading() as system:
            workspaces = store.load_workspaces(system)
        found: list[Kept] = []
        for workspace_id in workspaces:
            with self.database.reading(workspace_id) as session:
                found += store.load_receipts(session)
        return sorted(found, key=lambda one: one.receipt.started_at)

    def _unwritten(self, session: WorkspaceSession, connection_id: ConnectionId) -> tuple[int, int]:
        counts = self.delivery.backlog(session, connection_id, now=self.clock()).counts
        waiting = sum(counts.get(state, 0) for state in (State.READY, State.WAITING, State.IN_FLIGHT))
        return waiting, counts.get(State.PARKED, 0)

    def _begin(self, session: WorkspaceSession, org: Org, *, delete_plans: bool, by: MemberId | None) -> None:
        counts = self.delivery.backlog(session, org.id, now=self.clock()).counts
        hindrance = rules.decide_wait(counts.get(State.IN_FLIGHT, 0))
        if hindrance is not None:
            raise hindrance
        unwritten = sum(self._unwritten(session, org.id))
        if store.begin(session, org.id, Receipt(self.clock(), by, delete_plans, unwritten)):
            self.logins.shut(session, org.id, by=by)
            log.info("org_leaves", connection_id=org.id, unwritten=unwritten)

    def _go_on(self, org: Org) -> Receipt:
        known = self._find(org)
        if known.finished_at is None:

            def note(session: WorkspaceSession, whose: str, ended: bool) -> None:  # noqa: FBT001 - as it is called
                store.note_login(session, org.id, LoginEnd(whose, ended))

            self.logins.end_logins(org.workspace_id, org.id, note)
            self._delete_copies(org, plans_too=known.plans_deleted)
            self._finish(org)
        return self._find(org)

    def _delete_copies(self, org: Org, *, plans_too: bool) -> None:
        more = True
        while more:
            with self.database.workspace(org.workspace_id) as session:
                more = store.delete_some(session, org.id, plans_too=plans_too)

    def _finish(self, org: Org) -> None:
        """The last transaction: what stays is emptied, and what somebody stored meanwhile goes too."""
        with self.database.workspace(org.workspace_id) as session:
            known = store.find(session, org.id, lock=True)
            assert known is not None, "it was begun"
            if known.finished_at is not None:
                return
            store.empty_kept(session, org.id, plans_too=known.plans_deleted)
            while store.delete_some(session, org.id, plans_too=known.plans_deleted):
                pass
            left = sum(store.count_copies(session, org.id, plans_too=known.plans_deleted).values())
            store.finish(session, org.id, left=left, now=self.clock())
            done = store.find(session, org.id)
            assert done is not None, "it was found before"
            ended, unconfirmed = rules.count_confirmed(done)
            rows = sum(done.deleted.values())
            told = {"rows": rows, "left": left, "unwritten": done.unwritten, "plans_deleted": done.plans_deleted}
            new = {**told, "logins_ended": ended, "logins_not_confirmed": unconfirmed}
            entry = Entry(org.id, KIND, actor_of(known.by_member), known.by_member, new=new)
            record(session, entry, now=self.clock())
        log.info("org_left", connection_id=org.id, count=rows, left=left, ended=ended, not_confirmed=unconfirmed)

    def _find(self, org: Org) -> Receipt:
        with self.database.reading(org.workspace_id) as session:
            found = store.find(session, org.id)
        assert found is not None, "it was begun"
        return found
