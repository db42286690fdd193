"""An administrator connects an org, as he does it: the code, Salesforce, and the pages of Accord in his browser."""

import io
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accord.features.connections.model import Connection, PrivateKey
from accord.features.connections.trust.model import NewLink, Proposal, TrustKind
from accord.settings import Secret
from support.local_org import HTTPS_BASE
from support.own_login import CALLBACK, WayBack, at_salesforce
from support.product import INTEGRATION, Product, the_keys
from support.running_org import ADMIN

CONNECT = "/connect"
_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')
_PEM = re.compile(r'name="pem" value="([^"]*)"')
_PRINT = re.compile(r'name="fingerprint" value="([0-9a-f]{64})"')
_LEAVE = re.compile(r'<a class="button" href="([^"]*)"')


def a_proposal(product: Product, *, private_key: bool = True, **changes: str) -> Proposal:
    """What the operator tells: the address and the app, and nothing of the org itself."""
    told = {
        "label": "Halden",
        "login_url": HTTPS_BASE,
        "consumer_key": product.setup_app.consumer_key,
        "integration_username": INTEGRATION,
        **changes,
    }
    key = PrivateKey(Secret(the_keys().private_pem.encode())) if private_key else None
    return Proposal(**told, consumer_secret=Secret(product.setup_app.consumer_secret.encode()), private_key=key)


def a_new_link(product: Product, **changes: str) -> NewLink:
    """A link for an org that is not connected (any more)."""
    if product.parts.connections.find_by_org(product.connection.org_id) is not None:
        product.parts.connections.disconnect(product.connection)
    return product.parts.connections.links.link_for_new_org("Halden", a_proposal(product, **changes))


def a_link(product: Product) -> NewLink:
    """A link for the org that is connected."""
    return product.parts.connections.links.link_for(product.connection, by=None)


@dataclass
class Admin:
    """An administrator with his browser; `page` is what it shows."""

    product: Product
    username: str = ADMIN
    page: TestResponse = field(init=False)
    browser: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.browser = self.product.app.test_client()

    def enter(self, link: NewLink) -> str:
        """Enters the code; gives where the page sends him."""
        self.product.clock.advance(seconds=1)
        self.page = self.browser.post(CONNECT, data={"code": link.code.reveal()})
        return self.way_out()

    def way_out(self) -> str:
        """Where the page sends him."""
        assert self.page.status_code == 200, self.page.text
        found = _LEAVE.search(self.page.text)
        assert found is not None
        return found[1].replace("&amp;", "&")

    def at_salesforce(self, link: NewLink) -> WayBack:
        return at_salesforce(self.product, self.enter(link), self.username)

    def come_back(self, way: WayBack) -> TestResponse:
        self.page = self.browser.get(f"{CALLBACK}?{way.query}")
        return self.page

    def sign_in(self, link: NewLink) -> TestResponse:
        return self.come_back(self.at_salesforce(link))

    def decide(self, decision: str, **changes: str) -> TestResponse:
        return self._post("decision", {"decision": decision, **changes})

    def upload(self, certificate: bytes) -> TestResponse:
        return self._post("certificate", {"certificate": (io.BytesIO(certificate), "Accord_JWT.crt")})

    def confirm(self, **changes: str) -> TestResponse:
        """Registers the certificate whose fingerprint the page shows."""
        pem, shown = _PEM.search(self.page.text), _PRINT.search(self.page.text)
        assert pem is not None
        assert shown is not None
        return self._post("certificate", {"pem": pem[1], "fingerprint": shown[1], "key_id": "Accord_JWT", **changes})

    def _post(self, where: str, form: dict) -> TestResponse:
        self.product.clock.advance(seconds=1)  # decisions are told apart by their times
        token = _TOKEN.search(self.page.text)
        given = {"form_token": token[1] if token else "", **form}
        self.page = self.browser.post(f"{CONNECT}/{where}", data=given)
        return self.page


def connection_of(product: Product) -> Connection | None:
    return product.parts.connections.find_by_org(product.connection.org_id)


def kinds(product: Product, connection: Connection) -> list[TrustKind]:
    """What was written down about a connection, oldest first."""
    return [event.kind for event in reversed(product.parts.connections.decisions.events(connection))]


def asked_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
