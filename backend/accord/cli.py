"""The command line: `accord --help`."""

import base64
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from accord import connect as connecting
from accord.core.errors import AccordError, MisconfiguredError
from accord.core.identity import Role
from accord.core.version import VERSION
from accord.deliveries import run_worker
from accord.demo import run_demo, token_of_demo
from accord.features.connections.clients.service import ROLES
from accord.features.connections.doctor.rules import is_well
from accord.infra.db import Database, SealBrokenError, open_engine
from accord.infra.db.backup import back_up
from accord.infra.db.engine import role_of
from accord.infra.db.migrate import admit_role, require_released, upgrade
from accord.infra.files import keep_files_private
from accord.parts import Parts, build_parts
from accord.server import serve_embedded, serve_web
from accord.settings import KEY_BYTES, Settings, read_settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_KEY_HELP = "PEM file; its certificate is with the app. Without it: the app's client credentials."


def _settings() -> Settings:
    return read_settings(os.environ)


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    """The database of the settings, which has this version's schema."""
    keep_files_private()
    database = Database(open_engine(settings.database_url), settings.master_keys)
    try:
        if settings.embedded:
            upgrade(database)
        else:
            require_released(database.engine)
        yield database
    finally:
        database.close()


@contextmanager
def _parts() -> Iterator[Parts]:
    settings = _settings()
    with _database(settings) as database:
        yield build_parts(settings, database)


@click.group(help="Keeps an application and a Salesforce org true to each other.", no_args_is_help=True)
@click.version_option(VERSION, prog_name="accord")
def commands() -> None:
    """Everything is a subcommand."""


@commands.command()
def serve() -> None:
    """Run Accord on this machine: the web and the deliveries in one process, on one SQLite file."""
    serve_embedded(_settings())


@commands.command()
def web() -> None:
    """Run the web alone, in several processes on PostgreSQL."""
    serve_web(_settings())


@commands.command()
def worker() -> None:
    """Run deliveries alone, beside others on PostgreSQL."""
    run_worker(_settings())


@commands.command()
def release() -> None:
    """Bring the database to this version's schema, and on PostgreSQL under row-level security. Once for each deploy.

    It works as the owner of the tables (ACCORD_OWNER_DATABASE_URL) and gives the role of DATABASE_URL its rights.
    """
    keep_files_private()
    settings = _settings()
    database = Database(open_engine(settings.owner_database_url), settings.master_keys)
    try:
        upgrade(database)
        if settings.owner_database_url != settings.database_url:
            admit_role(database.engine, role_of(settings.database_url))
    finally:
        database.close()
    click.echo("The database has the schema of this version.")


@commands.command("new-key")
def new_key() -> None:
    """Print a new key for ACCORD_SESSION_KEY or ACCORD_MASTER_KEYS."""
    click.echo(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())


@commands.command("rotate-keys")
def rotate_keys() -> None:
    """Seal everything under the first key of ACCORD_MASTER_KEYS, so that the older ones can go.

    On SQLite stop `accord serve` first: the database file takes one process at a time.
    """
    settings = _settings()
    with _database(settings) as database, database.system() as session:
        try:
            changed = database.vault.rewrap_keys(session)
        except SealBrokenError as error:
            raise MisconfiguredError(f"Nothing was changed: {error}.") from None
    newest, *older = (key_id for key_id, _ in settings.master_keys)
    click.echo(f"{changed} of the workspaces' keys were sealed anew; all of them are under {newest} now.")
    if older:
        click.echo(f"No longer needed: {', '.join(older)}. Backups made before now still need them.")


@commands.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE, also while Accord is running. Without the master keys the copy is of no use."""
    back_up(_settings().database_url, file)
    click.echo(f"The database is copied to {file}.")


@commands.command("settings")
def check_settings() -> None:
    """Check the settings of the environment and say what is wrong with them."""
    mail = _settings().mail
    click.echo("The settings are complete.")
    if mail is None:
        click.echo("No mail is sent: ACCORD_SMTP_URL and ACCORD_MAIL_FROM are not set.")
    elif mail.folder is not None:
        click.echo(f"No mail is sent: each becomes a file in {mail.folder}.")
    else:
        click.echo(f"Mail goes out by {mail.host}:{mail.port} ({mail.security.value}) as {mail.sender}.")


@commands.command()
@click.option("--name", required=True, help="Your company, as the workspace is called.")
@click.option("--org-id", required=True, help="Id of the Salesforce org (00D…).")
@click.option("--instance-url", required=True, help="The org's own address: https://NAME.my.salesforce.com")
@click.option("--login-url", help="Where tokens are asked for, if not at the org's own address.")
@click.option("--sandbox", is_flag=True, help="The org is a sandbox.")
@click.option("--integration-username", required=True, help="User name of the integration owner.")
@click.option("--consumer-key", required=True, help="Consumer key of the external client app in this org.")
@click.option("--consumer-secret-file", required=True, type=_FILE, help="File with the app's consumer secret.")
@click.option("--private-key-file", type=_FILE, help=_KEY_HELP)
@click.option("--apex-certificate-file", type=_FILE, help="The org's certificate (.crt) that Apex signs with.")
@click.option("--apex-key-id", default="Accord_JWT", show_default=True, help="The certificate's name in the org.")
def connect(**given: Any) -> None:
    """Connect a Salesforce org: makes its workspace and prints the login of its Flow credential, once.

    On SQLite stop `accord serve` first: the file takes one process at a time.
    """
    with _parts() as parts:
        client = connecting.connect(parts.connections, **given)
    click.echo("The org is connected. Put this login into the external credential Accord_Flow; it is shown this once.")
    click.echo(f"  client id      {client.client_id}\n  client secret  {client.secret.reveal()}")


@commands.command("connect-link")
@click.option("--org-id", help="Id of a connected org (00D…): for its certificate, or to decide about a hold.")
@click.option("--name", help="A new org: your company, as the workspace is called.")
@click.option("--login-url", help="A new org: where its admin signs in, https://NAME.my.salesforce.com is best.")
@click.option("--integration-username", help="A new org: user name of the integration owner.")
@click.option("--consumer-key", help="A new org: consumer key of the external client app in it.")
@click.option("--consumer-secret-file", type=_FILE, help="A new org: file with the app's consumer secret.")
@click.option("--private-key-file", type=_FILE, help=f"A new org: {_KEY_HELP}")
def connect_link(**given: Any) -> None:
    """Print a one-time code with which an administrator of an org signs in and connects it, or decides about it.

    Stop `accord serve` first: the database file takes one process at a time.
    """
    with _parts() as parts:
        link = connecting.connect_link(parts.connections, **given)
    click.echo("An administrator of the org opens this address and enters the code. It is shown this once.")
    click.echo(f"  address  {link.address}\n  code     {link.code.reveal()}")
    click.echo(f"  until    {link.expires_at:%Y-%m-%d %H:%M} UTC")


@commands.command("change-secrets")
@click.option("--org-id", required=True, help="Id of the Salesforce org (00D…).")
@click.option("--consumer-secret-file", type=_FILE, help="File with the app's new consumer secret.")
@click.option(
    "--private-key-file", type=_FILE, help="The integration owner's new key; its certificate is with the app."
)
def change_secrets(org_id: str, **given: Any) -> None:
    """Give a connected org the app's new consumer secret, or a new key. On SQLite stop `accord serve` first."""
    with _parts() as parts:
        label = connecting.change_secrets(parts.connections, org_id, **given)
    click.echo(f"Stored for {label}. See by `accord doctor --org-id {org_id}` whether the org takes it.")


