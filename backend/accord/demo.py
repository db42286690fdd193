"""`accord demo`: a local org and Accord side by side, set up as an admin would, from nothing to an address to open.

The org's records come from its own seed file; ours are made through our own API, as the rep. Keys and secrets are made
on the first run and stay in the folder `var`, readable by their owner alone.
"""

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from rich.console import Console

from accord.core.errors import MisconfiguredError
from accord.demo_plans import set_up_plans
from accord.demo_setup import (
    SETTINGS_TAB,
    DemoKeys,
    add_settings_tab,
    connect_demo_org,
    demo_token,
    register_at_org,
    set_layout,
    web,
)
from accord.infra.files import keep_files_private
from accord.infra.processes.stopping import stop_signals

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Places:
    """Where the demo runs and keeps its things."""

    folder: Path
    port: int
    org_port: int
    org_tls_port: int

    @property
    def accord_url(self) -> str:
        # another host name than the org's page, so that the browser treats the panel as a page of a third party
        return f"http://localhost:{self.port}"

    @property
    def org_page_url(self) -> str:
        return f"http://127.0.0.1:{self.org_port}"

    @property
    def org_api_url(self) -> str:
        return f"https://localhost:{self.org_tls_port}"


def run_demo(environ: Mapping[str, str]) -> None:
    """Runs until Ctrl-C. Raises MisconfiguredError for a taken port or a program that does not come up."""
    console = Console(highlight=False)
    places = Places(
        folder=Path(environ.get("ACCORD_DEMO_DIR") or ROOT / "var"),
        port=_port(environ, "PORT", 8000),
        org_port=_port(environ, "ORG_PORT", 8100),
        org_tls_port=_port(environ, "ORG_TLS_PORT", 8143),
    )
    if len({places.port, places.org_port, places.org_tls_port}) < 3:
        raise MisconfiguredError("PORT, ORG_PORT and ORG_TLS_PORT must be three different ports.")
    keep_files_private()
    places.folder.mkdir(parents=True, exist_ok=True)
    stop = stop_signals()
    keys = DemoKeys.load_or_make(places.folder / "demo-keys.json")
    with (
        console.status("Starting the local Salesforce org …") as status,
        _program(_org_command(places), environ, places.folder / "org.log") as org,
    ):
        _wait_until(f"{places.org_page_url}/_org/", org, places.folder / "org.log", stop)
        facts = web().get(f"{places.org_page_url}/_org/", timeout=10).json()
        status.update("Connecting Accord to the org …")
        ours = _environment(places, keys, str(facts["ca_file"]), environ)
        connect_demo_org(ours, keys, org_id=facts["organization_id"], api_url=places.org_api_url)
        register_at_org(places.org_page_url, places.accord_url, keys)
        add_settings_tab(places.org_page_url)
        set_layout(places.org_page_url)
        status.update("Starting Accord …")
        command = [sys.executable, "-m", "accord", "serve"]
        with _program(command, ours, places.folder / "accord.log") as accord:
            _wait_until(f"{places.accord_url}/readyz", accord, places.folder / "accord.log", stop)
            deal = set_up_plans(places.org_page_url, places.accord_url)
            status.stop()
            _announce(console, places, deal)
            while not stop.wait(0.5) and org.poll() is None and accord.poll() is None:
                pass
            console.print("Stopping …")
    if not stop.is_set():
        raise MisconfiguredError(f"One of the programs ended by itself. Its log is in {places.folder}.")


def token_of_demo(environ: Mapping[str, str], username: str) -> str:
    """A token for the API of the demo that runs on these ports. Raises RejectedError."""
    port, org_port = environ.get("PORT") or "8000", environ.get("ORG_PORT") or "8100"
    return demo_token(f"http://127.0.0.1:{org_port}", f"http://localhost:{port}", username)


def _announce(console: Console, places: Places, deal: str) -> None:
    console.print("\n[bold]Accord for Salesforce runs.[/bold] Open this deal:\n")
    console.print(f"  [link]{places.org_page_url}/lightning/r/Opportunity/{deal}/view[/link]\n")
    console.print("Change the amount in the panel, complete a step of the plan, and watch the record page beside it;")
    console.print("press 'as Flow' and watch the timeline.")
    console.print("The settings, as Ada (choose her at the top right), are a tab of the same org:\n")
    console.print(f"  [link]{places.org_page_url}/lightning/n/{SETTINGS_TAB}[/link]\n")
    console.print(f"Mails to admins are files in {places.folder / 'mails'}: none is sent.")
    console.print(f"Logs and data: {places.folder}    Stop with Ctrl-C.\n")


def _org_command(places: Places) -> list[str]:
    folder = places.folder
    return [
        *(sys.executable, "-m", "localorg", "serve"),
        *("--data", str(folder / "org.db")),
        *("--metadata", str(ROOT / "force-app")),
        *("--metadata", str(ROOT / "backend" / "localorg" / "seed" / "company")),
        *("--state", str(folder / "org")),
    ]


def _environment(places: Places, keys: DemoKeys, ca_file: str, environ: Mapping[str, str]) -> dict[str, str]:
    return {
        **environ,
        "DATABASE_URL": f"sqlite:///{places.folder / 'accord.db'}",
        "PORT": str(places.port),
        "ACCORD_PUBLIC_URL": places.accord_url,
        "ACCORD_SESSION_KEY": keys.session_key,
        "ACCORD_MASTER_KEYS": f"k1:{keys.master_key}",
        "ACCORD_ALLOWED_LOOPBACK": f"localhost:{places.org_tls_port},127.0.0.1:{places.org_port}",
        "ACCORD_CA_FILE": ca_file,
        "ACCORD_ASSETS_DIR": str(ROOT / "build" / "panel"),
        "ACCORD_SMTP_URL": (places.folder / "mails").resolve().as_uri(),
        "ACCORD_MAIL_FROM": "accord@halden.example",
    }


@contextmanager
def _program(command: list[str], environ: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program that ends with the block. It gets no Ctrl-C of its own: we stop it, in order."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own programs
            command, env=dict(environ), stdout=output, stderr=output, cwd=ROOT, start_new_session=True
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=35)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until(url: str, process: subprocess.Popen[bytes], log: Path, stop: threading.Event) -> None:
    """Returns when the address answers 200. Raises MisconfiguredError when its program has ended, or in 60 seconds."""
    for _ in range(START_SECONDS * 10):
        if stop.is_set():
            raise KeyboardInterrupt
        if process.poll() is not None:
            break
        try:
            if web().get(url, timeout=5).status_code == requests.codes.ok:
                return
        except (requests.ConnectionError, requests.Timeout):
            pass
        stop.wait(0.1)
    lines = log.read_text(errors="replace").splitlines()
    raise MisconfiguredError("\n".join(["The demo could not start.", *lines[-12:], f"The whole log is {log}"]))


def _port(environ: Mapping[str, str], name: str, usual: int) -> int:
    text = environ.get(name) or str(usual)
    if not re.fullmatch(r"\d{1,5}", text) or not 0 < int(text) < 65536:
        raise MisconfiguredError(f"{name} must be a port number from 1 to 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError:
            raise MisconfiguredError(
                f"Port {text} is taken by another program. Stop that one, or choose another port: "
                f"make run {name}={int(text) + 10}"
            ) from None
    return int(text)
