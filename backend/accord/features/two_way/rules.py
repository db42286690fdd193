"""Decisions about a linked value: values in, values out. The merge itself is accord.mapping.merge."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from accord.core.ids import IntentId
from accord.features.two_way.model import (
    Conflict,
    Ignored,
    JudgedBy,
    Linked,
    Origin,
    Pending,
    Reason,
    Terms,
    Theirs,
    Turn,
    ValueState,
)
from accord.mapping.merge import Agreed, Move, Policy, Sides, decide_merge
from accord.mapping.values import Canonical, same

MOST_FLIPS: Final = 3
FLIPS_WITHIN: Final = timedelta(minutes=10)
MOST_SENT: Final = 200  # more than anybody types while one write is under way
LONGEST_ASK_DAYS: Final = 90

SENTENCES: Final = {
    Reason.CURRENCY_MISMATCH: (
        "The plan's value and the amount in Salesforce are in different currencies. Accord converts nothing; give both "
        "the same currency."
    ),
    Reason.ORG_CURRENCY_UNKNOWN: (
        "This org has one currency, and Accord has not heard which. It is known once somebody opens Accord in "
        "Salesforce, or an Accord admin names it in the settings."
    ),
    Reason.REQUIRED_IN_SALESFORCE: "Salesforce does not let this field be empty, so the empty value stays in Accord.",
    Reason.NOT_VISIBLE: "Accord's login may not see this field in Salesforce. Ask your Salesforce admin.",
    Reason.NOT_EDITABLE: "Accord's login may see this field in Salesforce but not edit it. Ask your Salesforce admin.",
    Reason.IGNORED_BY_PLATFORM: (
        "Salesforce took the write and kept its own value. Accord does not try again until one of the two changes."
    ),
    Reason.NOT_KEPT: "Salesforce cannot keep this value as it is. Change it in the plan.",
    Reason.DEAL_NOT_THERE: "The deal is deleted, or Accord's login may not see it.",
}
FROZEN: Final = (
    "This value went back and forth more than three times in ten minutes, so Accord has stopped carrying it. Find out "
    "what changes it, then let it go on."
)
CONFLICT: Final = "The value was changed in Accord and in Salesforce, and the two differ. Somebody has to choose."
JUDGED: Final = {
    JudgedBy.FIELD: (
        "The value was changed on both sides, and the later change won. When Salesforce's was made says its history."
    ),
    JudgedBy.RECORD: (
        "The value was changed on both sides, and the later change won. Salesforce's counts by the deal's Last "
        "Modified Date, which a later change of another field moves too."
    ),
}
FROM_PRODUCTS: Final = "The amount comes from the products of this opportunity. Change it there."


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of a linked value. TAKE gives `value` to the plan; WRITE gives it to the outbox."""

    state: ValueState
    move: Move = Move.NONE
    value: Canonical = None


class Sending(StrEnum):
    """What a courier does with a write when it has just read Salesforce's side."""

    WRITE = "write"
    ARRIVED = "arrived"  # an earlier try of it, or somebody who wanted the same
    OVERTAKEN = "overtaken"  # it is not wanted any more
    CHANGED = "changed"  # somebody has changed the value in Salesforce since the two were compared


def meet(state: ValueState, ours: Canonical, theirs: Theirs, terms: Terms) -> Step:
    """Compares the two sides as they are now."""
    state = _in_currency(replace(state, is_due=False, is_inbound=theirs.is_inbound), theirs)
    if state.frozen_at is not None:
        return Step(state)
    if any(same(theirs.value, one) for one in state.sent):
        state = replace(state, base=Agreed(theirs.value))  # an echo of what was sent
    if same(ours, theirs.value):
        return Step(_agreed(state, theirs.value))
    if theirs.is_inbound:
        return _take(state, theirs.value, terms)
    if state.ignored is not None and same(ours, state.ignored.ours) and same(theirs.value, state.ignored.theirs):
        return Step(replace(state, reason=Reason.IGNORED_BY_PLATFORM, pending=None))
    sides = Sides(ours, theirs.value, state.base, terms.ours_at, theirs.changed_at)
    policy = _policy(state, terms)
    merged = decide_merge(sides, policy)
    match merged.move:
        case Move.TAKE:
            step = _take(state, theirs.value, terms)
        case Move.WRITE:
            step = _write(state, ours, theirs, terms)
        case _:
            since = state.conflict.since if state.conflict else terms.now
            waiting = Conflict(ours, theirs.value, since)
            return Step(replace(state, conflict=waiting, pending=None, sent=(), reason=None, ignored=None))
    if step.move is Move.NONE:
        return step
    is_judged = merged.is_conflict and policy is Policy.NEWEST
    return replace(step, state=replace(step.state, judged_by=theirs.judged_by if is_judged else None))


