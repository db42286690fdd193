"""How forgetting looks on the wire."""

from marshmallow import Schema, fields, validate


class ForgetSchema(Schema):
    salesforce_id = fields.String(
        required=True,
        validate=validate.Length(15, 18),
        metadata={"description": "The id of the record, or of the user (005…), whose copies are to go."},
    )


class ForgottenSchema(Schema):
    deleted = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        metadata={"description": "Rows that were deleted or emptied, by table."},
    )
    left = fields.Integer(required=True, metadata={"description": "What a scan afterwards still found: 0."})
