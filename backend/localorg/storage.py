"""The data file: everything that was committed, in SQLite, so that a restart finds the org as it was."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from localorg.journal import JournalEntry
from localorg.records import Row
from localorg.sessions import Session

_TABLES = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record (object TEXT, id TEXT, data TEXT NOT NULL, PRIMARY KEY (object, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS session (digest TEXT PRIMARY KEY, user_id TEXT NOT NULL, client TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session_facts (digest TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refresh_token (digest TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
"""


class DataFile:
    """One SQLite file, one writer. Survives the end of the process at any moment; see `commit`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        # NORMAL in WAL mode never loses a commit when the process dies; only a power cut could, which is no test here.
        self._connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _TABLES)

    def facts(self) -> dict[str, Any]:
        return {name: json.loads(value) for name, value in self._select("SELECT name, value FROM fact")}

    def rows(self) -> dict[str, dict[str, Row]]:
        found: dict[str, dict[str, Row]] = {}
        for sobject, record_id, data in self._select("SELECT object, id, data FROM record ORDER BY object, id"):
            found.setdefault(sobject, {})[record_id] = json.loads(data)
        return found

    def journal(self) -> list[JournalEntry]:
        stored = self._select("SELECT data FROM journal ORDER BY seq")
        return [JournalEntry.from_json(json.loads(data)) for (data,) in stored]

    def sessions(self) -> dict[str, Session]:
        stored = self._select(
            "SELECT digest, user_id, client, data FROM session LEFT JOIN session_facts USING (digest)"
        )
        return {
            digest: Session(user_id=user_id, client=client, **(json.loads(data) if data else {}))
            for digest, user_id, client, data in stored
        }

    def refresh_tokens(self) -> dict[str, dict[str, Any]]:
        return {digest: json.loads(data) for digest, data in self._select("SELECT digest, data FROM refresh_token")}

    def commit(
        self,
        *,
        rows: Iterable[tuple[str, str, Row | None]] = (),
        entries: Iterable[JournalEntry] = (),
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        """Writes all of it or nothing."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for sobject, record_id, row in rows:
                    if row is None:
                        self._connection.execute("DELETE FROM record WHERE object=? AND id=?", (sobject, record_id))
                    else:
                        self._connection.execute(
                            "INSERT OR REPLACE INTO record VALUES (?, ?, ?)", (sobject, record_id, json.dumps(row))
                        )
                self._connection.executemany(
                    "INSERT INTO journal VALUES (?, ?)", [(one.seq, json.dumps(one.as_json())) for one in entries]
                )
                self._connection.executemany(
                    "INSERT OR REPLACE INTO fact VALUES (?, ?)",
                    [(name, json.dumps(value)) for name, value in (facts or {}).items()],
                )
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def keep_session(self, digest: str, session: Session | None) -> None:
        with self._lock:
            if session is None:
                self._connection.execute("DELETE FROM session WHERE digest=?", (digest,))
                self._connection.execute("DELETE FROM session_facts WHERE digest=?", (digest,))
                return
            facts = asdict(session)
            values = (digest, facts.pop("user_id"), facts.pop("client"))
            if session.consumer_key:
                data = json.dumps(facts)
                # first: a session that is there without its grant would outlive it
                self._connection.execute("INSERT OR REPLACE INTO session_facts VALUES (?, ?)", (digest, data))
            self._connection.execute("INSERT OR REPLACE INTO session VALUES (?, ?, ?)", values)

    def keep_refresh_token(self, digest: str, facts: Mapping[str, Any] | None) -> None:
        with self._lock:
            if facts is None:
                self._connection.execute("DELETE FROM refresh_token WHERE digest=?", (digest,))
            else:
                values = (digest, json.dumps(facts))
                self._connection.execute("INSERT OR REPLACE INTO refresh_token VALUES (?, ?)", values)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _select(self, statement: str) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement).fetchall()
