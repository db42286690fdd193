"""A drain delivers what is due of one connection: claim, call, mark. Many may run at once, and any may die anywhere.

No transaction is open during a call. What a dead drain had claimed comes back when its lease ends, in doubt.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

import structlog

from accord.core.clock import Clock
from accord.core.errors import AuthorizationLostError, RejectedError, StoppedError, TransientError
from accord.core.ids import ConnectionId, IntentId, RecordId, WorkspaceId
from accord.core.outcomes import Recovery
from accord.delivery.claims import ClaimTerms, TakenBatch, claim_batch
from accord.delivery.couriers import Courier, carry
from accord.delivery.gates import close_connection, close_creates, close_login, note_success
from accord.delivery.heartbeat import heartbeat
from accord.delivery.marks import Desk, mark_all
from accord.delivery.model import (
    BATCH_SIZE,
    Again,
    Claim,
    ClaimedRow,
    DrainReport,
    Failpoint,
    Finished,
    GatewaySource,
    Mark,
    Park,
    Refusal,
    Reroute,
    Salvage,
)
from accord.delivery.outbox import UNREADABLE, Outbox
from accord.delivery.reroute import LookedAt, NextLogins, propose, serve_blocked
from accord.delivery.retry import LATEST_COMMIT
from accord.delivery.samples import note_calls
from accord.delivery.settle import (
    Answer,
    Answered,
    CallFailed,
    CallRefused,
    HeldBack,
    LoginLost,
    OurFault,
    Settlement,
    Terms,
    settle,
)
from accord.delivery.store import login_member
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway, Usage

_log = structlog.get_logger()


class OnFinished(Protocol):
    """Told what has arrived, in the transaction that writes it down: what is to follow is put into the outbox there.

    It may put only into lanes that begin with it. The transaction holds the lanes of all that it writes down, so that a
    lane that others know already, such as who tries again all that is parked, could be waited for in a circle.
    """

    def __call__(self, session: WorkspaceSession, claim: Claim, finished: Sequence[Finished]) -> None: ...


def in_turn(*listeners: OnFinished) -> OnFinished:
    """Tells each of them, one after the other, in the same transaction."""

    def tell(session: WorkspaceSession, claim: Claim, finished: Sequence[Finished]) -> None:
        for listener in listeners:
            listener(session, claim, finished)

    return tell


def _in_part(mark: Mark) -> bool:
    """Whether all has arrived but fields that are held back."""
    return isinstance(mark, Finished) and mark.row.held is not None


def _nothing_more(session: WorkspaceSession, claim: Claim, finished: Sequence[Finished]) -> None:
    """Nothing follows."""


def _no_failpoint(_place: Failpoint) -> None:
    """Nobody wants to die here."""


@dataclass(frozen=True, slots=True)
class Drain:
    """`dice` gives random numbers from 0 to below 1; `at` is called at each failpoint.

    What a drain that died had claimed is out of reach until its `lease` ends; a living one renews it. After a write
    without an answer the record's next one waits for `fence`.
    """

    database: Database
    gateways: GatewaySource
    outbox: Outbox
    clock: Clock
    dice: Callable[[], float]
    worker: str = "worker"
    lease: timedelta = timedelta(seconds=30)
    fence: timedelta = LATEST_COMMIT
    batch_size: int = BATCH_SIZE
    parallel: int = 5
    at: Callable[[Failpoint], None] = _no_failpoint
    courier: Courier = field(default=carry)
    next_logins: NextLogins = field(default_factory=dict)
    on_finished: OnFinished = _nothing_more
    looked_at: LookedAt = field(default_factory=dict)

    def drain(
        self,
        workspace_id: WorkspaceId,
        connection_id: ConnectionId,
        *,
        most: int = 1_000_000,
        stop: Callable[[], bool] = bool,
    ) -> DrainReport:
        """Delivers until nothing more is due or may be served now, `most` calls are made, or `stop` says so."""
        report = DrainReport()
        while report.calls < most and not stop():
            step = self._step(workspace_id, connection_id)
            if step is None:
                break
            report += step
        return report

    def _step(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> DrainReport | None:
        self.at(Failpoint.BEFORE_CLAIM)
        place = (workspace_id, connection_id)
        serve_blocked(self.database, self.outbox, self.next_logins, place, looked_at=self.looked_at, now=self.clock())
        terms = ClaimTerms(
            worker=self.worker, lease=self.lease, limit=self.batch_size, parallel=self.parallel, fence=self.fence
        )
        with self.database.workspace(workspace_id) as session:
            taken = claim_batch(session, connection_id, terms, now=self.clock())
        if taken is None:
            return None
        self.at(Failpoint.AFTER_CLAIM)
        claim, unreadable = self._open(workspace_id, connection_id, taken)
        settlement, usage = Settlement(()), None
        if claim.rows:
            self.at(Failpoint.BEFORE_SEND)
            with heartbeat(self.database, claim, clock=self.clock, lease=self.lease):
                answer, usage = self._send(claim)
            self.at(Failpoint.AFTER_SEND)
            settlement = settle(claim, answer, Terms(now=self.clock(), failures=taken.failures, dice=self.dice))
        return self._mark(claim, settlement, unreadable, usage)

    def _open(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, taken: TakenBatch
    ) -> tuple[Claim, list[Mark]]:
        """The claim with its fields in the clear, and marks for rows that cannot be read."""
        rows: list[ClaimedRow] = []
        unreadable: list[Mark] = []
        for stored in taken.rows:
            known = taken.record_ids.get(stored.lane)
            row = ClaimedRow(
                id=IntentId(stored.id),
                lane=stored.lane,
                external_id=stored.external_id,
                fields={},
                in_doubt=stored.in_doubt,
                attempts=stored.attempts,
                first_refused_at=stored.first_refused_at,
                record_id=RecordId(known) if known else None,
                alone=stored.batch.endswith(stored.id),
                fenced_until=stored.fenced_until,
            )
            try:
                rows.append(self.outbox.with_fields(workspace_id, stored, row))
            except UNREADABLE as error:
                advice = "Accord cannot read this row any more. Tell support, with the reference of the row."
                unreadable.append(Park(row, Refusal(Recovery.UNKNOWN, "PAYLOAD_UNREADABLE", str(error), advice)))
        first = taken.rows[0]
        claim = Claim(
            id=taken.id,
            workspace_id=workspace_id,
            connection_id=connection_id,
            login_member_id=login_member(first.login_key),
            sobject=first.sobject,
            external_id_field=first.external_id_field,
            creates=first.creates,
            rows=tuple(rows),
            leased_until=taken.leased_until,
        )
        return claim, unreadable

    def _send(self, claim: Claim) -> tuple[Answer, Usage | None]:
        """What became of the claim, and what was said about the org's calls."""
        gateway: Gateway | None = None
        try:
            gateway = self.gateways.gateway_for(claim.workspace_id, claim.connection_id, claim.login_member_id)
            return Answered(self.courier(gateway, claim)), gateway.usage
        except Exception as error:  # noqa: BLE001 - a fault of ours on one record must not end the delivery of all others
            failed = self._failed(claim, error, sent=gateway is not None)
            return failed, gateway.usage if gateway is not None else None

    @staticmethod
    def _failed(claim: Claim, error: Exception, *, sent: bool) -> Answer:
        match error:
            case AuthorizationLostError():
                # Salesforce's own code says more than ours, where it is known
                return LoginLost(error.problems[0].code if error.problems else error.code, error.message)
            case TransientError():
                # where an error does not say that nothing was done, it may have been
                doubt = sent and getattr(error, "in_doubt", True)
                return CallFailed(error.code, error.message, in_doubt=doubt, retry_after=error.retry_after)
            case RejectedError():
                return CallRefused(error)
            case StoppedError():
                return HeldBack(error.in_doubt)
        _log.error("delivery_failed", connection_id=claim.connection_id, claim_id=claim.id, exc_info=error)
        return OurFault(type(error).__name__)

    def _mark(self, claim: Claim, settlement: Settlement, unreadable: list[Mark], usage: Usage | None) -> DrainReport:
        marks: list[Mark] = [*propose(claim, settlement.marks, self.next_logins), *unreadable]
        self.at(Failpoint.BEFORE_MARK)
        now = self.clock()
        with self.database.workspace(claim.workspace_id) as session:
            written = mark_all(session, Desk(self.outbox, self.fence, self.next_logins), claim, marks, now=now)
            if written is not None:
                self.on_finished(session, claim, [mark for mark in written if isinstance(mark, Finished)])
            if settlement.connection:
                close_connection(session, claim.connection_id, settlement.connection, now=now)
            if settlement.creates:
                close_creates(session, claim.connection_id, settlement.creates, now=now)
            if settlement.login:
                close_login(session, claim.connection_id, claim.login_member_id, settlement.login, now=now)
            if settlement.healthy:
                note_success(session, claim.connection_id, now=now)
            if usage is not None:
                note_calls(session, claim.connection_id, usage, now=now)
        self.at(Failpoint.AFTER_MARK)
        self._say(claim, settlement, written or ())
        if written is None:
            _log.warning("claim_lost", connection_id=claim.connection_id, claim_id=claim.id, count=len(marks))
            return DrainReport(late=len(marks), calls=1)
        return DrainReport(
            done=sum(isinstance(mark, Finished) and not _in_part(mark) for mark in written),
            retried=sum(isinstance(mark, Again | Salvage | Reroute) for mark in written),
            parked=sum(isinstance(mark, Park) or _in_part(mark) for mark in written),
            calls=1,
        )

    @staticmethod
    def _say(claim: Claim, settlement: Settlement, marks: Sequence[Mark]) -> None:
        log = _log.bind(workspace_id=claim.workspace_id, connection_id=claim.connection_id)
        for mark in marks:
            if isinstance(mark, Park):
                log.info("intent_parked", intent_id=mark.row.id, code=mark.refusal.code, recovery=mark.refusal.recovery)
        if settlement.connection:
            log.warning("connection_paused", code=settlement.connection.code, run_at=str(settlement.connection.until))
        if settlement.creates:
            log.warning("creates_paused", code=settlement.creates.code, run_at=str(settlement.creates.until))
        if settlement.login:
            log.warning("login_paused", code=settlement.login.code, member_id=claim.login_member_id)
