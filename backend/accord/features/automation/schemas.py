"""What Flow Builder sees. Names are Flow's (camelCase) and only ever added to; plain types, no nesting of lists."""

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from accord.core.flow import ActivityItem, FlowOutcome, FlowResult

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
        metadata={"description": "At most 80 characters. The same key twice is one activity; kept at least 24 hours."}
    )
    dryRun = fields.Boolean(metadata={"description": "True: says what would happen and does nothing."})


class ByItself(fields.Nested):
    """Documented as what it holds, but taken as it comes: one bad item must not fail its neighbours."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return value


class AccordActivityRequest(Schema):
    items = fields.List(ByItself(AccordActivityItem), required=True, validate=validate.Length(min=1, max=MOST_ITEMS))


class AccordActionResult(Schema):
    isSuccess = fields.Boolean(required=True)
    outcome = fields.String(required=True, metadata={"description": "queued, done, duplicate, skipped or refused."})
    errorCode = fields.String(required=True)
    errorMessage = fields.String(required=True)
    whatToDo = fields.String(required=True)
    referenceId = fields.String(required=True, metadata={"description": "Find the activity again by this."})


class AccordActionResults(Schema):
    items = fields.List(fields.Nested(AccordActionResult), required=True)


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
    # Flow sends null for an input that was left empty
    present = {name: value for name, value in given.items() if value is not None} if isinstance(given, dict) else given
    try:
        return ActivityItem(**{_NAMES[name]: value for name, value in AccordActivityItem().load(present).items()})
    except ValidationError as error:
        faults: dict[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call]
        field = next(iter(faults))
        return FlowResult(
            FlowOutcome.REFUSED,
            error_code="INVALID_VALUE",
            error_message=f"{field}: {' '.join(str(text) for text in faults[field])}",
            what_to_do=f"Correct {field} in the Flow's action.",
        )


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
