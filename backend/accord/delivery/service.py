"""What an admin sees of delivery, and may do: parked rows by cause, a retry, what is behind, why a row is as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accord.core.errors import NotFoundError
from accord.core.ids import ConnectionId, IntentId, MemberId, RecordId
from accord.core.outcomes import Recovery
from accord.delivery import budget, gates, lanes, pressing, reports, samples, upkeep
from accord.delivery.allowance import load_budget, load_served
from accord.delivery.budget import Forecast
from accord.delivery.gates import Gate
from accord.delivery.model import Cause, ParkedOf, State
from accord.delivery.outbox import Outbox
from accord.delivery.skips import Skip, decide_skip
from accord.delivery.store import OutboxRow, login_member
from accord.infra.db import WorkspaceSession

__all__ = [
    "Backlog",
    "Cause",
    "Delivery",
    "Explanation",
    "Forecast",
    "Gate",
    "ParkedCause",
    "ParkedOf",
    "ParkedRow",
    "Try",
]

MOST_PARKED = 500


@dataclass(frozen=True, slots=True)
class ParkedCause:
    """Rows that stand for the same reason. `message` is Salesforce's own words about one of them."""

    code: str
    recovery: Recovery
    sobject: str
    advice: str
    message: str
    fields: tuple[str, ...]
    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class ParkedRow:
    intent_id: IntentId
    sobject: str
    external_id: str
    entity: str
    kind: str
    code: str
    message: str
    advice: str
    fields: tuple[str, ...]
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Try:
    """One try that was refused."""

    at: datetime
    recovery: Recovery
    code: str
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one row is as it is: who, with which login and why, when, and what came of it. It holds no field values.

    `skip` is why it is not sent now, or was not sent.
    """

    intent_id: IntentId
    connection_id: ConnectionId
    state: State
    entity: str
    kind: str
    sobject: str
    external_id: str
    record_id: RecordId | None
    login_member_id: MemberId | None
    login_reason: str
    occurred_at: datetime
    put_at: datetime
    next_try_at: datetime | None
    finished_at: datetime | None
    outcome: str | None
    note: str | None
    code: str | None
    advice: str | None
    fields: tuple[str, ...]
    folded_into: IntentId | None
    skip: Skip | None
    tries: Sequence[Try]


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much is where; `oldest` is when the oldest intent that is still on its way was put."""

    counts: Mapping[State, int]
    oldest: datetime | None
    closed: Sequence[Gate]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Every function works in the caller's session. Wake the worker after a commit that set something going."""

    outbox: Outbox

    def causes(self, session: WorkspaceSession, connection_id: ConnectionId) -> Sequence[ParkedCause]:
        """Parked rows by cause, the most frequent first."""
        found = []
        for row in reports.load_causes(session, connection_id):
            example = reports.load_intent(session, IntentId(row.example))
            assert example is not None
            found.append(
                ParkedCause(
                    code=row.code,
                    recovery=Recovery(row.recovery),
                    sobject=row.sobject,
                    advice=example.advice,
                    message=self.outbox.words(session.workspace_id, example),
                    fields=tuple(example.field_names or ()),
                    count=row.number,
                    since=row.since,
                )
            )
        return found

    def parked(self, session: WorkspaceSession, connection_id: ConnectionId) -> Sequence[ParkedRow]:
        """The oldest parked rows, at most 500."""
        return [self._parked(session, row) for row in reports.load_parked(session, connection_id, limit=MOST_PARKED)]

    def _parked(self, session: WorkspaceSession, row: OutboxRow) -> ParkedRow:
        return ParkedRow(
            intent_id=IntentId(row.id),
            sobject=row.sobject,
            external_id=row.external_id,
            entity=row.entity,
            kind=row.kind,
            code=row.code,
            message=self.outbox.words(session.workspace_id, row),
            advice=row.advice,
            fields=tuple(row.field_names or ()),
            since=row.first_refused_at,
        )

    def retry(
        self,
        session: WorkspaceSession,
        connection_id: ConnectionId,
        *,
        now: datetime,
        of: ParkedOf | None = None,
        intent_ids: Sequence[IntentId] | None = None,
    ) -> int:
        """Tries parked rows again: all of one cause, the named ones, or all. Gives their number."""
        if intent_ids is not None:
            return pressing.retry_these(session, self.outbox, connection_id, intent_ids, now=now)
        return pressing.retry_cause(session, self.outbox, connection_id, of or ParkedOf(), now=now)

    def explain(self, session: WorkspaceSession, intent_id: IntentId, *, now: datetime) -> Explanation:
        """Raises NotFoundError."""
        row = reports.load_intent(session, intent_id)
        if row is None:
            raise NotFoundError("delivery")
        connection_id = ConnectionId(row.connection_id)
        closed = gates.load_closed_gates(session, connection_id, now=now)
        served = load_served(session, connection_id, now=now)
        skip = decide_skip(row, closed, served, now)
        return _explanation(row, skip, reports.load_attempts(session, intent_id))

    def explain_lane(
        self, session: WorkspaceSession, connection_id: ConnectionId, lane: str, *, now: datetime
    ) -> Explanation | None:
        """Why the record's next write is as it is; None when nothing of it waits."""
        head = lanes.load_heads(session, connection_id, [lane]).get(lane)
        return None if head is None else self.explain(session, IntentId(head.id), now=now)

    def find_maker(
        self, session: WorkspaceSession, connection_id: ConnectionId, lane: str
    ) -> tuple[MemberId | None, str] | None:
        """Whose login makes or made the record (None: the integration owner's) and why; None before it was put."""
        row = reports.load_maker(session, connection_id, lane)
        return None if row is None else (login_member(row.login_key), row.login_reason)

    def backlog(self, session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> Backlog:
        return Backlog(
            counts=reports.count_states(session, connection_id),
            oldest=reports.oldest_undone(session, connection_id),
            closed=gates.load_closed_gates(session, connection_id, now=now),
        )

    def forecast(self, session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> Forecast | None:
        """How many API calls the org has left and when they will be used up; None before the org has said anything."""
        said = samples.load_samples(session, connection_id)
        return budget.make_forecast(said, now, load_budget(session, connection_id))

    def forget_over(self, session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> int:
        """Deletes what is over for longer than it is kept, a bounded number of rows. Gives their number."""
        return upkeep.forget_over(session, connection_id, now=now)

    def stop_connection(
        self, session: WorkspaceSession, connection_id: ConnectionId, cause: Cause, *, now: datetime
    ) -> None:
        """Nothing more is claimed of this connection; what is queued stays queued."""
        gates.ensure_gate(session, connection_id, now=now)
        gates.close_connection(session, connection_id, cause, now=now)

    def resume_connection(self, session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> None:
        gates.open_connection(session, connection_id, now=now)

    def resume_login(
        self, session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId | None, *, now: datetime
    ) -> None:
        """A login was renewed (None: the integration owner's): what waited for it goes on."""
        gates.open_login(session, connection_id, member_id, now=now)


def _explanation(row: OutboxRow, skip: Skip | None, tries: Sequence[OutboxRow]) -> Explanation:
    state = State(row.state)
    return Explanation(
        intent_id=IntentId(row.id),
        connection_id=ConnectionId(row.connection_id),
        state=state,
        entity=row.entity,
        kind=row.kind,
        sobject=row.sobject,
        external_id=row.external_id,
        record_id=RecordId(row.record_id) if row.record_id else None,
        login_member_id=login_member(row.login_key),
        login_reason=row.login_reason,
        occurred_at=row.occurred_at,
        put_at=row.put_at,
        next_try_at=row.run_at if state is State.READY else None,
        finished_at=row.finished_at,
        outcome=row.outcome,
        note=row.note,
        code=row.code,
        advice=row.advice,
        fields=tuple(row.field_names or ()),
        folded_into=IntentId(row.folded_into) if row.folded_into else None,
        skip=skip,
        tries=[Try(each.at, Recovery(each.recovery), each.code, each.in_doubt) for each in tries],
    )
