"""Repeats of a kind, deal and day are one Task that says how many (D24, A102, W1, W2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accord.delivery.model import State
from support.activities import an_item, change_settings, explanation, fold_nothing, give_personal_login, log, user_id
from support.product import INTEGRATION, Product
from support.running_org import RILEY


def a_view(product: Product, minute: float, **changes: Any) -> dict[str, Any]:
    at = product.clock() + timedelta(minutes=minute)
    usual = {"kind": "customer_view", "subjectText": "Viewed the plan", "occurredAt": at.isoformat()}
    return an_item(product, **{**usual, **changes})


def test_twenty_views_in_an_hour_are_one_task_that_says_twenty(product: Product) -> None:
    """D24: each is delivered before the next one comes."""
    flow = product.sign_in_flow()

    for number in range(20):
        log(product, flow, a_view(product, 3 * number))
        product.deliver()

    (task,) = product.tasks()
    assert task["Subject"] == "[Accord: Customer View] 20 views"
    assert task["Description"].count("Viewed the plan") == 20
    assert (task["Status"], task["WhatId"]) == ("Completed", product.deal())


def test_twenty_views_that_wait_together_are_one_call(product: Product) -> None:
    """The fewest possible calls: what has not gone out yet goes out as it stands last."""
    flow = product.sign_in_flow()
    log(product, flow, an_item(product))
    product.deliver()
    before = product.calls()
    answers = [log(product, flow, a_view(product, number)) for number in range(10)]
    answers.append(log(product, flow, *[a_view(product, number) for number in range(10, 20)]))

    product.deliver()

    subjects = [task["Subject"] for task in product.tasks() if "View" in task["Subject"]]
    assert subjects == ["[Accord: Customer View] 20 views"]
    assert product.calls() - before == 1
    assert explanation(product, answers[0]).state is State.FOLDED
    assert explanation(product, answers[-1], item=9).state is State.DONE


def test_a_repeat_changes_the_words_alone_and_reverts_nothing(product: Product) -> None:
    """W2: what a person changed on the Task since stays."""
    flow = product.sign_in_flow()
    log(product, flow, a_view(product, 0))
    product.deliver()
    (task,) = product.tasks()
    riley = user_id(product, RILEY)
    product.change_in_salesforce("Task", task["Id"], OwnerId=riley, Status="In Progress", Priority="High")
    end = product.journal_end()

    log(product, flow, a_view(product, 1))
    product.deliver()

    (entry,) = product.journal(after=end)
    assert set(entry.after) - {"LastModifiedDate", "LastModifiedById", "SystemModstamp"} == {"Subject", "Description"}
    (task,) = product.tasks()
    assert (task["OwnerId"], task["Status"], task["Priority"]) == (riley, "In Progress", "High")


def test_lost_answers_double_no_task_and_lose_no_count(product: Product) -> None:
    flow = product.sign_in_flow()
    product.arm(kind="reset_after", match={"method": "PATCH", "path": "composite/sobjects"}, rate=0.4, seed=5)
    product.arm(kind="reset_before", match={"method": "PATCH", "path": "composite/sobjects"}, rate=0.2, seed=6)

    for number in range(20):
        log(product, flow, a_view(product, number / 10))
        product.deliver()
        product.clock.advance(seconds=1)
    product.faults.clear()
    for _ in range(5):
        product.clock.advance(hours=7)
        product.deliver()

    assert [task["Subject"] for task in product.tasks()] == ["[Accord: Customer View] 20 views"]


MIDNIGHTS = [
    ("Pacific/Kiritimati", datetime(2026, 11, 22, 10, 0, tzinfo=UTC)),  # UTC+14
    ("Pacific/Pago_Pago", datetime(2026, 11, 22, 11, 0, tzinfo=UTC)),  # UTC-11
    ("GMT", datetime(2026, 11, 22, 0, 0, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "midnight"), MIDNIGHTS)
def test_the_day_ends_where_the_owner_lives(product: Product, zone: str, midnight: datetime) -> None:
    """D24, W5: three before midnight and two after it are two Tasks, each on its own date.

    The owner's row in Salesforce says where he lives; the setting does not count then.
    """
    product.org.users.change(user_id(product, INTEGRATION), TimeZoneSidKey=zone)
    change_settings(product, owner_time_zone="Asia/Tokyo")
    flow = product.sign_in_flow()
    times = [midnight + timedelta(minutes=minutes) for minutes in (-60, -2, -1, 0, 60)]

    for at in times:
        log(product, flow, a_view(product, 0, occurredAt=at.isoformat()))
        product.deliver()

    found = sorted((task["ActivityDate"], task["Subject"]) for task in product.tasks())
    days = [str((midnight + timedelta(hours=hours)).astimezone(_zone(zone)).date()) for hours in (-1, 1)]
    views = ["[Accord: Customer View] 3 views", "[Accord: Customer View] 2 views"]
    assert [(str(day)[:10], subject) for day, subject in found] == list(zip(days, views, strict=True))


def _zone(name: str) -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def test_the_day_is_the_actors_where_he_owns_the_task(product: Product) -> None:
    riley = user_id(product, RILEY)
    product.org.users.change(riley, TimeZoneSidKey="Pacific/Kiritimati")
    give_personal_login(product, RILEY)
    flow = product.sign_in_flow()

    for at in ("2026-11-22T09:59:00Z", "2026-11-22T10:00:00Z"):
        log(product, flow, an_item(product, actorUserId=riley, occurredAt=at))
    product.deliver()

    assert sorted(str(task["ActivityDate"])[:10] for task in product.tasks()) == ["2026-11-22", "2026-11-23"]


def test_each_author_has_a_folded_task_of_his_own(product: Product) -> None:
    """A91, A93, W1: two of Riley's are his Task, written by his login; what nobody with a login did is the owner's."""
    give_personal_login(product, RILEY)
    riley, owner = user_id(product, RILEY), user_id(product, INTEGRATION)
    flow = product.sign_in_flow()

    for text, actor in [("One", riley), ("The customer", None), ("Two", riley), ("The customer again", None)]:
        log(product, flow, an_item(product, subjectText=text, actorUserId=actor))
        product.deliver()

    of_riley, of_owner = sorted(product.tasks(), key=lambda task: bool(task["OwnerId"] == owner))
    assert {of_riley[name] for name in ("OwnerId", "CreatedById", "LastModifiedById")} == {riley}
    assert {of_owner[name] for name in ("OwnerId", "CreatedById", "LastModifiedById")} == {owner}
    assert {of_riley["Subject"], of_owner["Subject"]} == {"[Accord: Comment] 2 comments"}
    assert of_riley["Description"].splitlines() == [
        "2026-11-22 07:00 Riley Okafor: One",
        "2026-11-22 07:00 Riley Okafor: Two",
    ]
    assert "Riley" not in of_owner["Description"]


def test_a_task_that_the_owner_had_to_write_is_changed_by_the_owner(product: Product) -> None:
    """W1, W3: the actor's login was lost before the first went out; signing in again does not split the Task."""
    give_personal_login(product, RILEY)
    riley, owner = user_id(product, RILEY), user_id(product, INTEGRATION)
    flow = product.sign_in_flow()
    log(product, flow, an_item(product, actorUserId=riley))
    product.org.sessions.expire_all(riley)
    product.deliver()
    give_personal_login(product, RILEY)

    log(product, flow, an_item(product, subjectText="And again", actorUserId=riley))
    product.deliver()

    (task,) = product.tasks()
    assert (task["CreatedById"], task["LastModifiedById"]) == (owner, owner)
    assert task["Subject"] == "[Accord: Comment] 2 comments"


