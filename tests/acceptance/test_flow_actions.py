"""What Flow Builder asks about plans: a list in, a list out, in order, each item by itself."""

import re
from typing import Any

import pytest

from support.activities import call_flow as call
from support.activities import the_deals as deals
from support.product import Product

# what is asked of the database here is asked on both engines by the other tests of plans
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FAULT = re.compile(r"Accord: .+\. \[ACC-\d{3}\] ref \S+", re.DOTALL)


def a_connection(deal: str, **changes: Any) -> dict[str, Any]:
    usual = {"opportunityId": deal, "planTitle": "Go-live", "stageTitle": "Kick-off", "stepsTotal": 4, "stepsDone": 1}
    return {**usual, **changes}


def test_a_deal_is_connected_and_its_plan_is_read(product: Product) -> None:
    first, second, *_ = deals(product)

    (made,) = call(product, "connections", a_connection(first))
    found, none = call(product, "plans", {"recordId": first[:15]}, {"recordId": second})

    assert (made["isSuccess"], made["outcome"], made["wasCreated"]) == (True, "done", True)
    assert {name: found[name] for name in ("isFound", "planId", "planUrl", "status", "stageName")} == {
        "isFound": True,
        "planId": made["planId"],
        "planUrl": f"http://localhost:8000/plans/{made['planId']}",
        "status": "On Track",
        "stageName": "Kick-off",
    }
    assert (found["progress"], found["openSteps"]) == (25, 3)
    assert (none["isSuccess"], none["isFound"], none["planId"]) == (True, False, "")
    assert "progress" not in none


def test_a_deal_that_has_a_plan_keeps_it(product: Product) -> None:
    deal = product.deal()
    (first,) = call(product, "connections", a_connection(deal))

    (second,) = call(product, "connections", a_connection(deal, planTitle="Another"))

    assert (second["isSuccess"], second["outcome"], second["wasCreated"]) == (True, "duplicate", False)
    assert second["planId"] == first["planId"]


def test_a_repeat_with_the_key_hears_that_the_plan_was_made(product: Product) -> None:
    """D58, W19: the first answer may have been lost."""
    item = a_connection(product.deal(), idempotencyKey="interview 1")
    (first,) = call(product, "connections", item)

    (again,) = call(product, "connections", item)
    (other,) = call(product, "connections", {**item, "idempotencyKey": "interview 2"})

    names = ("outcome", "wasCreated", "planId")
    assert [again[name] for name in names] == [first[name] for name in names] == ["done", True, first["planId"]]
    assert (other["outcome"], other["wasCreated"]) == ("duplicate", False)


def test_deals_are_looked_for_in_one_call(product: Product) -> None:
    call(product, "connections", a_connection(product.deal(), dryRun=True))
    before = product.calls()

    answers = call(product, "connections", *[a_connection(deal, dryRun=True) for deal in deals(product)])

    assert product.calls() - before == 1
    assert {answer["outcome"] for answer in answers} == {"skipped"}
    assert all("'Go-live' would be made" in answer["whatToDo"] for answer in answers)
    assert {answer["isFound"] for answer in call(product, "plans", {"recordId": product.deal()})} == {False}


def test_one_bad_item_never_fails_its_neighbours(product: Product) -> None:
    deal = product.deal()
    gone = deal[:12] + "zzz"
    bad = [
        a_connection("001000000000001AAA"),
        a_connection(gone),
        a_connection(deal, planTitle=" "),
        a_connection(deal, stepsDone=9),
        a_connection(deal, idempotencyKey="x" * 81),
        {"opportunityId": deal},
        "nonsense",
    ]

    *refused, good = call(product, "connections", *bad, a_connection(deal))

    assert good["wasCreated"] is True
    assert [one["errorCode"] for one in refused] == [
        "INVALID_RECORD", "DEAL_NOT_FOUND", "INVALID_VALUE", "INVALID_VALUE", "KEY_TOO_LONG", "INVALID_VALUE",
        "INVALID_VALUE",
    ]  # fmt: skip
    for one in refused:
        assert FAULT.fullmatch(one["errorMessage"]), one["errorMessage"]
        assert one["errorMessage"].endswith(f"ref {one['referenceId']}")
        assert (one["isSuccess"], one["outcome"], one["planId"], one["wasCreated"]) == (False, "refused", "", False)


def test_when_salesforce_is_away_the_whole_call_fails_in_the_form_of_faults(product: Product) -> None:
    product.arm(kind="unavailable", match={"method": "GET", "path": "query"}, rate=1.0, seed=1)
    body = {"items": [a_connection(product.deal())]}

    answer = product.client.post("/flow/v1/connections", json=body, headers=product.sign_in_flow())

    assert answer.status_code == 503
    assert FAULT.fullmatch(answer.json["message"])
    assert "[ACC-401]" in answer.json["message"]
    assert answer.json["message"].endswith(answer.json["reference"])


@pytest.mark.parametrize(
    ("change", "status", "number"),
    [
        ({"headers": {}}, 401, 301),
        ({"json": {"items": []}}, 422, 101),
        ({"json": {"items": [{}] * 201}}, 422, 101),
        ({"data": "<xml/>", "content_type": "text/xml", "json": None}, 415, 304),
        ({"data": "{", "content_type": "application/json", "json": None}, 400, 303),
    ],
)
def test_a_hopeless_call_says_so_in_the_same_form(
    product: Product, change: dict[str, Any], status: int, number: int
) -> None:
    usual = {"json": {"items": [{"recordId": "x"}]}, "headers": product.sign_in_flow()}

    answer = product.client.post("/flow/v1/plans", **{**usual, **change})

    assert answer.status_code == status
    assert FAULT.fullmatch(answer.json["message"])
    assert f"[ACC-{number}]" in answer.json["message"]


def test_a_rep_may_not_call_the_actions(product: Product) -> None:
    for path in ("plans", "connections", "sync-status", "sync-now", "activities"):
        answer = product.client.post(f"/flow/v1/{path}", json={"items": [{}]}, headers=product.sign_in())
        assert (answer.status_code, "[ACC-302]" in answer.json["message"]) == (403, True)
