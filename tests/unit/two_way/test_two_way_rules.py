"""Decisions about a linked value, one by one (D27, D28, D29, S5)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from accord.core.ids import IntentId, RecordId
from accord.features.two_way import rules, texts
from accord.features.two_way.model import (
    Conflict,
    Ignored,
    JudgedBy,
    LinkSettings,
    Origin,
    Pending,
    Reason,
    Standing,
    Terms,
    Theirs,
    Turn,
    ValueState,
)
from accord.features.two_way.rules import Sending
from accord.mapping.merge import Agreed, Move, Policy
from support.builders import NOON

DEAL = RecordId("006000000000001AAA")
ID, OLD = IntentId("new"), IntentId("old")
A, B, C = "2026-12-01", "2026-12-02", "2026-12-03"


def terms(policy: Policy = Policy.SALESFORCE, **facts: object) -> Terms:
    settings = LinkSettings(policy=policy, ask_default=Policy.OURS)
    return Terms(settings, **{"now": NOON, "intent_id": ID, **facts})  # type: ignore[arg-type]


def a_state(**facts: object) -> ValueState:
    """Both sides had A, and nothing has happened since."""
    return ValueState(DEAL, **{"base": Agreed(A), "is_due": False, **facts})  # type: ignore[arg-type]


def on_its_way(value: str = B) -> ValueState:
    return a_state(pending=Pending(OLD, value), sent=(value,))


def test_our_change_is_written_and_remembered_until_it_has_arrived() -> None:
    step = rules.meet_alone(a_state(), B, terms())

    assert (step.move, step.value, step.state.standing) == (Move.WRITE, B, Standing.ON_ITS_WAY)
    assert step.state.pending == Pending(ID, B)


def test_what_is_on_its_way_is_not_sent_a_second_time() -> None:
    assert rules.meet(on_its_way(), B, Theirs(A), terms()).move is Move.NONE


def test_an_echo_of_an_earlier_wish_is_no_change_of_theirs() -> None:
    """D29: ours went on to C while B was under way; B comes back, and C is what is wanted."""
    step = rules.meet(on_its_way(), C, Theirs(B), terms())

    assert (step.move, step.value, step.state.conflict) == (Move.WRITE, C, None)


@pytest.mark.parametrize(
    ("state", "value", "theirs", "sending"),
    [
        (on_its_way(), B, A, Sending.WRITE),
        (on_its_way(), B, B, Sending.ARRIVED),
        (on_its_way(), B, C, Sending.CHANGED),
        (on_its_way(C), B, A, Sending.WRITE),  # the same intent, whatever it was folded from
        (a_state(), B, A, Sending.OVERTAKEN),
        (None, B, A, Sending.OVERTAKEN),
        (a_state(pending=Pending(ID, B)), B, A, Sending.OVERTAKEN),
        (replace(on_its_way(), frozen_at=NOON), B, A, Sending.OVERTAKEN),
    ],
)
def test_a_courier_writes_only_what_is_still_wanted_over_what_was_there(
    state: ValueState | None, value: str, theirs: str, sending: Sending
) -> None:
    assert rules.decide_sending(state, OLD, value, Theirs(theirs)) is sending


def test_a_courier_writes_no_amount_over_another_currency_or_one_from_products() -> None:
    state = on_its_way()

    assert rules.decide_sending(state, OLD, B, Theirs(A, currency="GBP")) is Sending.CHANGED
    assert rules.decide_sending(state, OLD, B, Theirs(A, is_inbound=True)) is Sending.CHANGED


def test_a_write_that_arrived_is_what_both_have() -> None:
    done = rules.written(on_its_way(), OLD, B)

    assert (done.base, done.pending, done.sent, done.is_due) == (Agreed(B), None, (), False)


def test_a_write_that_was_looked_at_on_its_way_is_looked_at_again() -> None:
    """Somebody may have put the old value back right after it, and nothing else would tell."""
    met = rules.meet(on_its_way(), B, Theirs(A), terms()).state

    assert rules.written(met, OLD, B).is_due


def test_a_write_that_was_not_made_is_wished_for_again_after_the_next_look() -> None:
    left = rules.left(on_its_way(), OLD)

    assert (left.pending, left.is_due) == (None, True)
    assert rules.meet(left, B, Theirs(A), terms()).move is Move.WRITE


def test_what_the_platform_ignored_waits_until_one_of_the_two_changes() -> None:
    """S5."""
    state = rules.ignored(on_its_way(), OLD, B)
    assert state.is_due

    same = rules.meet(state, B, Theirs(A), terms())
    assert (same.move, same.state.reason) == (Move.NONE, Reason.IGNORED_BY_PLATFORM)
    again = rules.meet(same.state, C, Theirs(A), terms())
    assert (again.move, again.state.ignored, again.state.reason) == (Move.WRITE, None, None)
    assert rules.meet(same.state, B, Theirs(C), terms(Policy.OURS)).move is Move.WRITE
    from_products = rules.meet(state, B, Theirs(A, is_inbound=True), terms())
    assert (from_products.move, from_products.value) == (Move.TAKE, A)


def test_an_amount_from_products_comes_in_over_ours() -> None:
    """S5: inbound only, whoever wins conflicts."""
    step = rules.meet(a_state(), B, Theirs(A, is_inbound=True), terms(Policy.OURS))

    assert (step.move, step.value, step.state.is_inbound) == (Move.TAKE, A, True)
    assert rules.meet_alone(step.state, B, terms()).move is Move.NONE
    assert rules.meet_alone(step.state, B, terms()).state.is_due


FULL = a_state(
    pending=Pending(OLD, B),
    sent=(B,),
    conflict=Conflict(B, C, NOON),
    reason=Reason.NOT_EDITABLE,
    ignored=Ignored(B, A),
    is_due=True,
)
D = "2026-12-09"


def test_what_both_have_leaves_nothing_open_of_before() -> None:
    assert rules.meet(FULL, C, Theirs(C), terms()).state == a_state(base=Agreed(C))


def test_who_is_asked_is_asked_of_nothing_else() -> None:
    assert rules.meet(FULL, D, Theirs(C), terms(Policy.ASK)).state == a_state(conflict=Conflict(D, C, NOON))


def test_what_stays_apart_is_neither_written_nor_chosen_nor_looked_at() -> None:
    apart = rules.stay_apart(FULL, Reason.NOT_VISIBLE)

    assert (apart.pending, apart.conflict, apart.is_due, apart.reason) == (None, None, False, Reason.NOT_VISIBLE)


def test_another_currency_ends_all_that_was_known_in_the_one_before() -> None:
    """D27: neither an echo nor what was ignored or asked then says anything of these amounts."""
    later = terms(Policy.ASK, now=NOON + timedelta(days=9))

    step = rules.meet(replace(FULL, currency="EUR", sent=(A,)), B, Theirs(A, currency="USD"), later)

    assert step.state == a_state(base=None, currency="USD", conflict=Conflict(B, A, later.now))


def test_every_value_that_was_sent_is_known_as_an_echo() -> None:
    """D29: also an earlier one, whose answer nobody has, and the courier knows it as well."""
    twice = a_state(pending=Pending(OLD, C), sent=(B, C))

    step = rules.meet(twice, D, Theirs(B), terms(Policy.ASK))

    assert (step.move, step.state.sent) == (Move.WRITE, (B, C, D))
    assert rules.decide_sending(twice, OLD, C, Theirs(B)) is Sending.WRITE


def test_a_wish_that_others_have_overtaken_in_salesforce_is_wished_anew() -> None:
    """What is on its way was decided over a value that is not there any more."""
    step = rules.meet(on_its_way(), B, Theirs(C), terms(Policy.OURS))

    assert (step.move, step.state.pending, step.state.base) == (Move.WRITE, Pending(ID, B), Agreed(C))


@pytest.mark.parametrize(
    "facts",
    [
        {"base": None},
        {"conflict": Conflict(B, C, NOON)},
        {"reason": Reason.NOT_EDITABLE},
        {"is_inbound": True},
    ],
)
def test_our_change_alone_decides_nothing_where_salesforces_side_has_to_be_read(facts: dict[str, object]) -> None:
    state = a_state(**facts)

    assert rules.meet_alone(state, B, terms()) == rules.Step(replace(state, is_due=True))


@pytest.mark.parametrize("is_due", [True, False])
def test_our_change_alone_is_written_in_the_currency_that_is_known_and_a_look_that_is_due_stays_due(
    is_due: bool,  # noqa: FBT001 - one of two cases
) -> None:
    step = rules.meet_alone(a_state(currency="USD", is_due=is_due), B, terms())

    assert (step.move, step.state.currency, step.state.is_due) == (Move.WRITE, "USD", is_due)


def test_the_end_of_an_older_write_leaves_the_wish_of_now() -> None:
    """Three ends of a write that a newer one has followed."""
    newer = a_state(pending=Pending(ID, C), sent=(B, C))

    assert rules.written(newer, OLD, B) == replace(newer, base=Agreed(B), is_due=True)
    assert rules.left(newer, OLD) == rules.ignored(newer, OLD, B) == replace(newer, is_due=True)


def test_an_answer_after_its_echo_tells_nothing_new() -> None:
    agreed = a_state(base=Agreed(B))

    assert rules.written(agreed, OLD, B) == agreed


def test_an_empty_value_stays_apart_where_salesforce_wants_one() -> None:
    step = rules.meet_alone(a_state(), None, terms(may_be_empty=False))

    assert (step.move, step.state.reason) == (Move.NONE, Reason.REQUIRED_IN_SALESFORCE)


def test_a_field_that_the_login_may_not_edit_is_not_written() -> None:
    step = rules.meet(a_state(), B, Theirs(A, is_editable=False), terms())

    assert (step.move, step.state.reason) == (Move.NONE, Reason.NOT_EDITABLE)


def test_a_base_in_another_currency_is_none() -> None:
    """D27: 100 EUR that became 100 USD is a first meeting, not an unchanged value."""
    state = a_state(currency="EUR")

    step = rules.meet(state, B, Theirs(A, currency="USD"), terms(Policy.ASK))

    assert (step.move, step.state.currency) == (Move.NONE, "USD")
    assert step.state.conflict == Conflict(B, A, NOON)


@pytest.mark.parametrize(
    ("ours", "theirs", "reason"),
    [
        ("GBP", "USD", Reason.CURRENCY_MISMATCH),
        ("USD", "USD", None),
        (None, "USD", None),
        ("USD", None, Reason.ORG_CURRENCY_UNKNOWN),
        (None, None, Reason.ORG_CURRENCY_UNKNOWN),
    ],
)
def test_amounts_meet_in_one_currency_alone(ours: str | None, theirs: str | None, reason: Reason | None) -> None:
    assert rules.decide_currency(ours, theirs) is reason


def test_a_conflict_keeps_its_beginning_while_the_values_change() -> None:
    first = rules.meet(a_state(), B, Theirs(C), terms(Policy.ASK)).state
    later = terms(Policy.ASK, now=NOON + timedelta(days=1))

    again = rules.meet(first, "2026-12-09", Theirs(C), later).state

    assert again.conflict == Conflict("2026-12-09", C, NOON)


@pytest.mark.parametrize(("days", "move"), [(2.9, Move.NONE), (3, Move.WRITE)])
def test_after_its_days_the_set_default_decides(days: float, move: Move) -> None:
    """D28: here ours, after three days."""
    first = rules.meet(a_state(), B, Theirs(C), terms(Policy.ASK)).state

    assert rules.meet(first, B, Theirs(C), terms(Policy.ASK, now=NOON + timedelta(days=days))).move is move


def turns(*values: tuple[Origin, str], apart: float = 1) -> tuple[Turn, ...]:
    return tuple(Turn(NOON + timedelta(minutes=apart * at), *one) for at, one in enumerate(values))


OURS, THEIRS = Origin.OURS, Origin.SALESFORCE


@pytest.mark.parametrize(
    ("history", "flips"),
    [
        ((), 0),
        (((OURS, A), (OURS, B), (OURS, C)), 0),
        (((OURS, A), (THEIRS, B)), 1),
        (((THEIRS, A), (THEIRS, B), (THEIRS, A), (THEIRS, B)), 2),
        (((OURS, A), (THEIRS, B), (OURS, A), (THEIRS, B), (OURS, A)), 4),
    ],
)
def test_a_flip_goes_against_the_last_direction_or_back(history: tuple[tuple[Origin, str], ...], flips: int) -> None:
    assert rules.count_flips(turns(*history)) == flips


@pytest.mark.parametrize(("apart", "move"), [(1, Move.NONE), (2.4, Move.NONE), (2.5, Move.WRITE), (4, Move.WRITE)])
def test_the_fourth_flip_in_ten_minutes_freezes(apart: float, move: Move) -> None:
    """D29: more than three. Slower than that it is people."""
    history = turns((OURS, B), (THEIRS, A), (OURS, B), (THEIRS, A), apart=apart)
    now = history[-1].at + timedelta(minutes=apart)

    step = rules.meet(a_state(turns=history), B, Theirs(A), terms(now=now))

    assert step.move is move
    assert (step.state.standing is Standing.FROZEN) == (move is Move.NONE)


def test_what_is_frozen_stands_still_until_it_is_thawed() -> None:
    frozen = a_state(frozen_at=NOON, turns=turns((OURS, B), (THEIRS, A)))

    assert rules.meet(frozen, B, Theirs(C), terms()).move is Move.NONE
    assert rules.meet_alone(frozen, B, terms()).move is Move.NONE
    thawed = rules.thaw(frozen)
    assert (thawed.frozen_at, thawed.turns, thawed.is_due) == (None, (), True)


@pytest.mark.parametrize(("chosen", "move", "value"), [(THEIRS, Move.TAKE, C), (OURS, Move.WRITE, B)])
def test_who_is_asked_decides_between_the_two_values_that_he_saw(chosen: Origin, move: Move, value: str) -> None:
    waiting = rules.meet(a_state(), B, Theirs(C), terms(Policy.ASK)).state

    step = rules.decide_chosen(waiting, chosen, terms(Policy.ASK))

    assert step is not None
    assert (step.move, step.value, step.state.conflict) == (move, value, None)
    assert rules.decide_chosen(step.state, chosen, terms()) is None


def test_every_reason_has_its_sentence() -> None:
    assert set(rules.SENTENCES) == set(Reason)


def test_a_state_is_the_same_after_it_was_stored() -> None:
    state = ValueState(
        DEAL,
        base=Agreed(Decimal("125000.50")),
        currency="USD",
        pending=Pending(ID, Decimal(1), is_met=True),
        sent=(Decimal(1), None),
        conflict=Conflict(None, Decimal("2.5"), NOON),
        reason=Reason.NOT_KEPT,
        ignored=Ignored(Decimal(1), None),
        is_inbound=True,
        judged_by=JudgedBy.FIELD,
        turns=turns((OURS, A), (THEIRS, B)),
        frozen_at=NOON,
        is_due=False,
    )

    stored = texts.decode(texts.encode(state), opportunity_id=DEAL, reason="not_kept", is_due=False)

    assert stored == state


def test_the_third_flip_is_still_carried() -> None:
    history = turns((THEIRS, A), (OURS, B), (THEIRS, A))

    step = rules.meet(a_state(turns=history), B, Theirs(A), terms(now=history[-1].at))

    assert (step.move, rules.count_flips(step.state.turns)) == (Move.WRITE, 3)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize("by", list(JudgedBy))
def test_the_newest_says_by_what_it_was_found_and_only_a_conflict_is_judged(by: JudgedBy) -> None:
    """D28: a record's own date counts changes of other fields too."""
    newer = Theirs(C, changed_at=NOON, judged_by=by)
    step = rules.meet(a_state(), B, newer, terms(Policy.NEWEST, ours_at=NOON - HOUR))
    assert (step.move, step.state.judged_by) == (Move.TAKE, by)

    assert rules.meet(step.state, C, newer, terms(Policy.NEWEST)).state.judged_by is by  # they are equal by now
    assert rules.meet(step.state, B, newer, terms(Policy.NEWEST)).state.judged_by is None  # ours alone has changed
    assert rules.meet(a_state(), B, newer, terms(Policy.SALESFORCE)).state.judged_by is None


