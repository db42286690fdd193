"""The command line as somebody meets it who has never seen it."""

import ssl
import subprocess
from pathlib import Path

import pytest

from support.builders import MASTER_KEY, SESSION_KEY
from support.command_line import accord
from support.demo import demo_environment, free_ports
from support.running_org import a_key_pair


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    import base64

    master = base64.b64encode(MASTER_KEY).decode()
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'a.db'}",
        "ACCORD_SESSION_KEY": SESSION_KEY,
        "ACCORD_MASTER_KEYS": f"k1:{master}",
    }


def test_help_lists_every_command_with_what_it_does():
    said = accord("--help").stdout

    for command in (
        "backup",
        "clients",
        "connect",
        "demo",
        "change-secrets",
        "demo-token",
        "disconnect",
        "receipts",
        "end-client",
        "new-client",
        "new-key",
        "release",
        "rotate-keys",
        "serve",
        "settings",
        "web",
        "worker",
    ):
        assert f"  {command} " in said


def test_the_start_lists_all_that_is_wrong_with_the_settings_and_shows_no_traceback():
    said = accord("serve", PORT="x", ACCORD_SESSION_KEY="changeme")

    assert said.returncode == 1
    assert all(name in said.stderr for name in ("PORT", "ACCORD_SESSION_KEY", "ACCORD_MASTER_KEYS"))
    assert "Traceback" not in said.stderr


def test_a_new_key_is_good_for_the_settings(settings):
    key = accord("new-key").stdout.strip()

    assert accord("settings", **{**settings, "ACCORD_SESSION_KEY": key}).returncode == 0


def test_serving_postgresql_is_refused_with_a_remedy(settings):
    said = accord("serve", **{**settings, "DATABASE_URL": "postgresql://u@localhost/x"})

    assert said.returncode == 1
    assert "sqlite:///" in said.stderr


@pytest.fixture
def facts(tmp_path: Path) -> dict[str, str]:
    """What an admin copies from Setup."""
    (tmp_path / "secret").write_text("s" * 32)
    (tmp_path / "key.pem").write_text(a_key_pair().private_pem)
    return {
        "--name": "Halden",
        "--org-id": "00D000000000001",
        "--instance-url": "https://halden.my.salesforce.com",
        "--integration-username": "integration@halden.example",
        "--consumer-key": "3MVG9",
        "--consumer-secret-file": str(tmp_path / "secret"),
        "--private-key-file": str(tmp_path / "key.pem"),
    }


def connect(facts: dict[str, str], settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return accord("connect", *(part for option in facts.items() for part in option), **settings)


def test_an_org_is_connected_once_and_again_after_it_was_disconnected(settings, facts):
    first, second = connect(facts, settings), connect(facts, settings)
    ended = accord("disconnect", "--org-id", facts["--org-id"], **settings)
    told = accord("receipts", **settings).stdout

    assert first.returncode == 0, first.stderr
    assert "client secret" in first.stdout
    assert second.returncode == 1
    assert "connected to Accord already" in second.stderr
    assert "\nHalden is disconnected.\n" in ended.stdout
    assert (facts["--org-id"] in told, "left 0" in told, "finished" in told) == (True, True, True)
    assert connect(facts, settings).returncode == 0


def test_the_master_key_is_rotated_and_says_which_one_can_go(settings, facts):
    connect(facts, settings)
    newer = accord("new-key").stdout.strip()
    both = {**settings, "ACCORD_MASTER_KEYS": f"k2:{newer},{settings['ACCORD_MASTER_KEYS']}"}
    alone = {**settings, "ACCORD_MASTER_KEYS": f"k2:{newer}"}

    secret = ("--consumer-secret-file", facts["--consumer-secret-file"])
    locked_out = accord("change-secrets", "--org-id", facts["--org-id"], *secret, **alone)
    too_early, rotated = accord("rotate-keys", **alone), accord("rotate-keys", **both)

    assert (locked_out.returncode, "Traceback" in locked_out.stderr) == (1, False)
    assert "ACCORD_MASTER_KEYS has no key 'k1'" in locked_out.stderr
    assert too_early.returncode == 1
    assert "Nothing was changed: ACCORD_MASTER_KEYS has no key 'k1'" in too_early.stderr
    assert rotated.returncode == 0, rotated.stderr
    assert "1 of the workspaces' keys" in rotated.stdout
    assert "No longer needed: k1." in rotated.stdout
    assert accord("disconnect", "--org-id", facts["--org-id"], **alone).returncode == 0


def test_a_backup_is_whole_private_and_never_written_over(settings, facts, tmp_path):
    connect(facts, settings)
    copy = tmp_path / "backup.db"

    made, again = accord("backup", str(copy), **settings), accord("backup", str(copy), **settings)

    assert made.returncode == 0, made.stderr
    assert copy.stat().st_mode & 0o077 == 0
    assert (again.returncode, "is there already" in again.stderr) == (1, True)
    restored = {**settings, "DATABASE_URL": f"sqlite:///{copy}"}
    assert "Halden is disconnected." in accord("disconnect", "--org-id", facts["--org-id"], **restored).stdout


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"DATABASE_URL": "postgresql://u@localhost/x"}, "pg_dump"),
        ({}, "is not there yet"),
    ],
)
def test_a_backup_that_cannot_be_made_says_why(settings, tmp_path, change, why):
    said = accord("backup", str(tmp_path / "copy.db"), **{**settings, **change})

    assert (said.returncode, why in said.stderr) == (1, True), said.stderr
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        ("--consumer-secret-file", b"short", "at least 16 characters"),
        ("--private-key-file", b"garbage", "no private key"),
        ("--apex-certificate-file", b"garbage", "no certificate"),
        ("--apex-certificate-file", b"-----BEGIN CERTIFICATE-----", "no certificate"),
    ],
)
def test_a_wrong_file_is_told_and_nothing_is_made(settings, facts, tmp_path, wrong):
    option, content, words = wrong
    (tmp_path / "wrong").write_bytes(content)

    said = connect({**facts, option: str(tmp_path / "wrong")}, settings)

    assert said.returncode == 1
    assert words in said.stderr
    assert "Traceback" not in said.stderr
    assert connect(facts, settings).returncode == 0


