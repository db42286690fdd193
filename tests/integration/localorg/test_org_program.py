"""`python -m localorg` as a person runs it."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from support.running_org import ADMIN, RILEY, ROOT, an_org_process, org_environment


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "localorg", *arguments],
        env={**org_environment(http_port=1, https_port=1), **environment},
        cwd=ROOT, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip


def get(base: str, path: str, token: str) -> requests.Response:
    session = requests.Session()
    session.trust_env = False
    return session.get(base + path, headers={"Authorization": f"Bearer {token}"}, timeout=10)


def test_it_serves_and_prints_logins_and_stops_when_told(tmp_path: Path) -> None:
    with an_org_process(tmp_path) as org:
        administrator, rep = org.token(), org.token(RILEY)
        answer = get(org.http_base, "/services/data/v67.0/query?q=SELECT+COUNT()+FROM+Opportunity", rep["access_token"])
        ended = org.stop()

    assert (administrator["username"], rep["username"]) == (ADMIN, RILEY)
    assert administrator["instance_url"].startswith("https://localhost:")
    assert administrator["http_url"] == org.http_base
    assert Path(administrator["ca_file"]).is_file()
    assert answer.json()["totalSize"] == 12
    assert ended == 0


def test_a_restart_finds_the_data_and_does_not_seed_again(tmp_path: Path) -> None:
    data = tmp_path / "org.db"
    with an_org_process(tmp_path, data_file=data) as org:
        first = org.token()
        session = requests.Session()
        session.trust_env = False
        session.post(
            f"{org.http_base}/services/data/v67.0/sobjects/Account",
            json={"Name": "Written before the restart"},
            headers={"Authorization": f"Bearer {first['access_token']}"},
            timeout=10,
        ).raise_for_status()
        assert org.stop() == 0
    with an_org_process(tmp_path, data_file=data) as org:
        second = org.token()
        names = get(org.http_base, "/services/data/v67.0/query?q=SELECT+Name+FROM+Account", first["access_token"])

    found = [record["Name"] for record in names.json()["records"]]
    assert second["organization_id"] == first["organization_id"]
    assert found.count("Written before the restart") == 1
    assert found.count("Brightwater Utilities") == 1


@pytest.mark.parametrize("variable", ["ORG_PORT", "ORG_TLS_PORT"])
def test_a_taken_port_is_named_with_the_variable_that_changes_it(tmp_path: Path, variable: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ports = {"ORG_PORT": "0", "ORG_TLS_PORT": "0", variable: port}
        done = run("serve", "--state", str(tmp_path), **ports)

    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert f"{variable}=" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "reason"),
    [
        (["serve", "--metadata", "no/such/folder"], {}, "no folder no/such/folder"),
        (["serve", "--seed", "nothing.json"], {}, "no file nothing.json"),
        (["serve"], {"ORG_PORT": "many"}, "ORG_PORT is a port number"),
        (["token"], {"ORG_PORT": "1"}, "No org is running on port 1"),
    ],
)
def test_mistakes_are_told_in_one_sentence(arguments: list[str], environment: dict[str, str], reason: str) -> None:
    done = run(*arguments, **environment)

    assert done.returncode == 1
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_seed_is_named(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    seed.write_text('{"opportunities": [{"Name": "No stage", "AccountId": "ref:missing"}]}')
    done = run("serve", "--seed", str(seed), "--state", str(tmp_path), ORG_PORT="0", ORG_TLS_PORT="0")

    assert done.returncode == 1
    assert "seed.json" in done.stderr
    assert "missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_data_file_is_told_and_not_touched(tmp_path: Path) -> None:
    data = tmp_path / "org.db"
    data.write_text("this is no database")
    done = run("serve", "--data", str(data), "--state", str(tmp_path), ORG_PORT="0", ORG_TLS_PORT="0")

    assert (done.returncode, data.read_text()) == (1, "this is no database")
    assert "cannot use its files" in done.stderr
    assert "Traceback" not in done.stderr


def test_damaged_registrations_are_named(tmp_path: Path) -> None:
    (tmp_path / "setup.json").write_text("[]")
    done = run("serve", "--state", str(tmp_path), ORG_PORT="0", ORG_TLS_PORT="0")

    assert done.returncode == 1
    assert "setup.json is damaged" in done.stderr
