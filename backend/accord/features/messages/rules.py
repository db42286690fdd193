"""When an admin is told of a trouble: once a day for each cause, once when it is well again. Values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from accord.core.troubles import Cause, Trouble
from accord.delivery.gates import Behind, Gate
from accord.features.messages.model import MessageSettings, State, Telling, Watched

EVERY: Final = timedelta(days=1)
PAUSED_FOR: Final = timedelta(minutes=15)  # a pause that is over sooner is nobody's business
WELL_AFTER: Final = timedelta(minutes=20)  # a login is tried every 15 minutes: between two tries it is not well
WELL: Final = "It is well again; nothing has to be done."

WAITS: Final[Mapping[str, timedelta]] = {Cause.ORG_PAUSED: PAUSED_FOR, Cause.EVENTS_SILENT: PAUSED_FOR}
"""How long a cause has to last before it is told; what is not named is told at once."""

DEAF: Final = frozenset({Cause.LOGIN_DEAD, Cause.ORG_PAUSED, Cause.ORG_ON_HOLD})
"""While one of these lasts nothing reaches the org, its bell neither."""


def troubles_of(gates: Iterable[Gate], parked: int, settings: MessageSettings) -> list[Trouble]:
    """What does not work in the deliveries of an org."""
    found: list[Trouble] = []
    lost = 0
    for gate in gates:
        match gate.behind:
            case Behind.CONNECTION if gate.until is None:
                text = f"{gate.message} Nothing is written."
                found.append(Trouble(Cause.ORG_ON_HOLD, "", "The org is on hold", text))
            case Behind.CONNECTION:
                text = f"Nothing is sent to the org at the moment, and Accord tries again by itself: {gate.message}"
                found.append(Trouble(Cause.ORG_PAUSED, "", "The org is paused", text))
            case Behind.LOGIN if gate.member_id is None:
                text = f"Accord cannot sign in as the integration owner: {gate.message} See the connection's doctor."
                found.append(Trouble(Cause.LOGIN_DEAD, "", "The integration owner cannot sign in", text))
            case Behind.LOGIN:
                lost += 1
    if lost:
        text = "Their Tasks are written by the integration owner meanwhile. Each connects his own login again."
        title = "Members' own Salesforce logins are lost"
        found.append(Trouble(Cause.MEMBER_LOGINS_DEAD, "", title, text, count=lost))
    if parked > settings.parked_more_than:
        text = "Salesforce has refused them, and a person has to look: see what is parked, by cause."
        found.append(Trouble(Cause.MANY_PARKED, "", "Many writes are parked", text, count=parked))
    return found


def decisive(troubles: Sequence[Trouble]) -> list[Trouble]:
    """Without what only follows from another: an org that cannot be reached is silent, too."""
    is_deaf = any(each.cause in DEAF for each in troubles)
    return [each for each in troubles if not (is_deaf and each.cause == Cause.EVENTS_SILENT)]


def decide_tellings(
    troubles: Sequence[Trouble], known: Mapping[tuple[str, str], Watched], now: datetime
) -> list[tuple[Watched, Telling | None]]:
    """What is known from now on of each cause that has changed, and what is told of it."""
    found: list[tuple[Watched, Telling | None]] = []
    present: dict[tuple[str, str], Trouble] = {(each.cause, each.subject): each for each in troubles}
    for key, trouble in present.items():
        before = known.get(key, Watched(trouble.cause, trouble.subject, trouble.title))
        since = before.since or now
        after = replace(before, since=since, title=trouble.title)
        if now - since >= WAITS.get(trouble.cause, timedelta()) and _is_due(before, trouble, now):
            after = replace(after, told_at=now, step=trouble.step, is_open=True)
            found.append((after, Telling(State.TROUBLE, after, since, trouble, trouble.text)))
        elif after != before:
            found.append((after, None))
    for key, before in known.items():
        if key in present or before.since is None:
            continue
        after = replace(before, since=None, is_open=False)
        told = Telling(State.WELL, after, before.since, None, WELL) if before.is_open else None
        found.append((after, told))
    return found


def _is_due(before: Watched, trouble: Trouble, now: datetime) -> bool:
    if before.told_at is None:
        return True
    if trouble.step:  # what ends on a day is told at each step; when it is over it is like any trouble
        return trouble.step != before.step
    return now - before.told_at >= EVERY or (trouble.step == 0 and before.step != 0)
