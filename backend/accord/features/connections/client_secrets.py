"""Secrets of applications: made by us, kept as scrypt, compared in constant time, and wrong tries are counted."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from accord.core.errors import TooManyRequestsError
from accord.infra.limits import Counters
from accord.salesforce.model import AccessToken

SECRET_BYTES = 32
SALT_BYTES = 16
# 16 MB and about 50 ms for one try
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}

WRONG_TRIES = 10
WINDOW = timedelta(minutes=5)


def new_client_id() -> str:
    return "accord-" + secrets.token_hex(12)


def new_secret() -> AccessToken:
    return AccessToken(secrets.token_urlsafe(SECRET_BYTES))


def hash_secret(secret: str) -> bytes:
    """Salt and scrypt hash."""
    salt = secrets.token_bytes(SALT_BYTES)
    return salt + hashlib.scrypt(secret.encode(), salt=salt, **_COST)


def fits(secret: str, secret_hash: bytes) -> bool:
    found = hashlib.scrypt(secret.encode(), salt=secret_hash[:SALT_BYTES], **_COST)
    return hmac.compare_digest(found, secret_hash[SALT_BYTES:])


# what an unknown client is compared with, so that it takes as long as a known one
NOBODY = bytes(SALT_BYTES + 32)


class WrongTries:
    """Counts wrong tries by client and address. The address is part of it, so that a stranger who knows a client id
    cannot lock its owner out.
    """

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    def check(self, client_id: str, address: str, now: datetime) -> None:
        """Raises TooManyRequestsError when this client was tried wrongly too often of late from this address."""
        tally = self._counters.find(_name(client_id, address), now=now)
        if tally is not None and tally.happened >= WRONG_TRIES:
            raise TooManyRequestsError(
                "Too many wrong tries. Wait a few minutes and try again.",
                retry_after=(tally.ends_at - now).total_seconds(),
            )

    def count(self, client_id: str, address: str, now: datetime) -> None:
        self._counters.add(_name(client_id, address), now=now, window=WINDOW)

    def forget(self, client_id: str, address: str) -> None:
        self._counters.forget(_name(client_id, address))


def _name(client_id: str, address: str) -> str:
    return f"wrong secret|{address}|{client_id}"
