"""An admin finds a Flow's call by its reference or by the record (D61); its texts lie sealed."""

from typing import Any

import pytest

from accord.features.automation.calls import store
from support.activities import an_admin, an_item, log, user_id
from support.product import Product, a_product
from support.running_org import RILEY


def calls(product: Product, **which: str) -> list[dict[str, Any]]:
    answer = product.client.get("/api/v1/flow-calls", query_string=which, headers=an_admin(product))
    assert answer.status_code == 200, answer.text
    return list(answer.json["calls"])


def deals(product: Product) -> list[str]:
    return [str(row["Id"]) for row in product.org.records.all("Opportunity")]


def test_a_call_is_found_by_its_reference_and_by_its_record(product: Product) -> None:
    flow, (first, second) = product.sign_in_flow(), deals(product)[:2]
    answer = log(
        product, flow, an_item(product, recordId=first), an_item(product, recordId=second), {"kind": "comment"}
    )
    reference = answer.json["items"][0]["referenceId"]

    (by_reference,) = calls(product, reference=reference)
    (by_record,) = calls(product, record=second[:15])

    assert by_reference["record_id"] == first
    assert by_record["record_id"] == second
    assert (by_record["action"], by_record["outcome"], by_record["items"]) == ("logAccordActivities", "queued", 3)
    assert by_record["milliseconds"] >= 0
    assert {one["error_code"] for one in calls(product)} == {None, "INVALID_VALUE"}
    assert calls(product, record="nonsense") == calls(product, reference="nonsense") == []


def test_a_refused_item_is_found_by_the_reference_in_its_message(product: Product) -> None:
    answer = log(product, product.sign_in_flow(), an_item(product, kind="nonsense"))
    refused = answer.json["items"][0]

    (found,) = calls(product, reference=refused["referenceId"])

    assert refused["errorMessage"].endswith(f"[ACC-103] ref {found['reference_id']}")
    assert found["error_code"] == "INVALID_KIND"


def test_a_call_says_which_flow_and_whose_it_was(product: Product) -> None:
    riley = user_id(product, RILEY)
    log(product, product.sign_in_flow(), an_item(product, flowName="Nightly " + "x" * 90, actorUserId=riley))

    (found,) = calls(product)

    assert (found["flow_name"], found["user_id"]) == ("Nightly " + "x" * 72, riley)


def test_a_call_is_run_again_as_a_dry_run(product: Product) -> None:
    flow = product.sign_in_flow()
    log(product, flow, an_item(product, subjectText="first"))
    product.clock.advance(seconds=1)
    log(product, flow, an_item(product, kind="nonsense"))
    before = product.tasks(), len(calls(product))
    refused, good = calls(product)

    answers = [
        product.client.post(f"/api/v1/flow-calls/{one['id']}/dry-run", headers=an_admin(product)).json["answer"]
        for one in (good, refused)
    ]

    assert answers[0]["outcome"] == "skipped"
    assert "[Accord: Comment] first" in answers[0]["whatToDo"]
    assert answers[1]["errorCode"] == "INVALID_KIND"
    assert (product.tasks(), len(calls(product))) == before


def test_a_call_of_another_org_cannot_be_run_again(database: Any, product: Product) -> None:
    with a_product(database) as theirs:
        log(theirs, theirs.sign_in_flow(), an_item(theirs))
        (their_call,) = calls(theirs)

        answer = product.client.post(f"/api/v1/flow-calls/{their_call['id']}/dry-run", headers=an_admin(product))

        assert answer.status_code == 404


def test_no_text_lies_open(product: Product) -> None:
    log(
        product,
        product.sign_in_flow(),
        an_item(product, subjectText="canary", description="canary", kind="canary", flowName="canary"),
    )

    with product.parts.database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM flow_call").all()

    assert len(rows) == 1
    assert "canary" not in str(rows)


def test_the_last_ones_are_kept_the_newest_first(product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.KEPT == 500
    monkeypatch.setattr(store, "KEPT", 50)
    flow = product.sign_in_flow()
    for number in range(3):
        product.clock.advance(seconds=1)
        log(product, flow, *[an_item(product, subjectText=f"{number} {item}") for item in range(20)])

    found = calls(product)

    assert len(found) == 50
    assert [found[0]["at"] > found[-1]["at"], found == sorted(found, key=lambda one: one["at"], reverse=True)] == [
        True
    ] * 2


def test_a_rep_and_another_org_see_nothing(database: Any, product: Product) -> None:
    log(product, product.sign_in_flow(), an_item(product))
    assert product.client.get("/api/v1/flow-calls", headers=product.sign_in(RILEY)).status_code == 403

    with a_product(database) as theirs:
        assert calls(theirs) == []
