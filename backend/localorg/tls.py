"""The local org's certificates: an authority of its own and one server certificate, kept in the state directory.

Clients of the platform insist on HTTPS, so the local org speaks it with a certificate that they can be told to trust
(`ca.pem`, also served by the door). The authority may sign for loopback and for salesforce.com names only, so that a
lost key is of no use elsewhere.
"""

import ipaddress
import os
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SERVER_NAMES = (
    "localhost",
    "login.salesforce.com",
    "test.salesforce.com",
    "halden.my.salesforce.com",
    "*.my.salesforce.com",
)
SERVER_ADDRESSES = ("127.0.0.1", "::1")
_AUTHORITY_LIFE = timedelta(days=3650)
_SERVER_LIFE = timedelta(days=397)  # the longest that browsers accept
_RENEW_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files of one state directory: what clients trust, and what the server shows."""

    ca_file: Path
    certificate_file: Path
    key_file: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.certificate_file, self.key_file)
        return context


def ensure_certificates(state_dir: Path, *, now: datetime) -> Certificates:
    """The certificates of `state_dir`, made or renewed when they are missing or end within 30 days.

    The authority stays the same as long as it is valid: what a client was told to trust goes on working.
    """
    state_dir.mkdir(parents=True, exist_ok=True)
    authority_key_file = state_dir / "ca.key"
    files = Certificates(state_dir / "ca.pem", state_dir / "server.pem", state_dir / "server.key")
    renewed = False
    if not (authority_key_file.exists() and _is_valid(files.ca_file, now)):
        authority_key, authority = _make_authority(now)
        _write_key(authority_key_file, authority_key)
        files.ca_file.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
        renewed = True
    if renewed or not (files.key_file.exists() and _is_valid(files.certificate_file, now)):
        authority = x509.load_pem_x509_certificate(files.ca_file.read_bytes())
        signing_key = serialization.load_pem_private_key(authority_key_file.read_bytes(), password=None)
        assert isinstance(signing_key, ec.EllipticCurvePrivateKey)
        server_key, certificate = _make_server_certificate(authority, signing_key, now)
        _write_key(files.key_file, server_key)
        files.certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return files


def _is_valid(file: Path, now: datetime) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError):
        return False
    return certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - _RENEW_BEFORE


def _make_authority(now: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Local Salesforce org authority (this machine only)")])
    permitted = [
        x509.DNSName("localhost"),
        x509.DNSName("salesforce.com"),
        x509.IPAddress(ipaddress.ip_network("127.0.0.0/8")),
        x509.IPAddress(ipaddress.ip_network("::1/128")),
    ]
    certificate = (
        _builder(subject=name, issuer=name, now=now, life=_AUTHORITY_LIFE)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def _make_server_certificate(
    authority: x509.Certificate, signing_key: ec.EllipticCurvePrivateKey, now: datetime
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    names: list[x509.GeneralName] = [x509.DNSName(name) for name in SERVER_NAMES]
    names += [x509.IPAddress(ipaddress.ip_address(address)) for address in SERVER_ADDRESSES]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        _builder(subject=subject, issuer=authority.subject, now=now, life=_SERVER_LIFE)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
        .sign(signing_key, hashes.SHA256())
    )
    return key, certificate


def _builder(*, subject: x509.Name, issuer: x509.Name, now: datetime, life: timedelta) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # a client's clock may be a little behind
        .not_valid_after(now + life)
    )


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write_key(file: Path, key: ec.EllipticCurvePrivateKey) -> None:
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(pem)
