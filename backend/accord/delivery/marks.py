"""Marks: what became of the rows of a claim is written down in one transaction, by the holder of the claim alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update

from accord.core.ids import new_id
from accord.delivery import lanes, reroute
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
    State,
    aspect_of,
)
from accord.delivery.outbox import Outbox, fold
from accord.delivery.payload import words_context
from accord.delivery.store import attempt, batch_key, batch_of, login_key, outbox
from accord.infra.db import WorkspaceSession

Refused = list[tuple[Again | Park | Reroute, Refusal]]

_MINE = update(outbox).where(outbox.c.id == bindparam("row_id"), outbox.c.claim_id == bindparam("held_by"))
_FINISH = _MINE.values(
    state=State.DONE.value,
    claim_id=None,
    in_doubt=False,
    payload=None,  # the values have arrived: they need not lie here any longer
    words=None,
    recovery=None,
    code=None,
    advice=None,
    field_names=None,
    outcome=bindparam("how"),
    note=bindparam("said"),
    record_id=bindparam("found_id"),
    finished_at=bindparam("at"),
)
_AGAIN = _MINE.values(
    state=State.READY.value,
    claim_id=None,
    run_at=bindparam("at"),
    in_doubt=bindparam("doubt"),
    batch=bindparam("with_"),
)
_REFUSE = _MINE.values(
    attempts=bindparam("tries"),
    first_refused_at=bindparam("since"),
    recovery=bindparam("way"),
    code=bindparam("word"),
    advice=bindparam("hint"),
    field_names=bindparam("names"),
)
_WORDS = _MINE.values(words=bindparam("text"))
_PARK = _MINE.values(state=State.PARKED.value, claim_id=None, in_doubt=bindparam("doubt"))
_DOUBT = _MINE.values(in_doubt=bindparam("doubt"))
_TAKE_OVER = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(
        state=State.READY.value,
        payload=bindparam("sealed"),
        creates=bindparam("makes"),
        login_key=bindparam("login"),
        login_reason=bindparam("why"),
        batch=bindparam("with_"),
    )
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What marks are written with: the outbox, and who is asked for another login, by sObject."""

    box: Outbox
    next_logins: reroute.NextLogins = field(default_factory=dict)


def mark_all(
    session: WorkspaceSession, desk: Desk, claim: Claim, marks: Sequence[Mark], *, now: datetime
) -> Sequence[Mark] | None:
    """Writes the marks down and moves the lanes on: gives them as they were written, None (and nothing done) when
    another worker has the claim now.
    """
    box = desk.box
    # the claim before its rows, like whoever gives back rows of the dead: neither waits for the other in a circle
    if not release(session, claim.id):
        return None
    # rows are locked in the order of their lanes, like everywhere: by the one update that all need, or beforehand
    marks = sorted(marks, key=lambda mark: mark.row.lane)
    if len({type(mark) for mark in marks}) > 1:
        lanes.lock_heads(session, claim.connection_id, [mark.row.lane for mark in marks])
    marks, others = _with_logins(session, desk, claim, marks)
    finished = [mark for mark in marks if isinstance(mark, Finished)]
    again = [mark for mark in marks if isinstance(mark, Again)]
    parked = [mark for mark in marks if isinstance(mark, Park)]
    session.execute_many(_FINISH, [_finish(claim, mark, now) for mark in finished])
    rerouted = [mark for mark in marks if isinstance(mark, Reroute)]
    refused: Refused = [
        *((mark, mark.refusal) for mark in rerouted),
        *((mark, mark.refusal) for mark in again if mark.refusal is not None),
        *((mark, mark.refusal) for mark in parked),
    ]
    session.execute_many(_REFUSE, [_refuse(claim, mark, refusal, now) for mark, refusal in refused])
    session.execute_many(_WORDS, _seal_words(session, box, claim, refused))
    session.insert(attempt, [_attempt(mark, refusal, now) for mark, refusal in refused])
    session.execute_many(_AGAIN, [_again(claim, mark) for mark in again])
    session.execute_many(
        _PARK, [{"row_id": mark.row.id, "held_by": claim.id, "doubt": mark.in_doubt} for mark in parked]
    )
    session.execute_many(
        _DOUBT,
        [
            {"row_id": mark.row.id, "held_by": claim.id, "doubt": mark.in_doubt}
            for mark in marks
            if isinstance(mark, Reroute)
        ],
    )
    reroute.go_on(session, box, others, now=now)
    _move_on(session, box, claim, finished=finished, parked=parked)
    return marks


