"""The application's server signs in by client credentials that an admin makes, sees and ends (F4, D10)."""

from accord.core.identity import Role
from accord.features.connections.trust.model import TrustKind
from support.canaries import dump_of
from support.own_login import member_id_of
from support.product import Product
from support.running_org import ADMIN, RILEY
from support.trust import kinds

CLIENTS = "/api/v1/connection/clients"


def make(product: Product, role: str = "service", username: str = ADMIN):
    return product.client.post(CLIENTS, json={"role": role}, headers=product.sign_in(username))


def listed(product: Product) -> list[dict]:
    return product.client.get(CLIENTS, headers=product.sign_in(ADMIN)).json["clients"]


def end(product: Product, client_id: str):
    return product.client.delete(f"{CLIENTS}/{client_id}", headers=product.sign_in(ADMIN))


def token(product: Product, made: dict[str, str]):
    login = {name: made[name] for name in ("client_id", "client_secret")}
    return product.client.post("/oauth/token", data={"grant_type": "client_credentials", **login})


def test_an_admin_makes_a_client_with_which_the_applications_server_signs_in(product):
    made = make(product)

    assert made.status_code == 201
    answer = token(product, made.json)
    assert (answer.status_code, answer.json["scope"]) == (200, "service")
    caller = product.parts.connections.authenticate(answer.json["access_token"], writes=False)
    assert (caller.role, caller.member_id, caller.connection_id) == (Role.SERVICE, None, product.connection.id)


def test_the_secret_is_shown_once_and_kept_as_a_hash(product):
    secret = make(product).json["client_secret"]

    pages = (CLIENTS, "/api/v1/connection", "/api/v1/connection/events")
    shown = [product.client.get(page, headers=product.sign_in(ADMIN)).text for page in pages]

    assert secret not in "".join(shown)
    assert secret not in dump_of(product.parts.database)


def test_clients_are_listed_with_what_they_are_and_since_when(one_product):
    made = make(one_product).json
    end(one_product, made["client_id"])
    second = make(one_product, "flow").json

    newest, ended, first = listed(one_product)

    assert newest == {"client_id": second["client_id"], "role": "flow", "made_at": newest["made_at"], "active": True}
    assert (ended["client_id"], ended["role"], ended["active"]) == (made["client_id"], "service", False)
    assert (first["client_id"], first["role"]) == (one_product.flow_client.client_id, "flow")


def test_an_ended_client_gets_no_token_and_its_tokens_are_refused(product):
    made = make(product).json
    held = token(product, made).json["access_token"]

    assert end(product, made["client_id"]).status_code == 204

    assert token(product, made).json["error"] == "invalid_client"
    late = product.client.get("/api/v1/connection", headers={"Authorization": f"Bearer {held}"})
    assert late.status_code == 401
    assert end(product, made["client_id"]).status_code == 404, "it is ended once"


def test_making_and_ending_are_written_down_with_who_did_it(product):
    made = make(product).json
    end(product, made["client_id"])

    assert kinds(product, product.connection)[-2:] == [TrustKind.CLIENT_MADE, TrustKind.CLIENT_ENDED]
    events = product.parts.connections.decisions.events(product.connection)
    assert {(event.detail, event.by_member) for event in events[:2]} == {
        (made["client_id"], member_id_of(product, ADMIN))
    }


def test_a_client_has_no_role_of_a_person_and_none_is_ended_that_is_not_there(one_product):
    for role in ("admin", "user", "customer", "", None):
        assert make(one_product, role).status_code == 422
    for client_id in ("accord-000000000000000000000000", "nonsense%00", "x" * 300):
        assert end(one_product, client_id).status_code == 404

    assert [one["active"] for one in listed(one_product)] == [True]


def test_a_service_reaches_no_page_of_an_admin_and_no_panel_and_a_rep_no_client(one_product):
    """Deny by default: a route that does not name the role is closed to it."""
    access_token = token(one_product, make(one_product).json).json["access_token"]

    for page in (CLIENTS, "/api/v1/connection", f"/api/v1/panels/{one_product.deal()}"):
        answer = one_product.client.get(page, headers={"Authorization": f"Bearer {access_token}"})
        assert answer.status_code == 403
    assert make(one_product, username=RILEY).status_code == 403
    assert one_product.client.get(CLIENTS, headers=one_product.sign_in(RILEY)).status_code == 403


def test_a_page_that_sends_no_key_of_its_own_makes_no_client(one_product):
    refused = one_product.client.post(
        CLIENTS, json={"role": "flow", "public_key": "eA=="}, headers=one_product.sign_in(ADMIN)
    )

    assert (refused.status_code, refused.json["items"][0]["field"]) == (422, "public_key")
    assert len(listed(one_product)) == 1
