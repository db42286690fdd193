"""Marks: what became of the rows of a claim is written down in one transaction, by the holder of the claim alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from accord.core.ids import IntentId, new_id
from accord.delivery import lanes, mark_rows, reroute
from accord.delivery.claims import release
from accord.delivery.model import (
    Again,
    Claim,
    Finished,
    Intent,
    LoginProblem,
    Mark,
    Park,
    Refusal,
    Reroute,
    Salvage,
    aspect_of,
)
from accord.delivery.outbox import Outbox
from accord.delivery.payload import words_context
from accord.delivery.rules import as_tried, fold, left_over, salvaged, whole
from accord.delivery.store import attempt, batch_key, batch_of, login_key
from accord.infra.db import WorkspaceSession

_FIRST = (mark_rows.REWRITE, mark_rows.REFUSE)  # the others give the row out of the claim's hands


@dataclass(frozen=True, slots=True)
class Desk:
    """What marks are written with: the outbox, how long an unanswered try may still be committed, and who is asked for
    another login, by sObject.
    """

    box: Outbox
    fence: timedelta
    next_logins: reroute.NextLogins = field(default_factory=dict)


def mark_all(
    session: WorkspaceSession, desk: Desk, claim: Claim, marks: Sequence[Mark], *, now: datetime
) -> Sequence[Mark] | None:
    """Writes the marks down and moves the lanes on: gives them as they were written, None (and nothing done) when
    another worker has the claim now.
    """
    # the claim before its rows, like whoever gives back rows of the dead: neither waits for the other in a circle
    if not release(session, claim.id):
        return None
    marks, others = _with_logins(session, desk, claim, sorted(marks, key=lambda mark: mark.row.lane))
    # rows are locked in the order of their lanes, like everywhere: by the one update that all need, or beforehand
    if len({(type(mark), mark.row.held is None) for mark in marks}) > 1:
        lanes.lock_heads(session, claim.connection_id, [mark.row.lane for mark in marks])
    changed = _changed(session, desk.box, claim, marks)
    todo: dict[mark_rows.Statement, list[dict[str, Any]]] = defaultdict(list, {statement: [] for statement in _FIRST})
    writing = _Writing(session, desk, claim, now)
    for mark in marks:
        for statement, values in writing.rows(mark, changed.get(mark.row.id)):
            todo[statement].append({"row_id": mark.row.id, "held_by": claim.id, **values})
    for statement, rows in todo.items():
        session.execute_many(statement, rows)
    session.insert(attempt, [row for mark in marks if (row := _attempt(mark, now)) is not None])
    reroute.go_on(session, desk.box, others, now=now)
    _move_on(session, desk, claim, marks, now=now)
    return marks


def _with_logins(
    session: WorkspaceSession, desk: Desk, claim: Claim, marks: Sequence[Mark]
) -> tuple[Sequence[Mark], Sequence[Intent]]:
    """The marks, with what comes otherwise for rows that no other login may go on with; and the intents that another
    one goes on with.
    """
    proposed = [mark for mark in marks if isinstance(mark, Reroute)]
    if not proposed:
        return marks, ()
    stored = lanes.load_heads(session, claim.connection_id, [mark.row.lane for mark in proposed])
    others: dict[str, Intent] = {}
    for mark in proposed:
        problem = LoginProblem(mark.refusal.recovery, mark.refusal.code)
        other = reroute.decide(desk.box, session, stored[mark.row.lane], desk.next_logins[claim.sobject], problem)
        if other is not None:
            others[mark.row.id] = other
    kept = [mark.otherwise if isinstance(mark, Reroute) and mark.row.id not in others else mark for mark in marks]
    return kept, list(others.values())


def _changed(session: WorkspaceSession, box: Outbox, claim: Claim, marks: Sequence[Mark]) -> Mapping[IntentId, Intent]:
    """The intents of which some fields begin or end to be held back, as they are from now on."""
    touched = [mark for mark in marks if isinstance(mark, Salvage) or mark.row.held is not None]
    stored = lanes.load_heads(session, claim.connection_id, [mark.row.lane for mark in touched])
    found: dict[IntentId, Intent] = {}
    for mark in touched:
        intent = box.read(session, stored[mark.row.lane])
        match mark:
            case Salvage():
                found[mark.row.id] = salvaged(as_tried(intent), mark.refusal)
            case Finished():
                found[mark.row.id] = left_over(intent)
            case Park():
                found[mark.row.id] = whole(intent)
    return found


@dataclass(frozen=True, slots=True)
class _Writing:
    """Says what of one row is written down for its mark."""

    session: WorkspaceSession
    desk: Desk
    claim: Claim
    now: datetime

    def rows(self, mark: Mark, changed: Intent | None) -> Iterator[tuple[mark_rows.Statement, dict[str, Any]]]:
        if changed is not None:
            yield mark_rows.REWRITE, self._rewritten(changed)
        refusal = _refusal(mark)
        if refusal is not None:
            yield mark_rows.REFUSE, self._refused(mark, refusal)
        match mark:
            case Finished():
                if mark.row.held is None:
                    yield mark_rows.FINISH, {**self._finished(mark), "kept": self._kept(mark)}
                else:
                    yield mark_rows.FINISH_IN_PART, self._finished(mark)
            case Again():
                yield mark_rows.AGAIN, self._again(mark, mark.run_at, alone=mark.alone)
            case Salvage():
                yield mark_rows.AGAIN, self._again(mark, self.now, alone=False)
            case Park():
                yield mark_rows.PARK, _doubt(mark, self.desk, self.now)
            case Reroute():
                yield mark_rows.DOUBT, _doubt(mark, self.desk, self.now)

    def _rewritten(self, intent: Intent) -> dict[str, Any]:
        sealed = self.desk.box.seal_fields(self.session, intent)
        return {"sealed": sealed, "makes": intent.creates, "with_": batch_of(intent)}

    def _finished(self, mark: Finished) -> dict[str, Any]:
        return {
            "how": mark.outcome,
            "said": mark.note,
            "found_id": mark.record_id or mark.row.record_id,
            "at": self.now,
        }

    def _kept(self, mark: Finished) -> bytes | None:
        if mark.told is None:
            return None
        return self.desk.box.seal_told(self.session, self.claim.connection_id, mark.row.id, mark.told)

    def _again(self, mark: Again | Salvage, run_at: datetime, *, alone: bool) -> dict[str, Any]:
        key = batch_key(
            login_key(self.claim.login_member_id),
            self.claim.sobject,
            self.claim.external_id_field,
            creates=self.claim.creates,
            aspect=aspect_of(mark.row.lane),
        )
        with_ = f"{key}|{mark.row.id}" if alone else key
        return {"at": run_at, "with_": with_, **_doubt(mark, self.desk, self.now)}

    def _refused(self, mark: Mark, refusal: Refusal) -> dict[str, Any]:
        """Salesforce's messages quote values, so they lie sealed like the values themselves."""
        context = words_context(self.claim.connection_id, mark.row.id)
        return {
            "tries": mark.row.attempts + (0 if isinstance(mark, Finished) else 1),
            "since": mark.row.first_refused_at or self.now,
            "way": refusal.recovery.value,
            "word": refusal.code,
            "hint": refusal.advice,
            "names": list(refusal.fields),
            "text": self.desk.box.sealer.seal(self.session.workspace_id, refusal.message, context),
        }


