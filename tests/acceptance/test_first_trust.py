"""An org is trusted for the first time: by an administrator's own sign-in, and on nobody's word (S2, D1, D3)."""

import re
import ssl

import pytest

from accord.features.connections.model import ConnectionStatus
from accord.features.connections.trust.model import TrustKind
from accord.salesforce.guard import UnsafeAddressError
from support.own_login import CALLBACK, WayBack
from support.product import PAGE, a_product
from support.running_org import RILEY
from support.signed import a_signer, an_apex_token
from support.trust import CONNECT, Admin, a_link, a_new_link, a_proposal, asked_of, connection_of, kinds


def test_an_administrator_connects_his_org_and_registers_its_certificate(product):
    admin, link = Admin(product), a_new_link(product)
    signer = a_signer()

    asked = asked_of(admin.enter(link))
    page = admin.sign_in(link)
    assert page.status_code == 200
    assert all(text in page.text for text in ("Halden Instruments", product.org.id, "Ada Lindqvist"))
    assert connection_of(product) is None, "nothing is connected before he says so"

    page = admin.decide("connect")
    connection = connection_of(product)
    assert re.search("Client secret</dt><dd><code>[^<]{20,}", page.text)
    assert (connection.org_id, connection.status, connection.is_sandbox) == (product.org.id, "live", False)

    page = admin.upload(ssl.PEM_cert_to_DER_cert(signer.certificate_pem))
    shown = signer.fingerprint.upper()
    assert f"{shown[:2]}:{shown[2:4]}:" in page.text
    page = admin.confirm()

    assert page.status_code == 200
    assert "is registered" in page.text
    assert (asked["code_challenge_method"], asked["scope"]) == ("S256", "api id")
    assert asked["redirect_uri"] == f"http://localhost:8000{CALLBACK}"
    assert kinds(product, connection) == [TrustKind.ORG_CONNECTED, TrustKind.CERTIFICATE_REGISTERED]
    registered = product.parts.connections.decisions.events(connection)[0]
    ada = product.org.users.by_username("admin@halden.example")
    assert (registered.detail, registered.by_user) == (signer.fingerprint, ada.id)
    assert product.parts.connections.logins.integration_login(connection.workspace_id, connection.id)


def test_the_sign_in_of_the_administrator_is_ended_and_kept_nowhere(product):
    admin, link = Admin(product), a_new_link(product)
    before = set(product.session_tokens())

    admin.sign_in(link)

    mine = set(product.session_tokens()) - before
    assert mine
    assert all(product.org.sessions.find(token) is None for token in mine)


def test_tokens_of_apex_are_believed_from_then_on_and_not_before(product):
    signer, link = a_signer(), a_link(product)
    user = product.org.users.by_username(RILEY)
    claims = {"iss": product.org.id, "sub": user.id, "aud": "http://localhost:8000"}

    def asks() -> int:
        headers = {"Authorization": f"Bearer {an_apex_token(claims)}"}
        return product.client.get("/api/v1/me/salesforce-login", headers=headers).status_code

    assert asks() == 401, "a certificate that nobody registered"
    admin = Admin(product)
    admin.sign_in(link)
    admin.upload(signer.certificate_pem.encode())
    assert asks() == 401, "it was shown, not registered"
    admin.confirm()

    assert asks() == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda product: Admin(product, username=RILEY), "not an administrator"),
        (lambda product: product.org.users.change(_ada(product), UserType="PowerPartner"), "own users"),
    ],
    ids=["a_rep", "a_partner"],
)
def test_who_is_no_administrator_connects_nothing(product, change, words):
    link, changed = a_new_link(product), change(product)
    admin = changed if isinstance(changed, Admin) else Admin(product)

    page = admin.sign_in(link)

    assert (page.status_code, connection_of(product)) == (400, None)
    assert words in page.text
    assert admin.decide("connect").status_code == 400
    assert connection_of(product) is None


def _ada(product):
    return product.org.users.by_username("admin@halden.example").id


def test_an_org_that_is_connected_is_not_taken_over_by_another_link(product):
    """Foreign certificate for a known org: refused, whoever made the link."""
    link = product.parts.connections.links.link_for_new_org("Mallory", a_proposal(product))

    page = Admin(product).sign_in(link)

    assert page.status_code == 400
    assert "connected to Accord already" in page.text
    assert connection_of(product) == product.connection


def test_the_way_back_is_good_in_the_browser_that_began_alone(product):
    """An administrator who was talked into signing in by somebody else's link connects nothing."""
    mallory, link = Admin(product), a_new_link(product)
    way = mallory.at_salesforce(link)
    victim = Admin(product)

    page = victim.come_back(way)

    assert (page.status_code, connection_of(product)) == (400, None)
    assert victim.decide("connect").status_code == 400
    assert mallory.come_back(way).status_code == 200, "the one who began may still go on"


