"""Deliveries with what goes with them: in the one process of `accord serve`, or alone as `accord worker`."""

from datetime import timedelta

import structlog

from accord.core.errors import MisconfiguredError
from accord.delivery.meter import Metering
from accord.delivery.worker import STOP_SECONDS
from accord.features.messages.service import LOOK_EVERY
from accord.infra.db import Database, open_engine
from accord.infra.db.migrate import require_released
from accord.infra.files import keep_files_private
from accord.infra.processes.bell import Listener
from accord.infra.processes.chores import Chores
from accord.infra.processes.presence import Presence, process_name
from accord.infra.processes.stopping import stop_signals
from accord.infra.telemetry import log_stray_exceptions, set_up_logs
from accord.parts import Parts, build_parts
from accord.settings import Settings

log = structlog.get_logger()
# for each delivery: its session, its heartbeat, one nested; and presence, chores, turns, posts, metering, listener, and
# one to spare
CONNECTIONS_A_THREAD = 3
OTHER_CONNECTIONS = 7
TURNS_EVERY = timedelta(seconds=10)
TURNS_LOOK_SECONDS = 5


class Deliveries:
    """The delivery threads, the chores, the sign of life, and on PostgreSQL the ear for the bell."""

    def __init__(self, parts: Parts) -> None:
        database = parts.database
        self._worker = parts.worker
        self._chores = Chores(database, parts.clock, parts.chores, {"admins_told": LOOK_EVERY})
        # a thread of their own: an hourly chore that takes long holds up nobody's values
        self._turns = Chores(
            database, parts.clock, parts.turns, dict.fromkeys(parts.turns, TURNS_EVERY), look_seconds=TURNS_LOOK_SECONDS
        )
        # and one for mails: a mail server that does not answer holds up neither
        posts = {"mails_sent": parts.safeguards.messages.mailing.send_due}
        self._posts = Chores(
            database, parts.clock, posts, dict.fromkeys(posts, TURNS_EVERY), look_seconds=TURNS_LOOK_SECONDS
        )
        self._presence = Presence(database, parts.clock, process_name(), parts.worker.still_for)
        self._metering = Metering(parts.connections.meter)
        is_shared = database.dialect == "postgresql"
        self._listener = Listener(database.engine, parts.worker.wake) if is_shared else None

    def start(self) -> None:
        self._worker.start()
        self._presence.start()
        self._metering.start()
        self._chores.start()
        self._turns.start()
        self._posts.start()
        if self._listener is not None:
            self._listener.start()

    def stop(self) -> bool:
        """Takes nothing new and waits for calls that are under way, at most STOP_SECONDS. False when one was left: its
        records come back when the lease of its claim ends.
        """
        self._chores.stop()
        self._turns.stop()
        self._posts.stop()
        if self._listener is not None:
            self._listener.stop()
        ended = self._worker.stop(timeout=STOP_SECONDS)
        self._presence.stop()
        self._metering.stop()
        return ended


def run_worker(settings: Settings) -> None:
    """Delivers until SIGTERM or SIGINT. Raises MisconfiguredError when it cannot start as it is set up."""
    if settings.embedded:
        raise MisconfiguredError(
            "`accord worker` works beside other processes, and SQLite takes one. Start `accord serve`, which is the "
            "web and the deliveries in one process, or name a PostgreSQL database in DATABASE_URL."
        )
    keep_files_private()
    set_up_logs(settings.log_level)
    log_stray_exceptions()
    told_to_stop = stop_signals()
    size = settings.worker_threads * CONNECTIONS_A_THREAD + OTHER_CONNECTIONS
    database = Database(open_engine(settings.database_url, pool_size=size), settings.master_keys)
    try:
        require_released(database.engine)
        deliveries = Deliveries(build_parts(settings, database))
        deliveries.start()
        log.info("worker_started", worker=process_name())
        told_to_stop.wait()
        ended = deliveries.stop()
        log.info("worker_stopped", worker=process_name(), left=not ended)
    finally:
        database.close()
