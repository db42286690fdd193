"""Calls whose client has given up and which are done later, when the org's clock says so."""

import io
import threading
from datetime import datetime
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment


class LateWork:
    """Thread-safe. A call is kept whole, with its body; its answer goes nowhere."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app
        self._kept: list[tuple[datetime, WSGIEnvironment]] = []
        self._lock = threading.Lock()

    def keep(self, environ: "WSGIEnvironment", *, due: datetime) -> None:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        with self._lock:
            self._kept.append((due, {**environ, "wsgi.input": io.BytesIO(body)}))

    def do(self, *, until: datetime) -> None:
        """Does what is due, the earliest first."""
        with self._lock:
            due = sorted((one for one in self._kept if one[0] <= until), key=lambda one: one[0])
            self._kept = [one for one in self._kept if one[0] > until]
        for _, environ in due:
            Response.from_app(self._app, environ, buffered=True)