@commands.command("new-client")
@click.option("--org-id", required=True, help="Id of the Salesforce org (00D…).")
@click.option("--role", type=click.Choice([role.value for role in ROLES]), default=ROLES[0].value, show_default=True)
def new_client(org_id: str, role: str) -> None:
    """Make a login for the application's server (service), or for another Flow credential (flow); printed once.

    On SQLite stop `accord serve` first, or let an admin make it: POST /api/v1/connection/clients.
    """
    with _parts() as parts:
        client = connecting.make_client(parts.connections, org_id, Role(role))
    click.echo(f"A client with the role {role}. It asks for tokens at /oauth/token. The secret is shown this once.")
    click.echo(f"  client id      {client.client_id}\n  client secret  {client.secret.reveal()}")


@commands.command()
@click.option("--org-id", required=True, help="Id of the Salesforce org (00D…).")
def clients(org_id: str) -> None:
    """List the logins of applications, newest first. On SQLite stop `accord serve` first."""
    with _parts() as parts:
        found = connecting.clients(parts.connections, org_id)
    for one in found:
        state = "active" if one.active else "ended"
        click.echo(f"{one.client_id}  {one.role.value:8} {state:7} made {one.made_at:%Y-%m-%d %H:%M} UTC")


@commands.command("end-client")
@click.option("--org-id", required=True, help="Id of the Salesforce org (00D…).")
@click.argument("client_id")
def end_client(org_id: str, client_id: str) -> None:
    """End the login CLIENT_ID of an application, and its tokens with it. On SQLite stop `accord serve` first."""
    with _parts() as parts:
        connecting.end_client(parts.connections, org_id, client_id)
    click.echo(f"{client_id} is ended.")


@commands.command()
@click.option("--org-id", required=True, help="Id of the Salesforce org (00D…).")
@click.option("--delete-plans", is_flag=True, help="Delete its plans too, with all that people wrote into them.")
def disconnect(*, org_id: str, delete_plans: bool) -> None:
    """End the connection of an org and delete every copy of its data; plans stay unless you say otherwise. It goes on
    where it was cut off. On SQLite stop `accord serve` first.
    """
    with _parts() as parts:
        label, receipt = connecting.disconnect(parts, org_id, delete_plans=delete_plans)
    click.echo("\n".join([f"{label} is disconnected.", *connecting.receipt_lines(receipt)]))


@commands.command()
def receipts() -> None:
    """List the receipts of orgs that were disconnected, in numbers. On SQLite stop `accord serve` first."""
    with _parts() as parts:
        click.echo("\n".join(connecting.kept_lines(parts.safeguards.uninstall.receipts())))


@commands.command()
@click.option("--org-id", required=True, help="Id of the Salesforce org (00D…).")
def doctor(org_id: str) -> None:
    """Look what a connection may and may not do in its org, each lack with its fix. Stop `accord serve` first."""
    with _parts() as parts:
        found = connecting.visit(parts, org_id)
    for one in found:
        click.echo(f"{one.status.value:8} {one.name}: {one.text}")
        if one.fix and one.status.value != "passed":
            click.echo(f"         {one.fix}")
    sys.exit(0 if is_well(found) else 1)


@commands.command()
def demo() -> None:
    """Run the whole product on this machine, with a local Salesforce org that has a company's deals in it."""
    run_demo(os.environ)


@commands.command("demo-token")
@click.option("--username", default="admin@halden.example", show_default=True, help="Somebody of the demo's org.")
def demo_token(username: str) -> None:
    """Print a token for the API of the running demo, as an admin of it; good for 15 minutes."""
    click.echo(token_of_demo(os.environ, username))


def main() -> None:
    try:
        commands(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except AccordError as error:
        click.echo(error.message, err=True)
        sys.exit(1)
    except SealBrokenError as error:
        click.echo(f"{error}.", err=True)
        sys.exit(1)
