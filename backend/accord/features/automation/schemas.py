"""What all actions have in common on the wire. Names are Flow's (camelCase) and only ever added to; plain types, no
nesting of lists.
"""

from collections.abc import Callable, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from accord.core.flow import FlowResult, refused
from accord.core.text import is_clean, printable
from accord.features.automation.faults import sentence

MOST_ITEMS = 200
KEY = (
    "At most 80 characters. The same key twice within 24 hours is one activity, and so is the same content without a "
    "key; after 24 hours it is a new one."
)


def text(attribute: str, description: str, **options: Any) -> fields.String:
    """A text of an item, under the name that the program has for it."""
    return fields.String(attribute=attribute, metadata={"description": description}, **options)


class CommonInputs(Schema):
    dryRun = fields.Boolean(
        attribute="dry_run", metadata={"description": "True: says what would happen and does nothing."}
    )
    flowName = fields.String(
        attribute="flow_name",
        metadata={"description": "Name of the flow, for the log of calls; at most 80 characters are kept."},
    )


class ByItself(fields.Nested):
    """Documented as what it holds, but taken as it comes: one bad item must not fail its neighbours."""

    def deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return value


def list_of(item: type[Schema]) -> "fields.List[Any]":
    return fields.List(ByItself(item), required=True, validate=validate.Length(min=1, max=MOST_ITEMS))


class AccordActionResult(Schema):
    isSuccess = fields.Boolean(required=True)
    outcome = fields.String(
        required=True, metadata={"description": "One of queued, done, duplicate, skipped and refused."}
    )
    errorCode = fields.String(required=True)
    errorMessage = fields.String(
        required=True,
        metadata={"description": "What went wrong and what to do, with the number of the fault and the reference."},
    )
    whatToDo = fields.String(required=True)
    referenceId = fields.String(
        required=True, metadata={"description": "Finds the call in Accord's log, and how its delivery stands."}
    )


class AccordActionResults(Schema):
    items = fields.List(fields.Nested(AccordActionResult), required=True)


class AccordError(Schema):
    code = fields.String(required=True)
    message = fields.String(required=True)
    reference = fields.String()


class AccordActivityItem(CommonInputs):
    recordId = text("record_id", "Id of the Opportunity.", required=True)
    kind = text(
        "kind",
        "One of step_updated, comment, customer_view, resource_added, member_invited, member_joined.",
        required=True,
    )
    subjectText = text("subject_text", "What happened, in a few words.", required=True)
    description = text("description", "The body of the Task, at most 32,000 characters.")
    occurredAt = fields.AwareDateTime(
        attribute="occurred_at", metadata={"description": "When it happened; now when left out."}
    )
    actorUserId = text("actor_user_id", "Id of the Salesforce user who did it.")
    contactId = text("contact_id", "Id of the Contact it is about.")
    isInternal = fields.Boolean(
        attribute="is_internal", metadata={"description": "True: nothing is written to Salesforce."}
    )
    idempotencyKey = text("idempotency_key", KEY)


class AccordActivityRequest(Schema):
    items = list_of(AccordActivityItem)


def reader(item: type[Schema]) -> Callable[[Sequence[Any]], list[dict[str, Any] | FlowResult]]:
    """Reads each item by itself: its values, or the answer that says which field is wrong."""
    schema = item()
    return lambda given: [_read_item(schema, one) for one in given]


def _read_item(schema: Schema, given: Any) -> dict[str, Any] | FlowResult:
    if not isinstance(given, dict):
        return _wrong("item", "This is no item.")
    # Flow sends null for an input that was left empty
    present = {printable(name): value for name, value in given.items() if value is not None}
    try:
        read: dict[str, Any] = schema.load(present)
    except ValidationError as error:
        field, texts = next(iter(error.normalized_messages().items()))  # type: ignore[no-untyped-call]
        return _wrong(field, " ".join(str(text) for text in texts))
    unclean = next((name for name, value in present.items() if not is_clean(value)), None)
    if unclean is not None:
        return _wrong(unclean, "It holds a character that cannot be stored.")
    return read


def _wrong(field: str, message: str) -> FlowResult:
    return refused("INVALID_VALUE", f"{field}: {message}", f"Correct {field} in the Flow's action.")


def result_json(result: FlowResult) -> dict[str, Any]:
    """One answer; texts are empty instead of null, because a Flow handles those without a check."""
    reference = result.reference_id or ""
    fault = ""
    if result.error_code:
        fault = sentence(result.error_code, result.error_message, result.what_to_do, reference=reference)
    return {
        "isSuccess": result.is_success,
        "outcome": str(result.outcome),
        "errorCode": result.error_code or "",
        "errorMessage": fault,
        "whatToDo": result.what_to_do or "",
        "referenceId": reference,
        **result.outputs,
    }
