"""The pages on which an administrator connects his org, in a browser: the code, the org, its login, the certificate.

With ACCORD_PICTURES=folder the pictures of the docs are taken on the way.
"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from accord.core.ids import OrgId
from support.database import open_database
from support.own_login import CALLBACK, at_salesforce
from support.panel_page import findings
from support.product import Product, a_product
from support.running_org import ADMIN, RILEY
from support.signed import a_signer
from support.trust import a_link, a_new_link, connection_of

pytestmark = pytest.mark.browser


@pytest.fixture
def width() -> int:
    return 760


@pytest.fixture
def product(sqlite_template: Path, tmp_path: Path) -> Iterator[Product]:
    (tmp_path / "accord.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{tmp_path / 'accord.db'}")
    with a_product(database) as made:
        yield made
    database.close()


@pytest.fixture
def address(product: Product) -> Iterator[str]:
    """Accord behind a socket, as a browser meets it."""
    server = make_server("127.0.0.1", 0, product.app)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()


def seen(page: Page, heading: str, picture: str = "") -> None:
    """The page has loaded and is for everybody; a named one is for the docs."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()
    assert findings(page) == []
    if picture and (folder := os.environ.get("ACCORD_PICTURES")):
        page.screenshot(path=Path(folder) / f"{picture}.png", full_page=True)


def press(page: Page, button: str) -> None:
    wanted = page.get_by_role("button", name=button)
    wanted.focus()
    page.keyboard.press("Enter")


def sign_in(page: Page, product: Product, address: str, code: str, *, username: str = ADMIN) -> None:
    """From the code over Salesforce's own sign-in back to Accord."""
    page.goto(f"{address}/connect")
    page.get_by_label("One-time code").fill(code)
    page.keyboard.press("Enter")
    leave = page.get_by_role("link", name="Sign in to Salesforce").get_attribute("href")
    page.goto(f"{address}{CALLBACK}?{at_salesforce(product, str(leave), username).query}")


def test_an_administrator_connects_his_org_with_the_keyboard(page: Page, product: Product, address: str) -> None:
    link = a_new_link(product)
    page.goto(f"{address}/connect")
    seen(page, "Connect a Salesforce org", "connect-the-code")
    page.get_by_label("One-time code").fill(link.code.reveal())
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Sign in to Salesforce")).to_be_visible()
    seen(page, "Connect a Salesforce org", "connect-sign-in")

    sign_in(page, product, address, link.code.reveal())
    seen(page, "Is this the right org?", "connect-is-this-the-org")
    press(page, "Connect this org")
    seen(page, "The org is connected")
    expect(page.get_by_text("Client secret")).to_be_visible()
    assert connection_of(product) is not None

    signer = a_signer()
    page.get_by_label("Certificate file (.crt)").set_input_files(
        {"name": "Accord_JWT.crt", "mimeType": "application/x-x509-ca-cert", "buffer": signer.certificate_pem.encode()}
    )
    press(page, "Show its fingerprint")
    seen(page, "Register the org's certificate", "connect-the-fingerprint")
    press(page, "Register this certificate")
    seen(page, "This sign-in is finished")
    expect(page.get_by_role("status")).to_contain_text("is registered")


def test_a_wrong_code_and_somebody_who_is_no_administrator_are_told_so(
    page: Page, product: Product, address: str
) -> None:
    page.goto(f"{address}/connect")
    page.get_by_label("One-time code").fill("not the code")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This code is wrong, was used, or has expired.")
    seen(page, "Connect a Salesforce org", "connect-a-wrong-code")

    sign_in(page, product, address, a_new_link(product).code.reveal(), username=RILEY)
    expect(page.get_by_role("alert")).to_contain_text("administrator")
    assert findings(page) == []


def test_a_connection_on_hold_offers_to_go_on_or_to_disconnect(page: Page, product: Product, address: str) -> None:
    other = OrgId("00DOTHER0000001AAA")
    product.parts.connections.decisions.freeze(product.connection, other)
    link = a_link(product)

    sign_in(page, product, address, link.code.reveal())

    seen(page, "This connection is on hold", "connect-on-hold")
    expect(page.get_by_role("button", name="Disconnect")).to_be_visible()
    press(page, "Go on with this org")
    seen(page, "Register the org's certificate")
