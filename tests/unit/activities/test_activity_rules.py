"""Activity to Tasks (A84 to A102, D24, D26, W5, W19)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from accord.core.dates import FIRST_MOMENT, LAST_MOMENT, is_kept_day
from accord.core.flow import ActivityItem, FlowOutcome, FlowResult
from accord.core.ids import ConnectionId, MemberId, UserId
from accord.features.activities import rules
from accord.features.activities.model import Activity, Actor, Author, AuthorReason, Kind
from accord.features.activities.settings_rules import DEFAULTS
from support.builders import NOON

DEAL = "006000000000001AAA"
USER = "005000000000001AAA"
HERE = ConnectionId("c1")
EARLIEST = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
LATEST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=-12)))
TERMS = rules.Terms(HERE, replace(DEFAULTS, enabled=True), NOON)


def an_item(**changes) -> ActivityItem:
    return replace(ActivityItem(record_id=DEAL, kind="comment", subject_text="Legal asked for a redline"), **changes)


def checked(**changes) -> Activity:
    found = rules.check(an_item(**changes), TERMS, activity_id="a1")
    assert isinstance(found, Activity)
    return found


def answered(**changes) -> FlowResult:
    found = rules.check(an_item(**changes), TERMS, activity_id="a1")
    assert isinstance(found, FlowResult)
    return found


def the_task(activity: Activity, *, actor=None) -> dict:
    return rules.task_fields(activity, rules.decide_author(activity, actor), DEFAULTS.kinds[activity.kind])


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("step_updated", "[Accord: Step Updated] moved"),
        ("comment", "[Accord: Comment] moved"),
        ("customer_view", "[Accord: Customer View] moved"),
        ("resource_added", "[Accord: Resource Added] moved"),
        ("member_invited", "[Accord: Member Invited] moved"),
        ("member_joined", "[Accord: Member Joined] moved"),
    ],
)
def test_each_kind_has_its_subject(kind, subject):
    """A88, A94 to A100."""
    assert the_task(checked(kind=kind, subject_text="moved"))["Subject"] == subject


def test_the_task_is_completed_on_its_deal_with_its_description():
    """A87, A89, A90."""
    task = the_task(checked(description="Clause 7"))

    assert task == {
        "Subject": "[Accord: Comment] Legal asked for a redline",
        "Status": "Completed",
        "WhatId": DEAL,
        "TaskSubtype": "Task",
        "ActivityDate": "2026-11-22",
        "Description": "Clause 7",
    }


def test_texts_are_cut_to_what_salesforce_takes():
    """W4."""
    task = the_task(checked(subject_text="x" * 300, description="y" * 40_000))

    assert len(task["Subject"]) == 255
    assert task["Subject"].endswith("…")
    assert len(task["Description"]) == 32_000


@pytest.mark.parametrize(
    ("user", "actor", "owner", "reason"),
    [
        (USER, Actor(MemberId("m1"), has_login=True), USER, AuthorReason.ACTOR),
        (USER, Actor(MemberId("m1"), has_login=False), None, AuthorReason.NO_PERSONAL_CONNECTION),
        (USER, None, None, AuthorReason.UNKNOWN_ACTOR),
        (None, None, None, AuthorReason.NO_ACTOR),
    ],
)
def test_the_actor_owns_and_writes_the_task_only_with_a_login_of_his_own(user, actor, owner, reason):
    """A91 to A93, D2: otherwise both are the integration owner's, and the row says why."""
    activity = checked(actor_user_id=user)
    author = rules.decide_author(activity, actor)

    assert the_task(activity, actor=actor).get("OwnerId") == owner
    assert author.reason is reason
    assert (author.member_id is not None) == (owner is not None)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Pacific/Kiritimati", "2026-11-23"), ("Etc/GMT+12", "2026-11-22"), ("UTC", "2026-11-22")],
)
def test_the_date_is_the_owners_day(zone, day):
    """W5: 13:00 UTC is the next day at UTC+14."""
    activity = checked(occurred_at=datetime(2026, 11, 22, 13, tzinfo=UTC))

    author = rules.decide_author(activity, None, owner_time_zone=zone)
    task = rules.task_fields(activity, author, DEFAULTS.kinds[activity.kind])

    assert task["ActivityDate"] == day


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"record_id": "001000000000001AAA"}, "INVALID_RECORD"),
        ({"record_id": "nonsense"}, "INVALID_RECORD"),
        ({"kind": "Comment"}, "INVALID_KIND"),
        ({"subject_text": "  "}, "SUBJECT_MISSING"),
        ({"actor_user_id": DEAL}, "INVALID_ACTOR"),
        ({"contact_id": USER}, "INVALID_CONTACT"),
        ({"occurred_at": datetime(2026, 1, 1)}, "INVALID_TIME"),  # noqa: DTZ001 - that is the point
        ({"occurred_at": EARLIEST}, "INVALID_TIME"),
        ({"occurred_at": LATEST}, "INVALID_TIME"),
        ({"occurred_at": datetime(1700, 1, 1, 23, tzinfo=UTC)}, "INVALID_TIME"),
        ({"occurred_at": datetime(4000, 12, 31, tzinfo=UTC)}, "INVALID_TIME"),
        ({"idempotency_key": "k" * 81}, "KEY_TOO_LONG"),
        ({"idempotency_key": "k\0"}, "INVALID_TEXT"),
        ({"subject_text": "half \ud800"}, "INVALID_TEXT"),
        ({"description": "\0"}, "INVALID_TEXT"),
    ],
)
def test_a_wrong_item_is_refused_with_a_code_a_sentence_and_a_remedy(changes, code):
    result = answered(**changes)

    assert (result.outcome, result.error_code) == (FlowOutcome.REFUSED, code)
    assert result.error_message
    assert result.what_to_do


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("moment", [FIRST_MOMENT, LAST_MOMENT])
def test_a_time_that_is_taken_has_a_day_that_salesforce_keeps_in_every_zone(zone, moment):
    author = Author(None, None, AuthorReason.NO_ACTOR, zone)
    task = rules.task_fields(checked(occurred_at=moment), author, DEFAULTS.kinds["comment"])

    assert is_kept_day(date.fromisoformat(task["ActivityDate"]))


def test_internal_things_are_not_written():
    """D26."""
    assert answered(is_internal=True).outcome is FlowOutcome.SKIPPED


@pytest.mark.parametrize("kind", [Kind.CUSTOMER_VIEW, Kind.RESOURCE_ADDED])
def test_what_only_customers_do_makes_no_task_when_one_of_us_does_it(kind):
    """A97, A98, A101."""
    assert answered(kind=kind.value, actor_user_id=USER).outcome is FlowOutcome.SKIPPED
    assert checked(kind=kind.value).kind is kind


def test_without_a_key_the_same_content_is_the_same_activity():
    """W19."""
    assert checked().idempotency_key == checked(record_id=DEAL[:15]).idempotency_key
    assert checked().idempotency_key != checked(subject_text="other").idempotency_key
    assert len(checked().idempotency_key) <= rules.KEY_LENGTH


def test_a_given_key_is_the_key():
    keyed = checked(idempotency_key="order-7")

    assert keyed.idempotency_key == checked(idempotency_key="order-7", subject_text="other").idempotency_key
    assert keyed.idempotency_key != checked(idempotency_key="order-8").idempotency_key
    assert "order-7" not in keyed.idempotency_key
    assert len(keyed.idempotency_key) <= rules.KEY_LENGTH
    assert checked(actor_user_id=USER).actor_user_id == UserId(USER)
