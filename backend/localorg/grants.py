"""What users have allowed apps: authorization codes, and refresh tokens with their rotation and reuse detection.

A grant is one "Allow" of one user for one app. It has one living refresh token; every access token that was made from
it ends with it. Only digests of tokens are kept, here and in the data file.
"""

import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from localorg.sessions import Session, Sessions, digest_of

CODE_LIFE = timedelta(minutes=15)  # Salesforce help, "OAuth 2.0 Web Server Flow": a code expires after 15 minutes
TOKENS_PER_USER_AND_APP = 5  # Salesforce help: the sixth approval revokes the oldest token
_PREFIX = "5Aep861"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who allowed what: the user's id, the consumer key and name of the app, and the scopes, parted by spaces."""

    user_id: str
    consumer_key: str
    app_name: str
    scope: str

    @property
    def offline(self) -> bool:
        """Whether a refresh token goes with it."""
        return not {"refresh_token", "offline_access", "full"}.isdisjoint(self.scope.split())


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code that was handed out. `challenge` is the S256 challenge, or None without PKCE."""

    approval: Approval
    redirect_uri: str
    challenge: str | None
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """One refresh token of a grant. A rotated one is kept as used, so that its second use is noticed."""

    grant: str
    user_id: str
    consumer_key: str
    app_name: str
    scope: str
    issued_at: str  # ISO 8601
    used: bool = False

    @property
    def approval(self) -> Approval:
        return Approval(self.user_id, self.consumer_key, self.app_name, self.scope)


@dataclass(frozen=True, slots=True)
class Made:
    """A fresh access token, and the refresh token that goes with it, if any."""

    approval: Approval
    access_token: str
    refresh_token: str | None


@dataclass(frozen=True, slots=True)
class GrantCounts:
    """What tests look at: refreshes that were answered, and used refresh tokens that came again."""

    refreshes: int = 0
    reuses: int = 0


class Grants:
    """Thread-safe. `on_change` is told (digest, token or None) so that a data file can follow."""

    def __init__(
        self,
        sessions: Sessions,
        *,
        clock: Callable[[], datetime],
        known: Mapping[str, Mapping[str, Any]] | None = None,
        on_change: Callable[[str, Mapping[str, Any] | None], None] | None = None,
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._on_change = on_change
        self._lock = threading.RLock()
        self._codes: dict[str, Code] = {}
        self._spent_codes: set[str] = set()
        self._tokens = {digest: RefreshToken(**facts) for digest, facts in (known or {}).items()}
        self._counts = GrantCounts()

    @property
    def counts(self) -> GrantCounts:
        with self._lock:
            return self._counts

    def issue_code(self, approval: Approval, *, redirect_uri: str, challenge: str | None) -> str:
        """A code for the redirect; good for fifteen minutes and once."""
        code = f"aPrx{secrets.token_urlsafe(48)}"
        with self._lock:
            self._codes[digest_of(code)] = Code(approval, redirect_uri, challenge, self._clock())
        return code

    def take_code(self, code: str) -> Code | None:
        """The code's facts, once. None for one that was never issued, was taken before, or is over."""
        digest = digest_of(code)
        with self._lock:
            found = self._codes.pop(digest, None)
            if found is None:
                return None
            self._spent_codes.add(digest)
            return found if self._clock() < found.issued_at + CODE_LIFE else None

    def knew_code(self, code: str) -> bool:
        """Whether this was a code of ours that has been taken."""
        with self._lock:
            return digest_of(code) in self._spent_codes

    def has_approved(self, user_id: str, consumer_key: str, scopes: Iterable[str]) -> bool:
        """Whether the user has allowed the app these scopes before, and the grant is alive."""
        wanted = set(scopes)
        with self._lock:
            alive = self._alive(user_id, consumer_key)
            return any(wanted <= set(token.scope.split()) for _, token in alive)

    def open_grant(self, approval: Approval) -> Made:
        """Tokens for an approval that was just given. A user's sixth refresh token for an app ends his oldest."""
        with self._lock:
            if not approval.offline:
                return Made(approval, self._access_token(approval, grant=""), None)
            alive = self._alive(approval.user_id, approval.consumer_key)
            for _, token in alive[: max(0, len(alive) - TOKENS_PER_USER_AND_APP + 1)]:
                self._end(token.grant)
            grant = secrets.token_hex(16)
            return Made(approval, self._access_token(approval, grant=grant), self._refresh_token(approval, grant=grant))

    def refresh(self, refresh_token: str, *, consumer_key: str, rotate: bool) -> Made | None:
        """A new access token, and a new refresh token when the app rotates them.

        None for a token that is not alive or belongs to another app. A used one that comes again ends its whole grant:
        somebody else has a copy, and nobody can say who.
        """
        digest = digest_of(refresh_token)
        with self._lock:
            token = self._tokens.get(digest)
            if token is None or token.consumer_key != consumer_key:
                return None
            if token.used:
                self._counts = replace(self._counts, reuses=self._counts.reuses + 1)
                self._end(token.grant)
                return None
            self._counts = replace(self._counts, refreshes=self._counts.refreshes + 1)
            fresh = None
            if rotate:
                self._keep(digest, replace(token, used=True))
                fresh = self._refresh_token(token.approval, grant=token.grant)
            return Made(token.approval, self._access_token(token.approval, grant=token.grant), fresh)

    def find(self, refresh_token: str) -> RefreshToken | None:
        """A refresh token that is alive."""
        with self._lock:
            token = self._tokens.get(digest_of(refresh_token))
            return None if token is None or token.used else token

    def revoke(self, refresh_token: str) -> bool:
        """Ends the grant of a refresh token, with all its access tokens. False when it was not alive."""
        with self._lock:
            token = self.find(refresh_token)
            if token is None:
                return False
            self._end(token.grant)
            return True

    def revoke_login(self, access_token: str) -> None:
        """Ends everything that the token's user has with the token's app."""
        session = self._sessions.find(access_token)
        if session is not None:
            self.revoke_app(session.client, user_id=session.user_id)

    def revoke_app(self, app_name: str, *, user_id: str | None = None) -> None:
        """Ends all refresh and access tokens of an app: of one user, or of everybody. What Setup calls "Revoke"."""
        with self._lock:
            for grant in {
                token.grant
                for token in self._tokens.values()
                if token.app_name == app_name and user_id in {None, token.user_id}
            }:
                self._end(grant)
            self._sessions.end_app(app_name, user_id=user_id)

    def _alive(self, user_id: str, consumer_key: str) -> list[tuple[str, RefreshToken]]:
        """The living refresh tokens of a user for an app, oldest first."""
        found = [
            (digest, token)
            for digest, token in self._tokens.items()
            if (token.user_id, token.consumer_key) == (user_id, consumer_key) and not token.used
        ]
        return sorted(found, key=lambda item: item[1].issued_at)

    def _end(self, grant: str) -> None:
        for digest in [digest for digest, token in self._tokens.items() if token.grant == grant]:
            self._keep(digest, None)
        self._sessions.end_grant(grant)

    def _access_token(self, approval: Approval, *, grant: str) -> str:
        facts = Session(
            user_id=approval.user_id,
            client=approval.app_name,
            consumer_key=approval.consumer_key,
            scope=approval.scope,
            grant=grant,
            issued_at=int(self._clock().timestamp()),
        )
        return self._sessions.issue_session(facts)

    def _refresh_token(self, approval: Approval, *, grant: str) -> str:
        text = _PREFIX + secrets.token_urlsafe(60).replace("-", ".")
        token = RefreshToken(
            grant=grant,
            user_id=approval.user_id,
            consumer_key=approval.consumer_key,
            app_name=approval.app_name,
            scope=approval.scope,
            issued_at=self._clock().isoformat(),
        )
        self._keep(digest_of(text), token)
        return text

    def _keep(self, digest: str, token: RefreshToken | None) -> None:
        if token is None:
            self._tokens.pop(digest, None)
        else:
            self._tokens[digest] = token
        if self._on_change:
            self._on_change(digest, None if token is None else asdict(token))
