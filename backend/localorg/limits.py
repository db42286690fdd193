"""The open cursors of long queries."""

import itertools
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from localorg.ids import base62, widen

_OPEN_CURSORS = 100


@dataclass(frozen=True, slots=True)
class Cursor:
    id: str
    user_id: str
    records: list[dict[str, Any]]
    batch: int


class Cursors:
    """Results of which only the first batch has been answered. The oldest are forgotten first."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, Cursor] = OrderedDict()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def open(self, records: list[dict[str, Any]], *, user_id: str, batch: int) -> Cursor:
        with self._lock:
            cursor_id = widen(f"01g000{base62(next(self._numbers), 9)}")
            cursor = Cursor(id=cursor_id, user_id=user_id, records=records, batch=batch)
            self._open[cursor_id] = cursor
            while len(self._open) > _OPEN_CURSORS:
                self._open.popitem(last=False)
            return cursor

    def find(self, cursor_id: str, *, user_id: str) -> Cursor | None:
        with self._lock:
            cursor = self._open.get(cursor_id)
            return cursor if cursor is not None and cursor.user_id == user_id else None
