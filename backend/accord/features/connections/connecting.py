"""Connecting an org in one go: everything is checked before anything is made."""

from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.errors import ConflictError
from accord.core.identity import Role
from accord.features.connections.certificates import check_private_key, check_registrable
from accord.features.connections.model import Connection, ConnectionStatus, NewClient, NewConnection
from accord.features.connections.rules import check_new_connection
from accord.features.connections.service import Connections, check_consumer_secret
from accord.settings import Secret


@dataclass(frozen=True, slots=True)
class OrgSecrets:
    """What only the org's admin can tell. `apex_certificate_pem` is what Apex of this org signs with, if any."""

    consumer_secret: Secret
    private_key_pem: Secret
    apex_certificate_pem: str | None = None
    apex_key_id: str = "Accord_JWT"


def connect_org(
    connections: Connections, name: str, new: NewConnection, org_secrets: OrgSecrets, *, clock: Clock
) -> tuple[Connection, NewClient]:
    """A workspace called `name` with a live connection, and the client of its Flow credential (its secret once).

    Raises RejectedError that names what is wrong, ConflictError (ORG_TAKEN); in both cases nothing was made.
    """
    checked = check_new_connection(new, allowed_loopback=connections.settings.allowed_loopback)
    consumer_secret = org_secrets.consumer_secret.value.decode()
    private_key = org_secrets.private_key_pem.value.decode()
    check_consumer_secret(consumer_secret)
    check_private_key(private_key)
    if org_secrets.apex_certificate_pem is not None:
        check_registrable(org_secrets.apex_certificate_pem, clock())
    if connections.find_by_org(checked.org_id) is not None:
        raise ConflictError(
            "This Salesforce org is connected to Accord already. To begin anew: accord disconnect --org-id …",
            code="ORG_TAKEN",
        )
    connection = connections.create_connection(connections.create_workspace(name), checked)
    connections.set_canvas_secret(connection, consumer_secret)
    connections.set_integration_key(connection, private_key)
    if org_secrets.apex_certificate_pem is not None:
        connections.register_certificate(connection, org_secrets.apex_certificate_pem, key_id=org_secrets.apex_key_id)
    return connection, connections.create_api_client(connection, Role.FLOW)


def disconnect_org(connections: Connections, connection: Connection) -> None:
    """Ends a connection: its tokens are no longer good, its secrets are gone. Plans and what was delivered stay."""
    connections.set_status(connection, ConnectionStatus.DISCONNECTED)
