"""Reads Salesforce's side of linked values: what changed since the last time, by the org's own word and clock.

One reader a connection, in whatever process. The position is stored after the work, so that who dies is followed by one
who does it again, and doing it again changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from accord.core.clock import Clock
from accord.core.errors import AccordError, RejectedError
from accord.core.ids import ConnectionId, PlanId, RecordId, WorkspaceId, new_id
from accord.core.troubles import Trouble
from accord.delivery.allowance import load_served
from accord.delivery.gates import Behind, load_closed_gates
from accord.delivery.model import Priority
from accord.delivery.samples import note_calls
from accord.features.two_way import store
from accord.features.two_way.model import DEAL, Reason
from accord.features.two_way.reading import store as positions
from accord.features.two_way.reading.meeting import Meeting, Org
from accord.features.two_way.reading.model import OnDealsRead, Position
from accord.features.two_way.reading.others import OtherDeals
from accord.features.two_way.reading.rules import decide_silent, silent_trouble
from accord.infra.db import Database, WorkspaceSession
from accord.infra.processes.rounds import go_round
from accord.salesforce.model import Gateway
from accord.salesforce.replication import ChangeLog, Span
from accord.workspace.plans.data import load_connected_ids

_log = structlog.get_logger()
PAGE: Final = 200
LEASE: Final = timedelta(minutes=5)
MINUTE: Final = timedelta(minutes=1)  # the org counts in whole minutes
OVERLAP: Final = timedelta(minutes=15)  # a transaction that was under way for longer is found by the whole reading
SWEEP: Final = timedelta(minutes=5)
WHOLE: Final = timedelta(hours=24)
TOO_FAR: Final = timedelta(days=28)  # Salesforce looks back for 30 days
MOST_SEEN: Final = 2000  # of one span; what is forgotten of them is told once more
_GAPS: Final = {"INVALID_REPLICATION_DATE", "EXCEEDED_ID_LIMIT"}


@dataclass(frozen=True, slots=True)
class Reader:
    """For a turn every few seconds: it asks the org once a minute at most, unless something is due."""

    database: Database
    clock: Clock
    connections: Callable[[], Sequence[tuple[WorkspaceId, ConnectionId]]]
    gateway_for: Callable[[WorkspaceId, ConnectionId], Gateway]
    change_log_for: Callable[[WorkspaceId, ConnectionId], ChangeLog]
    meeting: Meeting
    on_deals_read: OnDealsRead
    others: OtherDeals

    def read_all(self) -> int:
        """Every connection; gives how many deals were read. What fails for one org holds up no other."""
        return go_round(self.connections(), self.read, failed="two_way_not_read")

    def troubles(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> list[Trouble]:
        """That nothing of what changes in the org arrives, while there are deals to hear of."""
        with self.database.reading(workspace_id) as session:
            position = positions.load(session, connection_id)
            if not decide_silent(position, self.clock()) or not load_connected_ids(session, connection_id, None, 1):
                return []
        return [silent_trouble()]

    def read(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> int:
        """Gives how many deals were read. Raises what the gateway raises; then the position is where it was."""
        now, reader = self.clock(), new_id(self.clock())
        with self.database.reading(workspace_id) as session:
            if not self._is_anything_to_do(session, connection_id, now) or _is_blocked(session, connection_id, now):
                return 0
        with self.database.workspace(workspace_id) as session:
            position = positions.take(session, connection_id, reader, now=now, until=now + LEASE)
            if position is not None:
                _mark_asked_long(session, connection_id, now)
                if self.meeting.currency_of(session, connection_id) is not None:
                    store.mark_waiting(session, connection_id, Reason.ORG_CURRENCY_UNKNOWN)
        if position is None:
            return 0
        turn = _Turn(self, workspace_id, connection_id, reader, position)
        try:
            return turn.run()
        finally:
            turn.end()

    def _is_anything_to_do(self, session: WorkspaceSession, connection_id: ConnectionId, now: datetime) -> bool:
        """Something is due, or the org has a new minute to tell about and somebody wants to know."""
        if store.load_due(session, connection_id, limit=1) or self.others.is_due(session, connection_id):
            return True
        position = positions.load(session, connection_id)
        their_now = now + (position.ahead or timedelta())
        if position.covered_until is not None and _minute(their_now) - position.covered_until < MINUTE:
            return False
        has_plans = bool(load_connected_ids(session, connection_id, None, 1))
        return has_plans or self.others.is_listening(session, connection_id)


def _mark_asked_long(session: WorkspaceSession, connection_id: ConnectionId, now: datetime) -> None:
    for linked, one in store.load_settings(session, connection_id).links.items():
        store.mark_asked_long(session, connection_id, linked, before=now - timedelta(days=one.ask_days))


def _is_blocked(
    session: WorkspaceSession, connection_id: ConnectionId, now: datetime, priority: Priority = Priority.EVENT
) -> bool:
    """The org does not answer at the moment, the owner's login is over, or the calls are kept for others (D68)."""
    for gate in load_closed_gates(session, connection_id, now=now):
        if gate.behind is Behind.CONNECTION or (gate.behind is Behind.LOGIN and gate.member_id is None):
            return True
    return priority not in load_served(session, connection_id, now=now)


