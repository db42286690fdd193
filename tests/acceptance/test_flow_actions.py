"""What Flow Builder asks about plans and deliveries: a list in, a list out, in order, each item by itself."""

import re
from typing import Any

import pytest

from support.activities import an_item, log
from support.product import Product

FAULT = re.compile(r"Accord: .+\. \[ACC-\d{3}\] ref \S+", re.DOTALL)


def call(product: Product, path: str, *items: Any) -> list[dict[str, Any]]:
    answer = product.client.post(f"/flow/v1/{path}", json={"items": list(items)}, headers=product.sign_in_flow())
    assert answer.status_code == 200, answer.text
    return list(answer.json["items"])


def deals(product: Product) -> list[str]:
    return [str(row["Id"]) for row in product.org.records.all("Opportunity")]


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
        "planUrl": f"http://localhost:8000/api/v1/plans/{made['planId']}",
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


def status(product: Product, **which: str) -> dict[str, Any]:
    (answer,) = call(product, "sync-status", which)
    return answer


def test_a_record_is_not_mapped_then_pending_then_in_sync(product: Product) -> None:
    deal = product.deal()
    before = status(product, recordId=deal)
    (logged,) = log(product, product.sign_in_flow(), an_item(product)).json["items"]

    waiting = status(product, recordId=deal)
    by_reference = status(product, referenceId=logged["referenceId"])
    product.deliver()
    done = status(product, recordId=deal[:15])
    written = status(product, referenceId=logged["referenceId"])

    (task,) = product.tasks()
    assert (before["isSuccess"], before["state"], before["pendingCount"]) == (True, "not_mapped", 0)
    assert (waiting["state"], waiting["pendingCount"], by_reference["state"]) == ("pending", 1, "pending")
    assert (by_reference["salesforceId"], "lastSyncedAt" in by_reference) == ("", False)
    assert (done["state"], done["pendingCount"], done["salesforceId"]) == ("in_sync", 0, deal)
    assert (written["state"], written["salesforceId"]) == ("in_sync", task["Id"])
    assert written["openUrl"] == f"https://localhost:8143/{task['Id']}"
    assert written["lastSyncedAt"].startswith("2026-11-22T12:00")


def test_a_repeat_that_was_folded_stands_as_its_task_does(product: Product) -> None:
    flow = product.sign_in_flow()
    answers = [log(product, flow, an_item(product, subjectText=text)).json["items"][0] for text in ("one", "two", "3")]

    waiting = {status(product, referenceId=one["referenceId"])["state"] for one in answers}
    product.deliver()
    product.deliver()

    (task,) = product.tasks()
    assert waiting == {"pending"}
    found = [status(product, referenceId=one["referenceId"]) for one in answers]
    assert {(one["state"], one["salesforceId"]) for one in found} == {("in_sync", task["Id"])}


def test_what_is_parked_says_why_and_sync_now_tries_it_again(product: Product) -> None:
    deal = product.deal()
    product.change_org("Task", "Accord_Id__c", createable=False, updateable=False)
    product.change_org("Task", "Accord_Id__c")
    log(product, product.sign_in_flow(), an_item(product))
    product.deliver()

    parked = status(product, recordId=deal)
    (would,) = call(product, "sync-now", {"recordId": deal, "dryRun": True})
    (tried,) = call(product, "sync-now", {"recordId": deal})
    pending = status(product, recordId=deal)

    assert (parked["state"], parked["pendingCount"]) == ("parked", 1)
    assert parked["reason"]
    assert (would["outcome"], would["whatToDo"]) == ("skipped", "Dry run: 1 writes would be tried now.")
    assert (tried["isSuccess"], tried["outcome"]) == (True, "queued")
    assert pending["state"] == "pending"


def test_what_waits_for_its_next_try_is_due_at_once(product: Product) -> None:
    deal, other = deals(product)[:2]
    product.arm(kind="reset_before", match={"method": "PATCH", "path": "composite/sobjects"}, rate=1.0, seed=1)
    log(product, product.sign_in_flow(), an_item(product, recordId=deal))
    product.deliver()
    product.faults.clear()
    product.clock.advance(minutes=10)
    product.parts.connections.logins.forget(product.connection.id)

    (queued,) = call(product, "sync-now", {"recordId": deal})
    product.deliver()
    done, nothing = call(product, "sync-now", {"recordId": deal}, {"recordId": other})

    assert queued["outcome"] == "queued"
    assert len(product.tasks()) == 1
    assert (done["outcome"], nothing["outcome"]) == ("done", "skipped")


def test_an_org_that_was_stopped_is_frozen(product: Product) -> None:
    from accord.delivery.model import Cause
    from accord.delivery.service import Delivery

    log(product, product.sign_in_flow(), an_item(product))
    delivery = Delivery(product.parts.drain.outbox)
    with product.parts.database.workspace(product.connection.workspace_id) as session:
        cause = Cause("STOPPED", "An Accord admin has stopped the deliveries of this org.")
        delivery.stop_connection(session, product.connection.id, cause, now=product.clock())

    found = status(product, recordId=product.deal())
    (refused,) = call(product, "sync-now", {"recordId": product.deal()})

    assert (found["state"], found["reason"]) == ("frozen", "An Accord admin has stopped the deliveries of this org.")
    assert (refused["errorCode"], "[ACC-203]" in refused["errorMessage"]) == ("DELIVERY_STOPPED", True)


def test_references_that_nobody_was_given_are_refused_and_those_of_refusals_are_known(product: Product) -> None:
    (refused,) = log(product, product.sign_in_flow(), an_item(product, kind="nonsense")).json["items"]

    unknown, nothing, none, known = call(
        product,
        "sync-status",
        {"referenceId": "0190"},
        {},
        {"recordId": "nonsense"},
        {"referenceId": refused["referenceId"]},
    )

    assert [one["errorCode"] for one in (unknown, nothing, none)] == [
        "REFERENCE_NOT_FOUND", "NOTHING_NAMED", "INVALID_RECORD",
    ]  # fmt: skip
    assert (known["isSuccess"], known["state"]) == (True, "not_mapped")


def test_asking_how_things_stand_costs_no_salesforce_call(product: Product) -> None:
    log(product, product.sign_in_flow(), an_item(product))
    product.deliver()
    before = product.calls()

    call(product, "sync-status", *[{"recordId": deal} for deal in deals(product)])
    call(product, "plans", *[{"recordId": deal} for deal in deals(product)])

    assert product.calls() == before
