"""Signed requests and tokens as Salesforce makes them, and as a forger would."""

import base64
import copy
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from accord.core.ids import OrgId
from accord.features.connections.model import CanvasSecret, Certificate
from accord.settings import Secret
from support.builders import NOON

HALDEN = OrgId("00D000000000001EAA")
OTHER = OrgId("00D000000000002EAA")
RILEY = "005000000000001AAA"
INSTANCE = "https://halden.my.salesforce.com"
PAGE = "https://halden.lightning.force.com"
CONSUMER_KEY = "3MVG9.halden"
SECRET = "consumer-secret-of-halden"
OTHER_SECRET = "consumer-secret-of-the-other"
TOKEN = "00D000000000001!AQcAQ.canvas-token-of-riley"
DEAL = "006000000000001AAA"
AUDIENCE = "https://accord.example"


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def a_canvas_body(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The JSON of a request that is good; `changes` by dotted path, `...` takes a key away."""
    body: dict[str, Any] = {
        "algorithm": "HMACSHA256",
        "issuedAt": milliseconds(NOON),
        "userId": RILEY,
        "client": {
            "oauthToken": TOKEN,
            "instanceUrl": INSTANCE,
            "targetOrigin": PAGE,
            "clientId": CONSUMER_KEY,
        },
        "context": {
            "user": {
                "userId": RILEY,
                "fullName": "Riley Okafor",
                "email": "riley@halden.example",
                "timeZone": "Europe/Oslo",
                "locale": "en_US",
                "currencyISOCode": "USD",
                "userType": "STANDARD",
            },
            "organization": {"organizationId": HALDEN, "currencyIsoCode": "EUR"},
            "environment": {"parameters": {"recordId": DEAL, "objectApiName": "Opportunity"}, "record": {}},
        },
    }
    for path, value in (changes or {}).items():
        _change(body, path.split("."), value)
    return body


def _change(body: dict[str, Any], path: Sequence[str], value: Any) -> None:
    *above, last = path
    for key in above:
        body = body[key]
    if value is ...:
        del body[last]
    else:
        body[last] = value


def signed(payload: bytes | str | Mapping[str, Any], secret: str = SECRET, *, url_safe: bool = False) -> str:
    """The text of the form field: bytes are encoded as they are, text is taken for the encoded body itself."""
    encode = base64.urlsafe_b64encode if url_safe else base64.b64encode
    if isinstance(payload, Mapping):
        payload = json.dumps(payload).encode()
    body = encode(payload).decode() if isinstance(payload, bytes) else payload
    mac = hmac.new(secret.encode(), body.encode(), sha256).digest()
    return f"{encode(mac).decode()}.{body}"


def a_signed_request(changes: Mapping[str, Any] | None = None, *, secret: str = SECRET) -> str:
    return signed(a_canvas_body(changes), secret)


def a_canvas_secret(org_id: OrgId = HALDEN, secret: str = SECRET, **changes: Any) -> CanvasSecret:
    facts = {"consumer_key": CONSUMER_KEY, "instance_url": INSTANCE, **changes}
    return CanvasSecret(org_id=org_id, secret=Secret(secret.encode()), **facts)


@dataclass(frozen=True)
class Signer:
    """A key of an org, and its certificate as an administrator uploads it."""

    private_pem: str
    certificate_pem: str

    @property
    def fingerprint(self) -> str:
        return x509.load_pem_x509_certificate(self.certificate_pem.encode()).fingerprint(hashes.SHA256()).hex()


@lru_cache
def a_signer(name: str = "halden", *, bits: int = 2048, valid_days: int = 30, begins_in_days: int = -1) -> Signer:
    """The same key for the same name: making one takes a while."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = NOON + timedelta(days=begins_in_days)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=valid_days))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Signer(private.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode())


def a_certificate(signer: Signer | None = None, **changes: Any) -> Certificate:
    signer = signer or a_signer()
    facts = {"org_id": HALDEN, "key_id": "Accord_JWT", "active": True, **changes}
    return Certificate(pem=signer.certificate_pem, fingerprint=signer.fingerprint, **facts)


def apex_claims(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The claims of a token that is good; `...` takes one away."""
    now = int(NOON.timestamp())
    claims = {
        "iss": HALDEN,
        "sub": RILEY,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + 120,
        "jti": "4f0c2f0e-token",
        "user_type": "Standard",
        "permissions": ["Accord_User"],
        "name": "Riley Okafor",
        "email": "riley@halden.example",
        "zoneinfo": "Europe/Oslo",
    }
    changed = {**claims, **copy.deepcopy(dict(changes or {}))}
    return {name: value for name, value in changed.items() if value is not ...}


def an_apex_token(
    changes: Mapping[str, Any] | None = None,
    *,
    signer: Signer | None = None,
    algorithm: str = "RS256",
    header: Mapping[str, Any] | None = None,
) -> str:
    """What Apex makes with Crypto.signWithCertificate: no `kid` unless the header names one."""
    key = (signer or a_signer()).private_pem
    return jwt.encode(apex_claims(changes), key, algorithm=algorithm, headers=dict(header or {}))


def raw_token(header: str, claims: str, *, signer: Signer | None = None) -> str:
    """A token of these very JSON texts, rightly signed by RS256."""
    body = ".".join(_segment(text.encode()) for text in (header, claims))
    key = serialization.load_pem_private_key((signer or a_signer()).private_pem.encode(), None)
    return f"{body}.{_segment(jwt.algorithms.RSAAlgorithm(hashes.SHA256).sign(body.encode(), key))}"  # type: ignore[arg-type]


def _segment(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()
