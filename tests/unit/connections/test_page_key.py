"""A secret that is shown once, sealed for the page that asks: what carries the answer reads nothing (S1)."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from accord.core.errors import RejectedError
from accord.features.connections.page_key import read_page_key, shown
from accord.salesforce.model import AccessToken

SECRET = AccessToken("a-secret-of-forty-three-letters")


def text_of(key) -> str:
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.fixture(scope="module")
def private() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def test_only_the_page_that_asked_reads_the_secret(private):
    said = shown(SECRET, read_page_key(text_of(private.public_key())), name="client_secret")

    assert said["client_secret"] is None
    assert SECRET.reveal() not in str(said)
    padding = OAEP(mgf=MGF1(algorithm=SHA256()), algorithm=SHA256(), label=None)
    assert private.decrypt(base64.b64decode(said["sealed"]), padding).decode() == SECRET.reveal()


def test_a_program_that_sends_no_key_reads_the_secret_under_its_name():
    assert shown(SECRET, read_page_key(None), name="code") == {"code": SECRET.reveal(), "sealed": None}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not Base64 ü",
        base64.b64encode(b"no key").decode(),
        text_of(rsa.RSAPublicNumbers(65537, (1 << 1024) + 1).public_key()),
        text_of(rsa.RSAPublicNumbers(65537, (1 << 4096) + 1).public_key()),
        text_of(ec.generate_private_key(ec.SECP256R1()).public_key()),
    ],
    ids=["empty", "no Base64", "no key", "too weak", "too large", "another kind"],
)
def test_what_is_no_key_of_a_page_is_refused_by_name(text):
    with pytest.raises(RejectedError) as refusal:
        read_page_key(text)

    assert refusal.value.problems[0].field == "public_key"
