"""How an org's clients look to its admins on the wire. A secret is in the answer that makes it, and in no other."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from accord.features.connections.admin.schemas import ForPageSchema
from accord.features.connections.clients.model import KnownClient
from accord.features.connections.clients.service import ROLES


class ClientSchema(Schema):
    client_id = fields.String(required=True)
    role = fields.String(required=True)
    made_at = fields.AwareDateTime(required=True)
    active = fields.Boolean(required=True, metadata={"description": "False: it was ended."})


class ClientsSchema(Schema):
    clients = fields.List(fields.Nested(ClientSchema), required=True)


class ClientWantedSchema(ForPageSchema):
    role = fields.String(
        required=True,
        validate=validate.OneOf([role.value for role in ROLES]),
        metadata={"description": "service: the application's server. flow: the external credential of an org's flows."},
    )


class MadeClientSchema(Schema):
    client_id = fields.String(required=True)
    client_secret = fields.String(
        required=True, allow_none=True, metadata={"description": "Shown this once; we keep its hash."}
    )
    sealed = fields.String(
        required=True, allow_none=True, metadata={"description": "The secret, for the page that sent a key."}
    )
    role = fields.String(required=True)


class NamedSchema(Schema):
    """Exactly one of both."""

    member_id = fields.String(load_default=None, metadata={"description": "As members of plans are named."})
    salesforce_user_id = fields.String(load_default=None, metadata={"description": "The Salesforce user (005…)."})

    @validates_schema
    def _one_of_both(self, given: Mapping[str, Any], **_context: Any) -> None:
        if (given.get("member_id") is None) == (given.get("salesforce_user_id") is None):
            raise ValidationError("Give member_id or salesforce_user_id: one of both.", field_name="member_id")


class ActingTokenSchema(Schema):
    access_token = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)
    member_id = fields.String(required=True)


def client_json(client: KnownClient) -> dict[str, Any]:
    return {
        "client_id": client.client_id,
        "role": client.role.value,
        "made_at": client.made_at,
        "active": client.active,
    }