def test_a_default_that_lets_the_newest_win_asks_for_times_and_says_by_what_it_was_found() -> None:
    """D28: who was asked has not answered."""
    asked = LinkSettings(policy=Policy.ASK, ask_default=Policy.NEWEST)
    late = replace(terms(ours_at=NOON - HOUR, now=NOON + timedelta(days=3)), settings=asked)
    waiting = a_state(conflict=Conflict(B, C, NOON))

    step = rules.meet(waiting, B, Theirs(C, changed_at=NOON), late)

    assert (step.move, step.state.judged_by) == (Move.TAKE, JudgedBy.RECORD)
    assert rules.wants_times(waiting, B, Theirs(C), late)
    assert not rules.wants_times(waiting, B, Theirs(C), replace(late, now=NOON))


@pytest.mark.parametrize(
    ("ours", "theirs", "policy"),
    [(B, A, Policy.NEWEST), (A, C, Policy.NEWEST), (B, B, Policy.NEWEST), (B, C, Policy.OURS)],
)
def test_times_are_asked_for_only_where_they_decide(ours: str, theirs: str, policy: Policy) -> None:
    assert not rules.wants_times(a_state(), ours, Theirs(theirs), terms(policy))
    assert rules.wants_times(a_state(), B, Theirs(C), terms(Policy.NEWEST))
