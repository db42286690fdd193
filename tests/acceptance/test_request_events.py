"""What a flow inside the org asks by an event is done once, however often the event comes (A291, S12, S13)."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from support.activities import an_admin
from support.product import Product, a_product
from support.running_org import RILEY


def an_event(product: Product, **changes: Any) -> dict[str, Any]:
    usual = {
        "event_uuid": str(uuid.uuid4()),
        "request_id": str(uuid.uuid4()),
        "action": "log_activity",
        "record_id": product.deal(),
        "kind": "comment",
        "subject_text": "Legal asked for a redline",
        "created_at": product.clock().isoformat(),
    }
    return {**usual, **changes}


def bring(product: Product, *events: Any) -> list[dict[str, Any]]:
    headers = product.sign_in_flow()
    answer = product.client.post("/events/v1/requests", json={"events": list(events)}, headers=headers)
    assert answer.status_code == 200, answer.text
    return list(answer.json["events"])


def status(product: Product, reference: str) -> dict[str, Any]:
    body = {"items": [{"referenceId": reference}]}
    answer = product.client.post("/flow/v1/sync-status", json=body, headers=product.sign_in_flow())
    return dict(answer.json["items"][0])


def test_an_event_becomes_a_task_and_its_reference_finds_it(product: Product) -> None:
    event = an_event(product, subject_text="Hello")

    (taken,) = bring(product, event)
    product.deliver()

    (task,) = product.tasks()
    assert (taken["event_uuid"], taken["outcome"], taken["is_known"]) == (event["event_uuid"], "queued", False)
    assert task["Subject"] == "[Accord: Comment] Hello"
    by_theirs, by_ours = status(product, event["request_id"]), status(product, taken["reference_id"])
    assert (by_theirs["state"], by_theirs["salesforceId"]) == ("in_sync", task["Id"])
    assert by_ours["salesforceId"] == task["Id"]


def test_the_same_event_is_taken_once_also_days_later(product: Product) -> None:
    """The idempotency key of an activity is forgotten after a day; the bus brings events again for three."""
    event = an_event(product)
    (first,) = bring(product, event)
    product.clock.advance(days=3)
    product.parts.activities.forget_old(product.clock())

    (again,) = bring(product, event)
    twice = bring(product, event, event)
    product.deliver()

    assert again == {**first, "is_known": True}
    assert twice == [again, again]
    assert [task["Subject"] for task in product.tasks()] == ["[Accord: Comment] Legal asked for a redline"]


def test_one_that_was_taken_but_not_written_down_is_not_done_again(product: Product) -> None:
    """Whoever takes it may die in between."""
    event = an_event(product)
    (first,) = bring(product, event)
    with product.parts.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM event_inbox")

    (again,) = bring(product, event)
    product.deliver()

    assert (again["reference_id"], again["is_known"]) == (first["reference_id"], False)
    assert len(product.tasks()) == 1


def test_a_late_event_has_the_day_on_which_it_was_published(product: Product) -> None:
    published = product.clock() - timedelta(days=2)

    bring(product, an_event(product, created_at=published.isoformat()))
    product.deliver()

    (task,) = product.tasks()
    assert str(task["ActivityDate"])[:10] == "2026-11-20"


def test_one_bad_event_never_fails_its_neighbours(product: Product) -> None:
    bad = [
        an_event(product, action="dance"),
        an_event(product, kind="nonsense"),
        an_event(product, occurred_at="yesterday"),
        {"event_uuid": 7},
        "nonsense",
    ]

    *refused, good = bring(product, *bad, an_event(product))

    codes = ["UNKNOWN_ACTION", "INVALID_KIND", "INVALID_VALUE", "INVALID_VALUE", "INVALID_VALUE"]
    assert [one["error_code"] for one in refused] == codes
    assert {one["outcome"] for one in refused} == {"refused"}
    assert all(one["reference_id"] for one in refused)
    assert good["outcome"] == "queued"


def test_an_event_asks_for_another_try(product: Product) -> None:
    product.arm(kind="reset_before", match={"method": "PATCH", "path": "composite/sobjects"}, rate=1.0, seed=1)
    bring(product, an_event(product))
    product.deliver()
    product.faults.clear()
    product.clock.advance(minutes=10)

    (taken,) = bring(product, {"event_uuid": "1", "action": "sync_now", "record_id": product.deal()})
    product.deliver()

    assert taken["outcome"] == "queued"
    assert len(product.tasks()) == 1


def test_events_stand_in_the_log_of_calls(product: Product) -> None:
    event = an_event(product, flow_name="After a comment", actor_user_id=product.org.users.by_username(RILEY).id)
    (taken,) = bring(product, event)

    by_ours, by_theirs = (
        product.client.get("/api/v1/flow-calls", query_string={"reference": one}, headers=an_admin(product)).json
        for one in (taken["reference_id"], event["request_id"])
    )

    (found,) = by_ours["calls"]
    assert by_theirs == by_ours
    assert (found["action"], found["flow_name"], found["record_id"]) == (
        "event: log_activity", "After a comment", product.deal(),
    )  # fmt: skip
    assert found["user_id"] == event["actor_user_id"]
    assert found["can_run_again"] is True
    again = product.client.post(f"/api/v1/flow-calls/{found['id']}/dry-run", headers=an_admin(product)).json["answer"]
    assert "[Accord: Comment] Legal asked for a redline" in again["whatToDo"]


def test_a_wish_to_sync_by_event_is_run_again_from_the_log(one_product: Product) -> None:
    (taken,) = bring(one_product, an_event(one_product, action="sync_now", kind=None, subject_text=None))
    which = {"reference": taken["reference_id"]}
    shown = one_product.client.get("/api/v1/flow-calls", query_string=which, headers=an_admin(one_product)).json
    (found,) = shown["calls"]

    again = one_product.client.post(f"/api/v1/flow-calls/{found['id']}/dry-run", headers=an_admin(one_product))

    assert (found["action"], again.status_code) == ("event: sync_now", 200)


def test_only_the_orgs_own_credential_brings_events(product: Product) -> None:
    for headers, expected in [({}, 401), (product.sign_in(), 403), (an_admin(product), 403)]:
        body = {"events": [an_event(product)]}
        assert product.client.post("/events/v1/requests", json=body, headers=headers).status_code == expected


def test_an_event_of_another_org_is_another_event(database: Any, product: Product) -> None:
    with a_product(database) as theirs:
        event = an_event(product)
        bring(product, event)
        (taken,) = bring(theirs, {**event, "record_id": theirs.deal()})

        assert taken["is_known"] is False
        assert status(theirs, event["request_id"])["state"] == "pending"


@pytest.mark.parametrize("days", [6, 8])
def test_the_inbox_is_kept_for_a_week(product: Product, days: int) -> None:
    bring(product, an_event(product))
    product.clock.advance(days=days)

    assert product.parts.intake.forget_old(product.clock()) == (1 if days > 7 else 0)
