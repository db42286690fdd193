"""What the commands about a connection do, from files and options to the feature."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from accord.core.clock import system_clock
from accord.core.errors import NotFoundError, Problem, RejectedError
from accord.core.identity import Role
from accord.core.ids import OrgId, widen
from accord.features.connections.certificates import checked_private_key, pem_of
from accord.features.connections.clients.model import KnownClient
from accord.features.connections.connecting import OrgSecrets, connect_org
from accord.features.connections.doctor.model import Finding
from accord.features.connections.model import Connection, NewClient, NewConnection
from accord.features.connections.rules import check_consumer_secret
from accord.features.connections.service import Connections
from accord.features.connections.trust.model import NewLink, Proposal
from accord.features.uninstall.model import Kept, Receipt
from accord.features.uninstall.rules import count_confirmed
from accord.parts import Parts
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
    private_key_file: Path | None,
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
        private_key_pem=Secret(private_key_file.read_bytes()) if private_key_file else None,
        apex_certificate_pem=pem_of(apex_certificate_file.read_bytes()) if apex_certificate_file else None,
        apex_key_id=apex_key_id,
    )
    _, client = connect_org(connections, name, new, org_secrets, clock=system_clock)
    return client


def connect_link(  # noqa: PLR0913 - what an admin copies from Setup, each by its name
    connections: Connections,
    *,
    name: str | None,
    org_id: str | None,
    login_url: str | None,
    integration_username: str | None,
    consumer_key: str | None,
    consumer_secret_file: Path | None,
    private_key_file: Path | None,
) -> NewLink:
    """A one-time code with which an administrator signs in: of the connected org `org_id`, or of one to be connected.

    Raises RejectedError that names what is missing or wrong, NotFoundError. Nothing is trusted by it yet.
    """
    if org_id is not None:
        return connections.links.link_for(_connected(connections, org_id), by=None)
    if not (name and login_url and integration_username and consumer_key and consumer_secret_file):
        raise RejectedError(
            "A link for a new org needs --name, --login-url, --integration-username, --consumer-key and"
            " --consumer-secret-file; one for a connected org needs --org-id alone."
        )
    secret = Secret(consumer_secret_file.read_bytes().strip())
    check_consumer_secret(secret.value.decode())
    proposal = Proposal(
        label=name,
        login_url=login_url,
        consumer_key=consumer_key,
        consumer_secret=secret,
        integration_username=integration_username,
        private_key=checked_private_key(private_key_file.read_text(errors="replace")) if private_key_file else None,
    )
    return connections.links.link_for_new_org(name, proposal)


def change_secrets(
    connections: Connections, org_id: str, *, consumer_secret_file: Path | None, private_key_file: Path | None
) -> str:
    """Stores a new consumer secret of the app, a new key of the integration owner, or both; gives the org's label.

    The consumer secret before stays good for what the org signs, until the next change. Raises NotFoundError, and
    RejectedError that names what is wrong: nothing was changed then.
    """
    connection = _connected(connections, org_id)
    secret = consumer_secret_file and consumer_secret_file.read_bytes().strip().decode(errors="replace")
    if not (secret or private_key_file):
        raise RejectedError("Name what is new: --consumer-secret-file, --private-key-file or both.")
    key = checked_private_key(private_key_file.read_text(errors="replace")) if private_key_file else None
    if secret:
        connections.set_canvas_secret(connection, secret, keep_old=True)
    if key:
        connections.set_integration_key(connection, key, replaces=True)
    return connection.label


def disconnect(parts: Parts, org_id: str, *, delete_plans: bool) -> tuple[str, Receipt]:
    """Ends the connection of an org and deletes its copies, or goes on with that; gives its label and the receipt. An
    org that was disconnected otherwise, on the page of the sign-in, is emptied by it too.

    Raises NotFoundError, and ConflictError while a write is under way.
    """
    connections, wanted = parts.connections, org_id_of(org_id)
    connection = connections.find_by_org(wanted) or connections.find_by_org(wanted, gone=True)
    if connection is None:
        raise NotFoundError("connected org")
    return connection.label, parts.safeguards.uninstall.carry_out(connection, delete_plans=delete_plans, by=None)


def receipt_lines(receipt: Receipt) -> list[str]:
    """A receipt in words, without a value."""
    ended, unconfirmed = count_confirmed(receipt)
    lines = [
        f"  rows deleted or emptied {sum(receipt.deleted.values())}, left {receipt.left}",
        f"  writes that are never made {receipt.unwritten}, logins ended {ended}",
    ]
    if unconfirmed:
        lines.append(f"  to be ended in Salesforce by hand (Setup, OAuth usage): {unconfirmed} logins")
    return [*lines, "  plans are deleted too"] if receipt.plans_deleted else lines


def kept_lines(receipts: Iterable[Kept]) -> list[str]:
    """All receipts in words, or that there is none."""
    lines = []
    for kept in receipts:
        begun, end = kept.receipt.started_at, kept.receipt.finished_at
        until = "not finished, it goes on within the hour" if end is None else f"finished {end:%Y-%m-%d %H:%M} UTC"
        lines += [f"{kept.org_id}  {kept.label}: begun {begun:%Y-%m-%d %H:%M} UTC, {until}"]
        lines += receipt_lines(kept.receipt)
    return lines or ["No org has been disconnected."]


def make_client(connections: Connections, org_id: str, role: Role) -> NewClient:
    """A client of a connected org, whose secret is shown this once. Raises NotFoundError."""
    return connections.clients.make(_connected(connections, org_id), role, by=None)


def clients(connections: Connections, org_id: str) -> Sequence[KnownClient]:
    """The clients of a connected org, newest first. Raises NotFoundError."""
    return connections.clients.load(_connected(connections, org_id))


def end_client(connections: Connections, org_id: str, client_id: str) -> None:
    """Raises NotFoundError for an org or a client that is not there."""
    connections.clients.end(_connected(connections, org_id), client_id, by=None)


def visit(parts: Parts, org_id: str) -> list[Finding]:
    """What the doctor finds in a connected org. Raises NotFoundError."""
    connection = _connected(parts.connections, org_id)
    needs = parts.connection_admin.needs(connection.workspace_id, connection.id)
    return parts.connections.doctor.visit(connection, needs)


def _connected(connections: Connections, org_id: str) -> Connection:
    found = connections.find_by_org(org_id_of(org_id))
    if found is None:
        raise NotFoundError("connected org")
    return found


def org_id_of(text: str) -> OrgId:
    """The 18-character id of an org. Raises RejectedError."""
    try:
        return OrgId(widen(text))
    except ValueError as error:
        raise RejectedError(f"--org-id: {error}.", problems=(Problem("INVALID_VALUE", str(error)),)) from None