class _LostError(AccordError):
    """Another reader has the turn."""

    code = "TURN_LOST"


class _Turn:
    """One reader's turn at one connection."""

    def __init__(
        self,
        reader: Reader,
        workspace_id: WorkspaceId,
        connection_id: ConnectionId,
        name: str,
        position: Position,
    ) -> None:
        self._all = reader
        self._place = (workspace_id, connection_id)
        self._name = name
        self._position = position
        self._log = reader.change_log_for(*self._place)
        self._org: Org | None = None
        self._count = 0

    def run(self) -> int:
        self._read_due()
        if self._position.covered_until is None or self._is_whole_due():
            self._read_whole()
        try:
            self._read_changes()
            self._sweep()
        except RejectedError as refused:
            if not _GAPS & {problem.code for problem in refused.problems}:
                raise
            _log.warning("two_way_gap", connection_id=self._place[1], code=refused.code)
            self._begin_anew()
        return self._count

    def end(self) -> None:
        workspace_id, connection_id = self._place
        with self._all.database.workspace(workspace_id) as session:
            positions.give_back(session, connection_id, self._name)
            self._note_calls(session)

    def _note_calls(self, session: WorkspaceSession) -> None:
        if self._log.usage is not None:
            note_calls(session, self._place[1], self._log.usage, now=self._all.clock())

    @property
    def _ahead(self) -> timedelta | None:
        return self._position.ahead if self._log.ahead is None else self._log.ahead

    def _their_now(self) -> datetime:
        return self._all.clock() + (self._ahead or timedelta())

    def _keep(self, position: Position) -> None:
        """Stores how far the turn has come."""
        workspace_id, connection_id = self._place
        kept = replace(position, ahead=self._ahead)
        until = self._all.clock() + LEASE
        with self._all.database.workspace(workspace_id) as session:
            if not positions.keep(session, connection_id, self._name, kept, until=until):
                raise _LostError("Another process reads this org at the moment.")
            self._note_calls(session)
        self._position = kept

    def _read_due(self) -> None:
        workspace_id, connection_id = self._place
        with self._all.database.reading(workspace_id) as session:
            due = store.load_due(session, connection_id, limit=2 * PAGE)
            may = not _is_blocked(session, connection_id, self._all.clock(), Priority.BACKFILL)
        self._read(due)
        self._count += self._all.others.read_due(*self._place, self._log, may_back_fill=may)

    def _begin_anew(self) -> None:
        """What happened since is not told any more: all is read."""
        if self._position.covered_until is not None:
            self._all.others.missed(*self._place, self._position.covered_until - OVERLAP)
        self._keep(Position())
        self._read_whole()

    def _is_whole_due(self) -> bool:
        whole_at = self._position.whole_at
        return whole_at is None or self._all.clock() - whole_at >= WHOLE

    def _read_whole(self) -> None:
        """Every connected plan, page by page; who dies goes on after the last page that was stored."""
        workspace_id, connection_id = self._place
        began, is_over = self._all.clock(), False
        while not is_over:
            with self._all.database.workspace(workspace_id) as session:
                if _is_blocked(session, connection_id, self._all.clock(), Priority.BATCH):
                    return
                ids = load_connected_ids(session, connection_id, self._position.whole_after, PAGE)
                deals = self._all.meeting.ensure(session, connection_id, ids)
            self._read(deals)
            position = self._position
            if position.covered_until is None:
                # changes before the first page was read are in it; those after it are told from here on
                start = _minute(began + (self._ahead or timedelta()))
                position = replace(position, began_at=start, covered_until=start, deleted_until=start)
            is_over = len(ids) < PAGE
            whole_at = self._all.clock() if is_over else position.whole_at
            self._keep(replace(position, whole_after=None if is_over else ids[-1], whole_at=whole_at))

    def _read_changes(self) -> None:
        """What changed since the last time."""
        position, end = self._position, _minute(self._their_now())
        if position.covered_until is None:
            return  # the first whole reading has to wait
        if end - position.covered_until < MINUTE:
            return
        if end - position.covered_until > TOO_FAR:
            self._begin_anew()
            return
        listed = self._log.updated(DEAL, Span(position.covered_until, end))
        seen = {deal: at for deal, at in position.seen.items() if at > end - 2 * OVERLAP}
        seen |= dict.fromkeys(self._follow(listed.ids), end)
        covered = max(position.covered_until, min(listed.covered_until, end))
        self._keep(replace(self._position, covered_until=covered, seen=seen))

    def _sweep(self) -> None:
        """What was committed late, and what was deleted."""
        position, now = self._position, self._all.clock()
        if position.covered_until is None or position.began_at is None or position.deleted_until is None:
            return
        if position.swept_at is not None and now - position.swept_at < SWEEP:
            return
        seen = dict(position.seen)
        start = max(position.began_at, position.covered_until - OVERLAP)
        if position.covered_until - start >= MINUTE:
            listed = self._log.updated(DEAL, Span(start, position.covered_until))
            late = [one for one in listed.ids if one not in seen]
            seen |= dict.fromkeys(self._follow(late), position.covered_until)
        start, end = max(position.began_at, position.deleted_until - OVERLAP), _minute(self._their_now())
        deleted_until = position.deleted_until
        if end - start >= MINUTE:
            gone = self._log.deleted(DEAL, Span(start, end))
            self._read(self._ours(gone.ids))  # one that is back by now is there
            self._all.others.gone(*self._place, gone.ids)
            deleted_until = max(deleted_until, min(gone.covered_until, end))
        self._keep(replace(self._position, swept_at=now, seen=seen, deleted_until=deleted_until))

    def _follow(self, changed: Sequence[RecordId]) -> list[RecordId]:
        """Reads those that are ours and tells of the others. Gives those that need no second look."""
        ours = self._ours(changed)
        self._read(ours)
        self._all.meeting.hurry_locked(*self._place, changed)
        known = set(ours.values())
        others = [one for one in changed if one not in known]
        told = self._all.others.changed(*self._place, self._log, others)
        self._count += told
        return [*known, *(others[:MOST_SEEN] if told else ())]

    def _ours(self, ids: Sequence[RecordId]) -> dict[PlanId, RecordId]:
        workspace_id, connection_id = self._place
        with self._all.database.reading(workspace_id) as session:
            return store.find_deals(session, connection_id, ids)

    def _read(self, deals: dict[PlanId, RecordId]) -> None:
        """Reads these plans' deals, 200 a call, and does what follows."""
        if not deals:
            return
        if self._org is None:
            self._org = Org(self._all.gateway_for(*self._place), self._log, self._position.ahead)
        plans = sorted(deals)
        for start in range(0, len(plans), PAGE):
            page = {plan: deals[plan] for plan in plans[start : start + PAGE]}
            found = self._all.meeting.read(*self._place, self._org, page)
            self._count += len(page)
            absent = set(page.values()) - {one.opportunity_id for one in found}
            self._all.on_deals_read(*self._place, self._log, read=found, absent=sorted(absent))


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
