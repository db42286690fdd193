"""An admin is told what does not work: in an inbox, once a day for each cause."""

from dataclasses import replace

import pytest

from support.activities import user_id
from support.product import INTEGRATION, Product, the_keys
from support.running_org import ADMIN, RILEY
from support.two_way import agreed

SETTINGS = "/api/v1/settings/messages"


@pytest.fixture
def product(one_product: Product) -> Product:
    return one_product


def test_an_ending_certificate_is_told_seen_and_told_no_more(product: Product):
    product.parts.connections.decisions.register_certificate(
        product.connection, the_keys().certificate_pem, key_id="Accord_JWT", by=None
    )
    product.parts.connections.notices.look_at_all()
    for _ in range(3):
        product.parts.safeguards.messages.look_at_all()
    admin = product.sign_in(ADMIN)
    (message,) = product.client.get("/api/v1/messages", headers=admin).json["messages"]

    assert (message["cause"], message["state"], message["seen"]) == ("certificate_ending", "trouble", False)
    assert "register it before that" in message["text"]
    seen = f"/api/v1/messages/{message['id']}/seen"
    assert product.client.post(seen, json={}, headers=admin).status_code == 204
    assert product.client.get("/api/v1/messages?unseen=true", headers=admin).json["messages"] == []
    assert product.client.post("/api/v1/messages/nothing/seen", json={}, headers=admin).status_code == 404
    assert product.client.get("/api/v1/messages", headers=product.sign_in()).status_code == 403


def test_a_test_message_rings_in_the_org_and_says_what_arrived(product: Product):
    admin = product.sign_in(ADMIN)
    sent = product.client.post("/api/v1/messages/test", json={}, headers=admin).json
    product.deliver()
    found = product.client.get(f"/api/v1/messages/{sent['id']}", headers=admin).json

    assert [(one["way"], one["state"]) for one in sent["told"]] == [("email", "not_set_up"), ("bell", "waiting")]
    assert [(one["way"], one["state"], one["count"]) for one in found["told"][1:]] == [("bell", "done", 1)]
    (rung,) = product.org.notifications.of(user_id(product, ADMIN))
    assert (rung.title, rung.sender) == ("Accord: A test message", user_id(product, INTEGRATION))
    assert product.client.post("/api/v1/messages/test", json={}, headers=admin).status_code == 429


def a_group(product: Product, *members: str, **facts: str) -> str:
    with product.org.setup() as tx:
        values = {"Type": "Regular", "Name": "Told", "DeveloperName": "Told", **facts}
        group = tx.insert("Group", values, enforce=False)
        for member in members:
            tx.insert("GroupMember", {"GroupId": group, "UserOrGroupId": member}, enforce=False)
    return str(group)


def tell_group(product: Product, group_id: str | None, version: int = 0):
    settings = {"parked_more_than": 20, "by_email": True, "by_bell": True, "tell_concerned": True, "people": None}
    headers = {**product.sign_in(ADMIN), "If-Match": f'"{version}"'}
    return product.client.put(SETTINGS, json={**settings, "group_id": group_id}, headers=headers)


def rung_by_a_test(product: Product) -> list[str]:
    """Whose bell a test message rings."""
    product.clock.advance(minutes=2)
    before = len(product.org.notifications.all())
    sent = product.client.post("/api/v1/messages/test", json={}, headers=product.sign_in(ADMIN))
    assert sent.status_code == 201, sent.text
    product.deliver()
    rung = sorted(one.recipient for one in product.org.notifications.all()[before:])
    assert sent.json["told"][1]["count"] == len(rung), "nobody is counted who is not active"
    return rung


def test_a_group_is_whoever_is_in_it_when_a_message_is_made(product: Product):
    """Groups in groups, roles and the roles below them; whoever was never in Accord is rung too."""
    admin, riley = user_id(product, ADMIN), user_id(product, RILEY)
    with product.org.setup() as tx:
        top = tx.insert("UserRole", {"Name": "Sales", "DeveloperName": "Sales"}, enforce=False)
        below = tx.insert("UserRole", {"Name": "East", "DeveloperName": "East", "ParentRoleId": top}, enforce=False)
    sam = product.org.users.add(username="sam@halden.example", last_name="Sam").id
    lee = product.org.users.add(username="lee@halden.example", last_name="Lee").id
    product.org.users.change(sam, UserRoleId=below)
    product.org.users.change(lee, UserRoleId=top, IsActive=False)
    inner = a_group(product, a_group(product, Type="RoleAndSubordinates", RelatedId=top), riley)
    outer = a_group(product, inner)
    with product.org.setup() as tx:
        tx.insert("GroupMember", {"GroupId": inner, "UserOrGroupId": outer}, enforce=False)  # round and round

    assert tell_group(product, outer).status_code == 200
    assert rung_by_a_test(product) == sorted([riley, sam])
    with product.org.setup() as tx:
        for row in list(product.org.records.all("GroupMember")):
            tx.delete("GroupMember", row["Id"], enforce=False)
    assert rung_by_a_test(product) == [admin], "an empty group is all admins"


