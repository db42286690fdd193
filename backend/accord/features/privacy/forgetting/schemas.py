"""How forgetting looks on the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from accord.features.privacy.forgetting.model import Preview, Receipt, Subject
from accord.features.privacy.forgetting.rules import by_place, is_confirmed

LONGEST_EMAIL = 254


class ForgetSchema(Schema):
    """Exactly one of both."""

    salesforce_id = fields.String(
        load_default=None,
        validate=validate.Length(15, 18),
        metadata={"description": "The id of the record, or of the user (005…), whose copies are to go."},
    )
    email = fields.String(
        load_default=None,
        validate=validate.And(validate.Length(3, LONGEST_EMAIL), validate.Email()),
        metadata={"description": "The mail address of a person: a member, or somebody in plans."},
    )

    @validates_schema
    def _one_of_both(self, given: Mapping[str, Any], **_context: Any) -> None:
        if (given.get("salesforce_id") is None) == (given.get("email") is None):
            message = "Give the id of a record or a user, or the mail address of a person: one of both."
            raise ValidationError(message, field_name="salesforce_id")


class ForgetForGoodSchema(ForgetSchema):
    confirm = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_EMAIL),
        metadata={"description": "The same id or address typed once more; it cannot be undone."},
    )

    @validates_schema
    def _confirmed(self, given: Mapping[str, Any], **_context: Any) -> None:
        if not is_confirmed(read_subject(given), given["confirm"]):
            message = (
                "This is not what is to be forgotten. Type its id or address once more, exactly. Nothing was deleted."
            )
            raise ValidationError(message, field_name="confirm")


class PlaceCountSchema(Schema):
    place = fields.String(required=True)
    title = fields.String(required=True)
    count = fields.Integer(required=True)


class ForgettingSchema(Schema):
    places = fields.List(
        fields.Nested(PlaceCountSchema), required=True, metadata={"description": "The same by place; those with any."}
    )


class ForgottenSchema(ForgettingSchema):
    deleted = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        metadata={"description": "Rows that were deleted or emptied, by table."},
    )
    left = fields.Integer(required=True, metadata={"description": "What a scan afterwards still found: 0."})


class ForgetPreviewSchema(ForgettingSchema):
    is_person = fields.Boolean(required=True)
    name = fields.String(required=True, allow_none=True, metadata={"description": "Who that is here, if anybody."})
    count = fields.Integer(required=True, metadata={"description": "Rows that would be deleted or emptied."})


def read_subject(given: Mapping[str, Any]) -> Subject:
    return Subject(salesforce_id=given.get("salesforce_id"), email=given.get("email"))


def _places(deleted: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"place": place.name, "title": place.title, "count": number} for place, number in by_place(deleted)]


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    return {"deleted": receipt.deleted, "left": receipt.left, "places": _places(receipt.deleted)}


def preview_json(preview: Preview) -> dict[str, Any]:
    return {
        "is_person": preview.is_person,
        "name": preview.name,
        "count": sum(preview.deleted.values()),
        "places": _places(preview.deleted),
    }
