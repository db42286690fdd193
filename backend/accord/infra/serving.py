"""What gunicorn says by itself: to the log without any text of requests, to callers in the one shape of errors.

Gunicorn refuses what it cannot read before our application sees it. Its own words quote the request, and a header can
hold a token.
"""

import secrets
import sys
from typing import Any, Final

import orjson
import structlog
from gunicorn import util
from gunicorn.glogging import Logger
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from accord.infra.http import SERVER_WORDS

_log = structlog.get_logger()
_STATUS: Final = ((errors.LimitRequestLine, 414), (errors.LimitRequestHeaders, 431), (errors.ConfigurationProblem, 500))
_REASONS: Final = {
    400: "Bad Request",
    414: "URI Too Long",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
}


class WordlessLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's warnings and errors as lines of our log: how grave, from where in gunicorn, and which exception."""

    def setup(self, cfg: Any) -> None:
        self.cfg = cfg
        self._access_log_enabled = False

    def critical(self, msg: object, *args: object, **kwargs: object) -> None:  # noqa: ARG002 - the words are left out
        _log.critical("web_server", place=_caller())

    def error(self, msg: object, *args: object, **kwargs: object) -> None:  # noqa: ARG002
        _log.error("web_server", place=_caller())

    def warning(self, msg: object, *args: object, **kwargs: object) -> None:  # noqa: ARG002
        _log.warning("web_server", place=_caller())

    def exception(self, msg: object, *args: object, **kwargs: object) -> None:  # noqa: ARG002
        _log.error("web_server", place=_caller(), exc_info=True)

    def info(self, msg: object, *args: object, **kwargs: object) -> None:
        """Left out, like `debug` and `log`: the program's own lines say what happens."""

    def debug(self, msg: object, *args: object, **kwargs: object) -> None:
        """Left out."""

    def log(self, lvl: object, msg: object, *args: object, **kwargs: object) -> None:
        """Left out."""


def _caller() -> str:
    frame = sys._getframe(2)  # noqa: SLF001 - the public ways walk the whole stack
    return f"{frame.f_code.co_filename.rpartition('/')[2]}:{frame.f_lineno}"


class JsonErrorsWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Answers what cannot be read as a request in the one shape of errors, without a word of it."""

    def handle_error(self, req: object, client: Any, addr: object, exc: BaseException) -> None:  # noqa: ARG002
        is_callers = isinstance(exc, errors.ParseException) and not isinstance(
            exc, (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
        )
        status = next((status for kind, status in _STATUS if isinstance(exc, kind)), 400 if is_callers else 500)
        reference = secrets.token_hex(8)
        if is_callers:
            _log.warning("request_unreadable", status=status, reference=reference, kind=type(exc).__name__)
        else:
            _log.error("request_crashed", status=status, reference=reference, exc_info=exc)
        try:
            util.write_nonblock(client, _answer(status, reference))
        except Exception:  # noqa: BLE001 - the caller has gone, or does not read
            _log.debug("answer_unread", reference=reference)


def _answer(status: int, reference: str) -> bytes:
    code, message = SERVER_WORDS[status]
    body = orjson.dumps({"code": code, "message": message, "field": None, "items": [], "reference": reference})
    lines = (
        f"HTTP/1.1 {status} {_REASONS[status]}",
        "Connection: close",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        f"X-Request-Id: {reference}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