def test_a_state_and_a_code_are_used_once(product):
    admin, link = Admin(product), a_new_link(product)
    way = admin.at_salesforce(link)
    assert admin.come_back(way).status_code == 200

    assert admin.come_back(way).status_code == 400
    again = Admin(product).browser.post(CONNECT, data={"code": link.code.reveal()})

    assert again.status_code == 400
    assert "was used" in again.text


def test_a_sign_in_that_was_denied_can_be_begun_again_and_voids_the_one_before(product):
    admin, link = Admin(product), a_new_link(product)
    first = admin.at_salesforce(link)
    denied = asked_of(admin.enter(link))["state"]

    assert admin.come_back(first).status_code == 400
    assert admin.come_back(WayBack("", f"error=access_denied&state={denied}")).status_code == 403
    assert admin.sign_in(link).status_code == 200


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 400)])
def test_a_code_is_good_for_an_hour(one_product, minutes, status):
    link = a_link(one_product)
    one_product.clock.advance(minutes=minutes)

    page = Admin(one_product).browser.post(CONNECT, data={"code": link.code.reveal()})

    assert page.status_code == status


def test_a_proved_sign_in_is_good_for_a_quarter_of_an_hour(one_product):
    admin = Admin(one_product)
    admin.sign_in(a_link(one_product))
    one_product.clock.advance(minutes=16)

    assert admin.upload(a_signer().certificate_pem.encode()).status_code == 400
    assert one_product.parts.connections.sign_in.forget_expired() >= 1


def test_a_form_of_a_strangers_page_decides_nothing(one_product):
    admin = Admin(one_product)
    admin.sign_in(a_new_link(one_product))

    page = admin.decide("connect", form_token="0" * 64)

    assert (page.status_code, connection_of(one_product)) == (400, None)


def test_another_certificate_than_the_one_that_was_shown_is_not_registered(one_product):
    admin = Admin(one_product)
    admin.sign_in(a_link(one_product))
    admin.upload(a_signer().certificate_pem.encode())

    page = admin.confirm(pem=a_signer("other").certificate_pem)

    assert page.status_code == 422
    admin.upload(a_signer().certificate_pem.encode())
    assert admin.confirm(key_id="Accord\0JWT").status_code == 422
    assert TrustKind.CERTIFICATE_REGISTERED not in kinds(one_product, one_product.connection)


def test_what_is_no_certificate_is_told_at_the_step(one_product):
    admin = Admin(one_product)
    admin.sign_in(a_link(one_product))

    for content in (b"", b"garbage", b"-----BEGIN CERTIFICATE-----"):
        page = admin.upload(content)

        assert page.status_code == 422
        assert 'role="alert"' in page.text
        assert 'name="certificate"' in page.text


def test_codes_cannot_be_guessed(one_product):
    browser = Admin(one_product).browser
    statuses = [browser.post(CONNECT, data={"code": f"guess-{number}"}).status_code for number in range(11)]

    assert statuses == [400] * 10 + [429]


def test_the_pages_hold_no_script_and_no_frame_holds_them(one_product):
    admin = Admin(one_product)
    pages = [admin.browser.get(CONNECT), admin.sign_in(a_link(one_product))]

    for page in pages:
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script" not in policy
        assert "<script" not in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert '<html lang="en">' in page.text
        assert 'aria-current="step"' in page.text
    cookie = admin.browser.get_cookie("accord-connect")
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")


def test_a_sign_in_that_was_refused_is_written_down_with_its_reason(product):
    Admin(product, username=RILEY).sign_in(a_link(product))

    refused = product.parts.connections.decisions.events(product.connection)[0]

    assert (refused.kind, refused.detail) == (TrustKind.SIGN_IN_REFUSED, "admin_right")


def test_a_connection_on_hold_goes_on_when_an_administrator_says_so(product):
    product.parts.connections.set_status(product.connection, ConnectionStatus.FROZEN)
    admin = Admin(product)

    page = admin.sign_in(a_link(product))
    assert "on hold" in page.text
    page = admin.decide("go_on")

    assert page.status_code == 200
    assert connection_of(product).status is ConnectionStatus.LIVE


def test_the_login_page_is_the_orgs_own(one_product):
    assert Admin(one_product).enter(a_link(one_product)).startswith(f"{PAGE}/services/oauth2/authorize?")


def test_over_https_the_cookie_is_bound_to_this_very_host(database):
    with a_product(database, environ={"ACCORD_PUBLIC_URL": "https://accord.example"}) as product:
        code = a_link(product).code.reveal()
        answer = product.app.test_client().post(CONNECT, data={"code": code}, base_url="https://accord.example")

    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-accord-connect=")
    assert all(f"; {part}" in cookie for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in cookie


def test_a_sign_in_goes_to_salesforce_and_nowhere_else(one_product):
    evil = "https://halden.my.salesforce.com.evil.example"
    for address in ("http://halden.my.salesforce.com", evil, "https://[::1]", "https://169.254.169.254"):
        with pytest.raises(UnsafeAddressError):
            a_new_link(one_product, login_url=address)
