"""The web: gunicorn with gthread workers.

`accord serve` is the whole program in one process, for SQLite has one writer: one gthread worker that is never
recycled, and the deliveries beside it. `accord web` is the web alone, in several processes on PostgreSQL.
"""

import socket
from pathlib import Path
from typing import Any

import structlog
from gunicorn.app.base import BaseApplication

from accord.app import create_app
from accord.core.errors import MisconfiguredError
from accord.deliveries import Deliveries
from accord.delivery.meter import Metering
from accord.infra.db import Database, open_engine
from accord.infra.db.migrate import require_released, upgrade
from accord.infra.files import keep_files_private
from accord.infra.serving import JsonErrorsWorker, WordlessLogger
from accord.infra.telemetry import log_stray_exceptions, set_up_logs
from accord.parts import Parts, build_parts
from accord.settings import Settings

log = structlog.get_logger()
THREADS = 16
# requests that are under way end first, then deliveries have STOP_SECONDS; after GRACEFUL_SECONDS the process is killed
GRACEFUL_SECONDS = 45
# a web process of several is replaced after so many requests, at different times
REQUESTS_A_LIFE = 20_000
PAGE_FILES = ("panel.html", "importmap.json")


class WebServer(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """The web in several processes; everything is built in each worker, after the fork."""

    processes: int
    requests_a_life = REQUESTS_A_LIFE

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._database: Database | None = None
        self._metering: Metering | None = None
        self.processes = settings.web_processes
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{self._settings.listen}:{self._settings.port}",
            "workers": self.processes,
            "worker_class": JsonErrorsWorker,
            "logger_class": WordlessLogger,
            "threads": THREADS,
            "worker_connections": 2 * THREADS,  # more would pin keep-alive connections
            "keepalive": 30,
            "timeout": 60,
            "graceful_timeout": GRACEFUL_SECONDS,
            "max_requests": self.requests_a_life,
            "max_requests_jitter": self.requests_a_life // 10,
            "control_socket_disable": True,
            "accesslog": None,
            "post_worker_init": lambda _worker: self.started(),
            "worker_exit": lambda _server, _worker: self.stopped(),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        set_up_logs(self._settings.log_level)
        self._database = Database(
            open_engine(self._settings.database_url, pool_size=THREADS + 4), self._settings.master_keys
        )
        parts = build_parts(self._settings, self._database)
        self.built(parts)
        return create_app(parts)

    def built(self, parts: Parts) -> None:
        """Everything is there; nothing runs yet."""
        self._metering = Metering(parts.connections.meter)

    def started(self) -> None:
        """The process is about to serve."""
        assert self._metering is not None
        self._metering.start()

    def stopped(self) -> None:
        """No request is under way any more."""
        if self._metering is not None:
            self._metering.stop()
        if self._database is not None:
            self._database.close()


class EmbeddedServer(WebServer):
    """Web and delivery in one process."""

    requests_a_life = 0  # it is never replaced: its deliveries would have to stop

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._deliveries: Deliveries | None = None

    def load_config(self) -> None:
        self.processes = 1
        super().load_config()

    def built(self, parts: Parts) -> None:
        self._deliveries = Deliveries(parts)

    def started(self) -> None:
        assert self._deliveries is not None
        self._deliveries.start()

    def stopped(self) -> None:
        if self._deliveries is not None:
            self._deliveries.stop()
        super().stopped()


def serve_embedded(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT. Raises MisconfiguredError when it cannot start as it is set up."""
    if not settings.embedded:
        raise MisconfiguredError(
            "`accord serve` is the one-machine form on SQLite; DATABASE_URL names PostgreSQL, which `accord web` and "
            "`accord worker` serve. Start those, or name a file: DATABASE_URL=sqlite:///var/accord.db"
        )
    _prepare(settings)
    database = Database(open_engine(settings.database_url), settings.master_keys)
    upgrade(database)
    database.close()
    EmbeddedServer(settings).run()


def serve_web(settings: Settings) -> None:
    """As `serve_embedded`, without deliveries, on PostgreSQL."""
    if settings.embedded:
        raise MisconfiguredError(
            "`accord web` runs as several processes, and SQLite takes one. Start `accord serve`, which is the web and "
            "the deliveries in one process, or name a PostgreSQL database in DATABASE_URL."
        )
    _prepare(settings)
    engine = open_engine(settings.database_url, pool_size=1)
    require_released(engine)
    engine.dispose()
    WebServer(settings).run()


def _prepare(settings: Settings) -> None:
    """Before the fork: what is wrong is said here in one sentence, not from inside a worker."""
    keep_files_private()
    set_up_logs(settings.log_level)
    log_stray_exceptions()
    _require_page(settings.assets_dir)
    for entry in sorted(settings.allowed_loopback):
        log.warning("loopback_allowed", host=entry)
    _require_free_port(settings.listen, settings.port)


def _require_page(folder: Path) -> None:
    missing = [name for name in PAGE_FILES if not (folder / name).is_file()]
    if missing:
        raise MisconfiguredError(
            f"ACCORD_ASSETS_DIR names {folder}, which has no {' and no '.join(missing)}: the panel's page is not built "
            "there. Build it with `make page`."
        )


def _require_free_port(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            raise MisconfiguredError(
                f"Port {port} is taken by another program, or {address} is no address of this machine. Stop that one, "
                f"or choose another port: PORT={port + 1}"
            ) from None
