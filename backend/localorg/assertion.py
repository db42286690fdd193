"""Checks of a JWT bearer assertion, with the platform's own words for each refusal.

Texts: recorded answers of the token endpoint ("user hasn't approved this consumer", "expired authorization code") and
Salesforce's help, "OAuth 2.0 JWT Bearer Flow" and "OAuth Authorization Errors" (the others).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from localorg.setup import ConnectedApp
from localorg.sign_in import Refusal, TokenRefused

LEEWAY = timedelta(seconds=30)
"""The real server allows for clocks that differ: a tool in wide use sends exp = now. The size is a guess."""

_LONGEST_LIFE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Assertion:
    """A verified assertion: the app that signed it and the user name that it asks for."""

    app: ConnectedApp
    username: str


def verify_assertion(
    text: str,
    *,
    find_app: Callable[[str], ConnectedApp | None],
    audiences: Collection[str],
    now: datetime,
) -> Assertion:
    """Raises TokenRefused. `exp` may be a number or its digits as a string (simple-salesforce sends a string)."""
    claims = _unverified(text)
    issuer = claims.get("iss")
    app = find_app(issuer) if isinstance(issuer, str) else None
    if app is None:
        raise TokenRefused(Refusal.UNKNOWN_CLIENT)
    _verify_signature(text, app)
    if not _audience_is_ours(claims.get("aud"), audiences):
        raise TokenRefused(Refusal.WRONG_AUDIENCE)
    expires = _seconds(claims.get("exp"))
    if expires + LEEWAY.total_seconds() < now.timestamp():
        raise TokenRefused(Refusal.EXPIRED_CODE)
    if expires > (now + _LONGEST_LIFE + LEEWAY).timestamp():
        raise TokenRefused(Refusal.EXPIRED_CODE)
    username = claims.get("sub", claims.get("prn"))  # prn: the older name of the claim, still accepted
    if not isinstance(username, str) or not username:
        raise TokenRefused(Refusal.WRONG_ASSERTION)
    return Assertion(app, username)


def _unverified(text: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(text, options={"verify_signature": False})
    except jwt.PyJWTError as problem:
        raise TokenRefused(Refusal.WRONG_ASSERTION) from problem
    return claims


def _verify_signature(text: str, app: ConnectedApp) -> None:
    try:
        certificate = x509.load_pem_x509_certificate((app.certificate_pem or "").encode())
        key = certificate.public_key()
        assert isinstance(key, rsa.RSAPublicKey)
        # the signature alone: the claims are checked here, by the org's clock and in the platform's words
        jwt.PyJWS().decode(text, key, algorithms=["RS256"])
    except (jwt.PyJWTError, ValueError, AssertionError) as problem:
        raise TokenRefused(Refusal.WRONG_ASSERTION) from problem


def _audience_is_ours(audience: Any, audiences: Collection[str]) -> bool:
    named = audience if isinstance(audience, list) else [audience]
    return any(isinstance(item, str) and item.rstrip("/") in audiences for item in named)


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TokenRefused(Refusal.WRONG_ASSERTION)
    try:
        return float(value)
    except ValueError as problem:
        raise TokenRefused(Refusal.WRONG_ASSERTION) from problem
