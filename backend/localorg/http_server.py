"""A threaded HTTP/1.1 server for a WSGI application: keep-alive, chunked bodies both ways, TLS, and a clean stop.

Werkzeug's own development server closes the connection after every answer; clients of the platform keep theirs open
(a TLS handshake costs more than the call). This one keeps werkzeug's reading of requests and replaces the writing of
answers. One thread serves one connection.
"""

import contextlib
import logging
import socket
import ssl
import struct
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.wrappers import Response

from localorg.faults import ConnectionDropped

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_LOG = logging.getLogger("localorg.http")
_IDLE_SECONDS = 75.0
_HANDSHAKE_SECONDS = 10.0
_LONGEST_DRAIN = 64 * 1024 * 1024
_NO_BODY = frozenset({204, 304})


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # an answer is one write; waiting for a fuller packet only costs 40 ms
    timeout = _IDLE_SECONDS

    def run_wsgi(self) -> None:
        if self.headers.get("Expect", "").lower().strip() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.environ = environ = self.make_environ()
        body = environ["wsgi.input"] = _Body(environ["wsgi.input"], environ)
        started: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            if exc_info and started.get("sent"):
                raise exc_info[1].with_traceback(exc_info[2])
            started.update(status=status, headers=headers)
            return _no_write

        try:
            parts = self.server.app(environ, start_response)
            try:
                self._send(parts, started)
            finally:
                close = getattr(parts, "close", None)
                if close is not None:
                    close()
        except (ConnectionDropped, ConnectionError, TimeoutError, ssl.SSLError):
            self.close_connection = True
            return
        except Exception:  # noqa: BLE001 - whatever went wrong, the client gets an answer and the log the reason
            _LOG.exception("request_failed")
            self._send_plain_failure(already_sent=bool(started.get("sent")))
            return
        if not body.drain():
            self.close_connection = True

    def _send(self, parts: Iterable[bytes], started: dict[str, Any]) -> None:
        """Headers and the first piece in one write; a known length stays known, everything else is chunked."""
        stream = iter(parts)
        first = next(stream, b"")
        code_text, _, reason = str(started["status"]).partition(" ")
        code = int(code_text)
        names = {name.lower() for name, _ in started["headers"]}
        bodiless = self.command == "HEAD" or code in _NO_BODY or code < 200
        chunked = not bodiless and "content-length" not in names and self.request_version == "HTTP/1.1"
        if not bodiless and "content-length" not in names and not chunked:
            self.close_connection = True  # HTTP/1.0: the end of the connection is the end of the answer
        fields = [(name, value) for name, value in started["headers"] if name.lower() not in {"connection", "server"}]
        if "date" not in names:
            fields.append(("Date", self.date_time_string()))
        if chunked:
            fields.append(("Transfer-Encoding", "chunked"))
        if self.close_connection:
            fields.append(("Connection", "close"))
        lines = [f"HTTP/1.1 {code} {reason}", *(f"{name}: {value}" for name, value in fields), "", ""]
        head = "\r\n".join(lines).encode("latin-1")
        started["sent"] = True
        if bodiless:
            self.wfile.write(head)
            return
        self.wfile.write(head + _framed(first, chunked=chunked))
        for part in stream:
            if part:
                self.wfile.write(_framed(part, chunked=chunked))
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _send_plain_failure(self, *, already_sent: bool) -> None:
        self.close_connection = True
        if already_sent:
            return
        answer = Response("The local org could not answer. Its log says why.", status=500)
        with contextlib.suppress(OSError):
            self._send([answer.get_data()], {"status": answer.status, "headers": answer.headers.to_wsgi_list()})

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """No line per request: the journal and the counter say what happened."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's signature
        _LOG.log(logging.ERROR if type == "error" else logging.DEBUG, message, *args)


class _Body:
    """The request's body, never read beyond its end, so that what follows on the connection is the next request."""

    def __init__(self, source: Any, environ: dict[str, Any]) -> None:
        self._source = source
        self._chunked = bool(environ.get("wsgi.input_terminated"))
        length = str(environ.get("CONTENT_LENGTH") or "0")
        self._left = int(length) if length.isdigit() else 0
        self._ended = not self._chunked and self._left == 0

    def read(self, size: int = -1) -> bytes:
        return self._take(self._source.read, size)

    def readline(self, size: int = -1) -> bytes:
        return self._take(self._source.readline, size)

    def drain(self) -> bool:
        """Reads what the application left. False when that is too much: then the connection has to end."""
        drained = 0
        while not self._ended and drained <= _LONGEST_DRAIN:
            drained += len(self.read(64 * 1024))
        return self._ended

    def _take(self, read: Any, size: int) -> bytes:
        if self._ended or size == 0:
            return b""
        if self._chunked:
            data: bytes = read(size) if size > 0 else read()
            self._ended = not data or size < 0
            return data
        wanted = self._left if size < 0 else min(size, self._left)
        data = read(wanted)
        self._left -= len(data)
        self._ended = self._left <= 0 or not data
        return data


class _Server(ThreadedWSGIServer):
    daemon_threads = True
    block_on_close = False  # a page that listens to changes never ends by itself; `stop` closes its connection

    def __init__(self, host: str, listening: socket.socket, app: "WSGIApplication", tls: ssl.SSLContext | None) -> None:
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        self._tls = tls
        super().__init__(host, listening.getsockname()[1], app, handler=_Handler, fd=listening.fileno())
        self.ssl_context = tls  # makes werkzeug tell the application that its scheme is https

    def finish_request(self, request: Any, client_address: Any) -> None:
        """In the connection's own thread: the handshake of a slow client holds up nobody else."""
        with self._open_lock:
            self._open.add(request)
        connection = request
        try:
            if self._tls is not None:
                request.settimeout(_HANDSHAKE_SECONDS)
                connection = self._tls.wrap_socket(request, server_side=True)
                with self._open_lock:
                    self._open.add(connection)
            super().finish_request(connection, client_address)
        except (OSError, ssl.SSLError):
            _LOG.debug("connection_ended")
        finally:
            with self._open_lock:
                self._open.difference_update({request, connection})
            if connection is not request:
                self.shutdown_request(connection)

    def shutdown_request(self, request: Any) -> None:
        if not _resets(request):
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_WR)
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - socketserver's signature
        _LOG.exception("connection_failed")

    def end_connections(self) -> None:
        with self._open_lock:
            connections = list(self._open)
        for connection in connections:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


class RunningServer:
    """A server that has its port (bound when it is made) and serves from `start` to `stop`."""

    def __init__(self, app: "WSGIApplication", *, host: str, port: int, tls: ssl.SSLContext | None = None) -> None:
        """OSError (EADDRINUSE) when the port is taken; port 0 takes any free one."""
        # bound here, not by werkzeug, which ends the whole program when a port is taken
        with socket.create_server((host, port), backlog=256) as listening:
            self._server = _Server(host, listening, app, tls)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """No new connection, open ones are ended, the port is free when this returns."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(timeout=5)
        self._server.server_close()
        self._server.end_connections()


def _no_write(_data: bytes) -> None:
    raise RuntimeError("The write() of WSGI is not offered; applications return their body.")


def _framed(data: bytes, *, chunked: bool) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data) if chunked and data else data


def _resets(connection: socket.socket) -> bool:
    """True when the fault script has set the socket to end with a reset: then no orderly end must come before it."""
    try:
        linger = connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)
    except OSError:
        return False
    return struct.unpack("ii", linger) == (1, 0)