def test_kinds_and_deals_are_folded_apart(product: Product) -> None:
    flow = product.sign_in_flow()
    deals = [str(row["Id"]) for row in product.org.records.all("Opportunity")][:2]

    for deal in deals:
        for kind in ("comment", "step_updated"):
            for text in ("one", "two"):
                log(product, flow, an_item(product, recordId=deal, kind=kind, subjectText=text))
    product.deliver()

    assert sorted((task["WhatId"], task["Subject"]) for task in product.tasks()) == sorted(
        (deal, subject)
        for deal in deals
        for subject in ("[Accord: Comment] 2 comments", "[Accord: Step Updated] 2 updates of steps")
    )


def test_folding_by_minutes_counts_from_the_first(product: Product) -> None:
    change_settings(product, kinds={"folding": "minutes", "minutes": 30})
    flow = product.sign_in_flow()

    for minute in (0, 29.9, 30, 45):
        log(product, flow, a_view(product, minute))
    product.deliver()

    assert [task["Subject"] for task in product.tasks()] == ["[Accord: Customer View] 2 views"] * 2


def test_without_folding_each_is_a_task(product: Product) -> None:
    fold_nothing(product)
    flow = product.sign_in_flow()

    for minute in range(3):
        log(product, flow, a_view(product, minute))
    product.deliver()

    assert [task["Subject"] for task in product.tasks()] == ["[Accord: Customer View] Viewed the plan"] * 3