def test_who_has_a_permission_set_is_told_and_one_that_is_not_there_is_refused(product: Product):
    sets = {row["Name"]: row["Id"] for row in product.org.records.all("PermissionSet")}
    groups = product.client.get(f"{SETTINGS}/groups", headers=product.sign_in(ADMIN)).json["groups"]

    assert {"id": sets["Accord_Rep"], "name": "Accord Rep"} in groups
    assert tell_group(product, sets["Accord_Rep"]).status_code == 200
    assert user_id(product, RILEY) in rung_by_a_test(product)
    for unknown in ("00G000000000001AAA", "005000000000001AAA"):
        refused = tell_group(product, unknown, version=1)
        assert (refused.status_code, refused.json["items"][0]["field"]) == (422, "group_id")
    assert tell_group(product, sets["Accord_Rep"], version=1).status_code == 200, "what stands is not asked for again"


def test_an_org_without_the_right_says_at_the_message_what_is_missing(product: Product):
    admin = product.sign_in(ADMIN)
    sent = product.client.post("/api/v1/messages/test", json={}, headers=admin).json
    without = product.org.permission_sets["Accord_Integration"]
    product.org.permission_sets["Accord_Integration"] = replace(without, user_permissions=frozenset({"EditTask"}))
    product.org.refresh_schema()
    for _ in range(6):
        product.deliver()
        product.clock.advance(hours=3)
    (_, bell) = product.client.get(f"/api/v1/messages/{sent['id']}", headers=product.sign_in(ADMIN)).json["told"]

    assert (bell["way"], bell["state"]) == ("bell", "failed")
    assert "Send Custom Notifications" in bell["text"]


def test_an_org_that_is_not_heard_is_told_after_a_quarter_of_an_hour(product: Product):
    product.sign_in(ADMIN)
    agreed(product)
    place = (product.connection.workspace_id, product.connection.id)
    messages = product.parts.safeguards.messages
    told = []
    for _ in range(5):
        told.append(messages.look_at(*place))
        product.clock.advance(minutes=5)
    product.parts.deal_links.reader.read(*place)
    told.append(messages.look_at(*place))
    product.deliver()

    assert told == [0, 0, 0, 0, 1, 1]
    titles = [one.title for one in product.org.notifications.of(user_id(product, ADMIN))]
    assert sorted(titles) == [f"Accord: {again}Nothing is heard from the org" for again in ("", "Well again: ")]


def test_how_many_parked_writes_are_many_is_a_setting_with_a_version(product: Product):
    admin = product.sign_in(ADMIN)

    usual = {"parked_more_than": 0, "by_email": True, "by_bell": True, "tell_concerned": True, "people": None}

    def put(number: int, version: str):
        headers = {**admin, "If-Match": version}
        return product.client.put(SETTINGS, json={**usual, "parked_more_than": number}, headers=headers)

    shown = product.client.get(SETTINGS, headers=admin).json
    assert {name: shown[name] for name in usual} == {**usual, "parked_more_than": 20}
    assert (shown["has_mail"], [one["is_admin"] for one in shown["choices"]]) == (False, [True])
    assert (put(5, '"0"').status_code, put(6, '"0"').status_code) == (200, 412)
    assert product.client.get(SETTINGS, headers=admin).headers["ETag"] == '"1"'
    (line,) = product.client.get("/api/v1/audit?kind=settings.messages", headers=admin).json["lines"]
    put_back = product.client.post(f"/api/v1/audit/{line['id']}/put-back", json={}, headers=admin)
    assert (put_back.status_code, put_back.json["line"]["new"]) == (
        200,
        {**usual, "parked_more_than": 20, "group_id": None},
    )
