"""A member connects a Salesforce login of his own, as he does it: Accord, his browser, the org, and back."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from werkzeug.test import TestResponse

from accord.core.ids import ConnectionId, MemberId, UserId, new_id
from accord.features.connections.model import PersonalLogin
from accord.workspace.members.store import find_by_user
from support.product import Product
from support.running_org import RILEY
from support.signed import a_signer, an_apex_token
from support.web_login import allow, view_as

START = "/oauth/salesforce/start"
CALLBACK = "/oauth/salesforce/callback"
MINE = "/api/v1/me/salesforce-login"


@dataclass(frozen=True, slots=True)
class WayBack:
    """What the org's redirect carries to Accord."""

    address: str
    query: str

    @property
    def given(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.query).items()}


def start(product: Product, headers: dict[str, str]) -> str:
    answer = product.client.post(START, headers=headers)
    assert answer.status_code == 200, answer.text
    return str(answer.json["authorize_url"])


def at_salesforce(product: Product, authorize_url: str, username: str = RILEY) -> WayBack:
    """The user's browser at the org: he is signed in there, and allows what he is asked."""
    browser = product.org_app.test_client()
    view_as(browser, username)
    answer = allow(browser, authorize_url)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    return WayBack(f"{parts.scheme}://{parts.netloc}{parts.path}", parts.query)


def come_back(product: Product, way: WayBack) -> TestResponse:
    return product.client.get(f"{CALLBACK}?{way.query}")


def connect_own_login(product: Product, username: str = RILEY) -> dict[str, str]:
    """The whole way; gives the headers of the member's session with Accord."""
    headers = product.sign_in(username)
    answer = come_back(product, at_salesforce(product, start(product, headers), username))
    assert answer.status_code == 200, answer.text
    return headers


def member_id_of(product: Product, username: str = RILEY) -> MemberId:
    user = product.org.users.by_username(username)
    assert user is not None
    with product.parts.database.reading(product.connection.workspace_id) as session:
        member = find_by_user(session, ConnectionId(product.connection.id), UserId(user.id))
    assert member is not None
    return member.id


def stored_login(product: Product, username: str = RILEY) -> PersonalLogin | None:
    return product.parts.connections._safe.find_personal_login(product.connection, member_id_of(product, username))


def register_apex(product: Product) -> None:
    """The org's certificate is known: from now on a call by way of Apex is believed."""
    product.parts.connections.decisions.register_certificate(
        product.connection, a_signer().certificate_pem, key_id="Accord_JWT", by=None
    )


def as_apex_asks(product: Product) -> dict[str, str]:
    """What the Lightning components send by way of Apex: a token of the org for the rep and the deal he looks at."""
    user = product.org.users.by_username(RILEY)
    now = int(product.clock().timestamp())
    claims = {"iss": product.org.id, "sub": user.id, "aud": product.parts.settings.public_url, "rid": product.deal()}
    times = {"iat": now, "exp": now + 120, "jti": new_id(product.clock())}
    return {"Authorization": f"Bearer {an_apex_token({**claims, **times}, signer=a_signer())}"}
