"""Our own short tokens: HS256, ids only, fifteen minutes. A new one comes from a new proof, never from the old one."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from accord.core.ids import ConnectionId, MemberId, SessionId, WorkspaceId
from accord.features.connections.canvas_text import decode, read_json
from accord.features.connections.model import RefusedTokenError, ShortToken
from accord.salesforce.model import AccessToken
from accord.settings import Secret

ISSUER = "accord"
ALGORITHM = "HS256"
LIFE = timedelta(minutes=15)
LONGEST = 4 * 1024
_REQUIRED = ["exp", "iat", "iss", "sub", "aud", "jti", "wid", "cid"]


@dataclass(frozen=True, slots=True)
class TokenIds:
    """Whom a token stands for: a member (with the Canvas session, or the client, that is behind it), or a client."""

    workspace_id: WorkspaceId
    connection_id: ConnectionId
    member_id: MemberId | None = None
    session_id: SessionId | None = None
    client_id: str | None = None


@dataclass(frozen=True, slots=True)
class TokenKey:
    """What signs our tokens and for whom they are: nobody but us."""

    key: Secret
    public_url: str


def issue_token(ids: TokenIds, signer: TokenKey, now: datetime) -> ShortToken:
    """A token that ends fifteen minutes from now."""
    expires_at = (now + LIFE).replace(microsecond=0)
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": signer.public_url,
        "sub": f"member:{ids.member_id}" if ids.member_id else f"client:{ids.client_id}",
        "wid": ids.workspace_id,
        "cid": ids.connection_id,
        "iat": int(now.timestamp()),
        "exp": int(expires_at.timestamp()),
        "jti": secrets.token_urlsafe(12),
    }
    if ids.session_id:
        claims["sid"] = ids.session_id
    if ids.member_id and ids.client_id:
        claims["by"] = ids.client_id
    text = jwt.encode(claims, signer.key.value, algorithm=ALGORITHM)
    return ShortToken(token=AccessToken(text), expires_at=expires_at.astimezone(UTC))


def is_ours(token: str) -> bool:
    """Whether the token says that we made it. Unverified: it only chooses the verifier."""
    header, _, rest = token.partition(".")
    if len(token) > LONGEST or read_json(decode(header)).value.get("alg") != ALGORITHM:
        return False
    return read_json(decode(rest.partition(".")[0])).value.get("iss") == ISSUER


def read_token(token: str, signer: TokenKey, now: datetime) -> TokenIds:
    """The ids of a token of ours. Raises RefusedTokenError when it is not ours, or over."""
    try:
        claims = jwt.decode(
            token,
            signer.key.value,
            algorithms=[ALGORITHM],
            audience=signer.public_url,
            issuer=ISSUER,
            # times are judged below, against the clock that was passed in
            options={
                "require": _REQUIRED,
                "strict_aud": True,
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
    except (jwt.PyJWTError, RecursionError):
        raise RefusedTokenError("short_token", "This sign-in is not valid. Reload the page.") from None
    if not int(claims["iat"]) - 5 <= now.timestamp() < min(int(claims["exp"]), int(claims["iat"]) + LIFE.seconds):
        raise RefusedTokenError("short_token_time", "This sign-in is over. Reload the page.")
    kind, _, who = str(claims["sub"]).partition(":")
    return TokenIds(
        workspace_id=WorkspaceId(claims["wid"]),
        connection_id=ConnectionId(claims["cid"]),
        member_id=MemberId(who) if kind == "member" else None,
        session_id=SessionId(claims["sid"]) if "sid" in claims else None,
        client_id=who if kind == "client" else claims.get("by"),
    )
