"""What an admin does with the connection of his org: settings, certificates, notices, its end (A1, D2, D5)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accord.features.connections.model import PrivateKey
from accord.features.connections.trust.model import TrustKind
from accord.settings import Secret
from support.activities import fold_nothing
from support.own_login import connect_own_login, stored_login
from support.product import INTEGRATION, Product, the_keys
from support.running_org import ADMIN, RILEY
from support.signed import a_signer
from support.trust import Admin, kinds

CONNECTION = "/api/v1/connection"
SETTINGS = "/api/v1/settings/connection"
NONE = {"secret_ends_on": None, "key_ends_on": None, "method_ends_on": None}


def allow_client_credentials(product: Product, run_as: str = INTEGRATION) -> None:
    product.setup.register(replace(product.setup_app, run_as=run_as, certificate_pem=None))


def put(product: Product, headers: dict[str, str], version: str = '"0"', **changes):
    body = {"integration_login": "client_credentials", **NONE, **changes}
    return product.client.put(SETTINGS, json=body, headers={**headers, "If-Match": version})


def token_requests(product: Product) -> int:
    return product.counter.report(since=0)["by_path"].get("/services/oauth2/token", 0)


def log_comment(product: Product, text: str) -> None:
    item = {"recordId": product.deal(), "kind": "comment", "subjectText": text}
    product.client.post("/flow/v1/activities", json={"items": [item]}, headers=product.sign_in_flow())


def test_the_integration_owner_signs_in_by_client_credentials_when_an_admin_says_so(product):
    fold_nothing(product)
    allow_client_credentials(product)
    headers = product.sign_in(ADMIN)

    answer = put(product, headers)

    assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
    asked = token_requests(product)
    for text in ("one", "two"):
        log_comment(product, text)
        product.deliver()
    users = product.org.users
    assert {users.by_id(task["CreatedById"]).username for task in product.tasks()} == {INTEGRATION}
    assert token_requests(product) - asked == 1, "the token is kept"
    product.org.sessions.expire_all()
    log_comment(product, "three")
    product.deliver()
    assert len(product.tasks()) == 3
    assert token_requests(product) - asked == 2, "and asked for again when it is over"
    assert TrustKind.INTEGRATION_CHANGED in kinds(product, product.connection)


def test_another_way_of_signing_in_has_to_work_before_it_is_stored(product):
    headers = product.sign_in(ADMIN)

    answer = put(product, headers)

    assert answer.status_code == 502
    assert "run-as user" in answer.json["message"]
    assert product.client.get(SETTINGS, headers=headers).json["integration_login"] == "jwt_bearer"


def test_an_end_that_is_declared_is_told_at_once(product):
    headers = product.sign_in(ADMIN)
    soon = (product.clock() + timedelta(days=6)).date().isoformat()

    assert put(product, headers, integration_login="jwt_bearer", key_ends_on=soon).status_code == 200

    (notice,) = product.client.get(f"{CONNECTION}/notices", headers=headers).json["notices"]
    assert (notice["kind"], notice["days"]) == ("key", 7)
    put(product, headers, version='"1"', integration_login="jwt_bearer")
    assert product.client.get(f"{CONNECTION}/notices", headers=headers).json["notices"] == []


@pytest.mark.parametrize(("version", "status"), [('"7"', 412), ('"²"', 412)])
def test_settings_that_somebody_else_has_changed_are_not_overwritten(product, version, status):
    assert put(product, product.sign_in(ADMIN), version=version.encode().decode("latin-1")).status_code == status


def test_settings_are_changed_by_whoever_says_which_ones(product):
    headers = product.sign_in(ADMIN)

    assert (
        product.client.put(SETTINGS, json={"integration_login": "jwt_bearer", **NONE}, headers=headers).status_code
        == 428
    )
    assert put(product, headers, integration_login="password").status_code == 422


def test_a_rep_sees_and_changes_none_of_it(product):
    rep = product.sign_in(RILEY)

    for path in ("", "/events", "/doctor", "/notices"):
        assert product.client.get(CONNECTION + path, headers=rep).status_code == 403
    assert product.client.post(f"{CONNECTION}/links", headers=rep).status_code == 403


def test_an_admin_makes_a_link_registers_a_certificate_and_retires_it(product):
    headers = product.sign_in(ADMIN)
    made = product.client.post(f"{CONNECTION}/links", headers=headers)
    admin = Admin(product)

    admin.page = admin.browser.post("/connect", data={"code": made.json["code"]})

    assert made.status_code == 201
    assert made.json["address"] == "http://localhost:8000/connect"
    assert "Sign in to Salesforce" in admin.page.text
    fingerprint = product.parts.connections.decisions.register_certificate(
        product.connection, the_keys().certificate_pem, key_id="Accord_JWT", by=None
    )
    (shown,) = product.client.get(CONNECTION, headers=headers).json["certificates"]
    assert (shown["fingerprint"], shown["active"]) == (fingerprint, True)
    for other in ("0" * 64, "nonsense%00"):
        assert product.client.delete(f"{CONNECTION}/certificates/{other}", headers=headers).status_code == 404
    assert product.client.delete(f"{CONNECTION}/certificates/{fingerprint}", headers=headers).status_code == 204
    assert product.client.get(CONNECTION, headers=headers).json["certificates"][0]["active"] is False
    events = product.client.get(f"{CONNECTION}/events", headers=headers).json["events"]
    assert {event["kind"] for event in events} == {"link_made", "certificate_registered", "certificate_retired"}
    assert {event["kind"]: event["by_name"] for event in events} == {
        "link_made": "Ada Lindqvist", "certificate_registered": None, "certificate_retired": "Ada Lindqvist",
    }  # fmt: skip


def test_what_ends_soon_is_told_once_for_each_cause(product):
    """D5. The certificate of the tests is good for a day."""
    product.parts.connections.decisions.register_certificate(
        product.connection, the_keys().certificate_pem, key_id="Accord_JWT", by=None
    )
    day = (product.clock() + timedelta(days=20)).date().isoformat()
    put(product, product.sign_in(ADMIN), integration_login="jwt_bearer", secret_ends_on=day)

    def told() -> list[tuple]:
        product.parts.connections.notices.look_at_all()
        found = product.client.get(f"{CONNECTION}/notices", headers=product.sign_in(ADMIN)).json["notices"]
        return [(one["kind"], one["days"], one["since"]) for one in found]

    first, second = told(), told()
    assert [(kind, days) for kind, days, _ in first] == [("certificate", 1), ("secret", 30)]
    assert second == first
    product.clock.advance(days=15)
    assert [(kind, days) for kind, days, _ in told()] == [("certificate", 0), ("secret", 7)]
    put(product, product.sign_in(ADMIN), version='"1"', integration_login="jwt_bearer")
    assert [(kind, days) for kind, days, _ in told()] == [("certificate", 0)]


def test_an_idle_login_is_renewed_once_a_week_by_the_one_refresher(product):
    connect_own_login(product)
    first = stored_login(product)

    for days in (6, 1, 1, 6, 7):
        product.clock.advance(days=days)
        product.parts.connections.notices.look_at_all()

    assert product.org.grants.counts.refreshes == 3, "on the days 7, 14 and 21"
    assert product.org.grants.counts.reuses == 0
    assert stored_login(product).refresh_token.reveal() != first.refresh_token.reveal()


def test_an_idle_login_that_cannot_be_renewed_for_a_while_is_told_before_it_dies(product):
    connect_own_login(product)
    product.arm(kind="unavailable", match={"path": "/services/oauth2/token"}, rate=1)
    found = []
    for days in (8, 14, 1, 6):
        product.clock.advance(days=days)
        found.append(product.parts.connections.notices.look_at_all())

    assert found == [0, 0, 1, 1], "on the days 23 and 29"
    assert stored_login(product) is not None


def test_a_key_that_is_put_right_ends_the_pause_of_what_waited_for_it(product):
    """The org's app got another certificate; the operator gives its key, and nobody waits for the pause to end."""
    flow, other = product.sign_in_flow(), a_signer("other")
    item = {"recordId": product.deal(), "kind": "comment", "subjectText": "redline"}
    product.client.post("/flow/v1/activities", json={"items": [item]}, headers=flow)
    product.setup.register(replace(product.setup_app, certificate_pem=other.certificate_pem))
    product.deliver()
    waiting = product.deliver().calls, product.tasks()

    product.parts.connections.set_integration_key(
        product.connection, PrivateKey(Secret(other.private_pem.encode())), replaces=True
    )
    product.deliver()

    assert waiting == (0, [])
    assert [task["Subject"] for task in product.tasks()] == ["[Accord: Comment] redline"]
