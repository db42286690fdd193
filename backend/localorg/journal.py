"""The journal of committed effects: what really happened in the org, in order. It is the oracle of fault tests."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One committed write of one record.

    `op` is insert, update or delete; an upsert is journalled as what it turned out to be. `before` and `after` hold
    only fields whose value changed, without audit fields and formulas; both are empty when an update changed nothing.
    `user` is the id of the writer. `client` is what the caller named in Sforce-Call-Options, or its session's client.
    """

    seq: int
    at: datetime
    user: str
    op: str
    object: str
    id: str
    external_id: str | None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    request_id: str = ""
    client: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "seq": self.seq,
            "at": self.at.isoformat(),
            "user": self.user,
            "op": self.op,
            "object": self.object,
            "id": self.id,
            "external_id": self.external_id,
            "before": dict(self.before),
            "after": dict(self.after),
            "request_id": self.request_id,
            "client": self.client,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "JournalEntry":
        return cls(**{**stored, "at": datetime.fromisoformat(stored["at"])})


class Journal:
    """Append-only and readable from any thread; `wait` lets a page follow it without asking again and again."""

    def __init__(self, entries: Sequence[JournalEntry] = ()) -> None:
        self._entries: list[JournalEntry] = list(entries)
        self._grown = threading.Condition()

    @property
    def last_seq(self) -> int:
        with self._grown:
            return self._entries[-1].seq if self._entries else 0

    def entries(self, after: int = 0) -> list[JournalEntry]:
        """All entries with a sequence number beyond `after`, oldest first."""
        with self._grown:
            return self._beyond(after)

    def wait(self, after: int, timeout: float) -> list[JournalEntry]:
        """Entries beyond `after`; blocks until there is one, at most `timeout` seconds, then answers an empty list."""
        deadline = time.monotonic() + timeout
        with self._grown:
            while True:
                found = self._beyond(after)
                rest = deadline - time.monotonic()
                if found or rest <= 0:
                    return found
                self._grown.wait(rest)

    def append(self, entries: Sequence[JournalEntry]) -> None:
        """Called by the org at commit, under its lock, so that sequence numbers have no gap."""
        if not entries:
            return
        with self._grown:
            self._entries.extend(entries)
            self._grown.notify_all()

    def _beyond(self, after: int) -> list[JournalEntry]:
        # Sequence numbers start at 1 and have no gaps: the position is the number.
        return self._entries[max(after, 0) :]
