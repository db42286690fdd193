"""Which ways a message takes, in which words, when a mail is tried again, and what became of all that. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from accord.features.messages.model import Fate, Message, MessageSettings, Start, State, Told, Way
from accord.features.messages.rules import DEAF
from accord.features.messages.ways.model import Hindrance, MailRow, MailState, Rung

AGAIN: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
"""How long after each try the next one comes; from then on the last of them."""

ENDS_AFTER: Final = timedelta(days=1)
"""What could not be sent for so long is not news: where it lasts, the next day's message says so."""

_WHY: Final[Mapping[Hindrance, str]] = {
    Hindrance.NO_ADDRESS: "There is no mail address of him that mail can be sent to.",
    Hindrance.ADDRESS_REFUSED: "The mail server does not take the address.",
    Hindrance.REFUSED: "The mail server does not take the mail.",
    Hindrance.NOT_SIGNED_IN: "The mail server does not let Accord in, or does not know its address as a sender.",
    Hindrance.NO_TLS: "The mail server does not offer a connection that nobody else can read.",
    Hindrance.UNREACHABLE: "The mail server does not answer.",
}
_NOT_STARTED: Final[Mapping[tuple[Way, Start], str]] = {
    (Way.EMAIL, Start.OFF): "Mail is switched off on this page.",
    (Way.EMAIL, Start.NOT_SET_UP): "Whoever runs Accord has not set up a mail server (ACCORD_SMTP_URL).",
    (Way.EMAIL, Start.NOBODY): "There is nobody to tell.",
    (Way.BELL, Start.OFF): "The bell is switched off on this page.",
    (Way.BELL, Start.UNREACHABLE): "The org cannot be reached, so its bell cannot ring.",
    (Way.BELL, Start.NOBODY): "There is nobody to tell.",
}


def decide_email(settings: MessageSettings, *, has_mail: bool, people: int) -> Start:
    if not settings.by_email:
        return Start.OFF
    if not has_mail:
        return Start.NOT_SET_UP
    return Start.QUEUED if people else Start.NOBODY


def decide_bell(settings: MessageSettings, *, cause: str, state: State, people: int) -> Start:
    if not settings.by_bell:
        return Start.OFF
    if cause in DEAF and state is State.TROUBLE:
        return Start.UNREACHABLE
    return Start.QUEUED if people else Start.NOBODY


def next_try(put_at: datetime, attempts: int, now: datetime) -> datetime | None:
    """When a mail that was not taken is tried again, after so many tries; None when it is given up."""
    due = now + AGAIN[min(attempts, len(AGAIN)) - 1]
    return due if due - put_at < ENDS_AFTER else None


def subject_of(message: Message, org: str) -> str:
    again = "Well again: " if message.state is State.WELL else ""
    return f"Accord, {org}: {again}{message.title}"


def body_of(message: Message, org: str) -> str:
    lines = [message.title if message.state is not State.WELL else f"Well again: {message.title}", "", message.text, ""]
    if message.state is not State.TEST:
        lines.append(f"Since {message.since:%Y-%m-%d %H:%M} UTC.")
    if message.count > 1:
        lines.append(f"It concerns {message.count}.")
    lines += [
        f"Salesforce org: {org}",
        "",
        "You get this as an admin of Accord, or because one has chosen you. To get no more of them, choose in",
        "Salesforce who is told and by which ways: Accord Settings, Messages.",
    ]
    return "\n".join(lines)


def told_of(message: Message, mails: Sequence[MailRow], rung: Rung | None) -> tuple[Told, ...]:
    """What has become of each way; nothing of those of which nothing is kept any more."""
    started = message.started
    if started is None:
        return ()
    found = [
        _not_started(Way.EMAIL, started.email) if started.email is not Start.QUEUED else _of_mails(mails),
        _not_started(Way.BELL, started.bell) if started.bell is not Start.QUEUED else _of_bell(rung, started.people),
    ]
    return tuple(each for each in found if each is not None)


def _not_started(way: Way, start: Start) -> Told:
    return Told(way, Fate(start.value), text=_NOT_STARTED[way, start])


def _of_mails(mails: Sequence[MailRow]) -> Told | None:
    if not mails:
        return None
    why = next((_WHY[each.hindrance] for each in mails if each.hindrance and each.state is not MailState.SENT), "")
    by_state = {state: sum(1 for each in mails if each.state is state) for state in MailState}
    if by_state[MailState.WAITING]:
        return Told(Way.EMAIL, Fate.WAITING, by_state[MailState.WAITING], why)
    if by_state[MailState.FAILED]:
        return Told(Way.EMAIL, Fate.FAILED, by_state[MailState.FAILED], why)
    return Told(Way.EMAIL, Fate.DONE, by_state[MailState.SENT])


def _of_bell(rung: Rung | None, people: int) -> Told | None:
    return None if rung is None else Told(Way.BELL, rung.fate, people, rung.text)
