"""A rep opens the panel from the record page: who gets in, and for how long (S4, W17, D4, D10)."""

import pytest

from accord.core.errors import NotAllowedError
from accord.features.connections.model import RefusedTokenError
from support.product import Product
from support.running_org import RILEY


def take_the_permission_set_away(product: Product, username: str) -> None:
    user = product.org.users.by_username(username)
    assert user is not None
    with product.org.transaction(user_id=user.id, client="admin") as tx:
        for row in list(product.org.records.all("PermissionSetAssignment")):
            if row["AssigneeId"] == user.id:
                tx.delete("PermissionSetAssignment", row["Id"], enforce=False)


def test_a_signed_request_opens_the_panel_once(product):
    """D4: a second use of the same request is refused, in words for a person."""
    signed = product.signed_request()

    first = product.client.post("/canvas", data={"signed_request": signed})
    second = product.client.post("/canvas", data={"signed_request": signed})

    assert first.status_code == 200
    assert "accord-session" in first.text
    assert second.status_code == 401
    assert "<h1>" in second.text
    assert "accord-session" not in second.text


def test_a_withdrawn_permission_set_is_noticed_within_half_a_day(product):
    product.sign_in()
    take_the_permission_set_away(product, RILEY)
    product.clock.advance(hours=11)
    product.sign_in()
    product.clock.advance(hours=2)

    with pytest.raises(NotAllowedError):
        product.sign_in()
    refused = product.client.post("/canvas", data={"signed_request": product.signed_request()})

    assert refused.status_code == 403
    assert "Accord Rep" in refused.text


def test_somebody_without_a_permission_set_is_told_whom_to_ask(product):
    """W17: never a blank 403."""
    take_the_permission_set_away(product, RILEY)

    refused = product.client.post("/canvas", data={"signed_request": product.signed_request()})

    assert refused.status_code == 403
    assert "Accord Rep" in refused.text
    assert product.parts.connections.find_by_org(product.connection.org_id) is not None


def test_a_token_of_the_panel_is_over_after_a_quarter_of_an_hour(product):
    rep = product.sign_in()
    product.clock.advance(minutes=16)

    answer = product.client.get(f"/api/v1/panels/{product.deal()}", headers=rep)

    assert (answer.status_code, answer.json["code"]) == (401, "SIGN_IN_AGAIN")


def test_a_request_signed_with_another_orgs_secret_is_refused(product):
    signed = product.signed_request()
    forged = signed[:10] + ("A" if signed[10] != "A" else "B") + signed[11:]

    with pytest.raises(RefusedTokenError):
        product.parts.connections.sign_in.canvas(forged)
