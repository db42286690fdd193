"""An admin mends what could not be delivered (D61, D62; the parked are never lost)."""

from localorg.rules import ValidationRule
from support.activities import fold_nothing
from support.product import Product
from support.running_org import ADMIN


def park_two(product: Product) -> list[str]:
    """Two activities that the org's rule refuses, and one that goes through; gives their references."""
    fold_nothing(product)
    product.org.rules.add(ValidationRule("no", "Task", "Subject LIKE '%forbidden%'", "Not this one."))
    items = [
        {"recordId": product.deal(), "kind": "comment", "subjectText": text}
        for text in ("forbidden one", "forbidden two", "fine")
    ]
    answer = product.client.post("/flow/v1/activities", json={"items": items}, headers=product.sign_in_flow())
    product.deliver()
    return [item["referenceId"] for item in answer.json["items"]]


def overview(product: Product, admin: dict) -> dict:
    return product.client.get("/api/v1/deliveries", headers=admin).json


def test_what_is_parked_is_shown_by_cause_with_salesforces_words_and_advice(product):
    park_two(product)

    shown = overview(product, product.sign_in(ADMIN))

    (cause,) = shown["causes"]
    assert (cause["code"], cause["count"], cause["sobject"]) == ("FIELD_CUSTOM_VALIDATION_EXCEPTION", 2, "Task")
    assert cause["message"] == "Not this one."
    assert cause["advice"]
    assert shown["counts"]["parked"] == 2


def test_after_the_cause_is_mended_one_press_delivers_all_of_it(product):
    park_two(product)
    admin = product.sign_in(ADMIN)
    product.org.rules.remove("no")

    other = product.client.post("/api/v1/deliveries/retry", json={"code": "STRING_TOO_LONG"}, headers=admin)
    mended = product.client.post(
        "/api/v1/deliveries/retry", json={"code": "FIELD_CUSTOM_VALIDATION_EXCEPTION"}, headers=admin
    )
    product.deliver()

    assert (other.json, mended.json) == ({"retried": 0}, {"retried": 2})
    assert len(product.tasks()) == 3
    assert overview(product, admin)["causes"] == []


def test_a_flows_reference_explains_its_delivery(product):
    """The reference that a Flow was answered finds it again: with which login, why, and what came of it."""
    parked, _, delivered = park_two(product)
    admin = product.sign_in(ADMIN)

    first = product.client.get(f"/api/v1/deliveries/{parked}", headers=admin).json
    last = product.client.get(f"/api/v1/deliveries/{delivered}", headers=admin).json

    assert (first["state"], first["code"]) == ("parked", "FIELD_CUSTOM_VALIDATION_EXCEPTION")
    assert (first["login"], first["login_reason"]) == ("integration", "no_actor_given")
    assert (last["state"], last["outcome"]) == ("done", "created")
    assert last["record_id"] == next(task["Id"] for task in product.tasks())


def test_a_rep_is_not_shown_deliveries(product):
    rep = product.sign_in()

    assert product.client.get("/api/v1/deliveries", headers=rep).status_code == 403
    assert product.client.post("/api/v1/deliveries/retry", json={}, headers=rep).status_code == 403


def test_an_unknown_reference_is_not_found(product):
    admin = product.sign_in(ADMIN)

    assert product.client.get("/api/v1/deliveries/nothing", headers=admin).status_code == 404


def test_d63_a_value_that_the_org_refuses_stops_only_its_own_field(product):
    """A Task whose key text is too long for the org's field: the rest of it is there, and the field is named."""
    product.change_org("Task", "Description", length=10)
    fold_nothing(product)
    item = {"recordId": product.deal(), "kind": "comment", "subjectText": "short", "description": "x" * 200}
    answer = product.client.post("/flow/v1/activities", json={"items": [item]}, headers=product.sign_in_flow())
    product.deliver()
    reference = answer.json["items"][0]["referenceId"]
    told = product.client.get(f"/api/v1/deliveries/{reference}", headers=product.sign_in(ADMIN)).json

    (task,) = product.tasks()
    assert task["Description"] is None
    assert (told["state"], told["code"], told["field_names"]) == ("parked", "STRING_TOO_LONG", ["Description"])
    assert (told["skip"]["reason"], told["outcome"], told["record_id"]) == ("fields_held", "created", task["Id"])

    product.change_org("Task", "Description", length=32_000)
    product.client.post("/api/v1/deliveries/retry", json={"code": "STRING_TOO_LONG"}, headers=product.sign_in(ADMIN))
    product.deliver()

    assert product.tasks()[0]["Description"].endswith("x" * 200)


def test_an_admin_sees_what_is_paused_and_until_when(product):
    admin = product.sign_in(ADMIN)
    product.arm(kind="unavailable", match={"path": "/composite"})
    item = {"recordId": product.deal(), "kind": "comment", "subjectText": "waits"}
    product.client.post("/flow/v1/activities", json={"items": [item]}, headers=product.sign_in_flow())
    product.deliver()

    (pause,) = overview(product, admin)["pauses"]

    assert (pause["behind"], pause["member_id"]) == ("connection", None)
    assert pause["until"] > pause["since"]


def test_d68_an_admin_sees_how_many_calls_are_left_and_when_they_will_be_used_up(product):
    admin = product.sign_in(ADMIN)
    before = product.client.get("/api/v1/deliveries/forecast", headers=admin).json
    park_two(product)
    told = product.client.get("/api/v1/deliveries/forecast", headers=admin).json["calls"]

    assert before == {"calls": None}
    assert told["allowed"] == 100_000
    assert told["used"] + told["left"] == told["allowed"]
    assert (told["kept_for_people"], told["stopped"], told["used_up_at"]) == (10_000, [], None)
    assert product.client.get("/api/v1/deliveries/forecast", headers=product.sign_in()).status_code == 403
