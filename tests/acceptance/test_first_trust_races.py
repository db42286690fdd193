"""An administrator's sign-in that meets another one, or breaks off halfway."""

from dataclasses import replace

import pytest

from accord.features.connections.model import NewConnection, RefusedTokenError
from accord.features.connections.trust.model import TrustKind
from support.own_login import CALLBACK
from support.product import INTEGRATION
from support.trust import Admin, a_new_link, a_proposal, asked_of, connection_of, kinds


def test_a_sign_in_that_another_begins_meanwhile_is_not_his(product):
    """Whoever has the code too begins anew while Salesforce is asked about the administrator who came back."""
    admin, mallory, link = Admin(product), Admin(product), a_new_link(product)
    asked = asked_of(f"{CALLBACK}?{admin.at_salesforce(link).query}")
    admins = product.parts.connections.admins

    def ask_slowly(login):
        mallory.enter(link)
        return admins.open_gateway(login)

    slow = replace(admins, open_gateway=ask_slowly)
    with pytest.raises(RefusedTokenError) as refused:
        slow.prove(state=asked["state"], code=asked["code"], browser=admin.browser.get_cookie("accord-connect").value)

    assert refused.value.check == "connect_code"
    assert mallory.decide("connect").status_code == 400
    assert connection_of(product) is None


def test_an_org_whose_connecting_broke_off_is_connected_by_pressing_again(product):
    admin, connections = Admin(product), product.parts.connections
    admin.sign_in(a_new_link(product))
    at = connections.admins.session(admin.browser.get_cookie("accord-connect").value)
    proof = at.proof
    half = NewConnection(
        org_id=proof.org_id,
        label="Halden",
        instance_url=proof.instance_url,
        is_sandbox=False,
        integration_username=INTEGRATION,
        consumer_key=product.setup_app.consumer_key,
        login_url=proof.instance_url,
    )
    made = connections.create_connection(at.link.workspace_id, half)

    page = admin.decide("connect")

    assert page.status_code == 200, page.text
    assert connection_of(product).id == made.id
    assert connections.logins.integration_login(made.workspace_id, made.id)
    assert kinds(product, made) == [TrustKind.ORG_CONNECTED]


def test_of_two_links_for_one_org_the_second_changes_nothing_of_the_first(product):
    first, second = Admin(product), Admin(product)
    first.sign_in(a_new_link(product))
    second.sign_in(product.parts.connections.links.link_for_new_org("Mallory", a_proposal(product)))
    first.decide("connect")
    made = connection_of(product)

    page = second.decide("connect")

    assert page.status_code == 409, page.text
    assert (connection_of(product), kinds(product, made)) == (made, [TrustKind.ORG_CONNECTED])
