"""Logins: access tokens of users. Only a digest is kept, here and in the data file."""

import hashlib
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

CREDENTIAL_PATTERN = "{org15}!AQE{secret}"


@dataclass(frozen=True, slots=True)
class Session:
    """Who is calling. `client` is the name of the app the token was issued to.

    `grant` is the approval that the token hangs on (grants.py), `issued_at` is in seconds; both are empty for tokens
    that the org gave out by itself.
    """

    user_id: str
    client: str
    consumer_key: str = ""
    scope: str = ""
    grant: str = ""
    issued_at: int = 0


class Sessions:
    """Thread-safe. `on_change` is told (digest, session or None) so that a data file can follow."""

    def __init__(
        self,
        *,
        org_id: str,
        known: Mapping[str, Session] | None = None,
        on_change: Callable[[str, Session | None], None] | None = None,
    ) -> None:
        self._org_id = org_id
        self._by_digest: dict[str, Session] = dict(known or {})
        self._on_change = on_change
        self._lock = threading.RLock()

    def issue(self, user_id: str, client: str = "") -> str:
        """A new access token, shaped like the platform's: 15-character org id, an exclamation mark, a secret."""
        return self.issue_session(Session(user_id=user_id, client=client))

    def issue_session(self, session: Session) -> str:
        """A new access token for a session whose facts are known."""
        token = CREDENTIAL_PATTERN.format(org15=self._org_id[:15], secret=secrets.token_urlsafe(64).replace("-", "."))
        self._set(digest_of(token), session)
        return token

    def end_grant(self, grant: str) -> int:
        """Ends all sessions that hang on a grant; answers how many there were."""
        with self._lock:
            doomed = [digest for digest, session in self._by_digest.items() if session.grant == grant]
            return sum(self._drop(digest) for digest in doomed)

    def end_app(self, client: str, *, user_id: str | None) -> int:
        """Ends an app's sessions, of one user or of everybody; answers how many there were."""
        with self._lock:
            doomed = [
                digest
                for digest, session in self._by_digest.items()
                if session.client == client and user_id in {None, session.user_id}
            ]
            return sum(self._drop(digest) for digest in doomed)

    def find(self, token: str) -> Session | None:
        with self._lock:
            return self._by_digest.get(digest_of(token))

    def revoke(self, token: str) -> bool:
        """True when the token was alive."""
        return self._drop(digest_of(token))

    def expire_all(self, user_id: str | None = None) -> int:
        """Ends all sessions of a user (of everybody without a user); answers how many there were."""
        with self._lock:
            doomed = [
                digest for digest, session in self._by_digest.items() if user_id is None or session.user_id == user_id
            ]
        return sum(self._drop(digest) for digest in doomed)

    def _set(self, digest: str, session: Session) -> None:
        with self._lock:
            self._by_digest[digest] = session
            if self._on_change:
                self._on_change(digest, session)

    def _drop(self, digest: str) -> bool:
        with self._lock:
            found = self._by_digest.pop(digest, None)
            if found is not None and self._on_change:
                self._on_change(digest, None)
            return found is not None


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
