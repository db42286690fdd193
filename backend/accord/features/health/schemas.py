"""How the health of deliveries looks on the wire. No field values of records are in it."""

from typing import Any

from marshmallow import Schema, fields, validate

from accord.core.outcomes import Recovery
from accord.delivery.budget import Limit
from accord.delivery.model import ParkedOf
from accord.delivery.service import Explanation, Forecast, Gate, ParkedCause
from accord.delivery.skips import SENTENCES, Skip, SkipReason
from accord.features.health.service import Overview


class CauseSchema(Schema):
    code = fields.String(required=True)
    recovery = fields.String(required=True)
    sobject = fields.String(required=True)
    advice = fields.String(required=True, metadata={"description": "What to do about it."})
    message = fields.String(required=True, metadata={"description": "Salesforce's own words about one of them."})
    field_names = fields.List(fields.String(), required=True)
    count = fields.Integer(required=True)
    since = fields.AwareDateTime(required=True, allow_none=True)


class PauseSchema(Schema):
    behind = fields.String(required=True, metadata={"description": "What waits: connection, creates or login."})
    member_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Whose login; the integration owner's when empty."}
    )
    code = fields.String(required=True)
    message = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "Empty when a person has to end it."}
    )


class OverviewSchema(Schema):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    oldest = fields.AwareDateTime(required=True, allow_none=True)
    pauses = fields.List(fields.Nested(PauseSchema), required=True)
    causes = fields.List(fields.Nested(CauseSchema), required=True)


class RetrySchema(Schema):
    code = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(min=1, max=100),
        metadata={"description": "The cause to try again; everything that is parked when left out."},
    )
    sobject = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(min=1, max=80),
        metadata={"description": "Of this object alone, as the cause is listed."},
    )
    recovery = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.OneOf([str(one) for one in Recovery]),
        metadata={"description": "As the cause is listed."},
    )


def parked_of(given: dict[str, Any]) -> ParkedOf:
    recovery = given["recovery"]
    return ParkedOf(given["code"], given["sobject"], Recovery(recovery) if recovery else None)


class RetriedSchema(Schema):
    retried = fields.Integer(required=True)


class StopSchema(Schema):
    priority = fields.String(required=True, metadata={"description": "What makes no calls then."})
    limit = fields.String(required=True, validate=validate.OneOf([str(each) for each in Limit]))
    at = fields.AwareDateTime(required=True, allow_none=True, metadata={"description": "Empty: it has stopped."})


class CallsSchema(Schema):
    used = fields.Integer(required=True, metadata={"description": "Calls of the last 24 hours, by whomever."})
    allowed = fields.Integer(required=True)
    left = fields.Integer(required=True)
    kept_for_people = fields.Integer(
        required=True, metadata={"description": "Of those left, how many deliveries that nobody waits for never use."}
    )
    per_hour = fields.Float(required=True, allow_none=True, metadata={"description": "Over the last hours."})
    used_up_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "Empty when that is not within a day."}
    )
    stopped = fields.List(
        fields.String(), required=True, metadata={"description": "What makes no calls now: event, batch, backfill."}
    )
    own = fields.Integer(required=True, metadata={"description": "Of the used ones, those that Accord has counted."})
    own_most = fields.Integer(
        required=True, metadata={"description": "How many Accord may make, while others use what they use."}
    )
    stops = fields.List(fields.Nested(StopSchema), required=True, metadata={"description": "Within a day."})
    seen_at = fields.AwareDateTime(required=True, metadata={"description": "When Salesforce said so."})


class ForecastSchema(Schema):
    calls = fields.Nested(
        CallsSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Empty before Salesforce has said anything."},
    )


class SkipSchema(Schema):
    reason = fields.String(required=True, validate=validate.OneOf([str(each) for each in SkipReason]))
    message = fields.String(required=True)
    detail = fields.String(required=True, allow_none=True)
    until = fields.AwareDateTime(required=True, allow_none=True)


