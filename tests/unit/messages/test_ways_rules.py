"""Which ways a message takes, its words, when a mail is tried again, and what is said of it afterwards."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.ids import ConnectionId, IntentId, MemberId
from accord.core.troubles import Cause
from accord.features.messages.model import Fate, Message, MessageSettings, Start, Started, State, Told, Way
from accord.features.messages.rules import DEAF
from accord.features.messages.ways.model import Hindrance, MailRow, MailState, Rung
from accord.features.messages.ways.rules import (
    ENDS_AFTER,
    body_of,
    decide_bell,
    decide_email,
    next_try,
    subject_of,
    told_of,
)
from accord.infra.mail import MailTrouble
from support.builders import NOON

ON = MessageSettings()
OFF = MessageSettings(by_email=False, by_bell=False)
SENT_OUT = Started(Start.QUEUED, Start.QUEUED, 2, IntentId("i"))
MESSAGE = Message(
    "m", "many_parked", State.TROUBLE, "Many writes are parked", "Look.", NOON, NOON, None, 24, None, SENT_OUT
)


def a_mail(state: MailState, hindrance: Hindrance | None = None) -> MailRow:
    return MailRow("x", ConnectionId("c"), "m", MemberId("a"), state, 1, NOON, hindrance)


def test_mail_is_sent_where_it_is_on_set_up_and_there_is_somebody():
    assert decide_email(ON, has_mail=True, people=1) is Start.QUEUED
    assert decide_email(ON, has_mail=True, people=0) is Start.NOBODY
    assert decide_email(ON, has_mail=False, people=1) is Start.NOT_SET_UP
    assert decide_email(OFF, has_mail=False, people=1) is Start.OFF


@pytest.mark.parametrize("cause", list(Cause))
def test_the_bell_of_an_org_that_cannot_be_reached_does_not_ring_until_it_is_well(cause):
    usual = Start.UNREACHABLE if cause in DEAF else Start.QUEUED

    assert decide_bell(ON, cause=cause, state=State.TROUBLE, people=1) is usual
    assert decide_bell(ON, cause=cause, state=State.WELL, people=1) is Start.QUEUED
    assert decide_bell(OFF, cause=cause, state=State.WELL, people=1) is Start.OFF
    assert decide_bell(ON, cause="test", state=State.TEST, people=0) is Start.NOBODY


def test_a_mail_is_tried_again_less_and_less_often_and_has_an_end():
    now, tries = NOON, [NOON]
    while (again := next_try(NOON, len(tries), now)) is not None:
        now = again
        tries.append(now)
    waits = [later - earlier for earlier, later in itertools.pairwise(tries)]

    assert waits == sorted(waits)
    assert (waits[0], waits[-1], len(tries)) == (timedelta(minutes=1), timedelta(hours=3), 12)
    assert ENDS_AFTER - (tries[-1] - NOON) < timedelta(hours=3)


@given(st.integers(1, 50), st.integers(0, 3000))
def test_no_try_comes_at_once_or_after_the_end(attempts, minutes):
    now = NOON + timedelta(minutes=minutes)
    again = next_try(NOON, attempts, now)

    assert again is None or (now < again < NOON + ENDS_AFTER)


def test_a_mail_says_what_is_wrong_in_which_org_and_where_it_is_switched_off():
    text = body_of(MESSAGE, "Halden")

    assert subject_of(MESSAGE, "Halden") == "Accord, Halden: Many writes are parked"
    assert text.startswith("Many writes are parked\n\nLook.\n\nSince 2026-11-22 12:00 UTC.\nIt concerns 24.\n")
    assert "Salesforce org: Halden" in text
    assert "Accord Settings, Messages." in text
    well = replace(MESSAGE, state=State.WELL)
    assert subject_of(well, "Halden") == "Accord, Halden: Well again: Many writes are parked"
    assert body_of(well, "Halden").startswith("Well again: Many writes are parked\n")
    assert "Since" not in body_of(replace(MESSAGE, state=State.TEST), "Halden")


@pytest.mark.parametrize(
    ("mails", "told"),
    [
        ([], None),
        ([a_mail(MailState.SENT)] * 2, (Fate.DONE, 2, False)),
        ([a_mail(MailState.SENT), a_mail(MailState.FAILED, Hindrance.NO_ADDRESS)], (Fate.FAILED, 1, True)),
        ([a_mail(MailState.WAITING), a_mail(MailState.FAILED, Hindrance.REFUSED)], (Fate.WAITING, 1, True)),
        ([a_mail(MailState.WAITING)], (Fate.WAITING, 1, False)),
    ],
)
def test_what_became_of_mails_is_said_as_it_is(mails, told):
    found = {each.way: each for each in told_of(MESSAGE, mails, None)}
    mail = found.get(Way.EMAIL)

    assert (None if mail is None else (mail.fate, mail.count, bool(mail.text))) == told
    assert Way.BELL not in found, "of a bell of which nothing is kept nothing is said"


def test_what_became_of_the_bell_and_why_a_way_was_not_taken():
    rung = Rung(Fate.FAILED, "Assign the set.")
    assert told_of(MESSAGE, [], rung) == (Told(Way.BELL, Fate.FAILED, 2, "Assign the set."),)
    off = replace(MESSAGE, started=Started(Start.NOT_SET_UP, Start.UNREACHABLE, 2))
    assert [(each.way, each.fate, bool(each.text)) for each in told_of(off, [], None)] == [
        (Way.EMAIL, Fate.NOT_SET_UP, True),
        (Way.BELL, Fate.UNREACHABLE, True),
    ]
    assert told_of(replace(MESSAGE, started=None), [], None) == ()


@pytest.mark.parametrize("start", [each for each in Start if each is not Start.QUEUED])
def test_every_reason_not_to_start_has_words(start):
    email = start if start is not Start.UNREACHABLE else Start.OFF
    bell = start if start is not Start.NOT_SET_UP else Start.OFF
    told = told_of(replace(MESSAGE, started=Started(email, bell, 0)), [], None)

    assert [each.fate.value for each in told] == [email.value, bell.value]
    assert all(each.text for each in told)


def test_whatever_a_mail_server_does_is_a_hindrance_with_words():
    assert {each.value for each in MailTrouble} | {Hindrance.NO_ADDRESS.value} == {each.value for each in Hindrance}
    for each in Hindrance:
        (told,) = told_of(MESSAGE, [a_mail(MailState.FAILED, each)], None)
        assert told.text
