"""Secrets of applications: made by us, kept as scrypt, compared in constant time, and wrong tries are counted."""

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from accord.core.errors import AccordError
from accord.salesforce.model import AccessToken

SECRET_BYTES = 32
SALT_BYTES = 16
# 16 MB and about 50 ms for one try
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}

WRONG_TRIES = 10
WINDOW = timedelta(minutes=5)
REMEMBERED = 10_000


class TooManyTriesError(AccordError):
    """Somebody guesses. `retry_after` is in seconds."""

    code = "TOO_MANY_REQUESTS"

    def __init__(self, retry_after: float) -> None:
        super().__init__("Too many wrong tries. Wait a few minutes and try again.")
        self.retry_after = retry_after


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
    """Counts wrong tries by client and address, in this process. The address is part of it, so that a stranger who
    knows a client id cannot lock its owner out.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tries: OrderedDict[tuple[str, str], list[datetime]] = OrderedDict()

    def check(self, client_id: str, address: str, now: datetime) -> None:
        """Raises TooManyTriesError when this client was tried wrongly too often of late from this address."""
        with self._lock:
            recent = self._recent((client_id, address), now)
            if len(recent) >= WRONG_TRIES:
                raise TooManyTriesError((recent[0] + WINDOW - now).total_seconds())

    def count(self, client_id: str, address: str, now: datetime) -> None:
        with self._lock:
            key = (client_id, address)
            self._tries[key] = [*self._recent(key, now), now]
            self._tries.move_to_end(key)
            while len(self._tries) > REMEMBERED:
                self._tries.popitem(last=False)

    def forget(self, client_id: str, address: str) -> None:
        with self._lock:
            self._tries.pop((client_id, address), None)

    def _recent(self, key: tuple[str, str], now: datetime) -> list[datetime]:
        return [at for at in self._tries.get(key, []) if now - at < WINDOW]
