import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from localorg.tls import ensure_certificates

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def certificate_of(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def test_the_certificate_is_for_the_names_that_clients_use(tmp_path: Path) -> None:
    files = ensure_certificates(tmp_path, now=NOON)
    names = certificate_of(files.certificate_file).extensions.get_extension_for_class(x509.SubjectAlternativeName)

    dns = names.value.get_values_for_type(x509.DNSName)
    assert {"localhost", "login.salesforce.com", "test.salesforce.com", "halden.my.salesforce.com"} <= set(dns)
    assert "127.0.0.1" in {str(address) for address in names.value.get_values_for_type(x509.IPAddress)}


def test_a_second_start_keeps_the_authority_and_the_certificate(tmp_path: Path) -> None:
    first = ensure_certificates(tmp_path, now=NOON)
    before = first.ca_file.read_bytes(), first.certificate_file.read_bytes()
    ensure_certificates(tmp_path, now=NOON + timedelta(days=90))

    assert (first.ca_file.read_bytes(), first.certificate_file.read_bytes()) == before


def test_a_certificate_that_ends_soon_is_renewed_by_the_same_authority(tmp_path: Path) -> None:
    files = ensure_certificates(tmp_path, now=NOON)
    authority, certificate = files.ca_file.read_bytes(), files.certificate_file.read_bytes()
    ensure_certificates(tmp_path, now=NOON + timedelta(days=380))

    assert files.ca_file.read_bytes() == authority
    assert files.certificate_file.read_bytes() != certificate


def test_damaged_files_are_made_anew(tmp_path: Path) -> None:
    files = ensure_certificates(tmp_path, now=NOON)
    files.certificate_file.write_text("not a certificate")
    ensure_certificates(tmp_path, now=NOON)

    assert isinstance(files.server_context(), ssl.SSLContext)


def test_the_authority_can_sign_for_this_machine_and_salesforce_names_only(tmp_path: Path) -> None:
    files = ensure_certificates(tmp_path, now=NOON)
    limits = certificate_of(files.ca_file).extensions.get_extension_for_class(x509.NameConstraints)

    assert limits.critical
    permitted = limits.value.permitted_subtrees or []
    assert {str(name.value) for name in permitted} == {"localhost", "salesforce.com", "127.0.0.0/8", "::1/128"}


def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    files = ensure_certificates(tmp_path, now=NOON)

    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("ca.key", files.key_file.name)} == {0o600}
