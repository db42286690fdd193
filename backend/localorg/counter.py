"""Counts the calls of the platform's API, so that a test can say how many a click or a page costs."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    path: str
    user: str


class RequestCounter:
    """Calls in their order of arrival, the last 200,000 of them. A marker is the number of calls seen so far."""

    def __init__(self) -> None:
        self._calls: deque[_Call] = deque(maxlen=_KEPT)
        self._seen = 0
        self._lock = threading.Lock()

    def count(self, *, method: str, path: str, user: str) -> None:
        with self._lock:
            self._calls.append(_Call(method, path, user))
            self._seen += 1

    def report(self, *, since: int = 0) -> dict[str, Any]:
        """Totals of the calls after `since`: all, by the user's name ("" before sign-in), by path and by method and
        path. `marker` is what to pass as `since` next time.
        """
        with self._lock:
            newer = max(0, self._seen - since)
            calls = list(self._calls)[-newer:] if newer else []
            marker = self._seen
        return {
            "total": newer,
            "marker": marker,
            "by_user": dict(Counter(call.user for call in calls)),
            "by_path": dict(Counter(call.path for call in calls)),
            "by_call": dict(Counter(f"{call.method} {call.path}" for call in calls)),
        }


class CountingMiddleware:
    """Counts each call under `/services/` when it arrives, whatever becomes of it.

    `name_of` turns a bearer token into the name of its user ("" when it has none).
    """

    def __init__(self, app: "WSGIApplication", counter: RequestCounter, *, name_of: Callable[[str], str]) -> None:
        self._app = app
        self._counter = counter
        self._name_of = name_of

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith("/services/"):
            scheme, _, token = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
            user = self._name_of(token.strip()) if scheme.lower() in {"bearer", "oauth"} else ""
            self._counter.count(method=str(environ["REQUEST_METHOD"]), path=path, user=user)
        return self._app(environ, start_response)
