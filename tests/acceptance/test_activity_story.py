"""A Flow logs activity, and each becomes the very Task of A84 to A102, once (D22, D23, D58, S12, W1, W19)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from support.activities import an_item, explanation, fold_nothing, log, user_id
from support.database import ONE_ENGINE
from support.own_login import connect_own_login
from support.product import INTEGRATION
from support.running_org import RILEY


def test_a_callout_becomes_the_task_with_its_subject_status_relation_and_owner(product):
    """A84 to A93: without a personal login the integration owner writes and owns it, and the row says why."""
    flow = product.sign_in_flow()

    answer = log(product, flow, an_item(product, description="Clause 7", actorUserId=user_id(product, RILEY)))
    product.deliver()

    (task,) = product.tasks()
    integration = user_id(product, INTEGRATION)
    assert (answer.status_code, answer.json["items"][0]["outcome"]) == (200, "queued")
    assert task["Subject"] == "[Accord: Comment] Legal asked for a redline"
    assert (task["Status"], task["WhatId"], task["Description"]) == ("Completed", product.deal(), "Clause 7")
    assert (task["OwnerId"], task["CreatedById"]) == (integration, integration)
    assert explanation(product, answer).login_reason == "actor_is_no_member"


def test_an_actor_with_a_login_of_his_own_owns_and_writes_his_task(product):
    """A91, A92."""
    connect_own_login(product, RILEY)
    flow = product.sign_in_flow()

    answer = log(product, flow, an_item(product, actorUserId=user_id(product, RILEY)))
    product.deliver()

    (task,) = product.tasks()
    riley = user_id(product, RILEY)
    assert (task["OwnerId"], task["CreatedById"]) == (riley, riley)
    assert explanation(product, answer).login_reason == "actor_has_personal_connection"


def test_the_same_key_ten_times_at_once_is_one_task_and_ten_equal_answers(product):
    """D58, W19."""
    flow = product.sign_in_flow()
    item = an_item(product, idempotencyKey="interview-1")

    def call(_number: int) -> dict:
        with product.app.test_client(use_cookies=False) as client:
            return client.post("/flow/v1/activities", json={"items": [item]}, headers=flow).json

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(call, range(10)))
    product.deliver()
    product.deliver()

    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["items"][0]["isSuccess"] is True
    assert len(product.tasks()) == 1


def test_the_same_content_without_a_key_is_one_task(product):
    flow = product.sign_in_flow()
    item = an_item(product, occurredAt="2026-11-22T10:00:00Z")

    first, second = log(product, flow, item), log(product, flow, item)
    product.deliver()

    assert first.json == second.json
    assert len(product.tasks()) == 1


def test_a_key_that_was_used_for_something_else_is_refused(product):
    flow = product.sign_in_flow()
    log(product, flow, an_item(product, idempotencyKey="k"))

    answer = log(product, flow, an_item(product, idempotencyKey="k", subjectText="Something else"))

    assert answer.json["items"][0]["errorCode"] == "KEY_REUSED"


def test_one_bad_item_never_fails_its_neighbours_and_answers_keep_their_order(product):
    fold_nothing(product)
    flow = product.sign_in_flow()

    answer = log(
        product,
        flow,
        an_item(product, subjectText="first"),
        an_item(product, kind="singing"),
        an_item(product, isInternal=True),
        an_item(product, subjectText="trial", dryRun=True),
        an_item(product, subjectText="last"),
    )
    product.deliver()

    outcomes = [item["outcome"] for item in answer.json["items"]]
    assert outcomes == ["queued", "refused", "skipped", "skipped", "queued"]
    assert sorted(task["Subject"] for task in product.tasks()) == ["[Accord: Comment] first", "[Accord: Comment] last"]


def test_two_hundred_activities_are_one_call(product):
    fold_nothing(product)
    flow = product.sign_in_flow()
    log(product, flow, *[an_item(product, subjectText=f"number {number}") for number in range(200)])
    product.deliver()  # also signs the integration owner in and learns the org's version
    log(product, flow, *[an_item(product, subjectText=f"again {number}") for number in range(200)])
    before = product.calls()

    product.deliver()

    assert product.calls() - before == 1
    assert len(product.tasks()) == 400


def test_what_salesforce_refuses_is_parked_with_its_words_and_advice_and_the_others_go_on(product):
    fold_nothing(product)
    flow = product.sign_in_flow()
    product.org.rules.add(rule_against("[Accord: Comment] forbidden"))

    log(product, flow, an_item(product, subjectText="forbidden"), an_item(product, subjectText="fine"))
    report = product.deliver()

    assert (report.done, report.parked) == (1, 1)
    assert [task["Subject"] for task in product.tasks()] == ["[Accord: Comment] fine"]


def rule_against(subject: str):
    from localorg.rules import ValidationRule

    return ValidationRule("no", "Task", f"Subject = '{subject}'", "Not this one.")


@ONE_ENGINE
@pytest.mark.parametrize("body", [{}, {"items": []}, {"items": "x"}, {"items": [{}] * 201}, {"list": []}])
def test_a_call_that_is_no_list_of_items_is_refused_as_a_whole(product, body):
    answer = product.client.post("/flow/v1/activities", json=body, headers=product.sign_in_flow())

    assert answer.status_code == 422
    assert set(answer.json) == {"code", "message", "field", "items", "reference"}


def test_a_rep_cannot_call_what_is_for_flows(product):
    answer = log(product, product.sign_in(), an_item(product))

    assert answer.status_code == 403


def test_an_accepted_activity_is_on_the_disk_before_the_answer_leaves(product):
    """The outbox row is committed with the key, so that a crash right after the answer loses nothing."""
    flow = product.sign_in_flow()
    log(product, flow, an_item(product))

    assert product.deliver().done == 1
