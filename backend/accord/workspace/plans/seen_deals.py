"""Which deals Salesforce has shown to whom just now, so that a plan beside its deal costs no second call.

Kept in the memory of a process, for a minute: somebody who is not shown a deal any more is known here so long.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from accord.core.identity import Identity
from accord.core.ids import RecordId

SECONDS: Final = 60.0
MOST: Final = 10_000

_Key = tuple[str, str | None, str | None, RecordId]


@dataclass(frozen=True, slots=True)
class Sighting:
    """`until`: on the clock of `Seen`. `stage`: how far the deal is, in percent; None where he may not know."""

    until: float
    stage: int | None


class Seen:
    """Safe to share between threads. `now` gives seconds that never go back."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._known: OrderedDict[_Key, Sighting] = OrderedDict()
        self._lock = Lock()

    def note(self, caller: Identity, deal: RecordId, stage: int | None) -> None:
        """Salesforce has shown this deal to him."""
        with self._lock:
            self._known[_key(caller, deal)] = Sighting(self._now() + SECONDS, stage)
            self._known.move_to_end(_key(caller, deal))
            while len(self._known) > MOST:
                self._known.popitem(last=False)

    def find(self, caller: Identity, deal: RecordId) -> Sighting | None:
        with self._lock:
            found = self._known.get(_key(caller, deal))
        return found if found is not None and found.until > self._now() else None


def _key(caller: Identity, deal: RecordId) -> _Key:
    return caller.connection_id, caller.member_id, caller.session_id, deal
