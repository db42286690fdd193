"""An org that is another one all of a sudden: nothing is written until an administrator has confirmed it (D3)."""

import pytest

from accord.core.errors import AuthorizationLostError
from accord.core.ids import OrgId, widen
from accord.features.connections.model import ConnectionStatus
from accord.features.connections.trust.model import TrustKind
from support.own_login import connect_own_login, stored_login
from support.product import Product
from support.signed import a_signer
from support.trust import Admin, a_link, kinds

REFRESHED = OrgId(widen("00DgXX0000000zz"))


def refresh_sandbox(product: Product) -> None:
    """The org is made anew as a copy: everything is there, and its id is another one."""
    old = product.org.id
    product.org.id = REFRESHED
    records = product.org.records
    row = records.set("Organization", old, None)
    records.set("Organization", REFRESHED, {**row, "Id": REFRESHED, "IsSandbox": True})


def now_of(product: Product):
    return product.parts.connections.get_connection(product.connection.workspace_id, product.connection.id)


def meet(product: Product) -> None:
    """The integration owner signs in to the org that is another one now."""
    connections = product.parts.connections
    connections.logins.forget(product.connection.id)
    with pytest.raises(AuthorizationLostError) as lost:
        connections.logins.integration_login(product.connection.workspace_id, product.connection.id)
    assert lost.value.code == "OTHER_ORG"


def log_comment(product: Product, flow: dict[str, str]) -> None:
    item = {"recordId": product.deal(), "kind": "comment", "subjectText": "redline"}
    product.client.post("/flow/v1/activities", json={"items": [item]}, headers=flow)


def test_a_login_that_leads_elsewhere_puts_the_connection_on_hold_and_nothing_is_written(product):
    rep, flow = product.sign_in(), product.sign_in_flow()
    log_comment(product, flow)
    refresh_sandbox(product)
    meet(product)

    held = now_of(product)
    assert (held.status, held.found_org_id) == (ConnectionStatus.FROZEN, REFRESHED)
    assert kinds(product, held) == [TrustKind.ORG_CHANGE_SEEN]
    for headers in (rep, flow):
        answer = product.client.get(f"/api/v1/panels/{product.deal()}", headers=headers)
        assert (answer.status_code, answer.json["code"]) == (403, "CONNECTION_FROZEN")
    assert product.deliver().calls == 0
    assert product.tasks() == []


def test_an_administrator_of_the_new_org_goes_on_and_what_waited_is_written_there(product):
    connect_own_login(product)
    product.parts.connections.decisions.register_certificate(
        product.connection, a_signer().certificate_pem, key_id="Accord_JWT", by=None
    )
    log_comment(product, product.sign_in_flow())
    refresh_sandbox(product)
    meet(product)
    admin = Admin(product)

    page = admin.sign_in(a_link(product))
    assert product.connection.org_id in page.text
    assert REFRESHED in page.text
    page = admin.decide("go_on")

    assert page.status_code == 200, page.text
    found = now_of(product)
    assert (found.status, found.org_id, found.found_org_id) == (ConnectionStatus.LIVE, REFRESHED, None)
    assert stored_login(product) is None, "his login was the old org's"
    assert {each.active for each in product.parts.connections.sign_in._certificates(REFRESHED)} == {False}
    product.deliver()
    assert len(product.tasks()) == 1
    assert TrustKind.ORG_CONFIRMED in kinds(product, found)


def test_or_he_disconnects(product):
    refresh_sandbox(product)
    meet(product)
    admin = Admin(product)
    admin.sign_in(a_link(product))

    before, page = admin.page, admin.decide("disconnect")

    assert "is disconnected" in page.text
    for shown in (before, page):
        assert "Nothing is deleted" in shown.text
        assert "accord disconnect" in shown.text, "how the copies are deleted"
    assert now_of(product).status is ConnectionStatus.DISCONNECTED
    assert kinds(product, product.connection)[-1] is TrustKind.ORG_DISCONNECTED


def test_a_hold_is_met_once_and_a_later_good_login_does_not_end_it(product):
    refresh_sandbox(product)
    meet(product)
    product.org.id = product.connection.org_id

    with pytest.raises(AuthorizationLostError) as frozen:
        product.parts.connections.gateway_for(product.connection.workspace_id, product.connection.id, None)

    assert frozen.value.code == "CONNECTION_FROZEN"


def test_disconnecting_ends_the_logins_of_members_at_salesforce_too(product):
    connect_own_login(product)
    login = stored_login(product)
    connections = product.parts.connections
    integration = connections.logins.integration_login(product.connection.workspace_id, product.connection.id)

    receipt = connections.disconnect(product.connection)

    assert (receipt.ended, receipt.not_confirmed) == (2, 0)
    assert product.org.grants.find(login.refresh_token.reveal()) is None
    for token in (login.access_token, integration.access_token):
        assert product.org.sessions.find(token.reveal()) is None
    assert stored_login(product) is None


def test_disconnecting_does_not_wait_for_a_salesforce_that_is_away(product):
    connect_own_login(product)
    product.sign_in_the_owner()
    product.arm(kind="unavailable", match={"path": "/services/oauth2/revoke"}, rate=1)

    receipt = product.parts.connections.disconnect(product.connection)

    assert (receipt.ended, receipt.not_confirmed) == (0, 2), "the member's and the integration owner's"
    assert stored_login(product) is None
