"""Structured logs. A line has a static event name and ids; anything that is not on the list is left out.

Values of fields, tokens and texts of people therefore cannot reach a log by accident.
"""

import logging
import sys
from collections.abc import MutableMapping
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
        line["exception_type"] = type(error).__qualname__
        trace = error.__traceback__
        places = []
        while trace is not None:
            places.append(f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
            trace = trace.tb_next
        line["exception_at"] = " > ".join(places[-6:])
    return line


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
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s", stream=sys.stderr, force=True)
