"""An admin sees who may what, and gives access with his own login after he has seen to whom."""

import pytest

from accord.features.access.model import Kind, OrgUser, OurSet
from accord.features.access.probe import assign_set, fetch_set_id
from support.panel_setup import lightning_admin
from support.product import Product
from support.running_org import ADMIN, RILEY

ACCESS = "/api/v1/access"


@pytest.fixture
def product(one_product: Product) -> Product:
    return one_product


@pytest.fixture
def newcomer(product: Product) -> str:
    return product.org.users.add(username="new@halden.example", first_name="Noor", last_name="Adeyemi").id


def send(product: Product, path: str, headers: dict, **body):
    return product.client.post(f"{ACCESS}/{path}", json={"permission_set": "Accord_Rep", **body}, headers=headers)


def people(product: Product, headers: dict) -> dict[str, dict]:
    answer = product.client.get(ACCESS, headers=headers)
    assert answer.status_code == 200, answer.text
    return {one["username"]: one for one in answer.json["people"]}


def test_access_is_shown_given_after_a_look_and_told_in_the_audit(product, newcomer):
    admin = product.sign_in(ADMIN)
    before = people(product, admin)
    seen = send(product, "preview", admin, user_ids=[newcomer, before[RILEY]["user_id"]]).json
    early = send(product, "assign", admin, user_ids=[newcomer], ticket="x" * 64)
    done = send(product, "assign", admin, user_ids=[newcomer], ticket=seen["ticket"])

    assert before["new@halden.example"]["missing"] == [
        {"what": "permission_set", "name": "Accord Rep", "why": "to use the panel"}
    ]
    assert (before[RILEY]["rep"], before[RILEY]["admin"], before[ADMIN]["admin"]) == (True, False, True)
    robot = next(one for one in before.values() if one["kind"] == "automated_process")
    assert (robot["flow"], robot["missing"][0]["name"]) == (False, "Accord Rep")
    assert [one["name"] for one in seen["gives"]] == ["Noor Adeyemi"]
    assert [one["why"] for one in seen["skips"]] == ["has it already"]
    assert early.status_code == 412
    assert done.json["results"] == [{"user_id": newcomer, "name": "Noor Adeyemi", "ok": True, "message": ""}]
    assert people(product, admin)["new@halden.example"]["rep"]
    (line,) = product.client.get(f"/api/v1/audit?subject={newcomer}", headers=admin).json["lines"]
    assert (line["kind"], line["new"]) == ("access.assigned", {"permission_set": "Accord_Rep"})
    product.sign_in("new@halden.example")


def test_who_has_a_licence_with_which_nobody_sees_deals_is_told_of_before_anything_is_assigned(product):
    kim = product.org.users.add(
        username="kim@halden.example", first_name="Kim", last_name="Osei", profile="Standard Platform User"
    )
    admin = product.sign_in(ADMIN)

    seen = send(product, "preview", admin, user_ids=[kim.id]).json

    assert (seen["gives"], [one["why"] for one in seen["skips"]]) == (
        [],
        ["has the licence Salesforce Platform, with which nobody sees deals"],
    )
    assert people(product, admin)["kim@halden.example"]["missing"][0] == {
        "what": "licence",
        "name": "Licence Salesforce",
        "why": "he has Salesforce Platform, with which nobody sees deals",
    }

    product.change_org("Profile", "UserLicenseId")
    assert send(product, "preview", admin, user_ids=[kim.id]).json["skips"] == [], "an org that does not tell of them"


def test_somebody_who_was_given_it_meanwhile_is_no_failure_and_a_stop_holds_here_too(product, newcomer):
    admin = product.sign_in(ADMIN)
    ticket = send(product, "preview", admin, user_ids=[newcomer]).json["ticket"]
    product.client.post("/api/v1/safety/stop", json={}, headers=admin)
    stopped = send(product, "assign", admin, user_ids=[newcomer], ticket=ticket)
    product.client.post("/api/v1/safety/start", json={}, headers=admin)

    assert (stopped.status_code, stopped.json["code"]) == (409, "ORG_STOPPED")
    caller = product.parts.connections.authenticate(admin["Authorization"].removeprefix("Bearer "), writes=True)
    own = product.parts.connections.gateway_for_caller(caller)
    assert own is not None
    user = OrgUser(newcomer, "Noor Adeyemi", "new@halden.example", Kind.USER, frozenset(), has_api=True)
    for _ in range(2):
        (given,) = assign_set(own, fetch_set_id(own, OurSet.REP), [user])
        assert given.ok
    owner = product.parts.connections.gateway_for(product.connection.workspace_id, product.connection.id, None)
    (refused,) = assign_set(owner, fetch_set_id(own, OurSet.ADMIN), [user])
    assert not refused.ok
    assert refused.message, "Salesforce's own words"


def test_without_a_login_of_his_own_an_admin_looks_and_assigns_nothing(product, newcomer):
    product.sign_in(ADMIN)
    headers = lightning_admin(product)
    shown = product.client.get(ACCESS, headers=headers).json

    assert (shown["can_assign"], "assign them in Setup" in shown["why_not"]) == (False, True)
    answer = send(product, "preview", headers, user_ids=[newcomer])
    assert (answer.status_code, answer.json["code"]) == (403, "NO_SALESFORCE_LOGIN")
    assert product.client.get(ACCESS, headers=product.sign_in()).status_code == 403
