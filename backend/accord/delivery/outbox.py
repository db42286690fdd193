"""The outbox: intents are stored in the transaction that changes our own data; neither is there without the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from accord.core.ids import ConnectionId, IntentId, WorkspaceId
from accord.core.outcomes import Told
from accord.delivery import lanes
from accord.delivery.gates import ensure_gate
from accord.delivery.lanes import LaneEnd
from accord.delivery.model import LONGEST_GATHERING, ClaimedRow, Intent, Priority, State, aspect_of
from accord.delivery.payload import Payload, PayloadError, Sealer, decode, encode, fields_context, words_context
from accord.delivery.rules import as_later_write, as_tried, fold
from accord.delivery.store import OutboxRow, batch_of, login_key, login_member, outbox
from accord.infra.db import SealBrokenError, WorkspaceSession

UNREADABLE: Final = (PayloadError, SealBrokenError)


@dataclass(frozen=True, slots=True)
class Outbox:
    """Puts intents; field values lie sealed. Call `Worker.wake` after the commit to have them delivered at once."""

    sealer: Sealer

    def put(self, session: WorkspaceSession, intents: Sequence[Intent], *, now: datetime) -> None:
        """Stores intents for delivery, in the caller's transaction and in the given order.

        An intent whose id is there already is left as it is. An intent of a record that an earlier one makes or has
        made counts as a later write: its create-only fields are dropped. One that follows a parked intent takes over
        what that one wanted, and is tried at once; behind one that cannot be read it waits.
        """
        for connection_id in dict.fromkeys(intent.connection_id for intent in intents):
            ensure_gate(session, connection_id, now=now)
            todo = {intent.id: intent for intent in intents if intent.connection_id == connection_id}
            all_in = False
            while not all_in:
                for known in lanes.load_known(session, list(todo)):
                    del todo[known]
                # one intent a lane at a time: when somebody else begins the same lane at this moment, ours comes next;
                # in the order of lanes, because it is waited for who begins one
                first = {intent.lane: intent for intent in reversed(todo.values())}
                turn = {lane: first[lane] for lane in sorted(first)}
                all_in = self._put_turn(session, connection_id, turn, now) == len(todo)

    def _put_turn(
        self, session: WorkspaceSession, connection_id: ConnectionId, turn: Mapping[str, Intent], now: datetime
    ) -> int:
        names = list(turn)
        heads = lanes.lock_heads(session, connection_id, names)
        ends = lanes.load_ends(session, connection_id, names)
        is_parked = {lane for lane, head in heads.items() if head.state == State.PARKED}
        tails = lanes.load_last_waiting(
            session, connection_id, [lane for lane, intent in turn.items() if intent.coalesces or lane in is_parked]
        )
        rows: list[dict[str, Any]] = []
        folds: dict[IntentId, IntentId] = {}
        revived: list[IntentId] = []
        hurried: dict[str, Priority] = {}
        for lane, given in turn.items():
            intent = as_later_write(given) if lane in ends else given
            head = heads.get(lane)
            if head is not None and head.state == State.PARKED:
                by_itself = lane in tails or (head.in_doubt and head.creates)
                before = None if by_itself else self.find(session, head)
                if before is None:
                    revived.append(head.id)
                else:
                    intent = fold(before, intent)
                    folds[head.id] = intent.id
            elif head is not None and given.coalesces:
                last = tails.get(lane, head)
                before = self.find(session, last) if _may_join(last, intent) else None
                if before is not None:
                    intent = fold(as_tried(before), intent)
                    folds[last.id] = intent.id
            if head is not None and intent.priority < head.priority:
                hurried[lane] = intent.priority
            state = State.READY if head is None or head.id in folds else State.WAITING
            rows.append(self._row(session, intent, state, end=ends.get(lane), now=now))
        lanes.hurry(session, connection_id, hurried)
        # what may have reached Salesforce is looked up first; who cannot be read or has followers keeps his turn
        lanes.revive(session, revived, now=now)
        # a folded row gives its place as head up before the next one takes it
        lanes.fold_away(session, folds, now=now)
        return session.insert_new(outbox, rows)

    def _row(
        self, session: WorkspaceSession, intent: Intent, state: State, *, end: LaneEnd | None, now: datetime
    ) -> dict[str, Any]:
        fence = end.fenced_until if end is not None else None
        due = now + min(intent.gathers, LONGEST_GATHERING)
        return {
            "id": intent.id,
            "connection_id": intent.connection_id,
            "lane": intent.lane,
            "seq": end.seq + 1 if end is not None else 1,
            "state": state.value,
            "priority": intent.priority.value,
            "run_at": max(due, fence) if fence is not None else due,
            "batch": batch_of(intent),
            "sobject": intent.sobject,
            "external_id_field": intent.external_id_field,
            "external_id": intent.external_id,
            "creates": intent.creates,
            "login_key": login_key(intent.login_member_id),
            "login_reason": intent.login_reason,
            "entity": intent.entity,
            "kind": intent.kind,
            "occurred_at": intent.occurred_at,
            "put_at": now,
            "payload": self.seal_fields(session, intent),
            "in_doubt": False,
            "attempts": 0,
        }

    def seal_fields(self, session: WorkspaceSession, intent: Intent) -> bytes:
        plain = encode(Payload(intent.fields, intent.create_only, intent.held))
        return self.sealer.seal(session.workspace_id, plain, fields_context(intent.connection_id, intent.id))

    def seal_told(
        self, session: WorkspaceSession, connection_id: ConnectionId, intent_id: IntentId, told: Told
    ) -> bytes:
        plain = encode(Payload(told.written, before=told.before))
        return self.sealer.seal(session.workspace_id, plain, fields_context(connection_id, intent_id))

    def told(self, session: WorkspaceSession, row: OutboxRow) -> Told | None:
        """What a write that is done has changed; None where nobody keeps it, or it cannot be read any more."""
        if row.state != State.DONE or row.payload is None:
            return None
        payload = self._opened(session, row)
        return None if payload is None else Told(payload.fields, payload.before or {})

    def values(self, session: WorkspaceSession, row: OutboxRow) -> Sequence[Mapping[str, Any]]:
        """All values under a row's seal: what is to be written or was, what is held back of it, and what was there
        before. Empty where it cannot be read.
        """
        payload = self._opened(session, row)
        if payload is None:
            return ()
        return payload.fields, payload.before or {}, payload.held.fields if payload.held else {}

    def _opened(self, session: WorkspaceSession, row: OutboxRow) -> Payload | None:
        context = fields_context(ConnectionId(row.connection_id), IntentId(row.id))
        try:
            return decode(self.sealer.open(session.workspace_id, row.payload, context))
        except UNREADABLE:
            return None

    def with_fields(self, workspace_id: WorkspaceId, stored: OutboxRow, row: ClaimedRow) -> ClaimedRow:
        """The row with its fields in the clear. Raises PayloadError or SealBrokenError."""
        context = fields_context(ConnectionId(stored.connection_id), row.id)
        payload = decode(self.sealer.open(workspace_id, stored.payload, context))
        if not payload.fields and payload.held is not None:
            return replace(row, fields=payload.held.fields)  # a person wants them tried again
        return replace(row, fields=payload.fields, held=payload.held)

    def words(self, workspace_id: WorkspaceId, stored: OutboxRow) -> str:
        """Salesforce's own message about a refused row; empty when there is none that can be read."""
        if stored.words is None:
            return ""
        context = words_context(ConnectionId(stored.connection_id), IntentId(stored.id))
        try:
            return self.sealer.open(workspace_id, stored.words, context)
        except SealBrokenError:
            return ""

    def find(self, session: WorkspaceSession, row: OutboxRow) -> Intent | None:
        """The intent of an outbox row that still has its payload; None when it cannot be read (any more)."""
        try:
            return self.read(session, row)
        except UNREADABLE:
            return None

    def read(self, session: WorkspaceSession, row: OutboxRow) -> Intent:
        """As `find`. Raises PayloadError or SealBrokenError."""
        context = fields_context(row.connection_id, row.id)
        payload = decode(self.sealer.open(session.workspace_id, row.payload, context))
        return Intent(
            id=IntentId(row.id),
            connection_id=ConnectionId(row.connection_id),
            sobject=row.sobject,
            external_id_field=row.external_id_field,
            external_id=row.external_id,
            fields=payload.fields,
            creates=row.creates,
            entity=row.entity,
            kind=row.kind,
            login_reason=row.login_reason,
            occurred_at=row.occurred_at,
            login_member_id=login_member(row.login_key),
            create_only=payload.create_only,
            aspect=aspect_of(row.lane),
            priority=Priority(row.priority),
            held=payload.held,
        )


def _may_join(before: OutboxRow, intent: Intent) -> bool:
    """Whether the row has not been tried yet and is written with the same login, so that the two can go as one."""
    untouched = before.state == State.WAITING or (
        before.state == State.READY and not before.in_doubt and not before.attempts
    )
    return untouched and before.login_key == login_key(intent.login_member_id)
