"""When a repeat is one, and what it can never spoil (D22, D58, W19)."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import func, select

from accord.core.flow import ActivityItem
from accord.core.identity import Identity, Role
from accord.core.ids import ConnectionId, OrgId
from accord.features.activities.store import activity
from accord.features.connections.model import NewConnection
from support.activities import fold_nothing
from support.local_org import HTTPS_BASE
from support.product import Product

KEYED = {"idempotencyKey": "interview-1"}


def an_item(product: Product, **changes) -> dict:
    usual = {"recordId": product.deal(), "kind": "comment", "subjectText": "Legal asked for a redline"}
    return {**usual, **changes}


def log(product: Product, *items):
    body = json.dumps({"items": items})  # as it stands in a request: halves of surrogate pairs are escapes
    return product.client.post(
        "/flow/v1/activities", data=body, content_type="application/json", headers=product.sign_in_flow()
    )


def kept_keys(product: Product) -> int:
    with product.parts.database.reading(product.connection.workspace_id) as session:
        row = session.first(select(func.count()).select_from(activity))
    assert row is not None
    return int(row[0])


def the_flow(product: Product, connection_id: ConnectionId | None = None) -> Identity:
    return Identity(product.connection.workspace_id, connection_id or product.connection.id, Role.FLOW)


@pytest.mark.parametrize("key", [{}, KEYED])
def test_a_repeat_counts_for_a_day_and_is_then_a_new_task(product, key):
    """With a key and without: what a Flow says again after a day has happened again."""
    first = log(product, an_item(product, **key))
    product.clock.advance(hours=23, minutes=59)
    repeat = log(product, an_item(product, **key))
    product.clock.advance(minutes=2)
    later = log(product, an_item(product, **key))
    product.deliver()

    assert repeat.json == first.json
    assert later.json["items"][0]["outcome"] == "queued"
    assert later.json != first.json
    assert len(product.tasks()) == 2


def test_a_key_is_free_for_another_activity_after_a_day(product):
    log(product, an_item(product, **KEYED))
    product.clock.advance(days=60)

    answer = log(product, an_item(product, **KEYED, subjectText="Something else"))

    assert answer.json["items"][0]["outcome"] == "queued"


def test_a_key_that_is_over_is_taken_anew_by_one_of_ten(product):
    log(product, an_item(product, **KEYED))
    product.clock.advance(days=2)
    flow = product.sign_in_flow()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _number: call(product, flow, [an_item(product, **KEYED)]), range(10)))
    product.deliver()

    assert all(answer == answers[0] for answer in answers)
    assert len(product.tasks()) == 2


def call(product: Product, flow: dict, items: list[dict]) -> dict:
    with product.app.test_client(use_cookies=False) as client:
        answer = client.post("/flow/v1/activities", json={"items": items}, headers=flow)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_keys_whose_repeats_count_no_more_are_forgotten(product):
    log(product, an_item(product, **KEYED))
    product.clock.advance(hours=23)
    log(product, an_item(product, idempotencyKey="interview-2"))

    assert product.parts.activities.forget_old(product.clock()) == 0
    product.clock.advance(hours=2)
    assert product.parts.activities.forget_old(product.clock()) == 1
    assert kept_keys(product) == 1
    product.deliver()
    assert len(product.tasks()) == 2


def test_batches_with_the_same_keys_in_another_order_never_wait_for_each_other(product):
    """Each in its own order gets the answers of its own order; on PostgreSQL crossed keys are a deadlock."""
    flow = product.sign_in_flow()
    items = [an_item(product, idempotencyKey=f"key-{number:03}", subjectText=str(number)) for number in range(100)]
    both = Barrier(2)

    def send(order: list[dict]) -> dict:
        both.wait()
        return call(product, flow, order)

    with ThreadPoolExecutor(2) as pool:
        forth, back = pool.map(send, (items, items[::-1]))

    assert forth["items"] == back["items"][::-1]
    assert {item["outcome"] for item in forth["items"]} == {"queued"}
    assert kept_keys(product) == 100


def test_the_same_key_twice_in_one_batch_is_one_task_and_the_first_decides(product):
    fold_nothing(product)
    other = an_item(product, **KEYED, subjectText="Something else")

    answer = log(product, an_item(product, **KEYED), an_item(product), other, an_item(product, **KEYED))
    product.deliver()

    outcomes = [item["outcome"] for item in answer.json["items"]]
    assert outcomes == ["queued", "queued", "refused", "queued"]
    assert answer.json["items"][0] == answer.json["items"][3]
    assert len(product.tasks()) == 2


BAD = (
    {"occurredAt": "0001-01-01T00:00:00+14:00"},
    {"occurredAt": "9999-12-31T23:59:59-12:00"},
    {"idempotencyKey": "a\0b"},
    {"subjectText": "a\0b"},
    {"description": "a\0b"},
    {"idempotencyKey": "\ud800"},
    {"subjectText": "\udfff"},
    {"description": "\ud83d"},
)


def test_no_bad_item_fails_its_neighbours_and_each_refusal_names_its_field(product):
    """D23."""
    fold_nothing(product)
    bad = [an_item(product, **changes) for changes in BAD]

    answer = log(product, an_item(product, subjectText="first"), *bad, None, 7, an_item(product, subjectText="last"))
    product.deliver()

    first, *refused, last = answer.json["items"]
    assert (answer.status_code, first["outcome"], last["outcome"]) == (200, "queued", "queued")
    assert {item["outcome"] for item in refused} == {"refused"}
    named = [next(iter(changes)) for changes in BAD] + ["item", "item"]
    for item, field in zip(refused, named, strict=True):
        assert field in item["errorMessage"]
        assert field in item["whatToDo"]
    assert sorted(task["Subject"] for task in product.tasks()) == ["[Accord: Comment] first", "[Accord: Comment] last"]


def test_the_worker_is_woken_when_something_was_logged(product):
    woken: list[int] = []
    activities = replace(product.parts.activities, wake=lambda: woken.append(kept_keys(product)))

    activities.log(the_flow(product), [ActivityItem(product.deal(), "comment", "hello")])

    assert woken == [1]  # and not before it is on the disk


def test_two_orgs_of_one_workspace_know_nothing_of_each_others_keys(product):
    """The same key is another key in another org."""
    workspace_id = product.connection.workspace_id
    other = product.parts.connections.create_connection(
        workspace_id,
        NewConnection(
            OrgId("00D000000000009EAA"), "Sandbox", HTTPS_BASE, True, "integration@other.example", "other", HTTPS_BASE
        ),
    )
    item = ActivityItem(product.deal(), "comment", "hello", idempotency_key="one-key")

    (here,) = product.parts.activities.log(the_flow(product), [item])
    (there,) = product.parts.activities.log(the_flow(product, other.id), [item])
    again = [product.parts.activities.log(the_flow(product, one), [item])[0] for one in (None, other.id)]

    assert here.reference_id != there.reference_id
    assert again == [here, there]
