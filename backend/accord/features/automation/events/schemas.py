"""Events that ask something, on the wire."""

from collections.abc import Sequence
from typing import Any, Final

from marshmallow import Schema, fields, validate

from accord.core.flow import FlowResult
from accord.features.automation.events.model import RequestEvent, Taken
from accord.features.automation.schemas import list_of, reader

_UUID = (validate.Length(1, 36), validate.Regexp("^[0-9A-Za-z-]+$"))


class RequestEventSchema(Schema):
    """One `Accord_Request__e`, as it came over the bus."""

    event_uuid = fields.String(
        required=True, validate=_UUID, metadata={"description": "EventUuid, by which a repeat is known."}
    )
    action = fields.String(
        required=True,
        metadata={"description": "One of log_activity, sync_now, update_step, invite_member and set_criterion."},
    )
    record_id = fields.String(required=True)
    request_id = fields.String(
        validate=_UUID, metadata={"description": "The reference that the publishing action answered."}
    )
    created_at = fields.AwareDateTime(metadata={"description": "When it was published."})
    kind = fields.String()
    subject_text = fields.String()
    description = fields.String()
    occurred_at = fields.AwareDateTime()
    actor_user_id = fields.String()
    contact_id = fields.String()
    is_internal = fields.Boolean()
    idempotency_key = fields.String()
    flow_name = fields.String()
    inputs = fields.String(
        metadata={"description": "For an action on a plan: what it is given as JSON, as at the action's own address."}
    )


class RequestEventsSchema(Schema):
    events = list_of(RequestEventSchema)


class TakenSchema(Schema):
    event_uuid = fields.String(required=True)
    outcome = fields.String(required=True)
    error_code = fields.String(required=True)
    reference_id = fields.String(required=True)
    is_known = fields.Boolean(required=True, metadata={"description": "It had arrived before; nothing was done again."})


class TakenEventsSchema(Schema):
    events = fields.List(fields.Nested(TakenSchema), required=True)


_read: Final = reader(RequestEventSchema)


def read_events(given: Sequence[Any], *, reference: str) -> list[RequestEvent | Taken]:
    """Each event read by itself: the event, or the answer that it cannot be read. `reference` is the request's."""
    return [
        _unreadable(one, result, reference) if isinstance(result, FlowResult) else RequestEvent(**result)
        for one, result in zip(given, _read(given), strict=True)
    ]


def _unreadable(given: Any, result: FlowResult, reference: str) -> Taken:
    uuid = given.get("event_uuid") if isinstance(given, dict) else None
    return Taken(uuid if isinstance(uuid, str) else "", str(result.outcome), result.error_code, reference)


def taken_json(taken: Taken) -> dict[str, Any]:
    return {
        "event_uuid": taken.event_uuid,
        "outcome": taken.outcome,
        "error_code": taken.error_code or "",
        "reference_id": taken.reference_id,
        "is_known": taken.is_known,
    }