def _refusal(mark: Mark) -> Refusal | None:
    """What the row stands with: a try's refusal, or that of the fields that are all that is left of it."""
    if not isinstance(mark, Finished):
        return mark.refusal
    return None if mark.row.held is None else mark.row.held.refusal


def _attempt(mark: Mark, now: datetime) -> dict[str, Any] | None:
    if isinstance(mark, Finished) or mark.refusal is None:
        return None
    return {
        "id": new_id(now),
        "outbox_id": mark.row.id,
        "at": now,
        "recovery": mark.refusal.recovery.value,
        "code": mark.refusal.code,
        "in_doubt": not isinstance(mark, Salvage) and mark.in_doubt,
    }


def _doubt(mark: Again | Park | Salvage | Reroute, desk: Desk, now: datetime) -> dict[str, Any]:
    doubt = not isinstance(mark, Salvage) and mark.in_doubt
    return {"doubt": doubt, "fence": now + desk.fence if doubt else mark.row.fenced_until}


def _move_on(session: WorkspaceSession, desk: Desk, claim: Claim, marks: Sequence[Mark], *, now: datetime) -> None:
    """The next row of a finished lane is its head; the next one after a parked row takes that one over."""
    fences: dict[str, datetime] = {}
    done: list[str] = []
    parked: list[str] = []
    for mark in marks:
        if isinstance(mark, Finished):
            (done if mark.row.held is None else parked).append(mark.row.lane)
            fence = mark.row.fenced_until
        elif isinstance(mark, Park):
            # a record that may have been made is looked up before anything else is written to it
            if not (claim.creates and mark.in_doubt):
                parked.append(mark.row.lane)
            fence = _doubt(mark, desk, now)["fence"]
        else:
            continue
        if fence is not None and fence > now:
            fences[mark.row.lane] = fence
    following = lanes.load_next(session, claim.connection_id, done)
    lanes.advance(session, [row.id for row in following.values()])
    lanes.hold(session, {row.id: fences[lane] for lane, row in following.items() if lane in fences})
    following = lanes.load_next(session, claim.connection_id, parked)
    if not following:
        return
    before = lanes.load_heads(session, claim.connection_id, list(following))
    pairs = [(desk.box.find(session, before[lane]), desk.box.find(session, row)) for lane, row in following.items()]
    # what cannot be read stays in its place, for a person
    folded = [fold(first, second) for first, second in pairs if first is not None and second is not None]
    lanes.fold_away(session, {before[each.lane].id: each.id for each in folded}, now=now)
    session.execute_many(
        mark_rows.TAKE_OVER,
        [
            {
                "row_id": each.id,
                "at": fences.get(each.lane, now),
                "sealed": desk.box.seal_fields(session, each),
                "makes": each.creates,
                "login": login_key(each.login_member_id),
                "why": each.login_reason,
                "with_": batch_of(each),
                "rank": each.priority.value,
            }
            for each in folded
        ],
    )