def test_a_repeat_of_the_same_call_counts_once(product: Product) -> None:
    """D58, W19."""
    flow = product.sign_in_flow()
    log(product, flow, a_view(product, 0))
    repeated = a_view(product, 1, idempotencyKey="again")

    for _ in range(3):
        log(product, flow, repeated)
    product.deliver()

    assert [task["Subject"] for task in product.tasks()] == ["[Accord: Customer View] 2 views"]


def test_views_that_arrive_at_once_are_all_counted_on_one_task(product: Product) -> None:
    flow = product.sign_in_flow()

    def call(number: int) -> int:
        with product.app.test_client(use_cookies=False) as client:
            items = [a_view(product, number), a_view(product, number, kind="resource_added")]
            order = items if number % 2 else list(reversed(items))
            return client.post("/flow/v1/activities", json={"items": order}, headers=flow).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(call, range(16))) == {200}
    product.deliver()

    assert sorted(task["Subject"] for task in product.tasks()) == [
        "[Accord: Customer View] 16 views",
        "[Accord: Resource Added] 16 resources added",
    ]


def test_a_folded_task_says_as_much_as_salesforce_takes_and_counts_the_rest(product: Product) -> None:
    flow = product.sign_in_flow()

    for number in range(12):
        log(product, flow, an_item(product, subjectText=f"note {number}", description="x" * 4000))
    product.deliver()

    (task,) = product.tasks()
    assert task["Subject"] == "[Accord: Comment] 12 comments"
    assert len(task["Description"]) <= 32_000
    assert task["Description"].startswith("… and ")
    assert "note 11" in task["Description"]


def test_the_lines_of_a_folded_task_lie_sealed(product: Product) -> None:
    flow = product.sign_in_flow()
    log(product, flow, an_item(product, subjectText="a canary sings", description="loudly canary"))

    with product.parts.database.engine.connect() as connection:
        (stored,) = connection.exec_driver_sql("SELECT happened FROM task_fold").one()

    assert b"canary" not in bytes(stored)


def test_what_is_kept_of_a_folded_task_goes_after_a_month_and_the_task_stays(product: Product) -> None:
    flow = product.sign_in_flow()
    log(product, flow, a_view(product, 0))
    product.deliver()
    activities = product.parts.activities

    product.clock.advance(days=29)
    log(product, product.sign_in_flow(), an_item(product))
    kept = activities.forget_old(product.clock())
    product.clock.advance(days=2)
    gone = activities.forget_old(product.clock())

    assert (kept, gone) == (1, 2)  # the view's key; then the comment's key and the view's lines
    assert len(product.tasks()) == 1
