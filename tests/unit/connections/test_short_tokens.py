"""Tokens of our own: ids only, fifteen minutes, and nobody else's."""

import json
from datetime import timedelta

import jwt
import pytest

from accord.core.ids import ConnectionId, MemberId, SessionId, WorkspaceId
from accord.features.connections.canvas_text import decode
from accord.features.connections.model import RefusedTokenError
from accord.features.connections.tokens import LIFE, TokenIds, TokenKey, is_ours, issue_token, read_token
from accord.settings import Secret
from support.builders import NOON
from support.signed import AUDIENCE, an_apex_token

SIGNER = TokenKey(Secret(bytes(range(32))), AUDIENCE)
RILEY = TokenIds(WorkspaceId("w1"), ConnectionId("c1"), member_id=MemberId("m1"), session_id=SessionId("s1"))


def forged(**changes):
    now = int(NOON.timestamp())
    claims = {"iss": "accord", "aud": AUDIENCE, "sub": "member:m1", "wid": "w1", "cid": "c1", "jti": "j"}
    claims |= {"iat": now, "exp": now + 60, **changes}
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, SIGNER.key.value)


def test_a_token_brings_its_ids_back():
    token = issue_token(RILEY, SIGNER, NOON).token.reveal()

    assert read_token(token, SIGNER, NOON) == RILEY
    assert is_ours(token)


def test_a_clients_token_names_no_member():
    client = TokenIds(WorkspaceId("w1"), ConnectionId("c1"), client_id="accord-1")

    assert read_token(issue_token(client, SIGNER, NOON).token.reveal(), SIGNER, NOON) == client


def test_a_token_holds_ids_and_nothing_else():
    claims = json.loads(decode(issue_token(RILEY, SIGNER, NOON).token.reveal().split(".")[1]))

    assert set(claims) == {"iss", "aud", "sub", "wid", "cid", "sid", "iat", "exp", "jti"}


def test_a_token_ends_after_fifteen_minutes():
    short = issue_token(RILEY, SIGNER, NOON)

    assert short.expires_at == NOON + timedelta(minutes=15)
    with pytest.raises(RefusedTokenError) as refused:
        read_token(short.token.reveal(), SIGNER, NOON + LIFE)
    assert refused.value.check == "short_token_time"


@pytest.mark.parametrize(
    "token",
    [
        forged(exp=None),
        forged(sub=None),
        forged(wid=None),
        forged(aud="https://other.example"),
        forged(aud=[AUDIENCE]),
        forged(iss="somebody"),
        forged(exp=0),
        forged(iat=int(NOON.timestamp()) + 60),
        forged(iat=int(NOON.timestamp()) - 3600),  # exp lies in the future, but it is older than any of ours
        forged() + "x",
        jwt.encode(jwt.decode(forged(), options={"verify_signature": False}), "k" * 64, algorithm="HS256"),
        jwt.encode(jwt.decode(forged(), options={"verify_signature": False}), SIGNER.key.value * 2, algorithm="HS512"),
        "",
    ],
)
def test_a_forged_token_is_refused(token):
    with pytest.raises(RefusedTokenError):
        read_token(token, SIGNER, NOON)


@pytest.mark.parametrize(
    "token", ["", "a.b.c", an_apex_token(), an_apex_token({"iss": "accord"}), "x" * 10_000, forged(iss="x")]
)
def test_a_token_of_apex_or_of_nobody_is_not_taken_for_ours(token):
    assert not is_ours(token)


def test_a_token_shows_in_no_repr():
    short = issue_token(RILEY, SIGNER, NOON)

    assert short.token.reveal() not in repr(short) + str(short) + f"{short.token}"
    assert "Secret(…)" in repr(SIGNER)
