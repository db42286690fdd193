"""What `accord connect` and `accord disconnect` do, from files and options to the connections feature."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from accord.core.clock import system_clock
from accord.core.errors import NotFoundError, Problem, RejectedError
from accord.core.ids import OrgId, widen
from accord.features.connections.connecting import OrgSecrets, connect_org, disconnect_org
from accord.features.connections.model import NewClient, NewConnection
from accord.features.connections.service import Connections
from accord.settings import Secret


def connect(  # noqa: PLR0913 - the facts that an admin copies from Setup, each by its name
    connections: Connections,
    *,
    name: str,
    org_id: str,
    instance_url: str,
    login_url: str | None,
    sandbox: bool,
    integration_username: str,
    consumer_key: str,
    consumer_secret_file: Path,
    private_key_file: Path,
    apex_certificate_file: Path | None,
    apex_key_id: str,
) -> NewClient:
    """A workspace with a live connection; gives the login for the org's Flow credential, whose secret is shown once.

    Raises RejectedError that names what is wrong, ConflictError when the org is connected already: nothing was made.
    """
    new = NewConnection(
        org_id=org_id_of(org_id),
        label=name,
        instance_url=instance_url,
        is_sandbox=sandbox,
        integration_username=integration_username,
        consumer_key=consumer_key,
        login_url=login_url or instance_url,
    )
    org_secrets = OrgSecrets(
        consumer_secret=Secret(consumer_secret_file.read_bytes().strip()),
        private_key_pem=Secret(private_key_file.read_bytes()),
        apex_certificate_pem=_certificate(apex_certificate_file) if apex_certificate_file else None,
        apex_key_id=apex_key_id,
    )
    _, client = connect_org(connections, name, new, org_secrets, clock=system_clock)
    return client


def disconnect(connections: Connections, org_id: str) -> str:
    """Ends the connection of an org; gives its label. Raises NotFoundError."""
    connection = connections.find_by_org(org_id_of(org_id))
    if connection is None:
        raise NotFoundError("connected org")
    disconnect_org(connections, connection)
    return connection.label


def org_id_of(text: str) -> OrgId:
    """The 18-character id of an org. Raises RejectedError."""
    try:
        return OrgId(widen(text))
    except ValueError as error:
        raise RejectedError(f"--org-id: {error}.", problems=(Problem("INVALID_VALUE", str(error)),)) from None


def _certificate(file: Path) -> str:
    """The certificate as PEM; Setup and browsers also give the binary form."""
    content = file.read_bytes()
    if b"-----BEGIN" in content:
        return content.decode("ascii", errors="replace")
    try:
        return x509.load_der_x509_certificate(content).public_bytes(Encoding.PEM).decode()
    except ValueError:
        raise RejectedError("--apex-certificate-file: this is no certificate, neither PEM nor DER.") from None
