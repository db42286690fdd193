"""The command line: `accord --help`."""

import base64
import os
import secrets
import sys

import click

from accord.app import VERSION
from accord.core.errors import AccordError
from accord.demo import run_demo
from accord.infra.db import open_engine
from accord.infra.db.migrate import upgrade
from accord.server import serve_embedded
from accord.settings import KEY_BYTES, Settings, read_settings


def _settings() -> Settings:
    return read_settings(os.environ)


@click.group(help="Keeps an application and a Salesforce org true to each other.", no_args_is_help=True)
@click.version_option(VERSION, prog_name="accord")
def commands() -> None:
    """Everything is a subcommand."""


@commands.command()
def serve() -> None:
    """Run Accord on this machine: the web and the deliveries in one process, on one SQLite file."""
    serve_embedded(_settings())


@commands.command()
def migrate() -> None:
    """Bring the database to the schema of this version."""
    engine = open_engine(_settings().database_url)
    upgrade(engine)
    engine.dispose()
    click.echo("The database has the schema of this version.")


@commands.command("new-key")
def new_key() -> None:
    """Print a new key for ACCORD_SESSION_KEY or ACCORD_MASTER_KEYS."""
    click.echo(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())


@commands.command("settings")
def check_settings() -> None:
    """Check the settings of the environment and say what is wrong with them."""
    _settings()
    click.echo("The settings are complete.")


@commands.command()
def demo() -> None:
    """Run the whole product on this machine, with a local Salesforce org that has a company's deals in it."""
    run_demo(os.environ)


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
