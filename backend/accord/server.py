"""`accord serve`: gunicorn with one gthread worker that is never recycled, and the delivery threads beside it.

One process, because SQLite has one writer: the write lock that keeps its waits short lives in this process.
"""

import socket
import threading
from pathlib import Path
from typing import Any

import structlog
from gunicorn.app.base import BaseApplication

from accord.app import build_parts, create_app
from accord.core.errors import MisconfiguredError
from accord.delivery.worker import Worker
from accord.infra.db import Database, open_engine
from accord.infra.db.migrate import upgrade
from accord.infra.files import keep_files_private
from accord.infra.serving import JsonErrorsWorker, WordlessLogger
from accord.infra.telemetry import log_stray_exceptions, set_up_logs
from accord.settings import Settings

log = structlog.get_logger()
THREADS = 16
TIDY_SECONDS = 3600
# requests that are under way end first, then deliveries have STOP_SECONDS; after GRACEFUL_SECONDS the process is killed
GRACEFUL_SECONDS = 45
PAGE_FILES = ("panel.html", "importmap.json")


class EmbeddedServer(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Web and delivery in one process; everything is built in the worker, after the fork."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._database: Database | None = None
        self._worker: Worker | None = None
        self._stopping = threading.Event()
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"127.0.0.1:{self._settings.port}",
            "workers": 1,
            "worker_class": JsonErrorsWorker,
            "logger_class": WordlessLogger,
            "threads": THREADS,
            "worker_connections": 2 * THREADS,  # more would pin keep-alive connections
            "keepalive": 30,
            "timeout": 60,
            "graceful_timeout": GRACEFUL_SECONDS,
            "max_requests": 0,
            "control_socket_disable": True,
            "accesslog": None,
            "post_worker_init": lambda _worker: self._start(),
            "worker_exit": lambda _server, _worker: self._stop(),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        set_up_logs(self._settings.log_level)
        self._database = Database(
            open_engine(self._settings.database_url, pool_size=THREADS + 4), self._settings.master_keys
        )
        parts = build_parts(self._settings, self._database)
        self._worker = parts.worker
        self._chores = {
            "expired_forgotten": parts.connections.sign_in.forget_expired,
            "repeats_forgotten": lambda: parts.activities.forget_old(parts.clock()),
            "drafts_forgotten": parts.panel_drafts.forget_old,
            "panels_checked": parts.panel_setups.check_all,
        }
        return create_app(parts)

    def _start(self) -> None:
        assert self._worker is not None
        self._worker.start()
        threading.Thread(target=self._tidy, name="tidy", daemon=True).start()

    def _tidy(self) -> None:
        """Once an hour: sessions that are over, proofs that nobody can use again and old keys of activities go, and
        panels are checked whose turn has come this night.
        """
        while not self._stopping.wait(TIDY_SECONDS):
            for name, chore in self._chores.items():
                try:
                    log.info(name, count=chore())
                except Exception:  # the database may be away for a while: the thread has to outlive that
                    log.exception("chore_failed", kind=name)

    def _stop(self) -> None:
        self._stopping.set()
        if self._worker is not None:
            self._worker.stop()
        if self._database is not None:
            self._database.close()


def serve_embedded(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT. Raises MisconfiguredError when it cannot start as it is set up."""
    if not settings.embedded:
        raise MisconfiguredError(
            "`accord serve` is the one-machine form on SQLite; DATABASE_URL names PostgreSQL. "
            "Leave DATABASE_URL out, or name a file: sqlite:///var/accord.db"
        )
    keep_files_private()
    set_up_logs(settings.log_level)
    log_stray_exceptions()
    _require_page(settings.assets_dir)
    for entry in sorted(settings.allowed_loopback):
        log.warning("loopback_allowed", host=entry)
    _require_free_port(settings.port)
    # before the fork: what is wrong is said here in one sentence, not from inside a worker
    database = Database(open_engine(settings.database_url), settings.master_keys)
    upgrade(database)
    database.close()
    EmbeddedServer(settings).run()


def _require_page(folder: Path) -> None:
    missing = [name for name in PAGE_FILES if not (folder / name).is_file()]
    if missing:
        raise MisconfiguredError(
            f"ACCORD_ASSETS_DIR names {folder}, which has no {' and no '.join(missing)}: the panel's page is not built "
            "there. Build it with `make page`."
        )


def _require_free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise MisconfiguredError(
                f"Port {port} is taken by another program. Stop that one, or choose another port: PORT={port + 1}"
            ) from None
