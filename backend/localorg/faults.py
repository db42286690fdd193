"""The fault script: makes calls of the platform's API fail the way they fail on a network, on demand and repeatably.

A fault names what happens, to which calls, how often and with which seed. What happened is counted, so that a test
can tell a fault that never fired from one that was survived. Only `/services/**` is ever hurt: the door and the record
page stay usable while everything burns.
"""

import json
import random
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from werkzeug.wrappers import Response

from localorg.late_work import LateWork

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LONGEST_DELAY_MS = 600_000
_SOCKET = "werkzeug.socket"


class ConnectionDropped(ConnectionError):  # noqa: N818 - named as the event that it stands for
    """The connection ended without an answer. With a socket it is closed with a TCP reset; without one a test's adapter
    turns this into the error of its HTTP client.
    """


class GaveUp(ConnectionDropped):
    """The client did not wait for the answer; in-process only."""


class FaultKind(StrEnum):
    RESET_BEFORE = "reset_before"
    """The connection is reset and nothing has been done."""
    RESET_AFTER = "reset_after"
    """The work is committed, then the connection is reset."""
    SLOW = "slow"
    """The work is done at once, its answer comes `delay_ms` later."""
    LATE_COMMIT = "late_commit"
    """The work itself begins `delay_ms` later: a client that gave up sees its change happen afterwards. In-process,
    where nobody can wait beside it, the client gives up at once and the work is done by the org's clock."""
    UNAVAILABLE = "unavailable"
    """503 with the platform's body; nothing has been done. On `/ui-api/` alone it is the UI API over its limit."""
    CONCURRENT_LIMIT = "concurrent_limit"
    """403: too many long calls at once; nothing has been done."""
    SESSION_ENDED = "session_ended"
    """The access token of the call dies before it is looked at."""
    REVOKED = "revoked"
    """The whole login of the call dies: all refresh and access tokens of its user for its app."""
    ROW_LOCK = "row_lock"
    """One record of the call cannot be locked."""
    READ_ONLY = "read_only"
    """One record of the call is not written: the org is in maintenance. Reads go on."""
    STORAGE_FULL = "storage_full"
    """One record of the call is not created: the org's data storage is full. Changes and deletes go on."""


RECORD_KINDS = frozenset({FaultKind.ROW_LOCK, FaultKind.READ_ONLY, FaultKind.STORAGE_FULL})
RECORD_FAULTS = "localorg.record_faults"
"""Under this name the WSGI environment holds what a write asks for each of its records: see `RecordFaults`."""


class RecordFaults(Protocol):
    """Asked once a record: the fault that it suffers, or None."""

    def __call__(self, *, creating: bool) -> FaultKind | None: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of the script. `path` is a regular expression searched in the path with its query string; `rate` is a
    probability from 0 to 1; `count` is how often it fires at most (None: no end); `skip` is how many matching calls
    pass unharmed first; `delay_ms` is for the slow kinds. A fault of a record is drawn for each record that a matching
    call writes: `rate`, `count` and `skip` are then about records.
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
        return self._draw(method, target, frozenset(FaultKind) - RECORD_KINDS)

    def draw_for_record(self, method: str, target: str, *, creating: bool) -> FaultKind | None:
        """The fault that one record of this call suffers, counted as a hit."""
        fault = self._draw(method, target, RECORD_KINDS if creating else RECORD_KINDS - {FaultKind.STORAGE_FULL})
        return fault.kind if fault else None

    def _draw(self, method: str, target: str, kinds: frozenset[FaultKind]) -> Fault | None:
        with self._lock:
            for armed in self._armed:
                fault = armed.fault
                if fault.kind not in kinds or not fault.matches(method, target):
                    continue
                if fault.count is not None and armed.hits >= fault.count:
                    continue
                armed.seen += 1
                if armed.seen <= armed.fault.skip:
                    continue
                if armed.dice.random() < fault.rate:
                    armed.hits += 1
                    return fault
        return None


class FaultMiddleware:
    """Stands before the WSGI application and lets each call under `/services/` suffer what the script says.

    `ends` says what becomes of a bearer token under the two faults of tokens.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        script: FaultScript,
        *,
        pause: Callable[[float], object] = time.sleep,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        ends: Mapping[FaultKind, Callable[[str], object]] | None = None,
    ) -> None:
        self._app = app
        self._clock = clock
        self._late = LateWork(app)
        self._script = script
        self._pause = pause
        self._ends = ends or {}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        self._late.do(until=self._clock())
        path = str(environ.get("PATH_INFO", ""))
        if not path.startswith("/services/"):
            return self._app(environ, start_response)
        query = str(environ.get("QUERY_STRING", ""))
        method, target = str(environ["REQUEST_METHOD"]), f"{path}?{query}" if query else path
        environ[RECORD_FAULTS] = partial(self._script.draw_for_record, method, target)
        fault = self._script.draw(method, target)
        match fault.kind if fault else None:
            case FaultKind.RESET_BEFORE:
                raise _dropped(environ)
            case FaultKind.RESET_AFTER:
                # the whole answer is made, so whatever it commits is committed
                Response.from_app(self._app, environ, buffered=True)
                raise _dropped(environ)
            case FaultKind.UNAVAILABLE:
                text = "The server is temporarily unavailable. Please try again."
                return _refused(503, "SERVER_UNAVAILABLE", text)(environ, start_response)
            case FaultKind.CONCURRENT_LIMIT:
                text = "ConcurrentRequests (Concurrent API Requests) Limit exceeded."
                return _refused(403, "REQUEST_LIMIT_EXCEEDED", text)(environ, start_response)
            case FaultKind.SESSION_ENDED | FaultKind.REVOKED as kind:
                self._ends[kind](str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")[2].strip())
            case FaultKind.SLOW:
                answer = Response.from_app(self._app, environ, buffered=True)
                self._pause(_seconds(fault))
                return answer(environ, start_response)
            case FaultKind.LATE_COMMIT:
                if _SOCKET not in environ:
                    self._late.keep(environ, due=self._clock() + timedelta(seconds=_seconds(fault)))
                    raise GaveUp("The client did not wait for the answer.")
                self._pause(_seconds(fault))
        return self._app(environ, start_response)


def _dropped(environ: "WSGIEnvironment") -> ConnectionDropped:
    connection = environ.get(_SOCKET)
    if isinstance(connection, socket.socket):
        # Linger on, for no time: closing the socket then sends RST instead of FIN. The server closes it.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return ConnectionDropped("The connection was reset by the fault script.")


def _refused(status: int, code: str, message: str) -> Response:
    body = json.dumps([{"message": message, "errorCode": code}], separators=(",", ":"))
    return Response(body, status=status, content_type="application/json;charset=UTF-8")


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
