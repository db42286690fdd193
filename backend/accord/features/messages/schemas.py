"""How messages look on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from accord.features.messages.model import Message, State
from accord.features.messages.rules import MOST_PARKED


class WantedMessagesSchema(Schema):
    unseen = fields.Boolean(load_default=False)
    before = fields.String(load_default=None, validate=validate.Length(1, 36))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class MessageSchema(Schema):
    id = fields.String(required=True)
    cause = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf([str(each) for each in State]))
    title = fields.String(required=True)
    text = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    since = fields.AwareDateTime(required=True, metadata={"description": "Since when it is, or was, as it is told."})
    until = fields.AwareDateTime(required=True, allow_none=True, metadata={"description": "When it was well again."})
    count = fields.Integer(required=True)
    seen = fields.Boolean(required=True)


class MessagesSchema(Schema):
    messages = fields.List(fields.Nested(MessageSchema), required=True)


class MessageSettingsSchema(Schema):
    parked_more_than = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(0, MOST_PARKED),
        metadata={"description": "When more writes than this are parked, admins are told."},
    )


def message_json(message: Message) -> dict[str, Any]:
    names = ("id", "cause", "state", "title", "text", "at", "since", "until", "count")
    return {**{name: getattr(message, name) for name in names}, "seen": message.seen_at is not None}
