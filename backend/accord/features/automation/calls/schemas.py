"""The log of calls as admins read it."""

from marshmallow import Schema, fields, validate


class FlowCallSchema(Schema):
    """One item of a call. It holds no texts of the item."""

    id = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    action = fields.String(required=True)
    flow_name = fields.String(required=True, metadata={"description": "As the flow named itself; empty when not."})
    user_id = fields.String(allow_none=True, required=True, metadata={"description": "Who did it, as the flow said."})
    record_id = fields.String(allow_none=True, required=True)
    reference_id = fields.String(allow_none=True, required=True)
    outcome = fields.String(required=True)
    error_code = fields.String(allow_none=True, required=True)
    milliseconds = fields.Integer(required=True, metadata={"description": "Of the whole call."})
    items = fields.Integer(required=True, metadata={"description": "How many items the call had."})
    can_run_again = fields.Boolean(required=True)


class FlowCallsSchema(Schema):
    calls = fields.List(fields.Nested(FlowCallSchema), required=True)


class WhichCallsSchema(Schema):
    reference = fields.String(
        validate=[validate.Length(1, 80), validate.Regexp("^[0-9A-Za-z-]+$")],
        metadata={"description": "The referenceId answered."},
    )
    record = fields.String(
        validate=[validate.Length(1, 18), validate.Regexp("^[0-9A-Za-z]+$")],
        metadata={"description": "The id of the record."},
    )


class DryRunSchema(Schema):
    answer = fields.Dict(
        keys=fields.String(), required=True, metadata={"description": "What the action would answer the Flow now."}
    )
