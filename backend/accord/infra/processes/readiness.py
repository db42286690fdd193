"""Whether a web process can serve, and whether what it accepts is delivered."""

from dataclasses import dataclass
from enum import StrEnum

import structlog

from accord.core.clock import Clock
from accord.infra.db import Database
from accord.infra.db.migrate import is_current
from accord.infra.processes import store
from accord.infra.processes.presence import MISSED_AFTER, STALLED_AFTER

_log = structlog.get_logger()


class Readiness(StrEnum):
    READY = "ready"
    DEGRADED = "degraded"  # it serves, and what it accepts is kept until a worker is there again
    NOT_READY = "not_ready"


@dataclass(frozen=True, slots=True)
class Report:
    """One word a check, and nothing of the insides: anybody may ask."""

    status: Readiness
    database: str  # ok, unreachable
    schema: str  # ok, needs_release, unknown
    workers: str  # ok, none_seen, stalled, unknown


def look(database: Database, clock: Clock) -> Report:
    """Never raises: what went wrong is in the log."""
    now = clock()
    try:
        if not is_current(database.engine):
            return Report(Readiness.NOT_READY, "ok", "needs_release", "unknown")
        with database.system_reading() as session:
            moves = store.last_moves(session, since=now - MISSED_AFTER)
    except Exception:  # noqa: BLE001 - whatever the database has
        _log.warning("database_unreachable", exc_info=True)
        return Report(Readiness.NOT_READY, "unreachable", "unknown", "unknown")
    if not moves:
        return Report(Readiness.DEGRADED, "ok", "ok", "none_seen")
    if min(moves) < now - STALLED_AFTER:
        return Report(Readiness.DEGRADED, "ok", "ok", "stalled")
    return Report(Readiness.READY, "ok", "ok", "ok")
