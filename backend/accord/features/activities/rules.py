"""Decisions about activities: what is accepted, and the very Task that it becomes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accord.core.dates import FIRST_MOMENT, LAST_MOMENT, is_kept_moment
from accord.core.flow import ActivityItem, FlowOutcome, FlowResult, refused
from accord.core.ids import ConnectionId, RecordId, UserId, external_id, widen
from accord.core.text import is_clean
from accord.features.activities.model import (
    Activity,
    ActivitySettings,
    Actor,
    Author,
    AuthorReason,
    Internal,
    KeyHolder,
    Kind,
    KindSettings,
)
from accord.features.activities.settings_rules import fill

REPEATS_COUNT_FOR = timedelta(hours=24)  # W19: from then on the same key or content is a new activity
KEY_LENGTH = 80
SUBJECT_LENGTH = 255  # Salesforce: Task.Subject
DESCRIPTION_LENGTH = 32_000  # Salesforce: Task.Description
KEY_FIELD = "Accord_Id__c"
CLOSED_STATUS = "Completed"  # stands for the org's own closed status, which is taken when the Task is sent (W4)
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


def skipped(reason: str) -> FlowResult:
    return FlowResult(FlowOutcome.SKIPPED, what_to_do=reason)


def dry_run(activity: Activity, author: Author, settings: KindSettings) -> FlowResult:
    writer = "the acting user" if author.member_id else "the integration owner"
    line = subject_line(settings, text=activity.subject_text)
    return skipped(f"Dry run: the Task '{line}' would be written by {writer} ({author.reason}).")


def answer(activity: Activity, holder: KeyHolder) -> FlowResult:
    """What an accepted activity is told: a repeat hears what the first one heard."""
    if holder.content_hash != activity.content_hash:
        return refused(
            "KEY_REUSED",
            "This idempotencyKey was used before for another activity.",
            "Use one key for one activity; a repeat must be the same in every field.",
        )
    return FlowResult(FlowOutcome.QUEUED, reference_id=holder.activity_id)


@dataclass(frozen=True, slots=True)
class Terms:
    """What an item is checked against."""

    connection_id: ConnectionId
    settings: ActivitySettings
    now: datetime


def check(item: ActivityItem, terms: Terms, *, activity_id: str) -> Activity | FlowResult:
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
    unwanted = _unwanted(item, terms.settings, kind)
    if unwanted:
        return skipped(unwanted)
    if kind in CUSTOMERS_ONLY and actor is not None:
        return skipped(f"Only customers make '{TITLES[kind]}'; this was done by a Salesforce user.")
    content_hash = _content_hash(item, terms.connection_id)
    return Activity(
        id=activity_id,
        opportunity_id=opportunity_id,
        kind=kind,
        subject_text=_marked(item),
        description=(item.description or "").strip() or None,
        occurred_at=item.occurred_at or item.asked_at or terms.now,
        actor_user_id=UserId(actor) if actor else None,
        contact_id=contact,
        is_internal=item.is_internal,
        # a Flow may put anything into its key: only its digest is kept
        idempotency_key=f"key:{_digest(item.idempotency_key)}" if item.idempotency_key else f"content:{content_hash}",
        content_hash=content_hash,
        plan_member_id=item.plan_member_id,
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


def _unwanted(item: ActivityItem, settings: ActivitySettings, kind: Kind) -> str | None:
    """Why the org does not want this activity (A86, D24, D26)."""
    if not settings.enabled:
        return "Activity is off for this org. An Accord admin turns it on in the settings of activity."
    if not settings.kinds[kind].enabled:
        return f"'{TITLES[kind]}' is off for this org. An Accord admin turns it on in the settings of activity."
    if item.is_internal and settings.kinds[kind].internal is Internal.EXCLUDED:
        return "Internal: nothing about it is written to Salesforce."
    return None


def _id(text: str | None, prefix: str) -> RecordId | None:
    try:
        widened = widen(text or "")
    except ValueError:
        return None
    return RecordId(widened) if widened.startswith(prefix) else None


def _marked(item: ActivityItem) -> str:
    text = item.subject_text.strip()
    return f"(internal) {text}" if item.is_internal else text


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _content_hash(item: ActivityItem, connection_id: ConnectionId) -> str:
    """What makes two calls the same call: org, record, kind, texts and the time given (W19)."""
    occurred_at = item.occurred_at.isoformat() if item.occurred_at else None
    parts = [
        connection_id, item.record_id[:15], item.kind, item.subject_text.strip(), (item.description or "").strip(),
        occurred_at, (item.actor_user_id or "")[:15], (item.contact_id or "")[:15],
        *(["internal"] if item.is_internal else []),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:64]


def subject_line(settings: KindSettings, *, text: str, count: int = 1) -> str:
    """'[Accord: Comment] text' (A94 to A100): the prefix is fixed, the rest is the org's; cut at 255 characters."""
    words = fill(settings.text if count == 1 else settings.folded_text, text=text, count=count)
    full = f"[Accord: {TITLES[settings.kind]}] {words}"
    return full if len(full) <= SUBJECT_LENGTH else full[: SUBJECT_LENGTH - 1] + "…"


def task_fields(activity: Activity, author: Author, settings: KindSettings) -> dict[str, Any]:
    """The very Task (A87 to A93). Without an owner it is Salesforce's default: the login that writes it."""
    fields: dict[str, Any] = {
        "Subject": subject_line(settings, text=activity.subject_text),
        "Status": CLOSED_STATUS,
        "WhatId": activity.opportunity_id,
        "TaskSubtype": "Task",
        # a date: the day on which it happened where its owner lives (W5)
        "ActivityDate": day_of(activity.occurred_at, author.time_zone),
    }
    if activity.description:
        fields["Description"] = activity.description[:DESCRIPTION_LENGTH]
    if activity.contact_id:
        fields["WhoId"] = activity.contact_id
    if author.user_id:
        fields["OwnerId"] = author.user_id
    return fields


def task_key(connection_id: ConnectionId, activity_id: str) -> str:
    """The external id of the Task that this activity makes."""
    return external_id(connection_id, "activity", activity_id)


def day_of(moment: datetime, time_zone: str) -> str:
    """The date that people there have on their calendars."""
    return moment.astimezone(ZoneInfo(time_zone)).date().isoformat()


def decide_author(activity: Activity, actor: Actor | None, *, owner_time_zone: str = "UTC") -> Author:
    """The actor himself when he has an account and a personal connection, else the integration owner (A91 to A93).

    `actor` is None when nobody is given, or he is no member. `owner_time_zone` is the integration owner's.
    """
    if activity.actor_user_id is None:
        return Author(None, None, AuthorReason.NO_ACTOR, owner_time_zone)
    if actor is None:
        return Author(None, None, AuthorReason.UNKNOWN_ACTOR, owner_time_zone)
    if not actor.has_login:
        return Author(None, None, AuthorReason.NO_PERSONAL_CONNECTION, owner_time_zone, nameless=actor.member_id)
    return Author(actor.member_id, activity.actor_user_id, AuthorReason.ACTOR, actor.time_zone or owner_time_zone)