def _with_logins(
    session: WorkspaceSession, desk: Desk, claim: Claim, marks: Sequence[Mark]
) -> tuple[Sequence[Mark], Sequence[Intent]]:
    """The marks, with rows parked that no other login may go on with; and the intents that another one goes on with."""
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
    kept = [
        Park(mark.row, mark.refusal, mark.in_doubt) if isinstance(mark, Reroute) and mark.row.id not in others else mark
        for mark in marks
    ]
    return kept, list(others.values())


def _finish(claim: Claim, mark: Finished, now: datetime) -> dict[str, Any]:
    return {
        "row_id": mark.row.id,
        "held_by": claim.id,
        "how": mark.outcome,
        "said": mark.note,
        "found_id": mark.record_id or mark.row.record_id,
        "at": now,
    }


def _again(claim: Claim, mark: Again) -> dict[str, Any]:
    key = batch_key(
        login_key(claim.login_member_id),
        claim.sobject,
        claim.external_id_field,
        creates=claim.creates,
        aspect=aspect_of(mark.row.lane),
    )
    return {
        "row_id": mark.row.id,
        "held_by": claim.id,
        "at": mark.run_at,
        "doubt": mark.in_doubt,
        "with_": f"{key}|{mark.row.id}" if mark.alone else key,
    }


def _refuse(claim: Claim, mark: Again | Park | Reroute, refusal: Refusal, now: datetime) -> dict[str, Any]:
    return {
        "row_id": mark.row.id,
        "held_by": claim.id,
        "tries": mark.row.attempts + 1,
        "since": mark.row.first_refused_at or now,
        "way": refusal.recovery.value,
        "word": refusal.code,
        "hint": refusal.advice,
        "names": list(refusal.fields),
    }


def _seal_words(session: WorkspaceSession, box: Outbox, claim: Claim, refused: Refused) -> list[dict[str, Any]]:
    """Salesforce's messages quote values, so they lie sealed like the values themselves."""
    return [
        {
            "row_id": mark.row.id,
            "held_by": claim.id,
            "text": box.sealer.seal(
                session.workspace_id, refusal.message, words_context(claim.connection_id, mark.row.id)
            ),
        }
        for mark, refusal in refused
    ]


def _attempt(mark: Again | Park | Reroute, refusal: Refusal, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(now),
        "outbox_id": mark.row.id,
        "at": now,
        "recovery": refusal.recovery.value,
        "code": refusal.code,
        "in_doubt": mark.in_doubt,
    }


def _move_on(
    session: WorkspaceSession, box: Outbox, claim: Claim, *, finished: Iterable[Finished], parked: Iterable[Park]
) -> None:
    """The next row of a finished lane is its head; the next one after a parked row takes that one over."""
    following = lanes.load_next(session, claim.connection_id, [mark.row.lane for mark in finished])
    lanes.advance(session, [row.id for row in following.values()])
    # a record that may have been made is looked up before anything else is written to it
    heads = {mark.row.lane: mark.row for mark in parked if not (claim.creates and mark.in_doubt)}
    following = lanes.load_next(session, claim.connection_id, list(heads))
    if not following:
        return
    before = lanes.load_heads(session, claim.connection_id, list(following))
    folded = [fold(box.read(session, before[lane]), box.read(session, row)) for lane, row in following.items()]
    lanes.fold_away(session, {before[each.lane].id: each.id for each in folded})
    session.execute_many(
        _TAKE_OVER,
        [
            {
                "row_id": each.id,
                "sealed": box.seal_fields(session, each),
                "makes": each.creates,
                "login": login_key(each.login_member_id),
                "why": each.login_reason,
                "with_": batch_of(each),
            }
            for each in folded
        ],
    )
