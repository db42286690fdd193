"""Decisions about activities: what is accepted, and the very Task that it becomes."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accord.core.dates import FIRST_MOMENT, LAST_MOMENT, is_kept_moment
from accord.core.flow import ActivityItem, FlowOutcome, FlowResult
from accord.core.ids import ConnectionId, RecordId, UserId, widen
from accord.core.text import is_clean
from accord.features.activities.model import Activity, Actor, Author, AuthorReason, KeyHolder, Kind

REPEATS_COUNT_FOR = timedelta(hours=24)  # W19: from then on the same key or content is a new activity
KEY_LENGTH = 80
SUBJECT_LENGTH = 255  # Salesforce: Task.Subject
DESCRIPTION_LENGTH = 32_000  # Salesforce: Task.Description
KEY_FIELD = "Accord_Id__c"
# Salesforce sets these once; a repeat must not take back what a person changed since (W2)
CREATE_ONLY = frozenset({"OwnerId", "Status", "TaskSubtype", "ActivityDate"})
TITLES: Mapping[Kind, str] = {
    Kind.STEP_UPDATED: "Step Updated",
    Kind.COMMENT: "Comment",
    Kind.CUSTOMER_VIEW: "Customer View",
    Kind.RESOURCE_ADDED: "Resource Added",
    Kind.MEMBER_INVITED: "Member Invited",
    Kind.MEMBER_JOINED: "Member Joined",
}
# what comes from a Flow as free text, under the names that the Flow knows
_TEXTS = {"subjectText": "subject_text", "description": "description", "idempotencyKey": "idempotency_key"}
# what only customers do: the same thing done by one of our own people makes no Task (A97 to A101)
CUSTOMERS_ONLY = frozenset({Kind.CUSTOMER_VIEW, Kind.RESOURCE_ADDED})


def refused(code: str, message: str, what_to_do: str) -> FlowResult:
    return FlowResult(FlowOutcome.REFUSED, error_code=code, error_message=message, what_to_do=what_to_do)


def skipped(reason: str) -> FlowResult:
    return FlowResult(FlowOutcome.SKIPPED, what_to_do=reason)


def dry_run(activity: Activity, author: Author) -> FlowResult:
    writer = "the acting user" if author.member_id else "the integration owner"
    return skipped(f"Dry run: the Task '{subject(activity)}' would be written by {writer} ({author.reason}).")


def answer(activity: Activity, holder: KeyHolder) -> FlowResult:
    """What an accepted activity is told: a repeat hears what the first one heard."""
    if holder.content_hash != activity.content_hash:
        return refused(
            "KEY_REUSED",
            "This idempotencyKey was used before for another activity.",
            "Use one key for one activity; a repeat must be the same in every field.",
        )
    return FlowResult(FlowOutcome.QUEUED, reference_id=holder.activity_id)


def check(item: ActivityItem, *, activity_id: str, connection_id: ConnectionId, now: datetime) -> Activity | FlowResult:
    """The activity, or the answer that refuses or skips it."""
    opportunity_id = _id(item.record_id, "006")
    if opportunity_id is None:
        return refused(
            "INVALID_RECORD", "recordId is not the id of an Opportunity.", "Pass the Id of the Opportunity record."
        )
    if item.kind not in set(Kind):
        return refused(
            "INVALID_KIND", f"kind must be one of {', '.join(Kind)}.", "Choose one of these words, in lower case."
        )
    if not item.subject_text.strip():
        return refused("SUBJECT_MISSING", "subjectText is empty.", "Pass what happened in a few words.")
    refusal = _refuse_text(item) or _refuse_time(item.occurred_at)
    if refusal is not None:
        return refusal
    actor = _id(item.actor_user_id, "005") if item.actor_user_id else None
    if item.actor_user_id and actor is None:
        return refused("INVALID_ACTOR", "actorUserId is not the id of a user.", "Pass {!$User.Id}, or leave it out.")
    contact = _id(item.contact_id, "003") if item.contact_id else None
    if item.contact_id and contact is None:
        return refused("INVALID_CONTACT", "contactId is not the id of a Contact.", "Pass a Contact, or leave it out.")
    if item.idempotency_key and len(item.idempotency_key) > KEY_LENGTH:
        return refused("KEY_TOO_LONG", f"idempotencyKey is longer than {KEY_LENGTH} characters.", "Pass a shorter key.")
    kind = Kind(item.kind)
    if item.is_internal:
        return skipped("Internal: nothing about it is written to Salesforce.")
    if kind in CUSTOMERS_ONLY and actor is not None:
        return skipped(f"Only customers make '{TITLES[kind]}'; this was done by a Salesforce user.")
    content_hash = _content_hash(item, connection_id)
    return Activity(
        id=activity_id,
        opportunity_id=opportunity_id,
        kind=kind,
        subject_text=item.subject_text.strip(),
        description=(item.description or "").strip() or None,
        occurred_at=item.occurred_at or now,
        actor_user_id=UserId(actor) if actor else None,
        contact_id=contact,
        idempotency_key=item.idempotency_key or f"content:{content_hash}",
        content_hash=content_hash,
    )


def _refuse_text(item: ActivityItem) -> FlowResult | None:
    for name, attribute in _TEXTS.items():
        if not is_clean(getattr(item, attribute)):
            return refused(
                "INVALID_TEXT", f"{name} holds a character that cannot be stored.", f"Pass plain text in {name}."
            )
    return None


def _refuse_time(occurred_at: datetime | None) -> FlowResult | None:
    if occurred_at is None:
        return None
    if occurred_at.tzinfo is None:
        return refused("INVALID_TIME", "occurredAt has no time zone.", "Pass a date and time with its zone.")
    if not is_kept_moment(occurred_at):
        return refused(
            "INVALID_TIME",
            "occurredAt is on a day that Salesforce does not keep.",
            f"Pass in occurredAt a time from {FIRST_MOMENT.date()} to {LAST_MOMENT.date()}.",
        )
    return None


def _id(text: str | None, prefix: str) -> RecordId | None:
    try:
        widened = widen(text or "")
    except ValueError:
        return None
    return RecordId(widened) if widened.startswith(prefix) else None


def _content_hash(item: ActivityItem, connection_id: ConnectionId) -> str:
    """What makes two calls the same call: org, record, kind, texts and the time given (W19)."""
    occurred_at = item.occurred_at.isoformat() if item.occurred_at else None
    parts = [
        connection_id, item.record_id[:15], item.kind, item.subject_text.strip(), (item.description or "").strip(),
        occurred_at, (item.actor_user_id or "")[:15], (item.contact_id or "")[:15],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:64]


def subject(activity: Activity) -> str:
    """'[Accord: Comment] text' (A94 to A100), cut at 255 characters."""
    full = f"[Accord: {TITLES[activity.kind]}] {activity.subject_text}"
    return full if len(full) <= SUBJECT_LENGTH else full[: SUBJECT_LENGTH - 1] + "…"


def task_fields(activity: Activity, author: Author, time_zone: ZoneInfo) -> dict[str, Any]:
    """The very Task (A87 to A93). Without an owner it is Salesforce's default: the login that writes it."""
    fields: dict[str, Any] = {
        "Subject": subject(activity),
        "Status": "Completed",
        "WhatId": activity.opportunity_id,
        "TaskSubtype": "Task",
        # a date: the day on which it happened where its owner lives (W5)
        "ActivityDate": activity.occurred_at.astimezone(time_zone).date().isoformat(),
    }
    if activity.description:
        fields["Description"] = activity.description[:DESCRIPTION_LENGTH]
    if activity.contact_id:
        fields["WhoId"] = activity.contact_id
    if author.user_id:
        fields["OwnerId"] = author.user_id
    return fields


def decide_author(activity: Activity, actor: Actor | None) -> Author:
    """The actor himself when he has an account and a personal connection, else the integration owner (A91 to A93).

    `actor` is None when nobody is given, or he is no member.
    """
    if activity.actor_user_id is None:
        return Author(None, None, AuthorReason.NO_ACTOR)
    if actor is None:
        return Author(None, None, AuthorReason.UNKNOWN_ACTOR)
    if not actor.has_login:
        return Author(None, None, AuthorReason.NO_PERSONAL_CONNECTION)
    return Author(actor.member_id, activity.actor_user_id, AuthorReason.ACTOR)
