"""An admin is told what does not work: in an inbox, once a day for each cause."""

import pytest

from support.product import Product, the_keys
from support.running_org import ADMIN

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


def test_how_many_parked_writes_are_many_is_a_setting_with_a_version(product: Product):
    admin = product.sign_in(ADMIN)

    def put(number: int, version: str):
        headers = {**admin, "If-Match": version}
        return product.client.put(SETTINGS, json={"parked_more_than": number}, headers=headers)

    assert product.client.get(SETTINGS, headers=admin).json == {"parked_more_than": 20}
    assert (put(5, '"0"').status_code, put(6, '"0"').status_code) == (200, 412)
    assert product.client.get(SETTINGS, headers=admin).headers["ETag"] == '"1"'
    (line,) = product.client.get("/api/v1/audit?kind=settings.messages", headers=admin).json["lines"]
    put_back = product.client.post(f"/api/v1/audit/{line['id']}/put-back", json={}, headers=admin)
    assert (put_back.status_code, put_back.json["line"]["new"]) == (200, {"parked_more_than": 20})
