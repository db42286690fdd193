"""Allowances of the org: how many API calls a day and how many events an hour, and what of them is used."""

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

DAILY_CALLS = 100_000
HOURLY_EVENTS = 250_000  # Salesforce, Platform Event Allocations: publishing, Performance to Enterprise Edition
_STEP = timedelta(minutes=1)


class Allowance:
    """So many in a rolling window; what was used is given back as it leaves the window, to the minute. Thread-safe."""

    def __init__(self, clock: Callable[[], datetime], *, limit: int, window: timedelta) -> None:
        self.limit = limit
        self._clock = clock
        self._window = window
        self._lock = threading.Lock()
        self._buckets: deque[tuple[datetime, int]] = deque()
        self._used = 0

    @property
    def used(self) -> int:
        with self._lock:
            return self._current(self._clock())

    def take(self, number: int = 1) -> bool:
        """Uses some; False, and nothing is used, when that is more than there is."""
        with self._lock:
            now = self._clock()
            if self._current(now) + number > self.limit:
                return False
            if self._buckets and now - self._buckets[-1][0] < _STEP:
                since, so_far = self._buckets.pop()
                self._buckets.append((since, so_far + number))
            else:
                self._buckets.append((now, number))
            self._used += number
            return True

    def _current(self, now: datetime) -> int:
        while self._buckets and now - self._buckets[0][0] >= self._window:
            self._used -= self._buckets.popleft()[1]
        return self._used


class ApiUsage:
    """API calls of the last 24 hours. What is told of them may lag: it is counted anew only every `lag`."""

    def __init__(self, clock: Callable[[], datetime], *, limit: int = DAILY_CALLS) -> None:
        self.lag = timedelta(0)
        self._clock = clock
        self._calls = Allowance(clock, limit=limit, window=timedelta(days=1))
        self._told = 0
        self._told_at: datetime | None = None

    @property
    def limit(self) -> int:
        return self._calls.limit

    @limit.setter
    def limit(self, number: int) -> None:
        self._calls.limit = number

    @property
    def told(self) -> int:
        """The number of calls as the header and the limits resource have it."""
        now = self._clock()
        if self._told_at is None or now - self._told_at >= self.lag:
            self._told, self._told_at = self._calls.used, now
        return self._told

    def count(self) -> bool:
        """Counts one call; False when the limit is reached, and the call is not counted."""
        return self._calls.take()

    def header(self) -> str:
        """The value of Sforce-Limit-Info."""
        return f"api-usage={self.told}/{self.limit}"
