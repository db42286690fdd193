"""Connecting an org in one go: everything is checked before anything is made. And what ends a connection."""

from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.errors import ConflictError
from accord.features.connections.certificates import check_registrable, checked_private_key
from accord.features.connections.integration.model import ConnectionSettings
from accord.features.connections.model import Connection, IntegrationFlow, NewClient, NewConnection, PrivateKey
from accord.features.connections.rules import check_consumer_secret, check_new_connection
from accord.features.connections.service import Connections
from accord.features.connections.trust.model import TrustSession
from accord.settings import Secret


@dataclass(frozen=True, slots=True)
class OrgSecrets:
    """What only the org's admin can tell. `apex_certificate_pem` is what Apex of this org signs with, if any.

    Without a private key the integration owner signs in by the app's client credentials.
    """

    consumer_secret: Secret
    private_key_pem: Secret | None
    apex_certificate_pem: str | None = None
    apex_key_id: str = "Accord_JWT"


def connect_org(
    connections: Connections, name: str, new: NewConnection, org_secrets: OrgSecrets, *, clock: Clock
) -> tuple[Connection, NewClient]:
    """A workspace called `name` with a live connection, and the client of its Flow credential (its secret once).

    Raises RejectedError that names what is wrong, ConflictError (ORG_TAKEN); in both cases nothing was made.
    """
    checked = check_new_connection(new, allowed_loopback=connections.settings.allowed_loopback)
    check_consumer_secret(org_secrets.consumer_secret.value.decode())
    given = org_secrets.private_key_pem
    private_key = None if given is None else checked_private_key(given.value.decode(errors="replace"))
    if org_secrets.apex_certificate_pem is not None:
        check_registrable(org_secrets.apex_certificate_pem, clock())
    if connections.find_by_org(checked.org_id) is not None:
        raise ConflictError(
            "This Salesforce org is connected to Accord already. To begin anew: accord disconnect --org-id …",
            code="ORG_TAKEN",
        )
    connection = connections.create_connection(connections.create_workspace(name), checked)
    _equip(connections, connection, org_secrets.consumer_secret, private_key)
    if org_secrets.apex_certificate_pem is not None:
        pem, key_id = org_secrets.apex_certificate_pem, org_secrets.apex_key_id
        connections.decisions.register_certificate(connection, pem, key_id=key_id, by=None)
    return connection, connections.clients.make_first(connection)


def connect_proved_org(connections: Connections, at: TrustSession) -> tuple[Connection, NewClient]:
    """The org of a proved sign-in, connected with what the link's maker told of its app. Where that broke off halfway,
    the same sign-in goes on with it.

    Raises RejectedError, ConflictError (ORG_TAKEN), and RefusedTokenError when the sign-in is over.
    """
    told, proof = connections.links.proposal(at.link), at.proof
    new = NewConnection(
        org_id=proof.org_id,
        label=told.label,
        instance_url=proof.instance_url,
        is_sandbox=proof.is_sandbox,
        integration_username=told.integration_username,
        consumer_key=told.consumer_key,
        login_url=told.login_url,
    )
    found = connections.find_by_org(proof.org_id)
    # a link for a new org has a workspace of its own: what is there was begun with it
    begun = found if found is not None and found.workspace_id == at.link.workspace_id else None
    connection = begun or connections.create_connection(at.link.workspace_id, new)
    _equip(connections, connection, told.consumer_secret, told.private_key)
    connections.decisions.note_connected(at, connection)
    return connection, connections.clients.make_first(connection)


def _equip(
    connections: Connections, connection: Connection, consumer_secret: Secret, private_key: PrivateKey | None
) -> None:
    connections.set_canvas_secret(connection, consumer_secret.value.decode())
    if private_key is None:
        settings = ConnectionSettings(flow=IntegrationFlow.CLIENT_CREDENTIALS)
        connections.integration.store_first(connection, settings)
    else:
        connections.set_integration_key(connection, private_key)
