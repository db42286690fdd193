"""Structured logs. A line has a static event name and ids; anything that is not on the list is left out.

Values of fields, tokens and texts of people therefore cannot reach a log by accident.
"""

import json
import logging
import sys
import threading
from collections.abc import MutableMapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import structlog

# keys that may stand in a line: ids, counts, codes, times. Add one only when it can never hold a field's value.
ALLOWED = frozenset(
    [
        "event",
        "level",
        "timestamp",
        "logger",
        "exception_type",
        "exception_at",
        "place",
        "reference",
        "method",
        "route",
        "status",
        "milliseconds",
        "workspace_id",
        "connection_id",
        "member_id",
        "session_id",
        "plan_id",
        "intent_id",
        "claim_id",
        "org_id",
        "record_id",
        "sobject",
        "field_names",
        "code",
        "recovery",
        "count",
        "attempts",
        "run_at",
        "role",
        "reason",
        "setting",
        "host",
        "port",
        "version",
        "engine",
        "retry_after",
        "worker",
        "kind",
        "outcome",
        "fingerprint",
    ]
)


def _only_allowed(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in line.items() if key in ALLOWED}


def _exception_without_values(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The type of an exception and where it rose: its text and its locals may hold what must not be logged."""
    found = line.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        line.update(_without_values(error))
    return line


def _without_values(error: BaseException) -> dict[str, str]:
    trace = error.__traceback__
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return {"exception_type": type(error).__qualname__, "exception_at": " > ".join(places[-6:])}


class WordlessFormatter(logging.Formatter):
    """A line of a library: who, how grave, where in its code, and which exception. Its words may quote anything."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "event": "library",
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
            "place": f"{record.filename}:{record.lineno}",
        }
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        return json.dumps({**line, **(_without_values(error) if error is not None else {})})


def log_stray_exceptions() -> None:
    """What nobody caught, in the main thread or another, goes to our log and not with its text to standard error."""

    def in_main(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        structlog.get_logger().critical("program_crashed", exc_info=error)

    def in_thread(found: threading.ExceptHookArgs) -> None:
        structlog.get_logger().critical("thread_crashed", exc_info=found.exc_value)

    sys.excepthook = in_main
    threading.excepthook = in_thread


def set_up_logs(level: str) -> None:
    """Logs as JSON lines on standard error, for our lines and for those of libraries (by their event name only)."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _exception_without_values,
            _only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    # libraries log request bodies and headers at their leisure: only their warnings, without the text
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WordlessFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
