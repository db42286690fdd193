"""What `accord connect` does: one org, from nothing to a live connection."""

from pathlib import Path

from accord.core.errors import Problem, RejectedError
from accord.core.identity import Role
from accord.core.ids import OrgId, widen
from accord.features.connections.model import NewClient, NewConnection
from accord.features.connections.service import Connections


def connect_org(  # noqa: PLR0913 - the facts that an admin copies from Setup, each by its name
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

    Raises RejectedError that names what is wrong, ConflictError when the org is connected already.
    """
    try:
        wide = OrgId(widen(org_id))
    except ValueError as error:
        raise RejectedError(f"--org-id: {error}.", problems=(Problem("INVALID_VALUE", str(error)),)) from None
    new = NewConnection(
        org_id=wide,
        label=name,
        instance_url=instance_url,
        is_sandbox=sandbox,
        integration_username=integration_username,
        consumer_key=consumer_key,
        login_url=login_url or instance_url,
    )
    connection = connections.create_connection(connections.create_workspace(name), new)
    connections.set_canvas_secret(connection, consumer_secret_file.read_text().strip())
    connections.set_integration_key(connection, private_key_file.read_text())
    if apex_certificate_file is not None:
        connections.register_certificate(connection, apex_certificate_file.read_text(), key_id=apex_key_id)
    return connections.create_api_client(connection, Role.FLOW)