def wants_times(state: ValueState, ours: Canonical, theirs: Theirs, terms: Terms) -> bool:
    """Whether it has to be known when Salesforce's side was changed: only the newest of two changes wins by it."""
    sides = Sides(ours, theirs.value, state.base)
    return _policy(state, terms) is Policy.NEWEST and decide_merge(sides, Policy.NEWEST).is_conflict


def meet_alone(state: ValueState, ours: Canonical, terms: Terms) -> Step:
    """Ours was changed, and Salesforce's side is taken to be as it was read last; the courier looks before it writes.

    Where that does not tell enough, Salesforce's side has to be read.
    """
    if state.frozen_at is not None:
        return Step(state)
    if state.base is None or state.conflict or state.reason or state.is_inbound:
        return Step(replace(state, is_due=True))
    theirs = Theirs(state.base.value, currency=state.currency, may_be_empty=terms.may_be_empty)
    step = meet(state, ours, theirs, terms)
    return replace(step, state=replace(step.state, is_due=step.state.is_due or state.is_due))


def stay_apart(state: ValueState, reason: Reason) -> ValueState:
    """The sides are not compared. What was on its way is not wanted any more."""
    return replace(state, reason=reason, pending=None, conflict=None, is_due=False)


def decide_currency(ours: str | None, theirs: str | None) -> Reason | None:
    """Why amounts in these currencies are not compared; `ours` None: the plan has no value. Nothing is converted."""
    if theirs is None:
        return Reason.ORG_CURRENCY_UNKNOWN
    return Reason.CURRENCY_MISMATCH if ours is not None and ours != theirs else None


def decide_chosen(state: ValueState, chosen: Origin, terms: Terms) -> Step | None:
    """A person decides a conflict; None when there is none any more."""
    if state.conflict is None:
        return None
    theirs = Theirs(state.conflict.theirs, currency=state.currency)
    if chosen is Origin.SALESFORCE:
        return _take(state, theirs.value, terms)
    return _write(state, state.conflict.ours, theirs, terms)


def thaw(state: ValueState) -> ValueState:
    """What was frozen is compared anew, as if it had never flipped."""
    return replace(state, frozen_at=None, turns=(), is_due=True)


def decide_sending(state: ValueState | None, intent_id: IntentId, value: Canonical, theirs: Theirs) -> Sending:
    """What to do with a write that wants `value`, now that Salesforce's side was read again."""
    if same(theirs.value, value):
        return Sending.ARRIVED
    if state is None or state.pending is None or state.pending.intent_id != intent_id or state.frozen_at is not None:
        return Sending.OVERTAKEN
    if theirs.is_inbound or theirs.currency != state.currency:
        return Sending.CHANGED
    known = [*state.sent, *([state.base.value] if state.base else [])]
    return Sending.WRITE if any(same(theirs.value, one) for one in known) else Sending.CHANGED


def written(state: ValueState, intent_id: IntentId, value: Canonical) -> ValueState:
    """Salesforce has it."""
    pending = state.pending
    is_last = pending is not None and pending.intent_id == intent_id
    if pending is None and state.base is not None and same(state.base.value, value):
        return state  # its echo was read before its answer
    # who was looked at between has perhaps changed again since the write, and nothing else would tell
    is_as_it_was = is_last and pending is not None and not pending.is_met
    return replace(
        state,
        base=Agreed(value),
        pending=None if is_last else pending,
        sent=() if is_last else state.sent,
        is_due=state.is_due or not is_as_it_was,
    )


