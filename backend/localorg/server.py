"""The running org: its HTTP and HTTPS servers around one WSGI application, from start to a clean stop."""

import errno
import queue
import signal
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from localorg.app import create_app
from localorg.counter import RequestCounter
from localorg.faults import FaultScript
from localorg.http_server import RunningServer
from localorg.org import Org
from localorg.seed import DEMO_SEED, load_seed
from localorg.setup import OrgSetup
from localorg.tls import ensure_certificates

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"
HTTP_PORT = 8100
HTTPS_PORT = 8143
HTTP_PORT_VARIABLE = "ORG_PORT"
HTTPS_PORT_VARIABLE = "ORG_TLS_PORT"


class PortTakenError(Exception):
    """Another program listens on the port; the text says which and what changes it."""

    def __init__(self, port: int, variable: str) -> None:
        super().__init__(
            f"Port {port} is taken by another program. Stop that program, or choose another port: "
            f"{variable}={port + 10 if port < 65_000 else port - 10} python -m localorg serve"
        )


@dataclass(frozen=True, slots=True)
class OrgOptions:
    """How an org is run. Port 0 takes any free port; without a data file nothing outlives the process."""

    state_dir: Path
    data_file: Path | None = None
    metadata_dirs: Sequence[Path] = field(default_factory=tuple)
    seed_file: Path | None = DEMO_SEED
    http_port: int = HTTP_PORT
    https_port: int = HTTPS_PORT
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    pause: Callable[[float], object] = time.sleep  # how a slow or late answer of the fault script waits, in seconds


class RunningOrg:
    """An org with its servers. Ports are bound when it is made; `start` serves, `stop` frees everything."""

    def __init__(self, options: OrgOptions) -> None:
        """Raises PortTakenError; SeedError when the seed file is not understood."""
        state_dir = options.state_dir.resolve()  # its paths are told to programs that run elsewhere
        certificates = ensure_certificates(state_dir, now=options.clock())
        self.ca_file = certificates.ca_file
        self._relay = _Relay()
        self._https = _bind(self._relay, options.https_port, HTTPS_PORT_VARIABLE, certificates.server_context())
        try:
            self._http = _bind(self._relay, options.http_port, HTTP_PORT_VARIABLE)
        except PortTakenError:
            self._https.stop()
            raise
        self.faults = FaultScript()
        self.counter = RequestCounter()
        try:
            self.org = Org.create(
                metadata_dirs=list(options.metadata_dirs), data_file=options.data_file, clock=options.clock
            )
            self.setup = OrgSetup(state_dir / "setup.json")
            self.seeded = options.seed_file is not None and load_seed(self.org, options.seed_file)
        except BaseException:
            self._https.stop()
            self._http.stop()
            raise
        self._relay.app = create_app(
            self.org,
            https_base=self.https_base,
            http_base=self.http_base,
            faults=self.faults,
            counter=self.counter,
            setup=self.setup,
            ca_file=self.ca_file,
            pause=options.pause,
        )

    @property
    def http_base(self) -> str:
        """Where a browser goes. 127.0.0.1, so that the embedded app on localhost is another site, as in real life."""
        return f"http://{HOST}:{self._http.port}"

    @property
    def https_base(self) -> str:
        """Where the platform's clients go."""
        return f"https://localhost:{self._https.port}"

    def start(self) -> None:
        self._http.start()
        self._https.start()

    def stop(self) -> None:
        self._http.stop()
        self._https.stop()
        self.org.close()


def serve_until_stopped(running: RunningOrg, *, announce: Callable[[str], None]) -> None:
    """Serves until SIGTERM or SIGINT, then stops cleanly."""
    told: queue.SimpleQueue[int] = queue.SimpleQueue()  # its `put`, unlike an event's `set`, may be called by a handler
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: told.put(number))
    running.start()
    announce(f"Record page  {running.http_base}/lightning/o/Opportunity/list")
    announce(f"API          {running.https_base} (trust {running.ca_file})")
    announce("Ctrl-C stops the org.")
    told.get()
    running.stop()
    announce("The local org has stopped.")


class _Relay:
    """Stands in for the application until it exists: its addresses are known only when the ports are bound."""

    def __init__(self) -> None:
        self.app: WSGIApplication | None = None

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        assert self.app is not None
        return self.app(environ, start_response)


def _bind(relay: _Relay, port: int, variable: str, tls: ssl.SSLContext | None = None) -> RunningServer:
    try:
        return RunningServer(relay, host=HOST, port=port, tls=tls)
    except OSError as problem:
        if problem.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise PortTakenError(port, variable) from problem
        raise