class TrySchema(Schema):
    at = fields.AwareDateTime(required=True)
    recovery = fields.String(required=True)
    code = fields.String(required=True)
    in_doubt = fields.Boolean(required=True)


class ExplanationSchema(Schema):
    reference = fields.String(required=True)
    state = fields.String(required=True)
    kind = fields.String(required=True)
    sobject = fields.String(required=True)
    record_id = fields.String(required=True, allow_none=True)
    login = fields.String(required=True, metadata={"description": "personal or integration."})
    login_reason = fields.String(required=True)
    occurred_at = fields.AwareDateTime(required=True)
    put_at = fields.AwareDateTime(required=True)
    next_try_at = fields.AwareDateTime(required=True, allow_none=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    code = fields.String(required=True, allow_none=True)
    advice = fields.String(required=True, allow_none=True)
    field_names = fields.List(fields.String(), required=True, metadata={"description": "What was refused."})
    skip = fields.Nested(
        SkipSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Why it is not sent now, or was not sent."},
    )
    merged_into = fields.String(required=True, allow_none=True, metadata={"description": "A reference."})
    tries = fields.List(fields.Nested(TrySchema), required=True)


def overview_json(overview: Overview) -> dict[str, Any]:
    return {
        "counts": {str(state): number for state, number in overview.backlog.counts.items()},
        "oldest": overview.backlog.oldest,
        "pauses": [_pause(gate) for gate in overview.backlog.closed],
        "causes": [_cause(cause) for cause in overview.causes],
    }


def _pause(gate: Gate) -> dict[str, Any]:
    return {
        "behind": str(gate.behind),
        "member_id": gate.member_id,
        "code": gate.code,
        "message": gate.message,
        "since": gate.since,
        "until": gate.until,
    }


def _skip(skip: Skip) -> dict[str, Any]:
    return {
        "reason": str(skip.reason),
        "message": SENTENCES[skip.reason],
        "detail": skip.detail,
        "until": skip.until,
    }


def forecast_json(forecast: Forecast | None) -> dict[str, Any]:
    if forecast is None:
        return {"calls": None}
    return {
        "calls": {
            "used": forecast.calls.used,
            "allowed": forecast.calls.allowed,
            "left": forecast.left,
            "kept_for_people": forecast.kept_for_people,
            "per_hour": None if forecast.per_hour is None else round(forecast.per_hour, 1),
            "used_up_at": forecast.used_up_at,
            "stopped": [each.name.lower() for each in forecast.stopped],
            "own": forecast.calls.own,
            "own_most": int(forecast.calls.own_most(forecast.budget)),
            "stops": [
                {"priority": each.priority.name.lower(), "limit": str(each.limit), "at": each.at}
                for each in forecast.stops
            ],
            "seen_at": forecast.calls.seen_at,
        }
    }


def _cause(cause: ParkedCause) -> dict[str, Any]:
    return {
        "code": cause.code,
        "recovery": str(cause.recovery),
        "sobject": cause.sobject,
        "advice": cause.advice,
        "message": cause.message,
        "field_names": list(cause.fields),
        "count": cause.count,
        "since": cause.since,
    }


def explanation_json(found: Explanation) -> dict[str, Any]:
    return {
        "reference": found.intent_id,
        "state": str(found.state),
        "kind": found.kind,
        "sobject": found.sobject,
        "record_id": found.record_id,
        "login": "integration" if found.login_member_id is None else "personal",
        "login_reason": found.login_reason,
        "occurred_at": found.occurred_at,
        "put_at": found.put_at,
        "next_try_at": found.next_try_at,
        "finished_at": found.finished_at,
        "outcome": found.outcome,
        "note": found.note,
        "code": found.code,
        "advice": found.advice,
        "field_names": list(found.fields),
        "skip": None if found.skip is None else _skip(found.skip),
        "merged_into": found.folded_into,
        "tries": found.tries,
    }
