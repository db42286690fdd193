"""How the health of deliveries looks on the wire. No field values of records are in it."""

from typing import Any

from marshmallow import Schema, fields, validate

from accord.delivery.service import Explanation, ParkedCause
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


class OverviewSchema(Schema):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    oldest = fields.AwareDateTime(required=True, allow_none=True)
    causes = fields.List(fields.Nested(CauseSchema), required=True)


class RetrySchema(Schema):
    code = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(min=1, max=100),
        metadata={"description": "The cause to try again; everything that is parked when left out."},
    )


class RetriedSchema(Schema):
    retried = fields.Integer(required=True)


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
    code = fields.String(required=True, allow_none=True)
    advice = fields.String(required=True, allow_none=True)
    tries = fields.List(fields.Nested(TrySchema), required=True)


def overview_json(overview: Overview) -> dict[str, Any]:
    return {
        "counts": {str(state): number for state, number in overview.backlog.counts.items()},
        "oldest": overview.backlog.oldest,
        "causes": [_cause(cause) for cause in overview.causes],
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
        "code": found.code,
        "advice": found.advice,
        "tries": found.tries,
    }
