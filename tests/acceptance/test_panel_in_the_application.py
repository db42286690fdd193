"""The application's server gets a token for one of our people, whose own login then gives the values (S3)."""

from accord.core.identity import Role
from accord.core.ids import ConnectionId, OrgId, UserId, widen
from accord.features.connections.model import NewConnection
from accord.workspace.members.model import MemberStatus, NewMember, Person
from accord.workspace.members.store import add_member, set_status
from support.local_org import HTTPS_BASE
from support.own_login import connect_own_login, member_id_of
from support.plan_calls import a_service
from support.product import Product
from support.running_org import ADMIN, NOOR, RILEY

TOKENS = "/api/v1/member-tokens"
CLIENTS = "/api/v1/connection/clients"


def ask(product: Product, server: dict[str, str], **named: str):
    return product.client.post(TOKENS, json=named, headers=server)


def headers_for(product: Product, server: dict[str, str], username: str = RILEY) -> dict[str, str]:
    answer = ask(product, server, member_id=member_id_of(product, username))
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json['access_token']}"}


def panel(product: Product, headers: dict[str, str]):
    return product.client.get(f"/api/v1/panels/{product.deal()}", headers=headers)


def test_a_member_sees_and_saves_in_the_application_what_his_own_login_shows_and_saves(product: Product) -> None:
    product.sign_in(RILEY)
    server = a_service(product)
    assert (panel(product, headers_for(product, server)).status_code, panel(product, server).status_code) == (403, 403)
    connect_own_login(product)

    riley = headers_for(product, server)
    shown = panel(product, riley)

    assert shown.status_code == 200
    rows = [row for tab in shown.json["tabs"] for row in tab["rows"]]
    assert "Amount" in str(rows)
    user = product.org.users.by_username(RILEY)
    assert user is not None
    assert ask(product, server, salesforce_user_id=user.id[:15]).json["member_id"] == member_id_of(product)
    lines = product.client.get("/api/v1/audit?kind=client.acted", headers=product.sign_in(ADMIN)).json["lines"]
    assert [(one["actor"], one["subject"]) for one in lines] == [("application", member_id_of(product))] * 3


def test_the_token_ends_with_the_applications_login_and_after_fifteen_minutes(one_product: Product) -> None:
    product = one_product
    connect_own_login(product)
    server = a_service(product)
    riley = headers_for(product, server)

    product.clock.advance(minutes=15)
    assert panel(product, riley).status_code == 401
    server = a_service(product)
    riley = headers_for(product, server)
    assert panel(product, riley).status_code == 200
    for client in product.client.get(CLIENTS, headers=product.sign_in(ADMIN)).json["clients"]:
        product.client.delete(f"{CLIENTS}/{client['client_id']}", headers=product.sign_in(ADMIN))
    assert panel(product, riley).status_code == 401
    assert product.client.get("/api/v1/me/salesforce-login", headers=riley).status_code == 401


def test_nobody_but_active_people_of_the_org_is_spoken_for_and_no_admins_right_comes_with_it(
    one_product: Product,
) -> None:
    product = one_product
    product.sign_in(NOOR)
    server, connection = a_service(product), product.connection
    boss = headers_for(product, server, ADMIN)
    assert product.client.get("/api/v1/settings/panel", headers=boss).status_code == 403
    assert product.client.get("/api/v1/settings/panel", headers=product.sign_in(ADMIN)).status_code == 200

    other = another_org(product)
    with product.parts.database.workspace(connection.workspace_id) as session:
        outsiders = [
            add_member(
                session,
                NewMember(
                    connection.id, UserId(widen(f"00500000000{number:04}")), role, Person("O", "o@x.example", "")
                ),
                now=product.clock(),
            )
            for number, role in enumerate((Role.CUSTOMER, Role.PARTNER))
        ]
        elsewhere = NewMember(other, UserId(widen("005000000009999")), Role.USER, Person("E", "e@x.example", ""))
        outsiders.append(add_member(session, elsewhere, now=product.clock()))
        set_status(session, member_id_of(product, NOOR), MemberStatus.BLOCKED)
    refused = [*(one.id for one in outsiders), member_id_of(product, NOOR), "x", "01900000-0000-7000-8000-000000000000"]
    assert [ask(product, server, member_id=one).status_code for one in refused] == [404] * 6
    assert [ask(product, server, salesforce_user_id=one).status_code for one in ("005", "", "x" * 18)] == [404] * 3
    assert [
        ask(product, server).status_code,
        ask(product, server, member_id="x", salesforce_user_id="y").status_code,
    ] == [422] * 2
    for headers in (
        product.sign_in(),
        product.sign_in(ADMIN),
        product.sign_in_flow(),
        headers_for(product, server, ADMIN),
    ):
        assert ask(product, headers, member_id=member_id_of(product)).status_code == 403


def another_org(product: Product) -> ConnectionId:
    """Another org of the same workspace, a sandbox."""
    org_id, owner = OrgId("00D000000000009EAA"), "integration@other.example"
    new = NewConnection(org_id, "Sandbox", HTTPS_BASE, True, owner, "other", HTTPS_BASE)
    return product.parts.connections.create_connection(product.connection.workspace_id, new).id


def test_the_page_of_the_panel_opens_in_a_frame_of_the_application_alone(one_product: Product) -> None:
    product = one_product
    connect_own_login(product)
    token = headers_for(product, a_service(product))["Authorization"].removeprefix("Bearer ")
    good = {"token": token, "record_id": product.deal()}

    opened = product.client.post("/panel", data=good)

    assert opened.status_code == 200
    origin = product.parts.settings.plans_url.removesuffix("/plans")
    assert f"frame-ancestors {origin}" in opened.headers["Content-Security-Policy"].split("; ")
    assert f'"parent_origin":"{origin}"' in opened.text
    for wrong in ({"record_id": "001000000000001AAA"}, {"token": "x"}, {"token": ""}, {"record_id": ""}):
        assert product.client.post("/panel", data={**good, **wrong}).status_code == 401
    own = product.sign_in()["Authorization"].removeprefix("Bearer ")
    assert product.client.post("/panel", data={**good, "token": own}).status_code == 401
