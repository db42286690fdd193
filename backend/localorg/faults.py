"""The fault script: makes calls of the platform's API fail the way they fail on a network, on demand and repeatably.

A fault names what happens, to which calls, how often and with which seed. What happened is counted, so that a test
can tell a fault that never fired from one that was survived. Only `/services/**` is ever hurt: the door and the record
page stay usable while everything burns.
"""

import random
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LONGEST_DELAY_MS = 600_000


class ConnectionDropped(ConnectionError):  # noqa: N818 - named as the event that it stands for
    """The connection ended without an answer. With a socket it is closed with a TCP reset; without one a test's adapter
    turns this into the error of its HTTP client.
    """


class FaultKind(StrEnum):
    RESET_BEFORE = "reset_before"
    """The connection is reset and nothing has been done."""
    RESET_AFTER = "reset_after"
    """The work is committed, then the connection is reset."""
    SLOW = "slow"
    """The work is done at once, its answer comes `delay_ms` later."""
    LATE_COMMIT = "late_commit"
    """The work itself begins `delay_ms` later: a client that gave up sees its change happen afterwards."""
    UNAVAILABLE = "unavailable"
    """503 with the platform's body; nothing has been done."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of the script. `path` is a regular expression searched in the path with its query string; `rate` is a
    probability from 0 to 1; `count` is how often it fires at most (None: no end); `skip` is how many matching calls
    pass unharmed first; `delay_ms` is for the slow kinds.
    """

    kind: FaultKind
    method: str | None = None
    path: str = ""
    rate: float = 1.0
    count: int | None = None
    seed: int = 0
    delay_ms: int = 0
    skip: int = 0

    @classmethod
    def from_json(cls, body: Any) -> "Fault":
        """Reads what was posted to the door. ValueError with a sentence when it is not a fault."""
        if not isinstance(body, dict):
            raise ValueError("A fault is a JSON object.")  # noqa: TRY004 - wrong input, not a wrong call
        unknown = sorted(set(body) - {"kind", "match", "rate", "count", "seed", "delay_ms", "skip"})
        if unknown:
            raise ValueError(f"Unknown in a fault: {', '.join(unknown)}.")
        match = body.get("match") or {}
        if not isinstance(match, dict) or set(match) - {"method", "path"}:
            raise ValueError('"match" is an object with "method" and "path".')
        kinds = [kind.value for kind in FaultKind]
        if body.get("kind") not in kinds:
            raise ValueError(f'"kind" is one of {", ".join(kinds)}.')
        method = match.get("method")
        return cls(
            kind=FaultKind(body["kind"]),
            method=str(method).upper() if method else None,
            path=_pattern(match.get("path", "")),
            rate=_number(body, "rate", default=1.0, highest=1),
            count=None if body.get("count") is None else int(_number(body, "count", default=0, highest=10**9)),
            seed=int(_number(body, "seed", default=0, highest=2**63)),
            delay_ms=int(_number(body, "delay_ms", default=0, highest=_LONGEST_DELAY_MS)),
            skip=int(_number(body, "skip", default=0, highest=10**9)),
        )

    def matches(self, method: str, target: str) -> bool:
        return self.method in (None, method) and re.search(self.path, target) is not None


@dataclass(slots=True)
class _Armed:
    id: int
    fault: Fault
    dice: random.Random
    seen: int = 0
    hits: int = 0

    def report(self) -> dict[str, Any]:
        fault = self.fault
        return {
            "id": self.id,
            "kind": fault.kind.value,
            "match": {"method": fault.method, "path": fault.path},
            "rate": fault.rate,
            "count": fault.count,
            "seed": fault.seed,
            "delay_ms": fault.delay_ms,
            "skip": fault.skip,
            "seen": self.seen,
            "hits": self.hits,
        }


@dataclass(slots=True)
class FaultScript:
    """The faults that are armed now. Thread-safe. With one caller at a time the same seed gives the same sequence."""

    _armed: list[_Armed] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _next_id: int = 1

    def arm(self, fault: Fault) -> int:
        """Adds a fault behind those that are armed; the first one that fires wins. Returns its number."""
        with self._lock:
            number = self._next_id
            self._next_id += 1
            # a repeatable sequence is the point, secrecy is not
            self._armed.append(_Armed(number, fault, random.Random(fault.seed)))  # noqa: S311
            return number

    def clear(self) -> None:
        with self._lock:
            self._armed.clear()

    def report(self) -> list[dict[str, Any]]:
        """Each fault with how many calls it matched (`seen`) and how many it hurt (`hits`)."""
        with self._lock:
            return [armed.report() for armed in self._armed]

    def draw(self, method: str, target: str) -> Fault | None:
        """The fault that this call suffers, counted as a hit; None when it goes through."""
        with self._lock:
            for armed in self._armed:
                fault = armed.fault
                if (fault.count is not None and armed.hits >= fault.count) or not fault.matches(method, target):
                    continue
                armed.seen += 1
                if armed.seen <= armed.fault.skip:
                    continue
                if armed.dice.random() < fault.rate:
                    armed.hits += 1
                    return fault
        return None


class FaultMiddleware:
    """Stands before the WSGI application and lets each call under `/services/` suffer what the script says."""

    def __init__(
        self, app: "WSGIApplication", script: FaultScript, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._app = app
        self._script = script
        self._pause = pause

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if not path.startswith("/services/"):
            return self._app(environ, start_response)
        query = str(environ.get("QUERY_STRING", ""))
        fault = self._script.draw(str(environ["REQUEST_METHOD"]), f"{path}?{query}" if query else path)
        match fault.kind if fault else None:
            case FaultKind.RESET_BEFORE:
                raise _dropped(environ)
            case FaultKind.RESET_AFTER:
                # the whole answer is made, so whatever it commits is committed
                Response.from_app(self._app, environ, buffered=True)
                raise _dropped(environ)
            case FaultKind.UNAVAILABLE:
                return _unavailable()(environ, start_response)
            case FaultKind.SLOW:
                answer = Response.from_app(self._app, environ, buffered=True)
                self._pause(_seconds(fault))
                return answer(environ, start_response)
            case FaultKind.LATE_COMMIT:
                self._pause(_seconds(fault))
        return self._app(environ, start_response)


def _dropped(environ: "WSGIEnvironment") -> ConnectionDropped:
    connection = environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        # Linger on, for no time: closing the socket then sends RST instead of FIN. The server closes it.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return ConnectionDropped("The connection was reset by the fault script.")


def _unavailable() -> Response:
    body = '[{"message":"The server is temporarily unavailable. Please try again.","errorCode":"SERVER_UNAVAILABLE"}]'
    return Response(body, status=503, content_type="application/json;charset=UTF-8")


def _seconds(fault: Fault | None) -> float:
    return fault.delay_ms / 1000 if fault else 0.0


def _pattern(value: Any) -> str:
    text = str(value or "")
    try:
        re.compile(text)
    except re.error as problem:
        raise ValueError(f'"match.path" is no regular expression: {problem}.') from problem
    return text


def _number(body: dict[str, Any], name: str, *, default: float, highest: float) -> float:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= highest:
        raise ValueError(f'"{name}" is a number from 0 to {highest:g}.')
    return value
