"""How a member's own login looks on the wire. No token is ever in it."""

from typing import Any

from marshmallow import Schema, fields

from accord.features.connections.personal.model import Standing


class LostSchema(Schema):
    code = fields.String(required=True)
    message = fields.String(required=True, metadata={"description": "What to do."})
    at = fields.AwareDateTime(required=True)


class StandingSchema(Schema):
    connected = fields.Boolean(required=True)
    connected_at = fields.AwareDateTime(required=True, allow_none=True)
    renewed_at = fields.AwareDateTime(required=True, allow_none=True)
    lost = fields.Nested(
        LostSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Why the login is gone, or why its last renewal was refused."},
    )
    offered = fields.Boolean(
        required=True,
        metadata={
            "description": "Activity of the caller's goes out under another name, and he has not declined of late."
        },
    )


class StartedSchema(Schema):
    authorize_url = fields.String(required=True, metadata={"description": "Open it in a window of its own."})
    expires_at = fields.AwareDateTime(required=True)


class DroppedSchema(Schema):
    connected = fields.Boolean(required=True)
    ended_at_salesforce = fields.Boolean(
        required=True,
        metadata={"description": "False: end it there by hand, in the personal settings under OAuth connections."},
    )


def standing_json(standing: Standing) -> dict[str, Any]:
    lost = standing.lost
    return {
        "connected": standing.connected,
        "connected_at": standing.connected_at,
        "renewed_at": standing.renewed_at,
        "lost": None if lost is None else {"code": lost.code, "message": lost.message, "at": lost.at},
        "offered": standing.offered,
    }
