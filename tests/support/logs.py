"""What the program logs, as it would stand on standard error."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import StringIO

import structlog

from accord.infra.telemetry import set_up_logs


@contextmanager
def the_log() -> Iterator[StringIO]:
    """Gathers every line of the block, at the lowest level; afterwards logging is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = StringIO()
    try:
        with redirect_stderr(written):
            # the root's handlers are taken off first: setting logs up would close those of others
            root.handlers = []
            set_up_logs("debug")
            yield written
    finally:
        structlog.reset_defaults()
        root.handlers, root.level = handlers, level
