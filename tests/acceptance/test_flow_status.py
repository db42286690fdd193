"""How a record or a reference stands with Salesforce, as a Flow asks it, and the wish to have it tried now."""

from typing import Any

from accord.delivery.model import Cause
from accord.delivery.service import Delivery
from support.activities import an_item, log
from support.activities import call_flow as call
from support.activities import the_deals as deals
from support.product import Product


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
