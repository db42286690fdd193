"""Secrets that are shown once, sealed for the page that asks for them.

Inside Lightning our answer goes through Apex, and an org's debug log may hold whatever Apex held. A page therefore
makes a key pair for this one answer and sends the public half: what carries the answer reads nothing.
"""

import base64
import binascii

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from accord.features.connections.rules import wrong
from accord.salesforce.model import AccessToken

SIZES = (2048, 4096)
"""Bits of the smallest and the largest key: a smaller one is too weak, a larger one only costs us time."""


def read_page_key(text: str | None) -> RSAPublicKey | None:
    """The key of a page; None when it sends none. Raises RejectedError."""
    if text is None:
        return None
    try:
        key = load_der_public_key(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, RSAPublicKey) or not SIZES[0] <= key.key_size <= SIZES[1]:
        raise wrong("public_key", "Send an RSA key of 2048 to 4096 bits as Base64 of its SPKI bytes.")
    return key


def shown(secret: AccessToken, key: RSAPublicKey | None, *, name: str) -> dict[str, str | None]:
    """The secret under its name, or sealed for the page whose key this is."""
    if key is None:
        return {name: secret.reveal(), "sealed": None}
    padding = OAEP(mgf=MGF1(algorithm=SHA256()), algorithm=SHA256(), label=None)
    return {name: None, "sealed": base64.b64encode(key.encrypt(secret.reveal().encode(), padding)).decode()}
