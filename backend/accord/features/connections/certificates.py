"""X.509 certificates of orgs: what may be registered, and the key inside."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from accord.core.errors import Problem, RejectedError
from accord.features.connections.model import PrivateKey
from accord.settings import Secret

SMALLEST_KEY = 2048
LONGEST_PEM = 16 * 1024


@dataclass(frozen=True, slots=True)
class ReadCertificate:
    """A certificate as it was read. `fingerprint` is SHA-256 of the whole certificate, in hex."""

    key: RSAPublicKey
    fingerprint: str
    not_before: datetime
    not_after: datetime

    @property
    def is_strong(self) -> bool:
        return self.key.key_size >= SMALLEST_KEY

    def is_current(self, now: datetime) -> bool:
        return self.not_before <= now <= self.not_after


@lru_cache(maxsize=256)
def read_certificate(pem: str) -> ReadCertificate:
    """The certificate in a PEM text. Raises RejectedError when it is none, or its key is not RSA."""
    if len(pem) > LONGEST_PEM:
        raise _rejected("This file is too long for a certificate.")
    try:
        found = x509.load_pem_x509_certificate(pem.encode())
        key = found.public_key()
    except ValueError:
        raise _rejected("This is no certificate. Download it from Certificate and Key Management as .crt.") from None
    if not isinstance(key, RSAPublicKey):
        raise _rejected("The certificate's key must be RSA: Salesforce signs with RS256.")
    return ReadCertificate(
        key=key,
        fingerprint=found.fingerprint(hashes.SHA256()).hex(),
        not_before=found.not_valid_before_utc,
        not_after=found.not_valid_after_utc,
    )


def pem_of(content: bytes) -> str:
    """The PEM text of a certificate's file; Setup and browsers also give the binary form. Raises RejectedError."""
    if b"-----BEGIN" in content:
        return content.decode("ascii", errors="replace")
    try:
        return x509.load_der_x509_certificate(content).public_bytes(Encoding.PEM).decode()
    except ValueError:
        raise _rejected("This is no certificate. Download it from Certificate and Key Management as .crt.") from None


def check_registrable(pem: str, now: datetime) -> ReadCertificate:
    """The certificate, fit to be trusted from `now` on. Raises RejectedError that says what is wrong with it."""
    found = read_certificate(pem)
    if not found.is_strong:
        raise _rejected(f"The key has {found.key.key_size} bits. Make a certificate with at least {SMALLEST_KEY}.")
    if now > found.not_after:
        raise _rejected(f"The certificate ended on {found.not_after:%Y-%m-%d}. Make a new one.")
    if now < found.not_before:
        raise _rejected(f"The certificate begins on {found.not_before:%Y-%m-%d}. Register it then.")
    return found


def checked_private_key(pem: str) -> PrivateKey:
    """The same text as a key to sign with. Raises RejectedError unless it is RSA of at least 2048 bits, in PEM form
    and without a pass phrase.
    """
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        message = "This is no private key in PEM form, or it has a pass phrase."
        raise _rejected(message, field="private_key") from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < SMALLEST_KEY:
        raise _rejected(f"The private key must be RSA with at least {SMALLEST_KEY} bits.", field="private_key")
    return PrivateKey(Secret(pem.encode()))


def _rejected(message: str, *, field: str = "certificate") -> RejectedError:
    return RejectedError(message, problems=(Problem(code="INVALID_VALUE", field=field, message=message),))
