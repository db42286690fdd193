"""The operator makes, lists and ends the logins of applications from the command line."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from accord import cli
from accord.features.connections.trust.model import TrustKind
from support.database import open_database
from support.product import Product, a_product
from support.trust import kinds

OTHER_ORG = "00D000000000001"


@pytest.fixture
def product(sqlite_template: Path, tmp_path: Path):
    """On one engine: no database has a part in it."""
    (tmp_path / "accord.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{tmp_path / 'accord.db'}")
    with a_product(database) as made:
        yield made
    database.close()


@pytest.fixture
def accord(product: Product, monkeypatch: pytest.MonkeyPatch):
    """Commands that find the parts of this process, instead of building their own from the environment."""

    @contextmanager
    def parts():
        yield product.parts

    monkeypatch.setattr(cli, "_parts", parts)
    return lambda *arguments: CliRunner().invoke(cli.commands, arguments)


def login_in(said: Result) -> dict[str, str]:
    words = said.output.split()
    after = {word: words[place + 1] for place, word in enumerate(words[:-1]) if word in {"id", "secret"}}
    return {"client_id": after["id"], "client_secret": words[-1]}


def asks_for_a_token(product: Product, login: dict[str, str]) -> int:
    return product.client.post("/oauth/token", data={"grant_type": "client_credentials", **login}).status_code


def test_a_login_for_the_applications_server_is_made_listed_and_ended(product, accord):
    product.clock.advance(minutes=1)
    made = accord("new-client", "--org-id", product.org.id[:15])
    login = login_in(made)

    assert (made.exit_code, "role service" in made.output) == (0, True), made.output
    assert asks_for_a_token(product, login) == 200
    listed = accord("clients", "--org-id", product.org.id).output
    first, second = listed.splitlines()
    assert first.split()[:3] == [login["client_id"], "service", "active"]
    assert second.split()[:3] == [product.flow_client.client_id, "flow", "active"]
    assert login["client_secret"] not in listed

    ended = accord("end-client", "--org-id", product.org.id, login["client_id"])

    assert ended.output == f"{login['client_id']} is ended.\n"
    assert asks_for_a_token(product, login) == 401
    assert accord("clients", "--org-id", product.org.id).output.splitlines()[0].split()[2] == "ended"
    assert kinds(product, product.connection)[-2:] == [TrustKind.CLIENT_MADE, TrustKind.CLIENT_ENDED]


@pytest.mark.parametrize("command", [["new-client"], ["clients"], ["end-client", "accord-000000000000000000000000"]])
def test_an_org_that_is_not_connected_has_no_logins(accord, command):
    said = accord(*command, "--org-id", OTHER_ORG)

    assert said.exit_code == 1
    assert said.exception is not None


def test_a_login_has_no_role_of_a_person(product, accord):
    assert accord("new-client", "--org-id", product.org.id, "--role", "admin").exit_code == 2
