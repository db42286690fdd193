"""How the brakes look on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from accord.delivery.brakes.model import Brake
from accord.features.safety.brakes.model import Overview


class BrakeSchema(Schema):
    since = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "Empty when a person has to release it."}
    )
    by = fields.String(required=True, allow_none=True, metadata={"description": "Empty: Accord itself."})


class WaitingWriteSchema(Schema):
    sobject = fields.String(required=True)
    kind = fields.String(required=True, metadata={"description": "What happened."})
    creates = fields.Boolean(required=True, metadata={"description": "It makes records; else it changes some."})
    count = fields.Integer(required=True)


class WaitingSchema(Schema):
    count = fields.Integer(required=True)
    calls = fields.Integer(required=True, metadata={"description": "About how many API calls that costs."})
    writes = fields.List(fields.Nested(WaitingWriteSchema), required=True)


class BrakesOrgSchema(Schema):
    name = fields.String(required=True)
    is_sandbox = fields.Boolean(required=True)


class BrakesSchema(Schema):
    org = fields.Nested(BrakesOrgSchema, required=True)
    stopped = fields.Nested(BrakeSchema, required=True, allow_none=True)
    observed = fields.Nested(BrakeSchema, required=True, allow_none=True)
    quiet = fields.Nested(BrakeSchema, required=True, allow_none=True)
    under_way = fields.Integer(required=True, metadata={"description": "Sent, and not answered yet."})
    waiting = fields.Nested(
        WaitingSchema, required=True, metadata={"description": "What would be written if nothing kept it."}
    )


class WaiveSchema(Schema):
    org_name = fields.String(
        required=True, validate=validate.Length(1, 255), metadata={"description": "The org's name, as a confirmation."}
    )


class QuietSchema(Schema):
    until = fields.Time(required=True, format="%H:%M", metadata={"description": "A time of day, such as 06:00."})
    time_zone = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 64),
        metadata={"description": "Where it is that time; left out: where you live."},
    )


def brakes_json(overview: Overview) -> dict[str, Any]:
    def shown(brake: Brake | None) -> dict[str, Any] | None:
        if brake is None:
            return None
        return {"since": brake.since, "until": brake.until, "by": overview.names.get(brake.by) if brake.by else None}

    return {
        "org": {"name": overview.org.label, "is_sandbox": overview.org.is_sandbox},
        "stopped": shown(overview.brakes.stopped),
        "observed": shown(overview.brakes.observed),
        "quiet": shown(overview.brakes.quiet),
        "under_way": overview.under_way,
        "waiting": {
            "count": sum(each.count for each in overview.waiting),
            "calls": overview.calls,
            "writes": [
                {"sobject": each.sobject, "kind": each.kind, "creates": each.creates, "count": each.count}
                for each in overview.waiting
            ],
        },
    }
