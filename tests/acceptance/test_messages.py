"""An admin is told what does not work: in an inbox, once a day for each cause."""

from dataclasses import replace

import pytest

from support.activities import user_id
from support.product import INTEGRATION, Product, the_keys
from support.running_org import ADMIN
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
    assert (put_back.status_code, put_back.json["line"]["new"]) == (200, {**usual, "parked_more_than": 20})