def left(state: ValueState, intent_id: IntentId) -> ValueState:
    """The write was not made, because Salesforce's side had changed or the wish had: both are compared anew."""
    is_last = state.pending is not None and state.pending.intent_id == intent_id
    return replace(state, pending=None if is_last else state.pending, is_due=True)


def ignored(state: ValueState, intent_id: IntentId, value: Canonical) -> ValueState:
    """Salesforce has answered success and kept its own value: never tried again as it is (S5)."""
    if state.pending is None or state.pending.intent_id != intent_id:
        return replace(state, is_due=True)
    kept = Ignored(value, state.base.value if state.base else None)
    # it is read again, because the reason may be that the amount comes from products by now
    return replace(state, ignored=kept, reason=Reason.IGNORED_BY_PLATFORM, pending=None, sent=(), is_due=True)


def count_flips(turns: tuple[Turn, ...]) -> int:
    """How often a value went back: against the direction of the change before, or to the value before that one."""
    against = [second.origin is not first.origin for first, second in pairwise(turns)]
    back = [False, *(same(turns[at].value, turns[at - 2].value) for at in range(2, len(turns)))]
    return sum(one or other for one, other in zip(against, back, strict=False))


def to_their_clock(changed_at: datetime | None, ahead: timedelta | None) -> datetime | None:
    """A moment of our clock as Salesforce's had it; None where how far that is ahead is not known."""
    return None if changed_at is None or ahead is None else changed_at + ahead


def _in_currency(state: ValueState, theirs: Theirs) -> ValueState:
    """A base in another currency is no base."""
    if state.currency == theirs.currency:
        return state
    return replace(state, base=None, sent=(), pending=None, conflict=None, ignored=None, currency=theirs.currency)


def _policy(state: ValueState, terms: Terms) -> Policy:
    settings = terms.settings
    if settings.policy is Policy.ASK and state.conflict and terms.now - state.conflict.since >= terms.ask_for:
        return settings.ask_default
    return settings.policy


def _agreed(state: ValueState, value: Canonical) -> ValueState:
    return replace(
        state, base=Agreed(value), pending=None, sent=(), conflict=None, reason=None, ignored=None, is_due=False
    )


def _take(state: ValueState, value: Canonical, terms: Terms) -> Step:
    turned = _turned(state, Turn(terms.now, Origin.SALESFORCE, value))
    if turned.frozen_at is not None:
        return Step(turned)
    return Step(_agreed(turned, value), Move.TAKE, value)


def _write(state: ValueState, value: Canonical, theirs: Theirs, terms: Terms) -> Step:
    is_known = state.base is not None and same(theirs.value, state.base.value)
    if is_known and state.pending is not None and same(state.pending.value, value):
        on_its_way = replace(state.pending, is_met=True)
        return Step(replace(state, pending=on_its_way, reason=None, conflict=None))
    if not theirs.is_editable:
        return Step(stay_apart(state, Reason.NOT_EDITABLE))
    if value is None and not theirs.may_be_empty:
        return Step(stay_apart(state, Reason.REQUIRED_IN_SALESFORCE))
    turned = _turned(state, Turn(terms.now, Origin.OURS, value))
    if turned.frozen_at is not None:
        return Step(turned)
    going = replace(
        turned,
        base=Agreed(theirs.value),
        pending=Pending(terms.intent_id, value),
        sent=(*state.sent, value)[-MOST_SENT:],
        conflict=None,
        reason=None,
        ignored=None,
    )
    return Step(going, Move.WRITE, value)


def _turned(state: ValueState, turn: Turn) -> ValueState:
    """The state with one more turn; frozen when the value has flipped too often (D29)."""
    turns = (*(one for one in state.turns if turn.at - one.at < FLIPS_WITHIN), turn)
    if count_flips(turns) <= MOST_FLIPS:
        return replace(state, turns=turns)
    return replace(
        state, turns=turns, frozen_at=turn.at, pending=None, sent=(), conflict=None, reason=None, is_due=False
    )


def is_required(linked: Linked) -> bool:
    """Salesforce: an Opportunity has a close date always (Object Reference, Opportunity)."""
    return linked is Linked.CLOSE_DATE
