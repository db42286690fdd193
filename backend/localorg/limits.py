"""The open cursors of long queries."""

import itertools
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from localorg.ids import base62, widen

CURSORS_LIVE = timedelta(days=2)
_OPEN_CURSORS = 1000


@dataclass(frozen=True, slots=True)
class Cursor:
    id: str
    user_id: str
    records: list[dict[str, Any]]
    batch: int
    opened_at: datetime


class Cursors:
    """Results of which only the first batch has been answered. Salesforce keeps them for two days, without a number.

    This org forgets the oldest of a thousand, so that a long run does not fill the memory.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._open: OrderedDict[str, Cursor] = OrderedDict()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def open(self, records: list[dict[str, Any]], *, user_id: str, batch: int) -> Cursor:
        with self._lock:
            cursor_id = widen(f"0r8000{base62(next(self._numbers), 9)}")
            cursor = Cursor(id=cursor_id, user_id=user_id, records=records, batch=batch, opened_at=self._clock())
            self._open[cursor_id] = cursor
            while len(self._open) > _OPEN_CURSORS:
                self._open.popitem(last=False)
            return cursor

    def find(self, cursor_id: str, *, user_id: str) -> Cursor | None:
        with self._lock:
            cursor = self._open.get(cursor_id)
            if cursor is None or self._clock() - cursor.opened_at > CURSORS_LIVE:
                self._open.pop(cursor_id, None)
                return None
            return cursor if cursor.user_id == user_id else None
