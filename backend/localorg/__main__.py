"""`python -m localorg serve` runs the org; `python -m localorg token` asks a running one for a login."""

import argparse
import json
import logging
import os
import sqlite3
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from localorg.schema_sfdx import MetadataError
from localorg.seed import DEMO_SEED, SeedError
from localorg.server import (
    HOST,
    HTTP_PORT,
    HTTP_PORT_VARIABLE,
    HTTPS_PORT,
    HTTPS_PORT_VARIABLE,
    OrgOptions,
    PortTakenError,
    RunningOrg,
    serve_until_stopped,
)
from localorg.setup import SetupFileError

_DEFAULT_METADATA = Path("force-app")
_DEFAULT_STATE = Path("var/localorg")


class UsageError(Exception):
    """Something the caller can put right; its text says how."""


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """0 when all went well, 1 with one sentence on standard error when not."""
    first = arguments[0] if arguments else ""
    # without a command, options are those of `serve`
    implied = [] if first and (not first.startswith("-") or first in {"-h", "--help"}) else ["serve"]
    options = _parser().parse_args([*implied, *arguments])
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    try:
        if options.command == "token":
            _print_token(options.username, _port(environment, HTTP_PORT_VARIABLE, HTTP_PORT))
        else:
            _serve(options, environment)
    except (UsageError, PortTakenError, SeedError, SetupFileError, MetadataError) as problem:
        _say(str(problem), error=True)
        return 1
    except (OSError, sqlite3.Error) as problem:
        _say(f"The org cannot use its files: {problem}", error=True)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m localorg",
        description="A Salesforce org on this machine. Ports: ORG_PORT (8100, HTTP) and ORG_TLS_PORT (8143, HTTPS).",
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    serve = commands.add_parser("serve", help="run the org until Ctrl-C (this is the default)")
    serve.add_argument("--data", type=Path, metavar="FILE", help="keep the records in this file; without it they go")
    serve.add_argument(
        "--metadata",
        type=Path,
        metavar="DIR",
        action="append",
        help="SFDX source with custom fields and permission sets, repeatable (force-app when it is there)",
    )
    serve.add_argument("--seed", type=Path, metavar="FILE", default=DEMO_SEED, help="first records (a demo company)")
    serve.add_argument(
        "--state", type=Path, metavar="DIR", default=_DEFAULT_STATE, help="certificates and set-up (var/localorg)"
    )
    token = commands.add_parser("token", help="print a login of the running org as JSON")
    token.add_argument("--username", default="", help="whose login; without it the administrator's")
    return parser


def _serve(options: argparse.Namespace, environment: Mapping[str, str]) -> None:
    metadata: list[Path] = options.metadata or [path for path in (_DEFAULT_METADATA,) if path.is_dir()]
    missing = [str(path) for path in metadata if not path.is_dir()]
    if missing:
        raise UsageError(f"There is no folder {', '.join(missing)}: --metadata names folders with SFDX source.")
    if not options.seed.is_file():
        raise UsageError(f"There is no file {options.seed}: --seed names a JSON file with the first records.")
    running = RunningOrg(
        OrgOptions(
            state_dir=options.state,
            data_file=options.data,
            metadata_dirs=metadata,
            seed_file=options.seed,
            http_port=_port(environment, HTTP_PORT_VARIABLE, HTTP_PORT),
            https_port=_port(environment, HTTPS_PORT_VARIABLE, HTTPS_PORT),
        )
    )
    serve_until_stopped(running, announce=_say)


def _print_token(username: str, port: int) -> None:
    call = urllib.request.Request(
        f"http://{HOST}:{port}/_org/tokens",
        data=json.dumps({"username": username}).encode(),
        headers={"Content-Type": "application/json"},
    )
    # no proxy of the surroundings: the org is on this machine
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(call, timeout=10) as answer:
            login = json.load(answer)
    except urllib.error.HTTPError as problem:
        raise UsageError(_error_text(problem)) from problem
    except (OSError, ValueError) as problem:
        raise UsageError(
            f"No org is running on port {port}. Start one with `python -m localorg serve`, "
            f"or name its port: {HTTP_PORT_VARIABLE}=8100 python -m localorg token"
        ) from problem
    wanted = ("instance_url", "http_url", "access_token", "ca_file", "username", "organization_id")
    _say(json.dumps({name: login[name] for name in wanted}, indent=2))


def _error_text(problem: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(problem)["error"])
    except (ValueError, KeyError, TypeError):
        return f"The org refused ({problem.code})."


def _port(environment: Mapping[str, str], variable: str, default: int) -> int:
    text = environment.get(variable, "").strip()
    if not text:
        return default
    if not text.isdigit() or int(text) > 65535:
        raise UsageError(f"{variable} is a port number from 0 to 65535, not {text!r}.")
    return int(text)


def _say(text: str, *, error: bool = False) -> None:
    print(text, file=sys.stderr if error else sys.stdout, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
