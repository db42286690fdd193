"""How messages look on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from accord.core.identity import Role
from accord.features.messages.model import Fate, Message, State, Way
from accord.features.messages.wishes import MOST_PARKED
from accord.workspace.members.model import Member


class WantedMessagesSchema(Schema):
    unseen = fields.Boolean(load_default=False)
    before = fields.String(load_default=None, validate=validate.Length(1, 36))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class ToldSchema(Schema):
    way = fields.String(required=True, validate=validate.OneOf([str(each) for each in Way]))
    state = fields.String(required=True, validate=validate.OneOf([str(each) for each in Fate]))
    count = fields.Integer(required=True, metadata={"description": "How many people it is about."})
    text = fields.String(required=True, metadata={"description": "Why it waits, or did not arrive; else empty."})


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
    told = fields.List(
        fields.Nested(ToldSchema),
        required=True,
        metadata={"description": "What has become of mail and bell; empty for messages of before there were any."},
    )


class MessagesSchema(Schema):
    messages = fields.List(fields.Nested(MessageSchema), required=True)


class MessageReaderSchema(Schema):
    user_id = fields.String(required=True)
    name = fields.String(required=True)
    is_admin = fields.Boolean(required=True)


class MessageGroupSchema(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)


class MessageGroupsSchema(Schema):
    groups = fields.List(fields.Nested(MessageGroupSchema), required=True)


class MessageSettingsSchema(Schema):
    parked_more_than = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(0, MOST_PARKED),
        metadata={"description": "When more writes than this are parked, admins are told."},
    )
    by_email = fields.Boolean(required=True)
    by_bell = fields.Boolean(required=True, metadata={"description": "By Salesforce's own bell."})
    tell_concerned = fields.Boolean(
        required=True,
        metadata={"description": "Owners of deals and members are told by bell what concerns them alone."},
    )
    people = fields.List(
        fields.String(validate=validate.Length(15, 18)),
        required=True,
        allow_none=True,
        metadata={"description": "Salesforce users who are told; null: all admins."},
    )
    group_id = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(15, 18),
        metadata={"description": "Instead of people: whoever is in this public group or has this permission set then."},
    )


class ShownMessageSettingsSchema(MessageSettingsSchema):
    has_mail = fields.Boolean(required=True, metadata={"description": "Whether a mail server is set up."})
    choices = fields.List(
        fields.Nested(MessageReaderSchema), required=True, metadata={"description": "Who can be chosen."}
    )


def message_json(message: Message) -> dict[str, Any]:
    names = ("id", "cause", "state", "title", "text", "at", "since", "until", "count")
    told = [{"way": each.way, "state": each.fate, "count": each.count, "text": each.text} for each in message.told]
    return {**{name: getattr(message, name) for name in names}, "seen": message.seen_at is not None, "told": told}


def choice_json(member: Member) -> dict[str, Any]:
    return {"user_id": member.salesforce_user_id, "name": member.name, "is_admin": member.role is Role.ADMIN}
