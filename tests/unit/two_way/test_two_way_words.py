"""A deal's owner is told that he has to choose, and that nobody has chosen: in words without a value."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accord.core.ids import IntentId, PlanId, RecordId
from accord.features.two_way import rules
from accord.features.two_way.model import Linked, LinkSettings, Settings, Terms, Theirs, ValueState
from accord.features.two_way.reading.model import Position
from accord.features.two_way.reading.rules import decide_silent
from accord.features.two_way.setup import problems_of
from accord.features.two_way.words import About, Word, decide_word, notification_of
from accord.mapping.merge import Agreed, Policy
from support.builders import NOON

DEAL, PLAN = RecordId("006000000000001AAA"), PlanId("p")
A, B, C = "2026-12-01", "2026-12-02", "2026-12-03"
ASKED = LinkSettings(policy=Policy.ASK, ask_days=3, ask_default=Policy.OURS)


def terms(settings: LinkSettings = ASKED, after: timedelta = timedelta()) -> Terms:
    return Terms(settings, NOON + after, IntentId("new"))


def words(*looks: tuple[str, str, Terms]) -> list[Word | None]:
    """What is told at each look at ours and theirs."""
    state, found = ValueState(DEAL, base=Agreed(A)), []
    for ours, theirs, now in looks:
        step = rules.meet(state, ours, Theirs(theirs), now)
        found.append(decide_word(state, step, now))
        state = step.state
    return found


def test_he_is_asked_when_it_begins_and_told_when_nobody_has_chosen():
    late = timedelta(days=3)

    assert words((B, C, terms()), (B, C, terms()), (B, C, terms(after=late)), (B, C, terms(after=late))) == [
        Word.ASKED, None, Word.DECIDED, None
    ]  # fmt: skip
    assert words((B, C, terms()), (B, A, terms()), (B, C, terms(after=late))) == [Word.ASKED, None, Word.ASKED]


def test_a_conflict_that_ends_by_itself_or_that_nobody_asks_about_is_not_told():
    assert words((B, C, terms()), (C, C, terms())) == [Word.ASKED, None]
    assert words((B, C, terms()), (C, C, terms(after=timedelta(days=9)))) == [Word.ASKED, None]
    for policy in (Policy.SALESFORCE, Policy.OURS, Policy.NEWEST):
        assert words((B, C, terms(replace(ASKED, policy=policy)))) == [None]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ask_days": 0}, "ask_days"),
        ({"ask_days": 1}, None),
        ({"ask_days": 90}, None),
        ({"ask_days": 91}, "ask_days"),
        ({"ask_default": Policy.ASK}, "ask_default"),
    ],
)
def test_somebody_is_asked_for_one_to_ninety_days_and_then_not_again(changes, field):
    """D28."""
    links = {**Settings().links, Linked.AMOUNT: replace(ASKED, **changes)}

    assert [(one.key, one.field) for one in problems_of(Settings(links))] == ([("amount", field)] if field else [])


@pytest.mark.parametrize(("code", "is_wrong"), [(None, False), ("EUR", False), ("eur", True), ("EURO", True)])
def test_a_currency_is_three_capital_letters(code, is_wrong):
    assert bool(problems_of(Settings(org_currency=code))) is is_wrong


@pytest.mark.parametrize("linked", Linked)
@pytest.mark.parametrize("default", [Policy.SALESFORCE, Policy.OURS, Policy.NEWEST])
@pytest.mark.parametrize("word", Word)
def test_it_goes_to_the_owner_once_a_day_and_holds_no_value(word, default, linked):
    about, now = About(PLAN, DEAL, linked), terms(replace(ASKED, ask_default=default))
    told = notification_of(word, about, now)

    assert (told.owner_of, told.users) == (DEAL, ())
    assert told.key == notification_of(word, about, terms(after=timedelta(hours=11))).key
    assert told.key != notification_of(word, about, terms(after=timedelta(hours=13))).key
    for value in (A, B, C):
        assert value not in told.title + told.text
    assert ("2026-11-25" in told.text) == (word is Word.ASKED)


def test_an_org_is_silent_when_it_was_not_heard_for_five_minutes_by_its_own_clock():
    ahead = timedelta(hours=1)
    heard = Position(covered_until=NOON + ahead - timedelta(minutes=4), ahead=ahead)

    assert decide_silent(Position(), NOON)
    assert not decide_silent(heard, NOON)
    assert decide_silent(heard, NOON + timedelta(minutes=1))
