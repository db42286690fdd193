"""Our counters as a storage of the limits library, which Flask-Limiter counts in."""

from datetime import timedelta

from limits.storage import Storage

from accord.core.clock import Clock
from accord.infra.limits.counters import Counters

SCHEME = "accord-counters"


class CountersStorage(Storage):
    """The part that fixed windows need."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the library reads it so

    def __init__(self, _uri: str | None = None, *, counters: Counters, clock: Clock) -> None:
        super().__init__()
        self._counters = counters
        self._clock = clock

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return ()  # nothing is wrapped: whatever the database has is said by itself

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        assert amount == 1, "a request counts once"
        return self._counters.add(key, now=self._clock(), window=timedelta(seconds=expiry)).happened

    def get(self, key: str) -> int:
        tally = self._counters.find(key, now=self._clock())
        return 0 if tally is None else tally.happened

    def get_expiry(self, key: str) -> float:
        now = self._clock()
        tally = self._counters.find(key, now=now)
        return (now if tally is None else tally.ends_at).timestamp()

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        return None  # counts end with their windows

    def clear(self, key: str) -> None:
        self._counters.forget(key)