def test_the_orgs_certificate_is_taken_in_its_binary_form_too(settings, facts, tmp_path):
    pem = a_key_pair().certificate_pem
    (tmp_path / "org.crt").write_bytes(ssl.PEM_cert_to_DER_cert(pem))

    assert connect({**facts, "--apex-certificate-file": str(tmp_path / "org.crt")}, settings).returncode == 0


def test_a_wrong_org_id_is_named(settings, tmp_path):
    (tmp_path / "f").write_text("x" * 32)
    arguments = ["--name", "H", "--org-id", "nonsense", "--instance-url", "https://h.my.salesforce.com"]
    arguments += ["--integration-username", "i", "--consumer-key", "k", "--consumer-secret-file", str(tmp_path / "f")]

    said = accord("connect", *arguments, "--private-key-file", str(tmp_path / "f"), **settings)

    assert said.returncode == 1
    assert "--org-id" in said.stderr


@pytest.mark.parametrize("taken", ["PORT", "ORG_PORT", "ORG_TLS_PORT"])
def test_a_taken_port_is_named_with_the_variable_that_changes_it(tmp_path, taken):
    import socket

    ports = free_ports(3)
    environ = demo_environment(tmp_path, ports)
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", int(environ[taken])))
        busy.listen()
        said = accord("demo", **environ)

    assert said.returncode == 1
    assert f"Port {environ[taken]} is taken" in said.stderr
    assert f"make run {taken}=" in said.stderr


def test_a_link_for_a_new_org_prints_its_code_once_and_trusts_nothing(settings, facts):
    wanted = ("--name", "--integration-username", "--consumer-key", "--consumer-secret-file", "--private-key-file")
    given = [part for name in wanted for part in (name, facts[name])]

    made = accord("connect-link", *given, "--login-url", facts["--instance-url"], **settings)
    again = accord("connect-link", "--org-id", facts["--org-id"], **settings)

    assert made.returncode == 0, made.stderr
    assert "http://localhost:8000/connect" in made.stdout
    assert again.returncode == 1, "no org is connected by it"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--name", "H"], "needs --name, --login-url"),
        (["--login-url", "https://169.254.169.254"], "not the address of a Salesforce org"),
    ],
)
def test_a_link_that_can_never_work_is_not_made(settings, facts, given, words):
    wanted = ("--name", "--integration-username", "--consumer-key", "--consumer-secret-file")
    usual = [part for name in wanted for part in (name, facts[name])] if "--login-url" in given else []

    said = accord("connect-link", *usual, *given, **settings)

    assert (said.returncode, words in said.stderr) == (1, True), said.stderr


def test_the_doctor_says_what_it_could_not_look_at(settings, facts):
    connect(facts, settings)

    said = accord("doctor", "--org-id", facts["--org-id"], **settings, ACCORD_SALESFORCE_TIMEOUT="0.2")

    assert said.returncode == 1
    assert "failed   sign_in: The integration owner cannot sign in." in said.stdout
    assert "Traceback" not in said.stderr
