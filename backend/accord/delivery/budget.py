"""The API calls of an org: how many of its 24 hours' are used, which deliveries may still make some, and when they will
be used up.

Salesforce says with every answer how many calls of the last 24 hours were used, by whomever, and how many are allowed
(REST API guide, "Sforce-Limit-Info"). The number lags behind a little. The lowest priority stops first; the last tenth
is for people who save in Salesforce or in the panel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update

from accord.core.ids import ConnectionId, new_id
from accord.delivery.model import Priority
from accord.delivery.store import call_sample
from accord.infra.db import WorkspaceSession
from accord.salesforce.model import Usage

STOPS_AT: Final = {Priority.EVENT: 0.9, Priority.BACKFILL: 0.75}  # share of the allowed calls; a rep's save never stops
FRESH: Final = timedelta(minutes=15)  # an older number says nothing: one call is made, and tells how things stand
SLOT: Final = timedelta(minutes=5)
KEPT: Final = timedelta(hours=24)
RATE_OVER: Final = timedelta(hours=3)
DAY: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Calls:
    """What Salesforce said about the org's calls, and when."""

    used: int
    allowed: int
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Forecast:
    """`per_hour` is None before there is enough to tell. `used_up_at` is None when that is not within a day."""

    calls: Calls
    left: int
    per_hour: float | None
    used_up_at: datetime | None
    stopped: tuple[Priority, ...]


def decide_served(calls: Calls | None, now: datetime) -> tuple[Priority, ...]:
    """The priorities that may make calls now, the highest first."""
    if calls is None or now - calls.seen_at >= FRESH:
        return tuple(Priority)
    return tuple(each for each in Priority if each not in STOPS_AT or calls.used < calls.allowed * STOPS_AT[each])


def make_forecast(samples: Sequence[Calls], now: datetime) -> Forecast | None:
    """What the calls of the last hours say about the next; None when nothing is known. Samples are in order of time."""
    if not samples:
        return None
    last = samples[-1]
    first = next(each for each in samples if last.seen_at - each.seen_at <= RATE_OVER)
    hours = (last.seen_at - first.seen_at) / timedelta(hours=1)
    rate = max(0.0, (last.used - first.used) / hours) if hours >= SLOT / timedelta(hours=1) else None
    left = max(0, last.allowed - last.used)
    # calls of yesterday leave the count as new ones come in, so that what would last for longer than a day lasts
    lasts = timedelta(hours=left / rate) if rate else DAY
    return Forecast(
        calls=last,
        left=left,
        per_hour=rate,
        used_up_at=last.seen_at + lasts if lasts < DAY else None,
        stopped=tuple(each for each in Priority if each not in decide_served(last, now)),
    )


def note_calls(session: WorkspaceSession, connection_id: ConnectionId, usage: Usage, *, now: datetime) -> None:
    """Writes down what an answer said; one row for each five minutes."""
    slot = datetime.fromtimestamp(now.timestamp() // SLOT.total_seconds() * SLOT.total_seconds(), tz=now.tzinfo)
    said = {"used": usage.used, "allowed": usage.allowed, "seen_at": now}
    row = {"id": new_id(now), "connection_id": connection_id, "slot": slot, **said}
    if not session.insert_once(call_sample, row):
        session.execute(
            update(call_sample)
            .where(call_sample.c.connection_id == connection_id, call_sample.c.slot == slot)
            .values(**said)
        )


def load_calls(session: WorkspaceSession, connection_id: ConnectionId) -> Calls | None:
    """What was said last."""
    found = session.first(
        select(call_sample)
        .where(call_sample.c.connection_id == connection_id)
        .order_by(call_sample.c.slot.desc())
        .limit(1)
    )
    return None if found is None else Calls(found.used, found.allowed, found.seen_at)


def load_samples(session: WorkspaceSession, connection_id: ConnectionId) -> Sequence[Calls]:
    """What was said in the last 24 hours, the oldest first."""
    of_connection = select(call_sample).where(call_sample.c.connection_id == connection_id)
    return [
        Calls(row.used, row.allowed, row.seen_at) for row in session.rows(of_connection.order_by(call_sample.c.slot))
    ]


def forget_samples(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> int:
    """Deletes what is older than a day. Gives the number."""
    old = delete(call_sample).where(call_sample.c.connection_id == connection_id, call_sample.c.slot < now - KEPT)
    return session.execute(old).rowcount
