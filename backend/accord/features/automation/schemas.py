"""What Flow Builder sees. Names are Flow's (camelCase) and only ever added to; plain types, no nesting of lists."""

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from accord.core.flow import ActivityItem, FlowOutcome, FlowResult
from accord.core.text import is_clean, printable

MOST_ITEMS = 200


class AccordActivityItem(Schema):
    recordId = fields.String(required=True, metadata={"description": "Id of the Opportunity."})
    kind = fields.String(
        required=True,
        metadata={
            "description": "One of step_updated, comment, customer_view, resource_added, member_invited, member_joined."
        },
    )
    subjectText = fields.String(required=True, metadata={"description": "What happened, in a few words."})
    description = fields.String(metadata={"description": "The body of the Task, at most 32,000 characters."})
    occurredAt = fields.AwareDateTime(metadata={"description": "When it happened; now when left out."})
    actorUserId = fields.String(metadata={"description": "Id of the Salesforce user who did it."})
    contactId = fields.String(metadata={"description": "Id of the Contact it is about."})
    isInternal = fields.Boolean(metadata={"description": "True: nothing is written to Salesforce."})
    idempotencyKey = fields.String(
        metadata={
            "description": "At most 80 characters. The same key twice within 24 hours is one activity, and so is the "
            "same content without a key; after 24 hours it is a new one."
        }
    )
    dryRun = fields.Boolean(metadata={"description": "True: says what would happen and does nothing."})


class ByItself(fields.Nested):
    """Documented as what it holds, but taken as it comes: one bad item must not fail its neighbours."""

    def deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return value


class AccordActivityRequest(Schema):
    items = fields.List(ByItself(AccordActivityItem), required=True, validate=validate.Length(min=1, max=MOST_ITEMS))


class AccordActionResult(Schema):
    isSuccess = fields.Boolean(required=True)
    outcome = fields.String(
        required=True,
        metadata={
            "description": "This action answers queued (a repeat too, with the reference of the first), skipped or "
            "refused. Other actions may answer done or duplicate."
        },
    )
    errorCode = fields.String(required=True)
    errorMessage = fields.String(required=True)
    whatToDo = fields.String(required=True)
    referenceId = fields.String(required=True, metadata={"description": "Find the activity again by this."})


class AccordActionResults(Schema):
    items = fields.List(fields.Nested(AccordActionResult), required=True)


class FlowCallSchema(Schema):
    """One item of a call. It holds no texts."""

    at = fields.AwareDateTime(required=True)
    action = fields.String(required=True)
    record_id = fields.String(allow_none=True, required=True)
    reference_id = fields.String(allow_none=True, required=True)
    outcome = fields.String(required=True)
    error_code = fields.String(allow_none=True, required=True)
    milliseconds = fields.Integer(required=True, metadata={"description": "Of the whole call."})
    items = fields.Integer(required=True, metadata={"description": "How many items the call had."})


class FlowCallsSchema(Schema):
    calls = fields.List(fields.Nested(FlowCallSchema), required=True)


class WhichCallsSchema(Schema):
    reference = fields.String(
        validate=validate.Regexp(r"[0-9A-Za-z-]{1,80}\Z"), metadata={"description": "The referenceId answered."}
    )
    record = fields.String(
        validate=validate.Regexp(r"[0-9A-Za-z]{1,18}\Z"), metadata={"description": "The id of the record."}
    )


class AccordError(Schema):
    code = fields.String(required=True)
    message = fields.String(required=True)
    reference = fields.String()


_NAMES = {
    "recordId": "record_id",
    "kind": "kind",
    "subjectText": "subject_text",
    "description": "description",
    "occurredAt": "occurred_at",
    "actorUserId": "actor_user_id",
    "contactId": "contact_id",
    "isInternal": "is_internal",
    "idempotencyKey": "idempotency_key",
    "dryRun": "dry_run",
}


def read_items(given: Sequence[Any]) -> list[ActivityItem | FlowResult]:
    """Each item read by itself: the item, or the answer that says which field is wrong."""
    return [_read_item(one) for one in given]


def _read_item(given: Any) -> ActivityItem | FlowResult:
    if not isinstance(given, dict):
        return _wrong("item", "This is no activity.")
    # Flow sends null for an input that was left empty
    present = {printable(name): value for name, value in given.items() if value is not None}
    try:
        read = AccordActivityItem().load(present)
    except ValidationError as error:
        field, texts = next(iter(error.normalized_messages().items()))  # type: ignore[no-untyped-call]
        return _wrong(field, " ".join(str(text) for text in texts))
    unclean = next((name for name, value in present.items() if not is_clean(value)), None)
    if unclean is not None:
        return _wrong(unclean, "It holds a character that cannot be stored.")
    return ActivityItem(**{_NAMES[name]: value for name, value in read.items()})


def _wrong(field: str, message: str) -> FlowResult:
    return FlowResult(
        FlowOutcome.REFUSED,
        error_code="INVALID_VALUE",
        error_message=f"{field}: {message}",
        what_to_do=f"Correct {field} in the Flow's action.",
    )


def record_of(given: Any) -> str | None:
    """The record id of an item as the Flow gave it; None when it gave no text."""
    record_id = given.get("recordId") if isinstance(given, dict) else None
    return record_id if isinstance(record_id, str) else None


def result_json(result: FlowResult) -> dict[str, Any]:
    """One answer; texts are empty instead of null, because a Flow handles those without a check."""
    return {
        "isSuccess": result.is_success,
        "outcome": str(result.outcome),
        "errorCode": result.error_code or "",
        "errorMessage": result.error_message or "",
        "whatToDo": result.what_to_do or "",
        "referenceId": result.reference_id or "",
    }
